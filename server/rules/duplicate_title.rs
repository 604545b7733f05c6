#![doc = include_str!("duplicate_title.md")]

use super::{Found, Related, There, listing};
use crate::{
    model::Key,
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let mut keys = document.outline.defines.iter().map(|it| &it.key);
    let Some(title) = keys.find(|it| matches!(it, Key::Title(_))) else { return Vec::new() };
    let same = cx.definers(title).into_iter().filter(|it| it.id != document.id);
    let same: Vec<_> = same.filter(|it| it.site == document.site).collect();
    let Some(other) = same.first() else { return Vec::new() };
    let message =
        format!("`{}` is also the title of `{}`", document.title(), cx.shown(&other.path));
    let mut found = Found::new(listing::place(document), message);
    let related = same.iter().take(5).map(|it| Related {
        path: it.path.clone(),
        at: There::Definition(title.clone()),
        message: "the same title".to_owned(),
    });
    found.related = related.collect();
    vec![found]
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_both_pages_but_not_those_that_send_readers_elsewhere() {
        check_rule(
            "duplicate-title",
            r"
//- a.md
# One
^^^^^ `One` is also the title of `b.md`
//- b.md
---
title: One
---
# Two
^^^^^ `One` is also the title of `a.md`
//- c.md
---
title: One
redirect_to: /a/
---
",
        );
    }
}
