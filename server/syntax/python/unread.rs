//! Links that are written as Markdown where the renderer reads none: in raw HTML, and in the text of a
//! link. Their author and everyone who reads the page itself take them for links.

use std::collections::HashSet;

use crate::{
    syntax::{Dialect, Form, Link, markdown},
    text::Span,
};

/// The links that a `CommonMark` reader finds in the `raw` parts of the page or in the text of one of
/// `read`, the links that the renderer found.
pub(super) fn links(
    text: &str,
    start: usize,
    dialect: &Dialect,
    raw: Vec<Span>,
    read: &[Link],
) -> Vec<Link> {
    let texts = read.iter().filter(|it| !it.image).map(|it| it.text);
    let holds = |it: &Span| text.get(it.range()).is_some_and(|it| it.contains("]("));
    let mut parts: Vec<Span> = texts.chain(raw).filter(holds).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    parts.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    // What stands in another part ends before it.
    parts.dedup_by(|next, last| next.end <= last.end);
    let is_inside = |dest: Span| {
        let last = parts.partition_point(|it| it.start <= dest.start);
        last.checked_sub(1).is_some_and(|it| dest.end <= parts[it].end)
    };
    let known: HashSet<u32> = read.iter().map(|it| it.dest.start).collect();
    let found = markdown::read(text, start, dialect).links.into_iter();
    let wanted = |it: &Link| {
        matches!(it.form, Form::Inline | Form::Image)
            && is_inside(it.dest)
            && !known.contains(&it.dest.start)
    };
    found.filter(wanted).map(|it| Link { unread: true, ..it }).collect()
}
