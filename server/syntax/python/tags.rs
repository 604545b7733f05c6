//! Addresses and tags in angle brackets, within a line.

use super::{
    buffer::Buffer,
    inline::{Atom, Inline, Rewrite},
};
use crate::{
    syntax::{Form, Link, page::ExplicitId},
    text::Span,
};

impl Inline<'_> {
    /// `<https://example.org>`, `<me@example.org>`
    pub(super) fn autolinks(&mut self, data: &Buffer) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|it| at + it) {
            at = open + 1;
            let Some(len) = memchr::memchr2(b'<', b'>', &text.as_bytes()[at..]) else { break };
            let inner = &text[at..at + len];
            if text.as_bytes()[at + len] != b'>' || !is_address(inner) {
                continue;
            }
            let span = data.span(open, at + len + 1);
            let target = self.plain(inner);
            self.links.push(Link {
                form: Form::Autolink,
                span,
                text: Span::empty(span.start),
                dest: data.span(at, at + len),
                target: target.clone().into(),
                angle: true,
                image: false,
                unread: false,
            });
            let mut shown = Buffer::default();
            shown.push_made(&target, span.start);
            let atom = self.add(Atom::Element(shown));
            out.replace(open, at + len + 1, atom);
            at += len + 1;
        }
        out.finish()
    }

    /// Tags, comments and processing instructions.
    pub(super) fn tags(&mut self, data: &Buffer) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|it| at + it) {
            let Some(end) = self.tag_end(text, open) else {
                at = open + 1;
                continue;
            };
            let span = data.span(open, end);
            self.html(span);
            let atom = self.add(Atom::Html(text[open..end].to_owned()));
            out.replace(open, end, atom);
            at = end;
        }
        out.finish()
    }

    fn html(&mut self, span: Span) {
        let Some(source) = self.source.get(span.range()) else { return };
        let (ids, links) = (&mut self.raw_ids, &mut self.links);
        crate::syntax::html::attributes(source, span.start, |it| {
            let is = |name: &str| it.name.eq_ignore_ascii_case(name);
            if is("id") || (is("name") && it.tag.eq_ignore_ascii_case("a")) {
                ids.push(ExplicitId { id: it.value.into(), span: it.span });
            } else if let Some(image) = crate::syntax::html::destination(it.tag, it.name) {
                links.push(Link {
                    form: Form::Html,
                    span: it.whole,
                    text: Span::empty(it.whole.start),
                    dest: it.span,
                    target: it.value.trim().into(),
                    angle: false,
                    image,
                    unread: false,
                });
            }
        });
    }

    fn tag_end(&mut self, text: &str, open: usize) -> Option<usize> {
        let rest = &text[open..];
        let limit = |cx: &mut Self, found: Option<usize>, work: usize| {
            if found.is_none() {
                cx.fuel.burn(work);
            }
            found
        };
        if !self.fuel.burn(1) {
            return None;
        }
        for (opening, closing) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")] {
            let Some(inner) = rest.strip_prefix(opening) else { continue };
            let found = limit(self, inner.find(closing), inner.len())?;
            if inner[..found].contains(opening) {
                self.fuel.burn(found);
                return None;
            }
            return Some(open + opening.len() + found + closing.len());
        }
        let found = inline_tag(rest);
        match found {
            Ok(end) => Some(open + end),
            Err(work) => {
                self.fuel.burn(work);
                None
            }
        }
    }
}

fn is_address(inner: &str) -> bool {
    if let Some((scheme, _)) = inner.split_once("://") {
        let mut rest = scheme.chars();
        return rest.next().is_some_and(|it| it.is_ascii_alphabetic())
            && rest.all(|it| it.is_ascii_alphanumeric() || "+.-".contains(it));
    }
    let Some((name, host)) = inner.split_once('@') else { return false };
    !name.is_empty() && !name.contains([' ', '!']) && !host.is_empty() && !host.contains(['@', ' '])
}

/// Where the tag ends that `rest` begins with, or how much was looked at in vain.
fn inline_tag(rest: &str) -> Result<usize, usize> {
    let bytes = rest.as_bytes();
    let mut at = 1 + usize::from(bytes.get(1) == Some(&b'/'));
    if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        return Err(1);
    }
    let is_space = |it: u8| it.is_ascii_whitespace();
    let skip = |mut at: usize, test: &dyn Fn(u8) -> bool| {
        while at < bytes.len() && test(bytes[at]) {
            at += 1;
        }
        at
    };
    let is_name = |it: u8| !is_space(it) && !matches!(it, b'"' | b'\'' | b'=' | b'<' | b'>');
    at = skip(at, &|it| !is_space(it) && !matches!(it, b'"' | b'\'' | b'<' | b'>' | b'@'));
    loop {
        let name = skip(at, &is_space);
        let end = skip(name, &is_name);
        if name == at || end == name {
            break;
        }
        at = end;
        let equals = skip(at, &is_space);
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value = skip(equals + 1, &is_space);
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(value) {
            let Some(len) = memchr::memchr(*quote, &bytes[value + 1..]) else {
                return Err(bytes.len());
            };
            at = value + len + 2;
        } else {
            let stop = skip(value, &is_name);
            if stop > value {
                at = stop;
            }
        }
    }
    at = skip(at, &is_space);
    at += usize::from(bytes.get(at) == Some(&b'/'));
    if bytes.get(at) == Some(&b'>') { Ok(at + 1) } else { Err(at) }
}
