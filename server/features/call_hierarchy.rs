//! Who links where, page by page, as a tree that an editor unfolds: the calls of a page are its links.

use std::collections::BTreeMap;

use super::{
    Place,
    under::{Under, target, under},
};
use crate::{
    model::{Key, Path},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// A page in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The page.
    pub path: Path,
    /// What it is called.
    pub title: String,
    /// Its first heading.
    pub heading: Span,
}

/// A page on the other end of links, and where these links are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The page.
    pub page: Node,
    /// The links, in the page that they stand on.
    pub links: Vec<Span>,
}

/// The page to begin with: the one that the link under the cursor leads to, else the page itself.
pub fn prepare(cx: &Snapshot, at: Place) -> Option<Node> {
    let document = cx.page(at.id)?;
    let linked = match under(document, at.at) {
        Some(Under::Link(index, ..)) => target(cx, document, index),
        _ => None,
    };
    Some(match linked {
        Some(Resolved::Page(page, _) | Resolved::NoAnchor(page)) => node(page),
        _ => node(document),
    })
}

/// The pages that link to a page, in the order of their paths.
pub fn incoming(cx: &Snapshot, path: &Path) -> Vec<Call> {
    let Some(document) = cx.document(path) else { return Vec::new() };
    let keys: Vec<Key> = document.outline.defines.iter().map(|it| it.key.clone()).collect();
    let mut calls: Vec<Call> = Vec::new();
    for (from, index) in cx.references(&keys) {
        let Some(link) = from.page.links.get(index).filter(|_| from.path != *path) else {
            continue;
        };
        match calls.last_mut().filter(|it| it.page.path == from.path) {
            Some(call) => call.links.push(link.span),
            None => calls.push(Call { page: node(from), links: vec![link.span] }),
        }
    }
    calls
}

/// The pages that a page links to, in the order of their paths.
pub fn outgoing(cx: &Snapshot, path: &Path) -> Vec<Call> {
    let Some(document) = cx.document(path) else { return Vec::new() };
    let mut calls: BTreeMap<Path, Call> = BTreeMap::new();
    for reference in &document.outline.refers {
        let (Some(Resolved::Page(to, _) | Resolved::NoAnchor(to)), Some(link)) =
            (cx.resolve(reference), document.page.links.get(reference.link as usize))
        else {
            continue;
        };
        if to.path != *path {
            let call = calls.entry(to.path.clone());
            let call = call.or_insert_with(|| Call { page: node(to), links: Vec::new() });
            call.links.push(link.span);
        }
    }
    calls.into_values().collect()
}

fn node(document: &Document) -> Node {
    let heading = document.page.headings.first().map(|it| it.span).unwrap_or_default();
    Node { path: document.path.clone(), title: document.title().to_owned(), heading }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    const BOOK: &str = r"
//- a.md
# Index
[1](b.md) [2](b.md#x) [3](c.m$0d) [me](#index) [gone](d.md)
//- b.md
[4](a.md)
# X
//- c.md
";

    fn shown(cx: &Snapshot, calls: &[Call]) -> Vec<(String, usize)> {
        calls.iter().map(|it| (cx.shown(&it.page.path), it.links.len())).collect()
    }

    #[test]
    fn begins_with_the_page_that_a_link_leads_to() {
        let fixture = Fixture::new(BOOK);
        let found = prepare(&fixture.snapshot(), fixture.place());
        assert_eq!(found.map(|it| it.path), Some(Path::new("/w/c.md")));
    }

    #[test]
    fn counts_links_page_by_page() {
        let cx = Fixture::new(BOOK).snapshot();
        let a = Path::new("/w/a.md");
        assert_eq!(
            shown(&cx, &outgoing(&cx, &a)),
            [("b.md".to_owned(), 2), ("c.md".to_owned(), 1)]
        );
        assert_eq!(shown(&cx, &incoming(&cx, &a)), [("b.md".to_owned(), 1)]);
        let b = Path::new("/w/b.md");
        assert_eq!(shown(&cx, &incoming(&cx, &b)), [("a.md".to_owned(), 2)]);
    }
}
