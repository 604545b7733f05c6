//! Raw HTML: the attributes that name a destination or an id.

use std::borrow::Cow;

use crate::text::Span;

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct Attribute<'a> {
    /// The tag's name, as written.
    pub(super) tag: &'a str,
    /// The attribute's name, as written.
    pub(super) name: &'a str,
    /// Its value, entities resolved.
    pub(super) value: Cow<'a, str>,
    /// The source of the value, without quotes.
    pub(super) span: Span,
    /// The whole tag.
    pub(super) whole: Span,
}

/// The attributes of all opening tags in `text`, which begins at `base` in the page. Comments, and
/// what stands in `script` and `style`, are passed over.
pub(super) fn attributes<'a>(text: &'a str, base: u32, mut found: impl FnMut(Attribute<'a>)) {
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|it| at + it) {
        let rest = &text[open..];
        if rest.starts_with("<!--") {
            let Some(end) = rest.find("-->") else { return };
            at = open + end + 3;
            continue;
        }
        let name_end = rest[1..]
            .find(|it: char| !it.is_ascii_alphanumeric() && it != '-')
            .map_or(text.len(), |it| open + 1 + it);
        let tag = &text[open + 1..name_end];
        if !tag.starts_with(|it: char| it.is_ascii_alphabetic()) {
            at = open + 1;
            continue;
        }
        let end = tag_end(text, name_end);
        let whole = Span::from(open..end).shifted(base);
        each(text, name_end, end, |name, start, stop| {
            found(Attribute {
                tag,
                name,
                value: html_escape::decode_html_entities(&text[start..stop]),
                span: Span::from(start..stop).shifted(base),
                whole,
            });
        });
        at = end;
        if tag.eq_ignore_ascii_case("script") || tag.eq_ignore_ascii_case("style") {
            let close = text[at..].find("</").map_or(text.len(), |it| at + it);
            at = close;
        }
    }
}

/// Where the tag ends that is open at `at`: behind its `>` outside of quotes.
fn tag_end(text: &str, at: usize) -> usize {
    let mut quote = None;
    for (index, it) in text.bytes().enumerate().skip(at) {
        match (it, quote) {
            (b'"' | b'\'', None) => quote = Some(it),
            (it, Some(open)) if it == open => quote = None,
            (b'>', None) => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// Each attribute with a value between two places: its name, the start and the end of its value.
fn each<'a>(
    text: &'a str,
    mut at: usize,
    end: usize,
    mut found: impl FnMut(&'a str, usize, usize),
) {
    let bytes = text.as_bytes();
    let skip = |mut at: usize, test: fn(u8) -> bool| {
        while at < end && test(bytes[at]) {
            at += 1;
        }
        at
    };
    while at < end {
        at = skip(at, |it| it.is_ascii_whitespace() || it == b'/' || it == b'>');
        let name = at;
        at = skip(at, |it| {
            !it.is_ascii_whitespace() && !matches!(it, b'=' | b'>' | b'/' | b'"' | b'\'')
        });
        if at == name {
            at += 1;
            continue;
        }
        let (name, mut value) = (&text[name..at], skip(at, |it| it.is_ascii_whitespace()));
        if value >= end || bytes[value] != b'=' {
            continue;
        }
        value = skip(value + 1, |it| it.is_ascii_whitespace());
        let (start, stop, next) = match bytes.get(value).filter(|_| value < end) {
            Some(quote @ (b'"' | b'\'')) => {
                let stop = bytes[value + 1..end].iter().position(|it| it == quote);
                let stop = stop.map_or(end, |it| value + 1 + it);
                (value + 1, stop, stop + 1)
            }
            Some(_) => {
                let stop = skip(value, |it| !it.is_ascii_whitespace() && it != b'>');
                (value, stop, stop)
            }
            None => break,
        };
        found(name, start.min(stop), stop);
        at = next;
    }
}

/// Whether an attribute names a file or a page, and whether that is drawn into the page.
pub(super) fn destination(tag: &str, name: &str) -> Option<bool> {
    let is = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    if is(name, "href") && (is(tag, "a") || is(tag, "area") || is(tag, "link")) {
        return Some(false);
    }
    let embeds = ["img", "video", "audio", "source", "iframe", "embed", "track", "script", "input"];
    let draws_in = (is(name, "src") && embeds.iter().any(|it| is(tag, it)))
        || (is(name, "poster") && is(tag, "video"))
        || (is(name, "data") && is(tag, "object"));
    draws_in.then_some(true)
}
