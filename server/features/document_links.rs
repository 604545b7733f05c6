//! The links of a page that an editor can open, resolved.

use super::{Location, under::target};
use crate::{
    syntax::Form,
    text::Span,
    world::{DocId, Resolved, Snapshot},
};

/// A link and what it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLink {
    /// The stretch to click: the destination, without its brackets.
    pub span: Span,
    /// What it opens.
    pub to: Opens,
}

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

/// The links of a page, in the order of the text.
pub fn document_links(cx: &Snapshot, id: DocId) -> Vec<DocumentLink> {
    let Some(document) = cx.page(id) else { return Vec::new() };
    let links = document.page.links.iter().enumerate();
    let found = links.filter(|(_, it)| it.form != Form::Footnote).map(|(index, link)| {
        let to = match target(cx, document, index) {
            Some(Resolved::Page(page, place)) => {
                Opens::Place(Location { path: page.path.clone(), span: place.unwrap_or_default() })
            }
            Some(Resolved::NoAnchor(page)) => {
                Opens::Place(Location { path: page.path.clone(), span: Span::default() })
            }
            Some(Resolved::File(path)) => {
                Opens::Place(Location { path: path.clone(), span: Span::default() })
            }
            None if document.outline.reference(index).is_none() && !link.is_reference() => {
                Opens::Address(link.target.to_string())
            }
            Some(Resolved::Folder(_)) | None => Opens::Nothing,
        };
        DocumentLink { span: link.dest, to }
    });
    found.collect()
}
