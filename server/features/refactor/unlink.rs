//! The text of a link without the link.

use crate::{
    model::Changes,
    syntax::{Form, Link},
    text::Span,
    world::{Document, Snapshot},
};

pub(super) fn offer(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    found(document, span).map(|_| "Remove the link, keep its text".to_owned())
}

pub(super) fn apply(_: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let link = found(document, span).ok_or("there is no link here")?;
    let mut changes = Changes::default();
    changes.edit(&document.path, link.span, document.source(link.text));
    Ok(changes)
}

fn found(document: &Document, span: Span) -> Option<&Link> {
    let links = document.page.links.iter().filter(|it| can_go(it) && it.span.touches(span.start));
    links.min_by_key(|it| it.span.len())
}

/// Whether a link has a text to leave when it goes.
pub(in crate::features) fn can_go(link: &Link) -> bool {
    matches!(link.form, Form::Inline | Form::Reference | Form::Wiki)
        && !link.image
        && !link.text.is_empty()
        && link.span.contains(link.text)
}
