#![doc = include_str!("empty_link.md")]

use super::Found;
use crate::{
    syntax::Form,
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    // In HTML a `#` is for scripts.
    let written = |form| matches!(form, Form::Inline | Form::Image | Form::Definition);
    let links = document.page.links.iter();
    let empty =
        links.filter(|it| written(it.form) && !it.unread && matches!(&*it.target, "" | "#"));
    empty
        .map(|it| Found::new(it.span, "the link has no target: name a page, or take the link away"))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_links_that_name_nothing() {
        check_rule(
            "empty-link",
            r##"
//- a.md
[one](), [two](<>), [three](#), [four](#top), <a href="#">five</a> and [six](a.md).
^^^^^^^ the link has no target: name a page, or take the link away
         ^^^^^^^^^ the link has no target: name a page, or take the link away
                    ^^^^^^^^^^ the link has no target: name a page, or take the link away
"##,
        );
    }
}
