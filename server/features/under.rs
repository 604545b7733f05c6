//! What is under the cursor, where most features begin.

use crate::{
    model::Key,
    syntax::{Form, Heading, Link, LinkDefinition},
    text::{Offset, Span},
    world::{Document, Resolved, Snapshot},
};

/// The thing under the cursor.
#[derive(Clone, Copy, Debug)]
pub(super) enum Under<'a> {
    /// A link, by its index, and the part of it.
    Link(usize, &'a Link, Part),
    /// The label of a definition.
    Definition(&'a LinkDefinition),
    /// A heading, by its index.
    Heading(usize, &'a Heading),
    /// The title in the front matter.
    Title(Span),
    /// An id that is written out.
    Id(&'a str, Span),
}

/// The part of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its text, or its brackets.
    Text,
    /// The destination up to `#`, or the label of a reference.
    Path(Span),
    /// What stands behind `#`, with the `#`.
    Fragment(Span),
}

/// What is at `at`. Of links that lie in each other the inner one.
pub(super) fn under(document: &Document, at: Offset) -> Option<Under<'_>> {
    let page = &document.page;
    let links = page.links.iter().enumerate().filter(|(_, it)| {
        let whole = if it.form == Form::Definition { it.dest } else { it.span };
        whole.touches(at)
    });
    if let Some((index, link)) = links.min_by_key(|(_, it)| it.span.len()) {
        return Some(Under::Link(index, link, part(document, link, at)));
    }
    if let Some(definition) = page.definitions.iter().find(|it| it.label.touches(at)) {
        return Some(Under::Definition(definition));
    }
    if let Some(id) = page.ids.iter().find(|it| it.span.touches(at)) {
        return Some(Under::Id(&id.id, id.span));
    }
    let headings = page.headings.iter().enumerate();
    if let Some((index, heading)) = headings.into_iter().find(|(_, it)| it.span.touches(at)) {
        return Some(Under::Heading(index, heading));
    }
    let title = page.front_matter.as_ref().and_then(|it| it.get("title"));
    title.filter(|it| it.span.touches(at)).map(|it| Under::Title(it.span))
}

fn part(document: &Document, link: &Link, at: Offset) -> Part {
    if !link.dest.touches(at) {
        return Part::Text;
    }
    let (path, fragment) = link.parts(&document.source(link.dest));
    match fragment {
        Some(span) if at > path.end => Part::Fragment(Span::new(path.end, span.end)),
        _ => Part::Path(path),
    }
}

impl Under<'_> {
    /// The stretch that the answer is about.
    pub(super) fn span(self) -> Span {
        match self {
            Self::Link(_, link, Part::Text) => link.span,
            Self::Link(_, _, Part::Path(span) | Part::Fragment(span))
            | Self::Title(span)
            | Self::Id(_, span) => span,
            Self::Definition(definition) => definition.label,
            Self::Heading(_, heading) => heading.span,
        }
    }
}

/// The definition that a reference or a footnote on `document` uses.
pub(super) fn definition_of<'a>(document: &'a Document, link: &Link) -> Option<&'a LinkDefinition> {
    let key = crate::syntax::normal_label(&link.target);
    let footnote = link.form == Form::Footnote;
    document.page.definitions.iter().find(|it| it.footnote == footnote && *it.key == key)
}

/// The link that is the destination of a definition.
pub(super) fn destination_of<'a>(
    document: &'a Document,
    definition: &LinkDefinition,
) -> Option<(usize, &'a Link)> {
    let links = document.page.links.iter().enumerate();
    links
        .into_iter()
        .find(|(_, it)| it.form == Form::Definition && definition.span.contains(it.dest))
}

/// What the link with this index leads to; a reference leads where its definition leads.
pub(super) fn target<'a>(
    cx: &'a Snapshot,
    document: &Document,
    index: usize,
) -> Option<Resolved<'a>> {
    let link = document.page.links.get(index)?;
    if link.is_reference() {
        let definition = definition_of(document, link)?;
        let (index, _) = destination_of(document, definition)?;
        return cx.resolve(document.outline.reference(index)?);
    }
    cx.resolve(document.outline.reference(index)?)
}

/// The key that a heading or an id of `document` defines.
pub(super) fn anchor_key(document: &Document, id: &str) -> Key {
    Key::Anchor(document.path.clone(), document.site.anchor(id))
}
