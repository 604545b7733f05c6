//! Elements of HTML whose content is read: `md_in_html`.

use std::ops::Range;

use super::{
    buffer::{Buffer, CLOSE, OPEN},
    elements::{Element, Held, Mode},
    html::{DEEPEST, Extractor},
    tag::{self, StartTag, blank_line_follows},
};
use crate::{
    syntax::{Form, Link, html::destination, page::ExplicitId},
    text::Span,
};

impl Extractor<'_> {
    pub(super) fn start_inside(&mut self, tag: &StartTag) {
        if tag.name == "hr" && (self.begins_line() || self.in_tail) {
            return self.empty(self.at, tag.end, true, Some(tag));
        }
        let is_block = tag::is_block(&tag.name);
        let started = self.open.last().is_some_and(|it| self.done.elements[*it].started);
        if !(is_block && (self.begins_line() || self.in_tail || started)) {
            if self.in_raw {
                return self.start_raw(tag);
            }
            self.line_tag(Some(tag), self.at, tag.end);
            self.open_line(&tag.name);
            self.code = None;
            return;
        }
        let mode = self.mode_of(tag);
        if self.in_raw || (mode == Mode::Off && self.open.is_empty()) || self.open.len() > DEEPEST {
            return self.start_raw(tag);
        }
        if self.open.iter().any(|it| self.done.elements[*it].name == "p") {
            self.end_element("p", self.at);
        }
        self.open_element(tag, mode);
    }

    pub(super) fn open_element(&mut self, tag: &StartTag, mode: Mode) {
        let number = self.done.elements.len();
        let held = self.done.held.len();
        self.done.held.push(Held::Element(number));
        if let Some(parent) = self.open.last() {
            let parent = &mut self.done.elements[*parent];
            parent.end_tail();
            if !parent.content.text.ends_with("\n\n") {
                let len = parent.content.text.trim_end_matches('\n').len();
                parent.content.truncate(len);
                parent.content.push_made("\n\n", self.input.source(self.at));
            }
            let source = self.input.source(self.at);
            parent.content.push_made(&format!("{OPEN}{held}{CLOSE}"), source);
            parent.tail = Some(Buffer::default());
        }
        let mut element = Element {
            name: tag.name.clone(),
            mode,
            id: None,
            is_admonition: false,
            open: self.input.span(self.at, tag.end),
            content: Buffer::default(),
            tail: None,
            started: true,
        };
        for (key, value) in &tag.attributes {
            let (key, value) = (&self.text[key.clone()], value.clone().unwrap_or_default());
            let text = &self.text[value.clone()];
            if key.eq_ignore_ascii_case("id") {
                element.id = Some(self.id(value));
            } else if key.eq_ignore_ascii_case("class") && tag.name == "div" {
                element.is_admonition = text.contains("admonition");
            }
        }
        self.open.push(number);
        self.done.elements.push(element);
    }

    pub(super) fn end_element(&mut self, name: &str, end: usize) {
        while let Some(last) = self.open.pop() {
            let element = &mut self.done.elements[last];
            element.end_tail();
            if element.name != name {
                continue;
            }
            if self.open.is_empty() {
                let held = self.done.held.iter().rposition(|it| *it == Held::Element(last));
                self.place(held.unwrap_or_default(), end);
                self.blank_line(end);
                self.in_tail = !blank_line_follows(self.text, end);
            }
            break;
        }
    }

    /// How a block element is read, by its `markdown` attribute and where it stands.
    pub(super) fn mode_of(&self, tag: &StartTag) -> Mode {
        let asked = tag
            .attributes
            .iter()
            .rev()
            .find(|(key, _)| self.text[key.clone()].eq_ignore_ascii_case("markdown"));
        let asked = match asked {
            None => "0",
            Some((_, None)) => "1",
            Some((_, Some(value))) => match &self.text[value.clone()] {
                "markdown" => "1",
                other => other,
            },
        };
        let asked = match self.mode() {
            Some(Mode::Off) => "off",
            Some(Mode::Line) if asked != "0" => "span",
            _ => asked,
        };
        let (span, raw) = (tag::is_span(&tag.name), tag::is_raw(&tag.name));
        match asked {
            "1" if span => Mode::Line,
            "1" | "block" if !raw => Mode::Block,
            "span" if !raw => Mode::Line,
            _ => Mode::Off,
        }
    }

    /// A tag within a line, or a comment. It stays for later, except where nothing is read.
    pub(super) fn line_tag(&mut self, tag: Option<&StartTag>, at: usize, end: usize) {
        if self.mode() != Some(Mode::Off) || self.in_raw {
            return self.data(at, end);
        }
        if let Some(tag) = tag {
            self.attributes(tag);
        }
        self.inner(|_| {});
    }

    /// Notes the ids and destinations of a tag that is passed on as it is.
    pub(super) fn attributes(&mut self, tag: &StartTag) {
        for (key, value) in &tag.attributes {
            let (key, Some(value)) = (&self.text[key.clone()], value.clone()) else { continue };
            let is = |name: &str| key.eq_ignore_ascii_case(name);
            if is("id") || (is("name") && tag.name == "a") {
                self.done.ids.push(self.id(value));
            } else if let Some(image) = destination(&tag.name, key) {
                let whole = self.input.span(self.at, tag.end);
                let target = html_escape::decode_html_entities(&self.text[value.clone()]);
                self.done.links.push(Link {
                    form: Form::Html,
                    span: whole,
                    text: Span::empty(whole.start),
                    dest: self.input.span(value.start, value.end),
                    target: target.trim().into(),
                    angle: false,
                    image,
                    unread: false,
                });
            }
        }
    }

    pub(super) fn id(&self, value: Range<usize>) -> ExplicitId {
        let id = html_escape::decode_html_entities(&self.text[value.clone()]);
        ExplicitId { id: id.into(), span: self.input.span(value.start, value.end) }
    }
}
