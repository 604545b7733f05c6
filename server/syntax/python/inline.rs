//! What stands inside a line, read as Python-Markdown reads it: pattern by pattern over the whole text,
//! where what a pattern takes becomes an atom that later patterns do not look into.

use std::collections::{HashMap, HashSet};

use super::{
    buffer::{Buffer, CLOSE, OPEN},
    emphasis,
    tag::Fuel,
};
use crate::{
    syntax::{Constructs, Form, Link, attributes, page::ExplicitId},
    text::Span,
};

/// What a pattern took out of the text.
#[derive(Debug)]
pub(super) enum Atom {
    Code(String),
    Math(String),
    Escape(char),
    /// An element with text in it: a link, emphasis.
    Element(Buffer),
    Image(String),
    /// A tag or a comment, as written.
    Html(String),
    Footnote(String),
}

/// The patterns, in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Code,
    Math,
    Escape,
    Footnote,
    Reference,
    Link,
    Image,
    ImageReference,
    Shortcut,
    ImageShortcut,
    Autolink,
    Html,
}

/// Reads lines of one page.
pub(super) struct Inline<'a> {
    pub(super) source: &'a str,
    pub(super) reads: Constructs,
    /// The labels that the page defines.
    pub(super) labels: &'a HashSet<&'a str>,
    pub(super) notes: &'a HashSet<String>,
    /// How often each footnote has been referred to.
    pub(super) noted: HashMap<String, usize>,
    pub(super) atoms: Vec<Atom>,
    pub(super) links: Vec<Link>,
    /// Ids that the tree has: they count when heading ids are made.
    pub(super) own_ids: Vec<ExplicitId>,
    /// Ids in tags that are passed on as they are.
    pub(super) raw_ids: Vec<ExplicitId>,
    pub(super) code: Vec<Span>,
    pub(super) fuel: Fuel,
    pub(super) depth: usize,
}

/// A copy of a text in which parts are replaced by atoms.
pub(super) struct Rewrite<'a> {
    from: &'a Buffer,
    out: Buffer,
    done: usize,
}

impl<'a> Rewrite<'a> {
    pub(super) fn new(from: &'a Buffer) -> Self {
        Self { from, out: Buffer::default(), done: 0 }
    }

    pub(super) fn replace(&mut self, start: usize, end: usize, atom: usize) {
        self.out.push_part(self.from, self.done, start);
        self.out.push_made(&format!("{OPEN}a{atom}{CLOSE}"), self.from.source(start));
        self.done = end;
    }

    pub(super) fn finish(mut self) -> Option<Buffer> {
        if self.done == 0 {
            return None;
        }
        self.out.push_part(self.from, self.done, self.from.len());
        Some(self.out)
    }
}

/// The number of the atom whose placeholder begins at `at`, and where that ends.
pub(super) fn atom(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?.strip_prefix(OPEN)?.strip_prefix('a')?;
    let end = rest.find(CLOSE)?;
    Some((rest[..end].parse().ok()?, at + 2 + end + 1))
}

impl Inline<'_> {
    /// Reads a text from a pattern on.
    pub(super) fn read(&mut self, mut data: Buffer, from: Stage) -> Buffer {
        let has = |data: &Buffer, it: u8| memchr::memchr(it, data.text.as_bytes()).is_some();
        let mut pass = |cx: &mut Self,
                        stage: Stage,
                        sign: u8,
                        run: fn(&mut Self, &Buffer) -> Option<Buffer>| {
            if from <= stage
                && has(&data, sign)
                && let Some(new) = run(cx, &data)
            {
                data = new;
            }
        };
        pass(self, Stage::Code, b'`', Self::codes);
        if self.reads.math {
            pass(self, Stage::Math, b'$', Self::dollars);
            pass(self, Stage::Math, b'(', Self::rounds);
        }
        pass(self, Stage::Escape, b'\\', Self::escapes);
        if self.reads.footnotes {
            pass(self, Stage::Footnote, b'[', Self::footnotes);
        }
        pass(self, Stage::Reference, b'[', |cx, data| cx.references(data, false));
        pass(self, Stage::Link, b'[', |cx, data| cx.inline_links(data, false));
        pass(self, Stage::Image, b'!', |cx, data| cx.inline_links(data, true));
        pass(self, Stage::ImageReference, b'!', |cx, data| cx.references(data, true));
        pass(self, Stage::Shortcut, b'[', |cx, data| cx.shortcuts(data, false));
        pass(self, Stage::ImageShortcut, b'!', |cx, data| cx.shortcuts(data, true));
        pass(self, Stage::Autolink, b'<', Self::autolinks);
        pass(self, Stage::Html, b'<', Self::tags);
        if self.reads.attr_list {
            self.attribute_lists(&data);
        }
        data
    }

    pub(super) fn add(&mut self, atom: Atom) -> usize {
        self.atoms.push(atom);
        self.atoms.len() - 1
    }

    fn footnotes(&mut self, data: &Buffer) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut at = 0;
        while let Some(open) = text[at..].find("[^").map(|it| at + it) {
            let Some(len) = memchr::memchr(b']', &text.as_bytes()[open..]) else { break };
            let close = open + len;
            let label = &text[open + 2..close];
            at = open + 2;
            if !self.fuel.burn(label.len()) {
                break;
            }
            let is_known = self.notes.contains(label);
            let is_label = !label.is_empty()
                && label.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'))
                && !text[close..].starts_with("](");
            if !is_known && !is_label {
                continue;
            }
            let span = data.span(open, close + 1);
            self.links.push(Link {
                form: Form::Footnote,
                span,
                text: Span::empty(span.start),
                dest: data.span(open + 2, close),
                target: label.into(),
                angle: false,
                image: false,
                unread: false,
            });
            if is_known {
                let count = self.noted.entry(label.to_owned()).or_default();
                *count += 1;
                let number = if *count > 1 { count.to_string() } else { String::new() };
                self.own_ids.push(ExplicitId { id: format!("fnref{number}:{label}").into(), span });
                let atom = self.add(Atom::Footnote(label.to_owned()));
                out.replace(open, close + 1, atom);
                at = close + 1;
            }
        }
        out.finish()
    }

    /// Notes the ids in `{...}` behind an element.
    fn attribute_lists(&mut self, data: &Buffer) {
        let text = &data.text;
        if !text.contains('{') {
            return;
        }
        let emphasis: HashSet<usize> = emphasis::regions(text, self.reads.strikethrough)
            .into_iter()
            .map(|it| it.1 + text[it.1..].bytes().take_while(|it| b"*_~^".contains(it)).count())
            .collect();
        for open in memchr::memchr_iter(b'{', text.as_bytes()) {
            let before = &text[..open];
            let is_element = if before.ends_with(CLOSE) {
                before
                    .rfind(OPEN)
                    .and_then(|it| atom(text, it))
                    .is_some_and(|it| !matches!(self.atoms[it.0], Atom::Html(_) | Atom::Escape(_)))
            } else {
                emphasis.contains(&open)
            };
            if !is_element || !self.fuel.burn(1) {
                continue;
            }
            let rest = &text[open..];
            let Some(end) = memchr::memchr2(b'\n', b'}', rest.as_bytes()) else { break };
            if self.fuel.burn(end)
                && let Some(id) = attributes::inline(&rest[..=end])
            {
                self.own_ids.push(ExplicitId {
                    id: rest[id.clone()].into(),
                    span: data.span(open + id.start, open + id.end),
                });
            }
        }
    }

    /// A text without its atoms: what they say.
    pub(super) fn plain(&self, text: &str) -> String {
        if !text.contains(OPEN) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(found) = text[at..].find(OPEN).map(|it| at + it) {
            out.push_str(&text[at..found]);
            match atom(text, found) {
                Some((number, end)) => {
                    match &self.atoms[number] {
                        Atom::Code(text)
                        | Atom::Math(text)
                        | Atom::Image(text)
                        | Atom::Html(text) => out.push_str(text),
                        Atom::Escape(it) => out.push(*it),
                        Atom::Element(inner) => out.push_str(&self.plain(&inner.text)),
                        Atom::Footnote(_) => {}
                    }
                    at = end;
                }
                None => at = found + 1,
            }
        }
        out.push_str(&text[at..]);
        out
    }

    /// The destination that the page has in a part of the text, and where.
    pub(super) fn dest(&self, data: &Buffer, start: usize, end: usize) -> (Span, String) {
        let written = &data.text[start..end];
        let from = start + written.len() - written.trim_start().len();
        let inner = written.trim();
        let to = from + inner.len();
        let mut span = data.span(from, to);
        // A placeholder at the end stands for more than one place.
        if inner.ends_with(CLOSE) {
            span.end = data.source_of_end(to).max(span.end);
        }
        (span, html_escape::decode_html_entities(&self.plain(inner)).into_owned())
    }
}
