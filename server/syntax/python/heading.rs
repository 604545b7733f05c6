//! What is left of a heading when its markup is gone.

use super::{
    buffer::{Buffer, CLOSE, OPEN, placeholder},
    inline::{Atom, Inline, atom},
};
use crate::syntax::{attributes, page::ExplicitId, slug::Piece};

/// A heading, read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) pieces: Vec<Piece<'static>>,
    /// Where its text ends, behind which an attribute list may stand.
    pub(super) end: Option<u32>,
    pub(super) id: Option<ExplicitId>,
}

impl Inline<'_> {
    /// Whether a text is words and nothing else: no pattern of a line can match in it.
    pub(super) fn is_plain(&self, text: &str) -> bool {
        // A mark of emphasis alone has nothing to pair with.
        let mut seen = 0_u128;
        let mut comes_again = |it: u8| {
            let before = seen;
            seen |= 1 << it;
            before == seen
        };
        let means = |it: u8| match it {
            b'`' | b'$' | b'\\' | b'[' | b'<' | b'{' | b'&' => true,
            b'*' | b'_' | b'~' | b'^' => comes_again(it),
            b'(' => self.reads.symbols,
            b':' => self.reads.emoji,
            it => it == OPEN as u8 || it == CLOSE as u8,
        };
        !text.is_empty() && !text.bytes().any(means)
    }

    /// Reads what a heading says, and its attribute list.
    pub(super) fn heading(&mut self, data: &Buffer, fences: &dyn Fn(usize) -> String) -> Read {
        let text = &data.text;
        let mut read = Read { pieces: Vec::new(), end: None, id: None };
        let (mut body, mut rest) = (text.as_str(), "");
        if self.reads.attr_list {
            // The list stands behind the last element or, if nothing does, before the first.
            let (first, last) = self.elements(text);
            let (from, to) = if last < text.len() { (last, text.len()) } else { (0, first) };
            if let Some((at, id)) = attributes::trailing(&text[from..to]) {
                body = text[..from + at].trim_end_matches('#').trim_end();
                rest = &text[to..];
                if rest.is_empty() {
                    read.end = Some(data.source((from + at).min(text.len() - 1)));
                }
                read.id = id.map(|it| {
                    let (start, end) = (from + it.start, from + it.end);
                    let id = self.plain(&text[start..end]).into();
                    ExplicitId { id, span: data.span(start, end) }
                });
            }
        }
        for part in [body, rest] {
            let plain = super::emphasis::strip(part, self.reads.strikethrough);
            self.pieces(&plain, &mut read.pieces, fences);
        }
        read
    }

    /// Where the first element of a text begins and where the last one ends.
    fn elements(&self, text: &str) -> (usize, usize) {
        let (mut first, mut last) = (text.len(), 0);
        let mut note = |start: usize, end: usize| {
            first = first.min(start);
            last = last.max(end);
        };
        for open in memchr::memchr_iter(OPEN as u8, text.as_bytes()) {
            if let Some((number, end)) = atom(text, open)
                && !matches!(self.atoms[number], Atom::Html(_) | Atom::Escape(_))
            {
                note(open, end);
            }
        }
        let is_mark = |it: &u8| b"*_~^".contains(it);
        for (start, end) in super::emphasis::regions(text, self.reads.strikethrough) {
            let before = text[..start].bytes().rev().take_while(is_mark).count();
            let after = text[end..].bytes().take_while(is_mark).count();
            note(start - before, end + after);
        }
        (first, last)
    }

    fn pieces(&self, text: &str, into: &mut Vec<Piece<'static>>, fences: &dyn Fn(usize) -> String) {
        let mut at = 0;
        let words = |text: &str, into: &mut Vec<Piece<'static>>| {
            if !text.is_empty() {
                let decoded = html_escape::decode_html_entities(text).into_owned();
                self.words(&decoded, into);
            }
        };
        while let Some(found) = text[at..].find(OPEN).map(|it| at + it) {
            words(&text[at..found], into);
            if let Some((number, end)) = atom(text, found) {
                match &self.atoms[number] {
                    Atom::Code(text) => into.push(Piece::Code(text.clone().into())),
                    Atom::Math(text) => into.push(Piece::Math(text.clone().into())),
                    Atom::Escape(it) => into.push(Piece::Text(it.to_string().into())),
                    Atom::Element(inner) => {
                        let inner = super::emphasis::strip(&inner.text, self.reads.strikethrough);
                        self.pieces(&inner, into, fences);
                    }
                    Atom::Image(alt) => into.push(Piece::Image(alt.clone().into())),
                    Atom::Html(tag) => into.push(Piece::Html(tag.clone().into())),
                    Atom::Footnote(label) => into.push(Piece::Footnote(label.clone().into())),
                }
                at = end;
            } else if let Some((number, end)) = placeholder(text, found) {
                into.push(Piece::Text(fences(number).into()));
                at = end;
            } else {
                at = found + OPEN.len_utf8();
            }
        }
        words(&text[at..], into);
    }

    /// Text, and the emoji in it.
    fn words(&self, text: &str, into: &mut Vec<Piece<'static>>) {
        let symbols;
        let mut rest = text;
        if self.reads.symbols && text.contains('(') {
            symbols = text.replace("(c)", "©").replace("(r)", "®").replace("(tm)", "™");
            rest = &symbols;
        }
        while self.reads.emoji
            && let Some((start, end)) = crate::syntax::emoji::find(rest, self.reads.icons)
        {
            if start > 0 {
                into.push(Piece::Text(rest[..start].to_owned().into()));
            }
            into.push(Piece::Emoji(rest[start + 1..end - 1].to_owned().into()));
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            into.push(Piece::Text(rest.trim_matches(CLOSE).to_owned().into()));
        }
    }
}
