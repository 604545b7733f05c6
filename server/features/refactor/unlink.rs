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
    let links = document.page.links.iter().filter(|it| {
        matches!(it.form, Form::Inline | Form::Reference | Form::Wiki)
            && !it.image
            && !it.text.is_empty()
            && it.span.contains(it.text)
            && it.span.touches(span.start)
    });
    links.min_by_key(|it| it.span.len())
}
