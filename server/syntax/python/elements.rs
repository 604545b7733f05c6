//! Elements of HTML that ask to be read, and what placeholders stand for.

use super::buffer::Buffer;
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
