//! Links and images among the patterns of a line.

use super::{
    buffer::{Buffer, OPEN},
    emphasis,
    inline::{Atom, Inline, Rewrite, Stage, atom},
};
use crate::{
    syntax::{Form, Link, normal_label},
    text::Span,
};

/// Links nest no deeper; what stands in the innermost is not read.
const DEEPEST: usize = 8;

/// Each opening bracket and where it is closed.
fn brackets(text: &str) -> Vec<(usize, Option<usize>)> {
    let mut found: Vec<(usize, Option<usize>)> = Vec::new();
    let mut open = Vec::new();
    for at in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
        if text.as_bytes()[at] == b'[' {
            open.push(found.len());
            found.push((at, None));
        } else if let Some(last) = open.pop() {
            found[last].1 = Some(at);
        }
    }
    found
}

/// The destination of a link: where it stands, whether between `<>`, and the end of the link.
struct Dest {
    start: usize,
    end: usize,
    angle: bool,
    link_end: usize,
}

impl Inline<'_> {
    /// `[text](destination "title")`, `![text](destination)`
    pub(super) fn inline_links(&mut self, data: &Buffer, images: bool) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut from = 0;
        for (open, close) in brackets(text) {
            let is_image = text[..open].ends_with('!');
            let Some(close) = close.filter(|_| is_image == images && open >= from) else {
                continue;
            };
            let Some(dest) = self.destination(text, close + 1) else { continue };
            let start = open - usize::from(images);
            let (span, target) = self.dest(data, dest.start, dest.end);
            self.links.push(Link {
                form: if images { Form::Image } else { Form::Inline },
                span: data.span(start, dest.link_end),
                text: text_of(data, open + 1, close),
                dest: span,
                target: target.into(),
                angle: dest.angle,
                image: images,
                unread: false,
            });
            let atom =
                self.content(data, open + 1, close, if images { None } else { Some(Stage::Image) });
            out.replace(start, dest.link_end, atom);
            from = dest.link_end;
        }
        out.finish()
    }

    /// What stands between brackets, as an atom; read from a pattern on, unless it is an image's text.
    fn content(&mut self, data: &Buffer, start: usize, end: usize, from: Option<Stage>) -> usize {
        let Some(from) = from else {
            let alt = self.plain(&data.text[start..end]);
            return self.add(Atom::Image(alt));
        };
        let mut inner = Buffer::default();
        inner.push_part(data, start, end);
        if self.depth < DEEPEST {
            self.depth += 1;
            inner = self.read(inner, from);
            self.nested(&inner);
            self.depth -= 1;
        }
        self.add(Atom::Element(inner))
    }

    /// The elements inside a link, and what stands behind them, are read once more from the start:
    /// there, and only there, a link may stand in a link.
    fn nested(&mut self, inner: &Buffer) {
        let text = &inner.text;
        if !text.contains('[') {
            return;
        }
        let emphasis = emphasis::regions(text, self.reads.strikethrough).first().map(|it| it.0);
        let is_element = |it: &usize| {
            atom(text, *it).is_some_and(|it| !matches!(self.atoms[it.0], Atom::Escape(_)))
        };
        let element = memchr::memchr_iter(OPEN as u8, text.as_bytes()).find(is_element);
        let first = emphasis.into_iter().chain(element).min();
        if let Some(first) = first {
            let mut part = Buffer::default();
            part.push_part(inner, first, inner.len());
            self.read(part, Stage::Code);
        }
    }

    /// Reads `(destination "title")`.
    fn destination(&mut self, text: &str, at: usize) -> Option<Dest> {
        let bytes = text.as_bytes();
        if bytes.get(at) != Some(&b'(') || !self.fuel.burn(1) {
            return None;
        }
        let rest = &text[at + 1..];
        let start = at + 1 + (rest.len() - rest.trim_start().len());
        if let Some(found) = self.angle(text, start) {
            return Some(found);
        }
        let found = scan(bytes, start);
        if found.is_none() {
            self.fuel.burn(bytes.len() - start);
        }
        let (end, link_end) = found?;
        Some(Dest { start, end, angle: false, link_end })
    }

    fn angle(&mut self, text: &str, start: usize) -> Option<Dest> {
        let inner = text[start..].strip_prefix('<')?;
        let len = inner.find(['<', '>']);
        let len = len.filter(|it| inner[*it..].starts_with('>'))?;
        let mut rest = inner[len + 1..].trim_start();
        if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
            let end = rest[1..].find(quote);
            if end.is_none() {
                self.fuel.burn(rest.len());
            }
            rest = rest[end? + 2..].trim_start();
        }
        let rest = rest.strip_prefix(')')?;
        Some(Dest {
            start: start + 1,
            end: start + 1 + len,
            angle: true,
            link_end: text.len() - rest.len(),
        })
    }

    /// `[text][label]`, `[label][]`, and the same of images.
    pub(super) fn references(&mut self, data: &Buffer, images: bool) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut from = 0;
        for (open, close) in brackets(text) {
            let is_image = text[..open].ends_with('!');
            let Some(close) = close.filter(|_| is_image == images && open >= from) else {
                continue;
            };
            let behind = &text[close + 1..];
            let apart = behind.len()
                - behind.strip_prefix(|it: char| it.is_whitespace()).unwrap_or(behind).len();
            let Some(inner) = behind[apart..].strip_prefix('[') else { continue };
            let Some(len) = memchr::memchr(b']', inner.as_bytes()) else { continue };
            let second = close + 2 + apart;
            let end = second + len + 1;
            from = end;
            let collapsed = len == 0;
            let label = if collapsed { (open + 1, close) } else { (second, second + len) };
            let written = &text[label.0..label.1];
            let is_known = self.labels.contains(&*normal_label(written));
            let is_meant = apart == 0
                && !written.contains(OPEN)
                && !written.contains(['[', ']'])
                && !written.trim().is_empty()
                && !written.starts_with('^')
                && !text[end..].starts_with('(');
            if !is_known && !is_meant {
                continue;
            }
            let start = open - usize::from(images);
            self.links.push(Link {
                form: if collapsed { Form::Collapsed } else { Form::Reference },
                span: data.span(start, end),
                text: text_of(data, open + 1, close),
                dest: data.span(label.0, label.1),
                target: written.into(),
                angle: false,
                image: images,
                unread: false,
            });
            if is_known {
                let stage = if images { None } else { Some(Stage::Link) };
                let atom = self.content(data, open + 1, close, stage);
                out.replace(start, end, atom);
            }
        }
        out.finish()
    }

    /// `[label]`, `![label]`, where the label is defined.
    pub(super) fn shortcuts(&mut self, data: &Buffer, images: bool) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut from = 0;
        for (open, close) in brackets(text) {
            let is_image = text[..open].ends_with('!');
            let Some(close) = close.filter(|_| is_image == images && open >= from) else {
                continue;
            };
            from = close + 1;
            let written = &text[open + 1..close];
            if self.labels.is_empty() || !self.labels.contains(&*normal_label(written)) {
                continue;
            }
            let start = open - usize::from(images);
            let label = data.span(open + 1, close);
            self.links.push(Link {
                form: Form::Shortcut,
                span: data.span(start, close + 1),
                text: label,
                dest: label,
                target: written.into(),
                angle: false,
                image: images,
                unread: false,
            });
            let atom =
                self.content(data, open + 1, close, (!images).then_some(Stage::ImageShortcut));
            out.replace(start, close + 1, atom);
        }
        out.finish()
    }
}

/// The text between two brackets.
fn text_of(data: &Buffer, start: usize, end: usize) -> Span {
    let mut span = data.span(start, end);
    span.end = span.end.max(data.source(end));
    span
}

/// Where a destination ends that may hold parentheses and be followed by a title, and where the link ends.
///
/// A quotation mark may begin a title, or be part of the destination; which of the two is known only at
/// the end.
fn scan(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let (mut depth, mut backup) = (1_usize, 1_usize);
    let mut backup_end = None;
    let (mut quote, mut other) = (0_u8, 0_u8);
    let (mut quote_at, mut other_at) = (0, 0);
    let (mut quoted, mut other_quoted) = (false, false);
    let mut in_title = false;
    let mut last = 0_u8;
    for (at, it) in bytes.iter().enumerate().skip(start) {
        match *it {
            b'(' if !in_title => depth += 1,
            b'(' => backup = backup.saturating_sub(1),
            b')' if (quoted && quote == last) || (other_quoted && other == last) => depth = 0,
            b')' if !in_title => depth -= 1,
            b')' if backup > 0 => {
                backup -= 1;
                if backup == 0 {
                    backup_end = Some(at + 1);
                }
            }
            mark @ (b'"' | b'\'') => {
                if quote == 0 {
                    in_title = true;
                    backup = depth;
                    depth = 1;
                    (quote, quote_at) = (mark, at);
                } else if mark != quote && other == 0 {
                    (other, other_at) = (mark, at);
                } else if mark == quote {
                    quoted = true;
                } else {
                    other_quoted = true;
                }
            }
            _ => {}
        }
        if depth == 0 {
            let end = if quoted && quote == last {
                quote_at
            } else if other_quoted && other == last {
                other_at
            } else {
                at
            };
            return Some((end, at + 1));
        }
        if *it != b' ' {
            last = *it;
        }
    }
    backup_end.filter(|_| backup == 0).map(|end| (end - 1, end))
}
