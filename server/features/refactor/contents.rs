//! The table of contents of a page, between markers: `<!-- toc -->` and `<!-- tocstop -->`.

use std::fmt::Write as _;

use crate::{
    model::Changes,
    syntax::{self, Renderer},
    text::{Span, offset},
    world::{Document, Snapshot},
};

const OPEN: &str = "<!-- toc -->";
const CLOSE: &str = "<!-- tocstop -->";

pub(super) fn offer(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let at_heading = super::heading(document, span).is_some();
    match markers(document) {
        Some(inner) if document.source(inner) != inside(document, inner) => {
            Some("Refresh table of contents".to_owned())
        }
        None if at_heading && !table(document, 0).is_empty() => {
            Some("Insert table of contents".to_owned())
        }
        _ => None,
    }
}

pub(super) fn apply(_: &Snapshot, document: &Document, _: Span) -> Result<Changes, String> {
    let mut changes = Changes::default();
    if let Some(inner) = markers(document) {
        changes.edit(&document.path, inner, inside(document, inner));
        return Ok(changes);
    }
    let first = document.page.headings.first().ok_or("this page has no headings")?;
    let ending = super::ending(document);
    let list = format!("{OPEN}{ending}{ending}{}{ending}{CLOSE}", table(document, 0));
    // Below the title of the page, or above what comes first.
    let (at, with) = match first.level {
        1 => (first.span.end, format!("{ending}{ending}{list}")),
        _ => (first.span.start, format!("{list}{ending}{ending}")),
    };
    changes.edit(&document.path, Span::empty(at), with);
    Ok(changes)
}

/// What stands between the markers. In code they are none.
fn markers(document: &Document) -> Option<Span> {
    let text = document.text.to_string();
    let marks = |it: &usize| !syntax::is_code(&text, &document.site.dialect, offset(*it));
    let start = text.match_indices(OPEN).map(|it| it.0).find(marks)? + OPEN.len();
    let end = start + text[start..].find(CLOSE)?;
    Some(Span::new(offset(start), offset(end)))
}

fn inside(document: &Document, inner: Span) -> String {
    let ending = super::ending(document);
    format!("{ending}{ending}{}{ending}", table(document, inner.end))
}

/// The headings behind a place as a list of links, but the page's own title.
fn table(document: &Document, from: u32) -> String {
    let ending = super::ending(document);
    let headings = document.page.headings.iter();
    let listed = headings.filter(|it| it.span.start >= from && it.level <= 3 && it.level > 1);
    let top = listed.clone().map(|it| it.level).min().unwrap_or(2);
    // Python-Markdown takes less for an item of the same list.
    let step =
        if document.site.dialect.renderer == Renderer::PythonMarkdown { "    " } else { "  " };
    let mut out = String::new();
    for heading in listed {
        let Some(anchor) = &heading.anchor else { continue };
        let indent = step.repeat(usize::from(heading.level - top));
        let _ = write!(out, "{indent}- [{}](#{anchor}){ending}", escaped(&heading.title));
    }
    out
}

/// A text as Markdown that says no more than the text.
pub(super) fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut all, it| {
        if matches!(it, '[' | ']' | '\\' | '*' | '`' | '<') {
            all.push('\\');
        }
        all.push(it);
        all
    })
}
