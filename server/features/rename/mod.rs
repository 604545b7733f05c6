//! Rename: a heading, a place with an id, a label, a file, an address, a name, wherever it is used.
//!
//! What is renamed and everything that names it change together, or nothing does: where the new name
//! cannot be, the answer is a sentence that says why.

mod anchors;
mod files;
mod labels;
mod names;

pub(super) use anchors::{Rewritten, links_to};

use super::{
    Place,
    under::{Part, Under, definition_of, under},
};
use crate::{
    model::{Changes, Key, Path},
    syntax::{Form, Link, normal_label},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// What can be renamed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamable {
    /// The stretch that holds the name.
    pub span: Span,
    /// The name as it is now.
    pub name: String,
}

/// What a name names.
#[derive(Clone, Debug)]
enum Subject<'a> {
    /// The text of a heading, by its index.
    Heading(&'a Document, usize),
    /// An id that is written out.
    Id(&'a Document, Span),
    /// A place that is not there, as links to a page name it.
    Gone(&'a Path, &'a str),
    /// A label of the page, of a footnote or not.
    Label(String, bool),
    /// A file or folder, named by a link.
    File(Path, &'a Link),
    /// An address on the web.
    Address(&'a str),
    /// A system, a pattern, a company or a domain.
    Name(Key),
    /// The title of a page.
    Title(&'a Document),
}

/// What can be renamed at a place, if anything.
pub fn prepare(cx: &Snapshot, at: Place) -> Option<Renamable> {
    subject(cx, at).map(|it| it.0)
}

/// What changes when the thing at a place gets another name.
///
/// Refused, with a sentence that says why, where nothing has a name, or the new one cannot be.
pub fn rename(cx: &Snapshot, at: Place, name: &str) -> Result<Changes, String> {
    let nothing = || "there is nothing here that can be renamed".to_owned();
    let document = cx.page(at.id).ok_or_else(nothing)?;
    let (renamable, subject) = subject(cx, at).ok_or_else(nothing)?;
    let name = name.trim();
    if name.is_empty() {
        return Err("a name cannot be empty".to_owned());
    }
    if name.contains(['\n', '\r']) {
        return Err("a name is one line".to_owned());
    }
    if name == renamable.name {
        return Ok(Changes::default());
    }
    match subject {
        Subject::Heading(page, index) => anchors::heading(cx, page, index, name),
        Subject::Id(page, span) => anchors::id(cx, page, span, name),
        Subject::Gone(page, fragment) => Ok(anchors::gone(cx, page, fragment, name)),
        Subject::Label(key, footnote) => labels::label(document, &key, footnote, name),
        Subject::File(path, link) => files::file(cx, document, &path, link, name),
        Subject::Address(address) => Ok(labels::address(cx, address, name)),
        Subject::Name(key) => names::name(cx, &key, &renamable.name, name),
        Subject::Title(page) => names::retitle(cx, page, &renamable.name, name),
    }
}

fn subject(cx: &Snapshot, at: Place) -> Option<(Renamable, Subject<'_>)> {
    let document = cx.page(at.id)?;
    let source = |span| Renamable { span, name: document.source(span) };
    let explicit = document.page.headings.iter().filter_map(|it| it.explicit);
    if let Some(span) = explicit.into_iter().find(|it| it.touches(at.at)) {
        return Some((source(span), Subject::Id(document, span)));
    }
    let Some(under) = under(document, at.at) else { return names::at(cx, document, at) };
    match under {
        Under::Link(_, _, Part::Text) => {
            heading_at(document, at).or_else(|| names::at(cx, document, at))
        }
        Under::Link(_, link, _) if link.is_reference() => {
            let footnote = link.form == Form::Footnote;
            let key = definition_of(document, link).map(|it| it.key.to_string());
            let key = key.unwrap_or_else(|| normal_label(&link.target));
            Some((source(link.dest), Subject::Label(key, footnote)))
        }
        Under::Link(index, link, part) => destination(cx, document, index, link, part),
        Under::Definition(it) => {
            Some((source(it.label), Subject::Label(it.key.to_string(), it.footnote)))
        }
        Under::Id(_, span) => Some((source(span), Subject::Id(document, span))),
        Under::Heading(index, heading) if !heading.text.is_empty() => {
            Some((source(heading.text), Subject::Heading(document, index)))
        }
        Under::Title(span) => names::title(document, span),
        Under::Heading(..) => None,
    }
}

/// The heading that a place is in, whatever else is there.
fn heading_at(document: &Document, at: Place) -> Option<(Renamable, Subject<'_>)> {
    let mut headings = document.page.headings.iter().enumerate();
    let (index, heading) = headings.find(|(_, it)| it.span.touches(at.at))?;
    let name = document.source(heading.text);
    Some((Renamable { span: heading.text, name }, Subject::Heading(document, index)))
}

fn destination<'a>(
    cx: &'a Snapshot,
    document: &'a Document,
    index: usize,
    link: &'a Link,
    part: Part,
) -> Option<(Renamable, Subject<'a>)> {
    let Some(reference) = document.outline.reference(index) else {
        let name = document.source(link.dest);
        let subject = Subject::Address(&link.target);
        return (!link.target.is_empty()).then_some((Renamable { span: link.dest, name }, subject));
    };
    let led = cx.resolve(reference);
    let (path, fragment) = link.parts(&document.source(link.dest));
    let on_fragment = matches!(part, Part::Fragment(_)) || path.is_empty();
    if let Some(span) = fragment.filter(|_| on_fragment) {
        let written = document.source(span);
        let (name, subject) = match led? {
            Resolved::Page(page, Some(place)) => anchors::named(page, place)?,
            Resolved::NoAnchor(page) => {
                let named = reference.fragment.as_deref()?;
                (written, Subject::Gone(&page.path, named))
            }
            _ => return None,
        };
        return Some((Renamable { span, name }, subject));
    }
    let target = cx.lead(reference).map(|it| it.1);
    let target = target.or_else(|| match reference.candidates.first()? {
        Key::Page(path) => Some(path.clone()),
        _ => None,
    })?;
    let written = document.source(path);
    let name = files::decoded(&written);
    Some((Renamable { span: path, name }, Subject::File(target, link)))
}

#[cfg(test)]
mod tests;
