//! Raw HTML: what is passed on as it is, and, with `md_in_html`, what asks to be read.
//!
//! The scanner is Python-Markdown's `HTMLExtractor`: a block element that begins a line is raw until it
//! ends, and becomes a placeholder; an element with `markdown` becomes a placeholder whose content is
//! read later.

use std::collections::HashMap;

use super::{
    buffer::{Buffer, CLOSE, OPEN},
    elements::{Extracted, Held, Mode},
    tag::{self, Fuel, Start, StartTag, blank_line_follows, closing, comment_end},
};

/// Elements nest no deeper.
pub(super) const DEEPEST: usize = 64;

/// What these say is not text.
const CODE: [&str; 5] = ["code", "pre", "script", "style", "textarea"];

pub(super) struct Extractor<'a> {
    pub(super) input: &'a Buffer,
    pub(super) text: &'a str,
    pub(super) reads_inside: bool,
    pub(super) done: Extracted,
    /// Where the tag that is looked at begins.
    pub(super) at: usize,
    pub(super) in_raw: bool,
    pub(super) in_tail: bool,
    pub(super) raw: Vec<String>,
    /// How often each name is in `raw`.
    pub(super) raw_names: HashMap<String, usize>,
    pub(super) lines: Vec<String>,
    pub(super) open: Vec<usize>,
    pub(super) code: Option<String>,
    pub(super) fuel: Fuel,
}

/// Takes the raw HTML out of `input`, which already has placeholders for `held`.
pub(super) fn extract(input: Buffer, held: Vec<Held>, reads_inside: bool) -> Extracted {
    if !input.text.contains('<') {
        return Extracted { text: input, held, ..Extracted::default() };
    }
    let done = Extracted { text: Buffer::with_capacity(input.len()), held, ..Extracted::default() };
    let mut it = Extractor {
        input: &input,
        text: &input.text,
        reads_inside,
        done,
        at: 0,
        in_raw: false,
        in_tail: false,
        raw: Vec::new(),
        raw_names: HashMap::new(),
        lines: Vec::new(),
        open: Vec::new(),
        code: None,
        fuel: Fuel::new(input.len()),
    };
    it.run();
    it.done
}

impl Extractor<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let mut no_comment_end = false;
        while at < self.text.len() {
            let next = match &self.code {
                Some(name) => closing(self.text, at, name),
                None => memchr::memchr(b'<', &self.text.as_bytes()[at..]).map(|it| at + it),
            };
            let next = next.unwrap_or(self.text.len());
            if at < next {
                self.data(at, next);
            }
            at = next;
            if at == self.text.len() {
                break;
            }
            self.at = at;
            let rest = &self.text[at..];
            let letter = rest[1..].starts_with(|it: char| it.is_ascii_alphabetic());
            at = if letter {
                self.start(at)
            } else if rest.starts_with("</")
                && rest[2..].starts_with(|it: char| it.is_ascii_alphabetic())
            {
                self.end(at)
            } else if rest.starts_with("<!--") && !no_comment_end {
                if let Some(len) = comment_end(rest) {
                    self.comment(at, at + len)
                } else {
                    no_comment_end = true;
                    self.text_at(at, 1)
                }
            } else if rest.starts_with("<!--") {
                self.text_at(at, 1)
            } else if rest.starts_with("<?") || rest.starts_with("<!") {
                self.declaration(at)
            } else {
                self.text_at(at, if rest.starts_with("</") { 2 } else { 1 })
            };
        }
        if self.in_raw {
            self.hold(Held::Raw, self.text.len());
        }
        if let Some(first) = self.open.first() {
            let name = self.done.elements[*first].name.clone();
            self.at = self.text.len();
            self.end_element(&name, self.text.len());
        }
    }

    fn text_at(&mut self, at: usize, len: usize) -> usize {
        let end = (at + len).min(self.text.len());
        self.data(at, end);
        end
    }

    fn start(&mut self, at: usize) -> usize {
        let tag = match tag::start(self.text, at, &mut self.fuel) {
            Start::Tag(tag) => tag,
            Start::Text(mut end) => {
                while !self.text.is_char_boundary(end) {
                    end += 1;
                }
                self.data(at, end);
                return end;
            }
        };
        let end = tag.end;
        if tag.closed {
            self.empty(at, end, tag::is_block(&tag.name), Some(&tag));
            return end;
        }
        let is_code = matches!(tag.name.as_str(), "script" | "style");
        if is_code {
            self.code = Some(tag.name.clone());
        }
        if self.reads_inside {
            self.start_inside(&tag);
        } else {
            self.start_raw(&tag);
        }
        end
    }

    pub(super) fn start_raw(&mut self, tag: &StartTag) {
        if tag.name == "hr" {
            return self.empty(self.at, tag.end, true, Some(tag));
        }
        let is_block = tag::is_block(&tag.name);
        if is_block && (self.in_tail || (self.begins_line() && !self.in_raw)) {
            self.in_raw = true;
            let source = self.input.source(self.at);
            self.done.text.push_made("\n", source);
        }
        if self.in_raw {
            *self.raw_names.entry(tag.name.clone()).or_default() += 1;
            self.raw.push(tag.name.clone());
            self.attributes(tag);
        } else {
            self.data(self.at, tag.end);
            self.open_line(&tag.name);
            self.code = None;
        }
    }

    fn end(&mut self, at: usize) -> usize {
        if !self.fuel.burn(1) {
            return self.text_at(at, 2);
        }
        let Some((name, end)) = tag::end(self.text, at) else {
            self.fuel.burn(self.text.len() - at);
            return self.text_at(at, 2);
        };
        self.code = None;
        let is_block = tag::is_block(&name);
        if self.in_raw {
            self.end_raw(&name, end);
        } else if is_block && self.open.iter().any(|it| self.done.elements[*it].name == name) {
            self.end_element(&name, end);
        } else {
            self.line_tag(None, at, end);
            if !is_block {
                self.close_line(&name);
            }
        }
        end
    }

    fn end_raw(&mut self, name: &str, end: usize) {
        if self.raw_names.get(name).is_some_and(|it| *it > 0) {
            while let Some(last) = self.raw.pop() {
                if let Some(count) = self.raw_names.get_mut(&last) {
                    *count -= 1;
                }
                if last == name {
                    break;
                }
            }
        }
        if self.raw.is_empty() {
            self.in_tail = !blank_line_follows(self.text, end);
            self.in_raw = false;
            self.hold(Held::Raw, end);
            self.blank_line(end);
        }
    }

    /// A tag that stands for itself, a comment, or a declaration.
    pub(super) fn empty(&mut self, at: usize, end: usize, is_block: bool, tag: Option<&StartTag>) {
        let begins_line = is_block && self.begins_line();
        let record = |it: &mut Self| {
            if let Some(tag) = tag {
                it.attributes(tag);
            }
        };
        if self.in_raw || (self.in_tail && self.open.is_empty()) {
            return record(self);
        }
        if !begins_line {
            return self.line_tag(tag, at, end);
        }
        record(self);
        if self.open.is_empty() {
            self.in_tail = !blank_line_follows(self.text, end);
            self.hold(Held::Raw, at);
            self.blank_line(end);
        } else {
            let held = self.done.held.len();
            self.done.held.push(Held::Raw);
            let source = self.input.source(at);
            self.inner(|it| it.push_made(&format!("\n{OPEN}{held}{CLOSE}\n\n"), source));
        }
    }

    fn comment(&mut self, at: usize, end: usize) -> usize {
        let has_blank = self.text[at..end].contains("\n\n");
        let is_block = has_blank || !self.line_closes_behind(end);
        self.empty(at, end, is_block, None);
        end
    }

    fn declaration(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if !(self.begins_line() || self.in_tail || (self.reads_inside && !self.open.is_empty())) {
            return self.text_at(at, 2);
        }
        let (ending, is_block) = if rest.starts_with("<?") {
            ("?>", true)
        } else if rest.starts_with("<![CDATA[") {
            ("]]>", true)
        } else {
            (">", rest.get(..9).is_some_and(|it| it.eq_ignore_ascii_case("<!doctype")))
        };
        if !self.fuel.burn(1) {
            return self.text_at(at, 1);
        }
        if let Some(len) = rest.find(ending) {
            let end = at + len + ending.len();
            self.empty(at, end, is_block, None);
            end
        } else {
            self.fuel.burn(rest.len());
            self.text_at(at, 1)
        }
    }

    pub(super) fn data(&mut self, at: usize, end: usize) {
        let data = &self.text[at..end];
        if self.in_tail && data.contains('\n') {
            self.in_tail = false;
        }
        if self.in_raw || self.mode() == Some(Mode::Off) {
            self.unread(at, end);
        }
        if self.in_raw {
            return;
        }
        if self.open.is_empty() {
            if !self.lines.is_empty() && data.contains("\n\n") {
                self.lines.clear();
            }
            self.done.text.push_part(self.input, at, end);
        } else {
            let input = self.input;
            self.inner(|it| it.push_part(input, at, end));
        }
    }

    /// Notes text that nobody reads.
    fn unread(&mut self, at: usize, end: usize) {
        let mut open = self.open.iter().map(|it| &*self.done.elements[*it].name);
        let in_code = self.code.is_some()
            || CODE.iter().any(|it| self.raw_names.get(*it).is_some_and(|it| *it > 0))
            || open.any(|it| CODE.contains(&it))
            || self.lines.iter().any(|it| CODE.contains(&it.as_str()));
        if !in_code && self.text[at..end].contains("](") {
            self.done.unread.push(self.input.span(at, end));
        }
    }

    /// Adds to what the innermost open element says.
    pub(super) fn inner(&mut self, add: impl FnOnce(&mut Buffer)) {
        let Some(last) = self.open.last() else { return };
        let element = &mut self.done.elements[*last];
        element.started = false;
        add(element.tail.as_mut().unwrap_or(&mut element.content));
    }

    pub(super) fn mode(&self) -> Option<Mode> {
        self.open.last().map(|it| self.done.elements[*it].mode)
    }

    fn hold(&mut self, held: Held, end: usize) {
        let number = self.done.held.len();
        self.done.held.push(held);
        self.place(number, end);
    }

    pub(super) fn place(&mut self, held: usize, end: usize) {
        let source = self.last(end);
        let out = &mut self.done.text;
        if out.text.ends_with('\n') && !out.text.ends_with("\n\n") {
            out.push_made("\n", source);
        }
        out.push_made(&format!("{OPEN}{held}{CLOSE}"), source);
    }

    /// Where the last character before `end` stands that is a single byte: mostly that of a tag, but what is
    /// still open at the end of the page ends with any.
    fn last(&self, end: usize) -> u32 {
        let at = self.text[..end].rfind(|it: char| it.is_ascii()).unwrap_or_default();
        self.input.source(at)
    }

    pub(super) fn blank_line(&mut self, end: usize) {
        let source = self.last(end);
        self.done.text.push_made("\n\n", source);
    }

    /// Whether the tag begins a line, up to three blanks apart.
    pub(super) fn begins_line(&self) -> bool {
        let before = &self.text.as_bytes()[..self.at];
        let blanks = before.iter().rev().take(4).take_while(|it| **it == b' ').count();
        blanks < 4 && (blanks == before.len() || before[before.len() - 1 - blanks] == b'\n')
    }

    pub(super) fn open_line(&mut self, name: &str) {
        if !tag::is_block(name) && !tag::is_void(name) && self.lines.len() < DEEPEST {
            self.lines.push(name.to_owned());
        }
    }

    fn close_line(&mut self, name: &str) {
        if let Some(last) = self.lines.iter().rposition(|it| it == name) {
            self.lines.truncate(last);
        }
    }

    /// Whether an open element of the line is closed in the same paragraph behind `end`.
    fn line_closes_behind(&mut self, end: usize) -> bool {
        if self.lines.is_empty() || !self.fuel.burn(1) {
            return false;
        }
        let rest = &self.text[end..];
        let rest = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
        if !self.fuel.burn(rest.len() * self.lines.len()) {
            return false;
        }
        self.lines.iter().any(|it| closing(rest, 0, it).is_some())
    }
}
