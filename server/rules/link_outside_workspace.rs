#![doc = include_str!("link_outside_workspace.md")]

use super::{Found, near};
use crate::{
    model::Key,
    world::{Document, Outcome, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    // A page that is open without a folder has no workspace to lie in.
    if !cx.covers(document.path.as_str()) {
        return Vec::new();
    }
    let outside = |it: &Key| matches!(it, Key::Page(path) if !cx.covers(path.as_str()));
    let refers = document.outline.refers.iter();
    let found = refers.filter_map(|reference| {
        let all = !reference.candidates.is_empty() && reference.candidates.iter().all(outside);
        // What a site cannot take is a broken link already.
        if !all || reference.opens == 0 || cx.outcome(reference) != Outcome::Missing {
            return None;
        }
        let link = document.page.links.get(reference.link as usize)?;
        let message = "the link leaves the workspace: whether the file exists is not known";
        Some(Found::new(near::parts(document, link).0, message))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_what_lies_above_the_root() {
        check_rule(
            "link-outside-workspace",
            r"
//- p/a.md
[one](../../x.md), [two](../x.md) and [three](https://example.org/../x.md).
      ^^^^^^^^^^ the link leaves the workspace: whether the file exists is not known
",
        );
    }
}
