#![doc = include_str!("orphan_page.md")]

use super::{Found, listing};
use crate::world::{Document, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let special = listing::is_index(cx, document) || document.is_stub() || !document.path.is_page();
    let place = document.path.inside(&document.site.docs);
    let special = special || place.is_some_and(|it| document.site.unlisted.matches(it));
    if special || !cx.covers(document.path.as_str()) || is_linked(cx, document) {
        return Vec::new();
    }
    vec![Found::new(listing::place(document), "no page and no navigation links to this page")]
}

/// Whether another page leads here.
fn is_linked(cx: &Snapshot, document: &Document) -> bool {
    let keys: Vec<_> = document.outline.defines.iter().map(|it| it.key.clone()).collect();
    cx.references(&keys).iter().any(|it| it.0.id != document.id)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn lets_pages_be_that_the_navigation_need_not_list() {
        check_rule(
            "orphan-page",
            r"
//- casebook.toml
rules.orphan-page = 'hint'
//- mkdocs.yml
not_in_nav: |
  /notes/
//- docs/a.md
# A
^^^ no page and no navigation links to this page
//- docs/notes/b.md
# B
//- docs/moved.md
---
redirect_to: notes/b.md
---
",
        );
    }

    #[test]
    fn marks_pages_that_only_link_to_themselves() {
        check_rule(
            "orphan-page",
            r"
//- casebook.toml
rules.orphan-page = 'hint'
//- a.md
# A
^^^ no page and no navigation links to this page
[itself](a.md), [b](b.md#x)
//- b.md
# X
",
        );
    }
}
