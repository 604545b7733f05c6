#![doc = include_str!("self_link.md")]

use super::{Found, near};
use crate::{
    syntax::Form,
    world::{Document, Outcome, Resolved, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let found = document.outline.refers.iter().filter_map(|reference| {
        let link = document.page.links.get(reference.link as usize)?;
        // A field may well name its own page: its address, the place it is to be found at.
        let written = matches!(link.form, Form::Inline | Form::Html | Form::Wiki);
        if !written || link.unread || link.path().is_empty() || link.fragment().is_some() {
            return None;
        }
        let Some(Resolved::Page(page, None)) = cx.resolve(reference) else { return None };
        let own = page.id == document.id && cx.outcome(reference) == Outcome::Right;
        own.then(|| {
            Found::new(
                near::parts(document, link).0,
                "the link leads to its own page: name another page, or a heading of this one",
            )
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_links_to_the_page_itself() {
        check_rule(
            "self-link",
            r"
//- p/a.md
[one](a.md), [two](../p/a.md), [three](#x), [four](a.md#x) and [five](../a.md).
      ^^^^ the link leads to its own page: name another page, or a heading of this one
                   ^^^^^^^^^ the link leads to its own page: name another page, or a heading of this one

# X
//- a.md
",
        );
    }
}
