//! Above a page and its sections: how many links lead there; above a pattern: how many systems use it.

use std::collections::BTreeMap;

use super::{Location, under::anchor_key};
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

/// What a lens says, and what it has counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What it says.
    pub title: String,
    /// What it has counted, in the order of paths.
    pub places: Vec<Location>,
}

/// Counts what a lens is to count.
pub fn counted(cx: &Snapshot, path: &Path, what: &Counts) -> Option<Counted> {
    let document = cx.document(path)?;
    let said = |number: usize, one: &str, many: &str| {
        format!("{number} {}", if number == 1 { one } else { many })
    };
    Some(match what {
        Counts::Users => {
            let places = users(cx, document);
            let title = format!("used by {}", said(places.len(), "system", "systems"));
            Counted { title, places }
        }
        Counts::Page => {
            let keys: Vec<Key> = document.outline.defines.iter().map(|it| it.key.clone()).collect();
            let mut places = links(cx, &keys);
            places.retain(|it| it.path != document.path);
            Counted { title: said(places.len(), "link", "links"), places }
        }
        Counts::Place(anchor) => {
            let places = links(cx, &[anchor_key(document, anchor)]);
            Counted { title: said(places.len(), "link", "links"), places }
        }
    })
}

/// The destinations of the links that lead to one of these.
fn links(cx: &Snapshot, keys: &[Key]) -> Vec<Location> {
    let found = cx.references(keys).into_iter().filter_map(|(document, index)| {
        let span = document.page.links.get(index)?.dest;
        Some(Location { path: document.path.clone(), span })
    });
    found.collect()
}

/// Where the pages of systems say that they use one of the patterns of a page: once for each of them.
fn users(cx: &Snapshot, document: &Document) -> Vec<Location> {
    let names = document.outline.knowledge.names.iter().map(|it| &it.key);
    let patterns = names.filter(|it| matches!(it, Key::Entity(Kind::Pattern, _)));
    let mut found: BTreeMap<&Path, Span> = BTreeMap::new();
    for pattern in patterns {
        for page in cx.referrers(pattern) {
            let facts = page.outline.knowledge.facts.iter();
            let own = facts.filter(|it| matches!(it.about, Key::Page(_)));
            let mut uses = own.filter(
                |it| matches!(&it.says, Says::Uses { pattern: used, .. } if used == pattern),
            );
            if let Some(fact) = uses.next() {
                found.entry(&page.path).or_insert(fact.span);
            }
        }
    }
    found.into_iter().map(|(path, span)| Location { path: path.clone(), span }).collect()
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
        let said = found.iter().filter_map(|it| counted(&cx, &path, &it.1)).map(|it| {
            let places = it.places.iter().map(|it| {
                let page = cx.document(&it.path).expect("a page");
                format!("{} in {}", page.source(it.span), cx.shown(&it.path))
            });
            format!("{}: {}", it.title, places.collect::<Vec<_>>().join(", "))
        });
        let expected = [
            "2 links: ../patterns/quorum.md in studies/aurora.md, ../patterns/quorum.md#reads in studies/aurora.md",
            "used by 1 system: Quorum in studies/aurora.md",
            "2 links: #reads in patterns/quorum.md, ../patterns/quorum.md#reads in studies/aurora.md",
        ];
        assert_eq!(said.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn says_nothing_unless_it_is_wanted() {
        let cx = Fixture::new("\n//- a.md\n# A\n").snapshot();
        let id = cx.pages().next().expect("a page").id;
        assert_eq!(lenses(&cx, id), []);
    }
}
