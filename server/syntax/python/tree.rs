//! The tree of blocks that Python-Markdown builds.

use std::{cell::Cell, rc::Rc};

use crate::text::{Span, offset};

/// A line, or what is left of it: a place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Line {
    pub(super) fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Without its first `by` bytes.
    pub(super) fn without(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end }
    }

    /// Without the white space around it.
    pub(super) fn trimmed(self, text: &str) -> Self {
        let line = self.of(text);
        let start = self.start + (line.len() - line.trim_start().len());
        Self { start, end: start + line.trim().len() }
    }
}

/// What kind of line is looked for in a block; see [`Block::first`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    Admonition,
    Details,
    Tab,
    Heading,
    Rule,
    Term,
    Quote,
    Footnote,
    Abbreviation,
    Indented,
    Slashes,
    SlashesEnd,
}

const LOOKS: usize = 12;

impl Look {
    /// The kinds of line that one may be by how it begins, as a set of bits.
    fn of(line: &str) -> u16 {
        let inner = line.trim_start_matches(' ');
        let kinds: &[Self] = match inner.bytes().next() {
            Some(b'!') => &[Self::Admonition],
            Some(b'?') => &[Self::Details],
            Some(b'=') => &[Self::Tab],
            Some(b'#') => &[Self::Heading],
            Some(b'-' | b'_') => &[Self::Rule],
            Some(b'*') => &[Self::Rule, Self::Abbreviation],
            Some(b':') => &[Self::Term],
            Some(b'>') => &[Self::Quote],
            Some(b'[') => &[Self::Footnote],
            Some(b'/') => &[Self::Slashes, Self::SlashesEnd],
            _ => &[],
        };
        let indented = if line.len() - inner.len() > 3 { 1 << Self::Indented as u16 } else { 0 };
        kinds.iter().fold(indented, |all, it| all | 1 << *it as u16)
    }
}

/// Lines, and how far each kind has been looked for among them.
#[derive(Debug)]
struct Lines {
    all: Vec<Line>,
    /// The kinds that any of the lines may be.
    kinds: u16,
    next: [Cell<u32>; LOOKS],
}

/// Lines without an empty one between them.
#[derive(Clone, Debug)]
pub(super) struct Block {
    lines: Rc<Lines>,
    start: usize,
    end: usize,
}

impl Block {
    pub(super) fn new(text: &str, lines: Vec<Line>) -> Self {
        let end = lines.len();
        let kinds = lines.iter().fold(0, |all, it| all | Look::of(it.of(text)));
        // Where a search has begun is known by the place it has come to: none has begun yet.
        let next = std::array::from_fn(|_| Cell::new(u32::MAX));
        Self { lines: Rc::new(Lines { all: lines, kinds, next }), start: 0, end }
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines.all[self.start..self.end]
    }

    /// The lines from `at` on, after which it has none. They are not copied where no one else has them.
    pub(super) fn take(&mut self, at: usize) -> Vec<Line> {
        let (from, to) = (self.start + at, self.end);
        self.end = self.start;
        match Rc::get_mut(&mut self.lines) {
            Some(own) => {
                let mut lines = std::mem::take(&mut own.all);
                lines.truncate(to);
                lines.drain(..from);
                lines
            }
            None => self.lines.all[from..to].to_vec(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// Which lines these are: those of two blocks at one place are the same, and not only equal.
    pub(super) fn place(&self) -> (*const Line, usize, usize) {
        (self.lines.all.as_ptr(), self.start, self.end)
    }

    /// The lines before `at`.
    pub(super) fn before(&self, at: usize) -> Self {
        Self { end: self.start + at, ..self.clone() }
    }

    /// The lines from `at` on.
    pub(super) fn after(&self, at: usize) -> Self {
        Self { start: (self.start + at).min(self.end), ..self.clone() }
    }

    /// The first line of a kind, which that line alone decides: it may have been looked for in more lines.
    ///
    /// What has been passed over once is not looked at again, so that a block of headings costs no
    /// more than its length.
    pub(super) fn first(&self, look: Look, is: impl Fn(&Line) -> bool) -> Option<usize> {
        if self.lines.kinds & (1 << look as u16) == 0 {
            return None;
        }
        let next = &self.lines.next[look as usize];
        let known = next.get();
        if known == u32::MAX || (known as usize) < self.start {
            let all = &self.lines.all;
            let found = (self.start..all.len()).find(|it| is(&all[*it]));
            next.set(offset(found.unwrap_or(all.len())));
        }
        let found = next.get() as usize;
        (found < self.end).then(|| found - self.start)
    }
}

/// A node's number.
pub(super) type Id = usize;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Root,
    Paragraph,
    Heading(u8),
    Bullets,
    Numbers,
    Item,
    Terms,
    Term,
    Description,
    Quote,
    Admonition,
    Details,
    /// A set of tabs, whose children are tabs.
    Tabs,
    Tab,
    Code,
    Rule,
    Math,
    Table,
    Cell,
    /// Another element of HTML, or a title in a container.
    Other,
}

impl Tag {
    pub(super) fn is_list(self) -> bool {
        matches!(self, Self::Bullets | Self::Numbers)
    }

    pub(super) fn is_any_list(self) -> bool {
        self.is_list() || self == Self::Terms
    }
}

/// A block and what it holds.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) tag: Tag,
    /// Its text, before its children.
    pub(super) text: Vec<Line>,
    /// Text that stands behind it, in its parent.
    pub(super) tail: Vec<Line>,
    pub(super) children: Vec<Id>,
    /// Where it stands in the page, as far as that is of interest.
    pub(super) span: Span,
    /// Whether its text is not read.
    pub(super) is_opaque: bool,
    /// The element it was in the page, by number.
    pub(super) element: Option<usize>,
}

/// All nodes; the first is the root.
#[derive(Debug)]
pub(super) struct Tree(Vec<Node>);

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree = Self(Vec::new());
        tree.0.push(Node::new(Tag::Root));
        tree
    }

    pub(super) fn add(&mut self, parent: Id, tag: Tag) -> Id {
        let id = self.0.len();
        self.0.push(Node::new(tag));
        self.0[parent].children.push(id);
        id
    }

    pub(super) fn last(&self, id: Id) -> Option<Id> {
        self.0[id].children.last().copied()
    }

    pub(super) fn tag(&self, id: Id) -> Tag {
        self.0[id].tag
    }

    /// Puts the text of a list item into a paragraph of its own.
    pub(super) fn wrap_text(&mut self, id: Id) {
        let text = std::mem::take(&mut self.0[id].text);
        if text.is_empty() {
            return;
        }
        let paragraph = self.0.len();
        self.0.push(Node { text, ..Node::new(Tag::Paragraph) });
        self.0[id].children.insert(0, paragraph);
    }
}

impl Node {
    fn new(tag: Tag) -> Self {
        Self {
            tag,
            text: Vec::new(),
            tail: Vec::new(),
            children: Vec::new(),
            span: Span::default(),
            is_opaque: false,
            element: None,
        }
    }
}

impl std::ops::Index<Id> for Tree {
    type Output = Node;
    fn index(&self, id: Id) -> &Node {
        &self.0[id]
    }
}

impl std::ops::IndexMut<Id> for Tree {
    fn index_mut(&mut self, id: Id) -> &mut Node {
        &mut self.0[id]
    }
}
