//! What happens before anything else is read: tabs and line ends are made uniform, and fenced code is
//! taken out, as `fenced_code` and `pymdownx.superfences` do it.

use super::buffer::{Buffer, CLOSE, OPEN};
use crate::{
    syntax::{Dialect, Form, Link},
    text::{Span, offset},
};

/// A fenced code block that was taken out.
#[derive(Clone, Debug)]
pub(super) struct Fence {
    /// Its lines in the prepared text, fences included.
    pub(super) lines: Vec<(usize, usize)>,
    /// How far it is indented, or quoted.
    pub(super) indent: usize,
}

/// The text with tabs as blanks and `\n` as the only line end, and its lines.
pub(super) fn prepare(text: &str, start: usize) -> (Buffer, Vec<(usize, usize)>) {
    let mut out = Buffer::with_capacity(text.len() - start + 2);
    let mut lines = Vec::new();
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |it| at + it);
        let from = out.len();
        let line = &text[at..end];
        if line.bytes().any(|it| matches!(it, b'\t' | 2 | 3)) {
            expand(&mut out, line, at);
        } else if line.bytes().any(|it| it != b' ') || lines.is_empty() {
            out.push(line, offset(at));
        }
        if !lines.is_empty() && out.text[from..].bytes().all(|it| it == b' ') {
            out.truncate(from);
        }
        lines.push((from, out.len()));
        if end == bytes.len() {
            break;
        }
        out.push("\n", offset(end));
        at = if bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') {
            end + 2
        } else {
            end + 1
        };
    }
    (out, lines)
}

/// Adds a line with its tabs made blanks, to columns of four.
fn expand(out: &mut Buffer, line: &str, base: usize) {
    let mut column = 0;
    let mut from = 0;
    for (index, it) in line.char_indices() {
        if !matches!(it, '\t' | OPEN | CLOSE) {
            column += 1;
            continue;
        }
        out.push(&line[from..index], offset(base + from));
        from = index + 1;
        if it == '\t' {
            let width = 4 - column % 4;
            out.push_made(&"    "[..width], offset(base + index));
            column += width;
        }
    }
    out.push(&line[from..], offset(base + from));
}

/// Takes the fenced code out of the prepared text: each block becomes one placeholder.
pub(super) fn take(
    prepared: &Buffer,
    lines: &[(usize, usize)],
    dialect: &Dialect,
) -> (Buffer, Vec<Fence>) {
    let found = if dialect.reads.superfences {
        nested(prepared, lines)
    } else if dialect.reads.fences {
        plain(prepared, lines)
    } else {
        Vec::new()
    };
    let mut out = Buffer::with_capacity(prepared.len());
    let mut fences = Vec::with_capacity(found.len());
    let mut at = 0;
    for (first, last, indent) in found {
        let (start, end) = (lines[first].0, lines[last].1);
        out.push_part(prepared, at, start);
        let source = prepared.source(start + indent);
        if !dialect.reads.superfences {
            out.push_made("\n", source);
        }
        out.push_part(prepared, start, start + indent);
        out.push_made(&format!("{OPEN}{}{CLOSE}", fences.len()), source);
        if !dialect.reads.superfences {
            out.push_made("\n", source);
        }
        fences.push(Fence { lines: lines[first..=last].to_vec(), indent });
        at = end;
    }
    out.push_part(prepared, at, prepared.len());
    (out, fences)
}

/// The blocks of `fenced_code`: the fence stands at the margin and ends with its like.
fn plain(prepared: &Buffer, lines: &[(usize, usize)]) -> Vec<(usize, usize, usize)> {
    let text = |index: usize| &prepared.text[lines[index].0..lines[index].1];
    let mut found = Vec::new();
    let mut endless: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = text(at);
        let fence = fence(line);
        if fence.is_empty() || endless.contains(&fence) || !plain_head(&line[fence.len()..]) {
            at += 1;
            continue;
        }
        let ends = |it: &usize| {
            text(*it).strip_prefix(fence).is_some_and(|it| it.trim_matches(' ').is_empty())
        };
        if let Some(last) = (at + 1..lines.len()).find(ends) {
            found.push((at, last, 0));
            at = last + 1;
        } else {
            endless.push(fence);
            at += 1;
        }
    }
    found
}

/// The run of three or more backticks or tildes that a line begins with.
fn fence(line: &str) -> &str {
    let Some(first @ (b'`' | b'~')) = line.bytes().next() else { return "" };
    let len = line.bytes().take_while(|it| *it == first).count();
    if len < 3 { "" } else { &line[..len] }
}

fn plain_head(rest: &str) -> bool {
    let rest = rest.trim_start_matches(' ');
    if let Some(attributes) = rest.strip_prefix('{') {
        return attributes.trim_end_matches(' ').ends_with('}');
    }
    let rest =
        rest.strip_prefix('.').unwrap_or(rest).trim_start_matches(is_language).trim_matches(' ');
    rest.is_empty() || rest.starts_with("hl_lines=")
}

fn is_language(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '#' | '.' | '+' | '-')
}

/// An open fence of `superfences`.
struct Open<'a> {
    first: usize,
    fence: &'a str,
    /// How many characters stand before it: blanks and `>`.
    indent: usize,
    quotes: usize,
    blank_before: bool,
}

/// The blocks of `superfences`: the fence may stand in anything, indented or quoted.
///
/// A fence that is given up is not looked into again.
fn nested(prepared: &Buffer, lines: &[(usize, usize)]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for (index, (start, end)) in lines.iter().enumerate() {
        let line = &prepared.text[*start..*end];
        let Some(it) = &mut open else {
            let indent = line.bytes().take_while(|it| matches!(it, b' ' | b'>')).count();
            let fence = fence(&line[indent..]);
            if !fence.is_empty() && nested_head(&line[indent + fence.len()..]) {
                let quotes = line[..indent].bytes().filter(|it| *it == b'>').count();
                open = Some(Open { first: index, fence, indent, quotes, blank_before: false });
            }
            continue;
        };
        let prefix =
            line.bytes().take(it.indent).take_while(|it| matches!(it, b' ' | b'>')).count();
        let (blanks, content) = line.split_at(prefix);
        let quotes = blanks.bytes().filter(|it| *it == b'>').count();
        let ends = content.strip_prefix(it.fence).is_some_and(|it| it.trim_matches(' ').is_empty());
        let given_up = if it.quotes > 0 {
            quotes > it.quotes
                || (!content.is_empty()
                    && (prefix < it.indent || (it.blank_before && quotes < it.quotes)))
        } else {
            quotes > 0 || (!line.trim().is_empty() && prefix != it.indent && !content.is_empty())
        };
        if given_up {
            open = None;
        } else if ends {
            found.push((it.first, index, it.indent));
            open = None;
        } else {
            it.blank_before = content.is_empty();
        }
    }
    found
}

/// Whether what stands behind a fence is a head that `superfences` takes.
fn nested_head(rest: &str) -> bool {
    let mut rest = rest.trim_start_matches(' ');
    let language = rest.strip_prefix('.').unwrap_or(rest);
    let after = language.trim_start_matches(is_language);
    if after.len() < language.len() && (after.is_empty() || after.starts_with(' ')) {
        rest = after;
    }
    rest = rest.trim_matches(' ');
    if rest.starts_with('{') && rest.ends_with('}') {
        return true;
    }
    options(rest)
}

/// `key="value"` and `key`, of the keys that highlighting knows.
fn options(mut rest: &str) -> bool {
    while !rest.is_empty() {
        let Some((key, value)) = rest.split_once('=') else { return false };
        let known = matches!(key, "hl_lines" | "linenums" | "title" | "title_mode");
        let Some(quote @ ('"' | '\'')) = value.chars().next() else { return false };
        let Some(end) = value[1..].find(quote) else { return false };
        let after = &value[end + 2..];
        if !known || !(after.is_empty() || after.starts_with(' ')) {
            return false;
        }
        rest = after.trim_start_matches(' ');
    }
    true
}

/// The files that `--8<--` draws in. It works before everything else, so also in code.
pub(super) fn snippets(source: &str, prepared: &Buffer, dialect: &Dialect) -> Vec<Link> {
    let mut found = Vec::new();
    if !dialect.reads.snippets || !source.contains("8<-") {
        return found;
    }
    let mut in_block = false;
    let mut start = 0;
    for line in prepared.text.split('\n') {
        let at = start;
        start += line.len() + 1;
        let inner = line.trim();
        let offset = at + line.len() - line.trim_start().len();
        let marked =
            inner.trim_start_matches('-').strip_prefix("8<-").map(|it| it.trim_start_matches('-'));
        match marked.filter(|_| inner.starts_with('-')) {
            Some("") => in_block = !in_block,
            Some(rest) if rest.starts_with(' ') && !in_block => {
                let name = rest.trim_start();
                let quoted =
                    ['"', '\''].iter().find_map(|it| name.strip_prefix(*it)?.strip_suffix(*it));
                if let Some(name) = quoted {
                    let from = offset + inner.len() - name.len() - 1;
                    found.push(snippet(prepared, (offset, offset + inner.len()), from, name));
                }
            }
            None if in_block && !inner.is_empty() && !inner.starts_with("; ") => {
                found.push(snippet(prepared, (offset, offset + inner.len()), offset, inner));
            }
            _ => {}
        }
    }
    found
}

fn snippet(prepared: &Buffer, whole: (usize, usize), from: usize, name: &str) -> Link {
    // Behind the path may stand lines (`:4:6`) or a section (`:name`).
    let is_part = |it: &str| it.chars().all(|it| it.is_ascii_alphanumeric() || "-_,:".contains(it));
    let path = match name.split_once(':') {
        Some((path, part)) if is_part(part) => path,
        _ => name,
    };
    let span = prepared.span(whole.0, whole.1);
    Link {
        form: Form::Include,
        span,
        text: Span::empty(span.start),
        dest: prepared.span(from, from + path.len()),
        target: path.into(),
        angle: false,
        image: false,
        unread: false,
    }
}
