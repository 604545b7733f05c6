//! What a reader would see behind a link, in short: Markdown for cards and popups.

use std::fmt::Write as _;

use crate::{
    model::{Path, url},
    syntax::{Heading, unlinked},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// At most so many headings are listed.
const HEADINGS: usize = 10;
/// At most so many lines of a section are shown.
const LINES: usize = 14;
/// At most so many characters of running text are shown.
const CHARACTERS: usize = 700;

/// A page: its title, where it lies, its description, its headings.
pub(super) fn page(cx: &Snapshot, document: &Document) -> String {
    let mut out = head(cx, document.title(), &document.path);
    if let Some(description) = description(cx, document) {
        let _ = write!(out, "\n\n{description}");
    }
    let top = document.page.headings.iter().map(|it| it.level).min().unwrap_or(1);
    let own =
        |it: &&Heading| it.level > top && it.level <= top + 2 || *it.title != *document.title();
    let all: Vec<&Heading> = document.page.headings.iter().filter(own).collect();
    let second = all.iter().map(|it| it.level).min().unwrap_or(2);
    let listed: Vec<&&Heading> = all.iter().filter(|it| it.level == second).collect();
    if !listed.is_empty() {
        out.push_str("\n\n---\n");
    }
    for heading in listed.iter().take(HEADINGS) {
        let _ =
            write!(out, "\n- [{}]({})", escape(&heading.title), address(document, heading.span));
    }
    if listed.len() > HEADINGS {
        let _ = write!(out, "\n- and {} more", listed.len() - HEADINGS);
    }
    out
}

/// A section: the page it is in, its heading, its beginning.
pub(super) fn section(cx: &Snapshot, document: &Document, at: Span) -> String {
    let mut out = head(cx, document.title(), &document.path);
    let heading = document.page.headings.iter().position(|it| it.span == at);
    let span = match heading {
        Some(index) => document.section(index),
        None => Span::new(line_start(document, at.start), document.text.len()),
    };
    let _ = write!(out, "\n\n---\n\n{}", excerpt(cx, document, span));
    out
}

fn head(cx: &Snapshot, title: &str, path: &Path) -> String {
    format!("**{}** — `{}`", escape(title), cx.shown(path))
}

/// The description of a page, its links made to open from anywhere, cut at a sensible length.
pub(super) fn description(cx: &Snapshot, document: &Document) -> Option<String> {
    let stated = document.page.front_matter.as_ref().and_then(|it| it.get("description")?.as_str());
    if let Some(text) = stated.map(str::trim).filter(|it| !it.is_empty()) {
        return Some(escape(&cut(text)));
    }
    document.page.lead.map(|it| excerpt(cx, document, it))
}

/// The source of `span`, cut at a sensible length and between lines, its links made to open from
/// anywhere.
pub(super) fn excerpt(cx: &Snapshot, document: &Document, span: Span) -> String {
    let mut end = span.start;
    let first = document.text.line_of(span.start);
    let mut used = 0;
    let mut fence: Option<String> = None;
    for line in first..document.text.lines().min(first + LINES) {
        let stretch = document.text.line(line);
        if stretch.start >= span.end || used > CHARACTERS {
            break;
        }
        let text = document.source(stretch);
        let bar: String = text.trim_start().chars().take_while(|it| "`~".contains(*it)).collect();
        fence = match fence {
            Some(open) if bar.starts_with(&open) => None,
            None if bar.len() >= 3 => Some(bar),
            other => other,
        };
        used += text.len();
        end = stretch.end.min(span.end);
    }
    let mut out = rewritten(cx, document, Span::new(span.start, end));
    let whole = document.source(Span::new(end, span.end)).trim().is_empty();
    if let Some(open) = fence {
        let _ = write!(out, "\n{open}");
    } else {
        // A line between this section and the next is no part of what a card shows.
        while let Some(rest) = out.trim_end().strip_suffix("\n\n---") {
            out.truncate(rest.len());
        }
    }
    if !whole {
        out.push_str("\n\n…");
    }
    out.trim().to_owned()
}

/// The source of `span` with the destinations of its links as addresses that open from anywhere.
fn rewritten(cx: &Snapshot, document: &Document, span: Span) -> String {
    let mut out = String::new();
    let mut at = span.start;
    for (index, link) in document.page.links.iter().enumerate() {
        if link.dest.start < at || link.dest.end > span.end || link.dest.is_empty() {
            continue;
        }
        let Some(reference) = document.outline.reference(index) else { continue };
        let to = match cx.resolve(reference) {
            Some(Resolved::Page(page, place)) => address(page, place.unwrap_or_default()),
            Some(Resolved::NoAnchor(page)) => url::of_path(&page.path),
            Some(Resolved::File(path)) => url::of_path(path),
            Some(Resolved::Folder(_)) | None => continue,
        };
        out.push_str(&document.source(Span::new(at, link.dest.start)));
        out.push_str(&to);
        at = link.dest.end;
    }
    out.push_str(&document.source(Span::new(at, span.end)));
    out
}

/// A card for an editor that would not open its links: they are the text that they show.
pub fn without_links(card: &str) -> String {
    unlinked(card, "file:")
}

/// The address of a place in a page, in the form that editors open: `file:///w/a.md#L12`.
pub(super) fn address(document: &Document, span: Span) -> String {
    let page = url::of_path(&document.path);
    match document.text.line_of(span.start) {
        0 => page,
        line => format!("{page}#L{}", line + 1),
    }
}

/// Text as Markdown that shows just that text.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if matches!(it, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(it);
    }
    out
}

/// The same, but code stays code.
pub(super) fn escape_but_code(text: &str) -> String {
    if text.matches('`').count() % 2 == 1 {
        return escape(text);
    }
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, it)| if at % 2 == 1 { format!("`{it}`") } else { escape(it) });
    parts.collect()
}

/// `1 page`, `2 pages`.
pub(super) fn number(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(CHARACTERS) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
    }
}

fn line_start(document: &Document, at: u32) -> u32 {
    document.text.line(document.text.line_of(at)).start
}
