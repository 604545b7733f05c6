//! Above a page and its sections: how many links lead there; above a pattern: how many systems use it.

use std::collections::BTreeSet;

use super::under::anchor_key;
use crate::{
    model::{Key, Kind, Path, knowledge::Says},
    text::Span,
    world::{DocId, Document, Snapshot},
};

/// What a lens counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counts {
    /// The links to the page or a place in it.
    Page,
    /// The links to a place.
    Place(Box<str>),
    /// The systems that use the pattern of the page.
    Users,
}

/// The lenses of a page without what they say: where, and what they count. Counting is for later, when
/// one comes into sight. None where the author wants none.
pub fn lenses(cx: &Snapshot, id: DocId) -> Vec<(Span, Counts)> {
    let Some(document) = cx.page(id).filter(|it| cx.settings(&it.path).code_lens) else {
        return Vec::new();
    };
    let headings = &document.page.headings;
    let first = headings.first().map(|it| it.span).unwrap_or_default();
    let mut found = vec![(first, Counts::Page)];
    if cx.page_kind(document) == crate::model::PageKind::Pattern {
        found.push((first, Counts::Users));
    }
    let places = headings.iter().skip(1);
    found.extend(places.filter_map(|it| Some((it.span, Counts::Place(it.anchor.clone()?)))));
    found
}

/// What a lens says.
pub fn counted(cx: &Snapshot, path: &Path, what: &Counts) -> Option<String> {
    let document = cx.document(path)?;
    let said = |number: usize, one: &str, many: &str| {
        format!("{number} {}", if number == 1 { one } else { many })
    };
    Some(match what {
        Counts::Page => {
            let keys: Vec<Key> = document.outline.defines.iter().map(|it| it.key.clone()).collect();
            let links = cx.references(&keys).into_iter().filter(|it| it.0.id != document.id);
            said(links.count(), "link", "links")
        }
        Counts::Place(anchor) => {
            said(cx.references(&[anchor_key(document, anchor)]).len(), "link", "links")
        }
        Counts::Users => format!("used by {}", said(users(cx, document), "system", "systems")),
    })
}

/// How many pages of systems say that they use one of the patterns of a page.
fn users(cx: &Snapshot, document: &Document) -> usize {
    let names = document.outline.knowledge.names.iter().map(|it| &it.key);
    let patterns = names.filter(|it| matches!(it, Key::Entity(Kind::Pattern, _)));
    let mut found: BTreeSet<&Path> = BTreeSet::new();
    for pattern in patterns {
        for page in cx.referrers(pattern) {
            let facts = page.outline.knowledge.facts.iter();
            let own = facts.filter(|it| matches!(it.about, Key::Page(_)));
            let mut uses = own.filter(
                |it| matches!(&it.says, Says::Uses { pattern: used, .. } if used == pattern),
            );
            if uses.next().is_some() {
                found.insert(&page.path);
            }
        }
    }
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    #[test]
    fn counts_links_and_users() {
        let fixture = Fixture::new(
            r#"
//- casebook.toml
[codeLens]
enabled = true
//- patterns/quorum.md
# Quorum
## Reads
[me](#reads)
//- studies/aurora.md
---
patterns: [Quorum]
---
[1](../patterns/quorum.md) [2](../patterns/quorum.md#reads)
"#,
        );
        let cx = fixture.snapshot();
        let path = Path::new("/w/patterns/quorum.md");
        let id = cx.document(&path).expect("a page").id;
        let found = lenses(&cx, id);
        let said: Vec<_> = found.iter().filter_map(|it| counted(&cx, &path, &it.1)).collect();
        assert_eq!(said, ["2 links", "used by 1 system", "2 links"]);
    }

    #[test]
    fn says_nothing_unless_it_is_wanted() {
        let cx = Fixture::new("\n//- a.md\n# A\n").snapshot();
        let id = cx.pages().next().expect("a page").id;
        assert_eq!(lenses(&cx, id), []);
    }
}
