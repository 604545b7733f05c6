//! Sections: another level, another place among their siblings.

use super::{heading, shifted};
use crate::{
    features::rename::Rewritten,
    model::Changes,
    text::{Edit, Offset, Span},
    world::{Document, Snapshot},
};

pub(super) fn offer_promote(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let index = heading(document, span)?;
    let fits = document.page.headings[index].level > 1 && is_atx(document, index);
    fits.then(|| "Promote section".to_owned())
}

pub(super) fn offer_demote(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let index = heading(document, span)?;
    let deepest = within(document, index).map(|it| document.page.headings[it].level).max()?;
    (deepest < 6 && is_atx(document, index)).then(|| "Demote section".to_owned())
}

pub(super) fn promote(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    relevel(cx, document, span, |start| Edit {
        span: Span::new(start, start + 1),
        with: String::new(),
    })
}

pub(super) fn demote(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    relevel(cx, document, span, |start| Edit { span: Span::empty(start), with: "#".to_owned() })
}

/// The headings of the section that a heading opens, by their indexes.
fn within(document: &Document, index: usize) -> impl Iterator<Item = usize> + '_ {
    let section = document.section(index);
    let headings = document.page.headings.iter().enumerate().skip(index);
    headings.take_while(move |it| section.contains(it.1.span)).map(|it| it.0)
}

/// Whether all headings of a section are written with `#`.
fn is_atx(document: &Document, index: usize) -> bool {
    within(document, index).all(|it| {
        let start = document.page.headings[it].span.start;
        document.source(Span::new(start, start + 1)) == "#"
    })
}

fn relevel(
    cx: &Snapshot,
    document: &Document,
    span: Span,
    edit: impl Fn(Offset) -> Edit,
) -> Result<Changes, String> {
    let index = heading(document, span).ok_or("there is no heading here")?;
    let edits = within(document, index).map(|it| edit(document.page.headings[it].span.start));
    let edits: Vec<Edit> = edits.collect();
    let own = edits.clone();
    Rewritten::new(document, edits, |at| {
        let before: Vec<Edit> = own.iter().filter(|it| it.span.start < at).cloned().collect();
        shifted(&before, at)
    })?
    .changes(cx)
}

pub(super) fn offer_up(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let index = heading(document, span)?;
    before(document, index).map(|_| "Move section up".to_owned())
}

pub(super) fn offer_down(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let index = heading(document, span)?;
    after(document, index).map(|_| "Move section down".to_owned())
}

/// The section of the same level before the one that a heading opens.
fn before(document: &Document, index: usize) -> Option<usize> {
    let headings = &document.page.headings;
    let level = headings[index].level;
    (0..index)
        .rev()
        .take_while(|it| headings[*it].level >= level)
        .find(|it| headings[*it].level == level)
}

/// The section of the same level behind it.
fn after(document: &Document, index: usize) -> Option<usize> {
    let end = document.section(index).end;
    let next = document.page.headings.iter().position(|it| it.span.start == end)?;
    (document.page.headings[next].level == document.page.headings[index].level).then_some(next)
}

pub(super) fn up(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let index = heading(document, span).ok_or("there is no heading here")?;
    let before = before(document, index).ok_or("there is no section of this level above")?;
    exchange(cx, document, document.section(before), document.section(index))
}

pub(super) fn down(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let index = heading(document, span).ok_or("there is no heading here")?;
    let after = after(document, index).ok_or("there is no section of this level below")?;
    exchange(cx, document, document.section(index), document.section(after))
}

/// Puts two sections that follow each other into the other order.
fn exchange(
    cx: &Snapshot,
    document: &Document,
    first: Span,
    second: Span,
) -> Result<Changes, String> {
    let ending = super::ending(document);
    let (above, mut below) = (document.source(first), document.source(second));
    // The last section of a page may end without a line break.
    let missing = !below.ends_with(['\n', '\r']);
    if missing {
        below.push_str(ending);
        below.push_str(ending);
    }
    let above = if missing { above.trim_end().to_owned() } else { above };
    let grown = crate::text::offset(below.len());
    let edit = Edit { span: Span::new(first.start, second.end), with: format!("{below}{above}") };
    let place = |at: Offset| match at {
        at if at >= second.start && at < second.end => at - first.len(),
        at if at >= first.start && at < first.end => at + grown,
        at => shifted(std::slice::from_ref(&edit), at),
    };
    Rewritten::new(document, vec![edit.clone()], place)?.changes(cx)
}
