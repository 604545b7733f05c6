//! Elements of HTML that ask to be read, and what placeholders stand for.

use super::{
    blocks::{Blocks, DEEPEST},
    buffer::{Buffer, OPEN, placeholder},
    lines::lines_of,
    tree::{Block, Id, Line, Tag},
};
use crate::{
    syntax::{Link, page::ExplicitId},
    text::Span,
};

/// How the content of an element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Block,
    Line,
    Off,
}

/// An element with `markdown`.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) mode: Mode,
    pub(super) id: Option<ExplicitId>,
    pub(super) is_admonition: bool,
    /// The opening tag.
    pub(super) open: Span,
    pub(super) content: Buffer,
    /// What stands behind its last child, until the next one begins.
    pub(super) tail: Option<Buffer>,
    /// Whether nothing stands in it yet.
    pub(super) started: bool,
}

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// A fenced code block.
    Fence(usize),
    /// Raw HTML.
    Raw,
    /// An element whose content is read.
    Element(usize),
}

/// A text without its raw HTML.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    pub(super) text: Buffer,
    pub(super) held: Vec<Held>,
    pub(super) elements: Vec<Element>,
    pub(super) ids: Vec<ExplicitId>,
    pub(super) links: Vec<Link>,
    /// The text in it that is passed on as it is, code aside.
    pub(super) unread: Vec<Span>,
}

impl Element {
    /// Puts what stands behind the last child where the next one can follow.
    pub(super) fn end_tail(&mut self) {
        let Some(mut tail) = self.tail.take() else { return };
        if tail.text != "\n" {
            self.content.push_made("\n", self.open.start);
            tail.truncate(tail.text.trim_end_matches('\n').len());
        }
        self.content.push_all(&tail);
    }
}

impl Blocks<'_> {
    /// The placeholder of an element whose content is read.
    pub(super) fn element(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        let line = block.lines()[0];
        let Some((held, end)) = placeholder(self.text, line.start) else { return false };
        let Some(Held::Element(number)) = self.held.get(held) else { return false };
        self.read_element(parent, *number);
        let mut lines = block.lines().to_vec();
        lines[0].start = end;
        let from = usize::from(lines[0].is_empty());
        rest.push(Block::new(self.text, lines.split_off(from)));
        true
    }

    /// Adds an element and reads its content.
    pub(super) fn read_element(&mut self, parent: Id, number: usize) {
        let element = &self.elements[number];
        let content = self.contents[number];
        let tag = match element.name.as_str() {
            "div" if element.is_admonition => Tag::Admonition,
            "p" => Tag::Paragraph,
            "ul" => Tag::Bullets,
            "ol" => Tag::Numbers,
            "li" => Tag::Item,
            "dl" => Tag::Terms,
            "dt" => Tag::Term,
            "dd" => Tag::Description,
            "details" => Tag::Details,
            "blockquote" => Tag::Quote,
            name => match name.strip_prefix('h').and_then(|it| it.parse().ok()) {
                Some(level @ 1..=6) => Tag::Heading(level),
                _ => Tag::Other,
            },
        };
        let id = self.tree.add(parent, tag);
        self.tree[id].element = Some(number);
        self.tree[id].span =
            Span::new(element.open.start, self.pool.span(content.start, content.end).end);
        let lines = lines_of(self.text, content);
        match element.mode {
            Mode::Block => self.chunk(id, lines),
            Mode::Line | Mode::Off => {
                self.tree[id].is_opaque = element.mode == Mode::Off;
                self.tree[id].text = lines.into_iter().filter(|it| !it.is_empty()).collect();
                self.inner_elements(id, content);
            }
        }
    }

    /// Reads the elements that stand in the content of one that is a line itself.
    fn inner_elements(&mut self, id: Id, content: Line) {
        let text = content.of(self.text);
        let mut at = 0;
        while let Some(found) = memchr::memchr(OPEN as u8, &text.as_bytes()[at..]) {
            at += found;
            let Some((held, end)) = placeholder(text, at) else { break };
            if let Some(Held::Element(inner)) = self.held.get(held)
                && self.depth < DEEPEST
            {
                self.depth += 1;
                self.read_element(id, *inner);
                self.depth -= 1;
            }
            at = end;
        }
    }
}
