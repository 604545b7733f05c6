//! Refactorings: a page says the same in another shape, and every link still leads where it led.
//!
//! [`REFACTORINGS`] is the table of them. What one would do is worked out when it is picked.

mod contents;
mod extract;
mod inline;
mod links;
mod lists;
mod names;
mod rows;
mod sections;
mod split;
mod tidy;
mod unlink;

pub(super) use unlink::can_go;

use crate::{
    model::Changes,
    text::{Offset, Span, offset},
    world::{DocId, Document, Snapshot},
};

/// What a refactoring does to the page, as editors sort them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something becomes a page of its own.
    Extract,
    /// The page is written in another way.
    Rewrite,
}

/// A refactoring.
pub struct Refactoring {
    /// Its name, by which it is picked.
    pub name: &'static str,
    /// What it does to the page.
    pub kind: Kind,
    /// Whether it brings files into being.
    pub creates: bool,
    /// Its title at a place, if it can be done there: a sentence without a full stop.
    offer: fn(&Snapshot, &Document, Span) -> Option<String>,
    /// What it changes; a sentence says why it cannot be.
    apply: fn(&Snapshot, &Document, Span) -> Result<Changes, String>,
}

/// Every refactoring, in the order in which they are offered.
#[rustfmt::skip]
pub static REFACTORINGS: &[Refactoring] = &[
    Refactoring { name: "extract-section",   kind: Kind::Extract, creates: true,  offer: extract::offer,            apply: extract::apply },
    Refactoring { name: "split-page",        kind: Kind::Extract, creates: true,  offer: split::offer,              apply: split::apply },
    Refactoring { name: "inline-section",    kind: Kind::Rewrite, creates: false, offer: inline::offer,             apply: inline::apply },
    Refactoring { name: "remove-link",       kind: Kind::Rewrite, creates: false, offer: unlink::offer,             apply: unlink::apply },
    Refactoring { name: "promote-section",   kind: Kind::Rewrite, creates: false, offer: sections::offer_promote,   apply: sections::promote },
    Refactoring { name: "demote-section",    kind: Kind::Rewrite, creates: false, offer: sections::offer_demote,    apply: sections::demote },
    Refactoring { name: "move-section-up",   kind: Kind::Rewrite, creates: false, offer: sections::offer_up,        apply: sections::up },
    Refactoring { name: "move-section-down", kind: Kind::Rewrite, creates: false, offer: sections::offer_down,      apply: sections::down },
    Refactoring { name: "link-to-reference", kind: Kind::Rewrite, creates: false, offer: links::offer_reference,    apply: links::reference },
    Refactoring { name: "reference-to-link", kind: Kind::Rewrite, creates: false, offer: links::offer_inline,       apply: links::inline },
    Refactoring { name: "name-to-link",      kind: Kind::Rewrite, creates: false, offer: names::offer,              apply: names::apply },
    Refactoring { name: "names-to-links",    kind: Kind::Rewrite, creates: false, offer: names::offer_all,          apply: names::apply_all },
    Refactoring { name: "fill-row",          kind: Kind::Rewrite, creates: false, offer: rows::offer_fill,          apply: rows::fill },
    Refactoring { name: "row-to-study",      kind: Kind::Rewrite, creates: false, offer: rows::offer_tell,          apply: rows::tell },
    Refactoring { name: "wrap-address",      kind: Kind::Rewrite, creates: false, offer: tidy::offer_wrap,          apply: tidy::wrap },
    Refactoring { name: "sort-definitions",  kind: Kind::Rewrite, creates: false, offer: tidy::offer_sort,          apply: tidy::sort },
    Refactoring { name: "sort-list",         kind: Kind::Rewrite, creates: false, offer: lists::offer,              apply: lists::apply },
    Refactoring { name: "contents",          kind: Kind::Rewrite, creates: false, offer: contents::offer,           apply: contents::apply },
];

/// What can be done at a stretch of a page, with titles.
pub fn offered(cx: &Snapshot, id: DocId, span: Span) -> Vec<(&'static Refactoring, String)> {
    let Some(document) = cx.page(id) else { return Vec::new() };
    let all = REFACTORINGS.iter();
    all.filter_map(|it| Some((it, (it.offer)(cx, document, span)?))).collect()
}

/// What the refactoring of this name changes there.
pub fn apply(cx: &Snapshot, id: DocId, name: &str, span: Span) -> Result<Changes, String> {
    let found = cx.page(id).zip(REFACTORINGS.iter().find(|it| it.name == name));
    match found {
        Some((document, it)) => (it.apply)(cx, document, span),
        None => Err("there is no such action".to_owned()),
    }
}

/// The heading whose line the stretch begins on, by its index; not one in a list, a quote or another
/// container.
fn heading(document: &Document, span: Span) -> Option<usize> {
    let headings = document.page.headings.iter();
    let index = headings.clone().position(|it| it.span.touches(span.start))?;
    let heading = &document.page.headings[index];
    let line = document.text.line(document.text.line_of(heading.span.start));
    (line.start == heading.span.start).then_some(index)
}

/// The line break of a page.
fn ending(document: &Document) -> &'static str {
    let first = document.text.line(0).end;
    if document.source(Span::new(first, first + 2)) == "\r\n" { "\r\n" } else { "\n" }
}

/// Adds lines at the end of a page; `apart` puts an empty line before them.
///
/// The edit is behind the last line, not on the one after it: where that is none, editors differ.
fn append(document: &Document, changes: &mut Changes, lines: &str, apart: bool) {
    let ending = ending(document);
    let text = document.text.to_string();
    let end = text.trim_end_matches(['\n', '\r']).len();
    let gap = ending.repeat(1 + usize::from(apart));
    let close = if end == text.len() { ending } else { "" };
    let with = format!("{gap}{}{close}", lines.trim_end());
    changes.edit(&document.path, Span::empty(offset(end)), with);
}

/// Where a place is after edits that do not touch it.
fn shifted(edits: &[crate::text::Edit], at: Offset) -> Offset {
    let before = edits.iter().filter(|it| it.span.end <= at);
    let (mut more, mut less) = (0, 0);
    for edit in before {
        more += offset(edit.with.len());
        less += edit.span.len();
    }
    at + more - less
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
