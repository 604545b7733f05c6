//! The links of a page that an editor can open: where they stand, and what one opens.

use super::{
    Location,
    under::{definition_of, destination_of, target},
};
use crate::{
    model::Path,
    syntax::Form,
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// A place in a page, or another file.
    Place(Location),
    /// An address, as written.
    Address(String),
    /// Nothing that exists.
    Nothing,
}

/// The links of a page, in the order of the text: each by its index, and the stretch to click, which is
/// the destination without its brackets. What one opens is for later, when it is clicked.
pub fn document_links(document: &Document) -> impl Iterator<Item = (usize, Span)> + '_ {
    let links = document.page.links.iter().enumerate();
    links.filter(|(_, it)| it.form != Form::Footnote).map(|(index, it)| (index, it.dest))
}

/// What the link with this index opens; a reference opens what its definition names.
pub fn opens(cx: &Snapshot, document: &Document, index: usize) -> Opens {
    let place = |path: &Path, span| Opens::Place(Location { path: path.clone(), span });
    match target(cx, document, index) {
        Some(Resolved::Page(page, span)) => place(&page.path, span.unwrap_or_default()),
        Some(Resolved::NoAnchor(page)) => place(&page.path, Span::default()),
        Some(Resolved::File(path)) => place(path, Span::default()),
        Some(Resolved::Folder(_)) => Opens::Nothing,
        None => address(document, index).map_or(Opens::Nothing, Opens::Address),
    }
}

/// The address that a link names, if it is one of the web.
fn address(document: &Document, index: usize) -> Option<String> {
    let link = document.page.links.get(index)?;
    let (index, link) = if link.is_reference() {
        destination_of(document, definition_of(document, link)?)?
    } else {
        (index, link)
    };
    let is_address = document.outline.reference(index).is_none();
    is_address.then(|| link.target.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    #[test]
    fn opens_what_a_link_leads_to_and_nothing_for_a_broken_one() {
        let fixture = Fixture::new(
            r"
//- a.md
[1](b.md#two) [2](gone.md) [3](https://example.org) [4][w] [5](b.md#gone) [6][p]

[w]: https://example.org/w
[p]: b.md
//- b.md
# One
## Two
",
        );
        let cx = fixture.snapshot();
        let document = cx.document(&Path::new("/w/a.md")).expect("a page");
        let found = document_links(document).map(|(index, span)| {
            let opened = match opens(&cx, document, index) {
                Opens::Place(to) => format!("{}:{}", to.path, to.span.start),
                Opens::Address(it) => it,
                Opens::Nothing => "nothing".to_owned(),
            };
            format!("{} -> {opened}", document.source(span))
        });
        let expected = [
            "b.md#two -> /w/b.md:6",
            "gone.md -> nothing",
            "https://example.org -> https://example.org",
            "w -> https://example.org/w",
            "b.md#gone -> /w/b.md:0",
            "p -> /w/b.md:0",
            "https://example.org/w -> https://example.org/w",
            "b.md -> /w/b.md:0",
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}
