//! The block parser of Python-Markdown: a row of processors, each of which may take the next block.
//!
//! A block is what stands between empty lines. A processor that finds its construct inside a block
//! has what stands before it read first, and puts what stands behind it back.

use super::{
    buffer::Buffer,
    elements::{Element, Held},
    lines::{heading, is_rule, list_start, quoted},
    tag::Fuel,
    tree::{Block, Id, Line, Look, Tag, Tree},
};
use crate::{
    syntax::{Dialect, Item, LinkDefinition, Table},
    text::Span,
};

/// Blocks nest no deeper; what is deeper is text.
pub(super) const DEEPEST: usize = 48;

/// What the block parser is in, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Tight,
    Loose,
    Detabbed,
    Quote,
}

/// A reference that a page defines: its label as the renderer compares labels, and its destination.
#[derive(Debug)]
pub(super) struct Defined {
    pub(super) definition: LinkDefinition,
    pub(super) dest: Line,
    pub(super) whole: Line,
}

/// A footnote and the blocks it consists of.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) definition: LinkDefinition,
    pub(super) id: String,
    pub(super) blocks: Vec<Block>,
}

/// The block parser.
pub(super) struct Blocks<'a> {
    pub(super) pool: &'a Buffer,
    pub(super) text: &'a str,
    pub(super) dialect: &'a Dialect,
    pub(super) held: &'a [Held],
    /// The elements whose content is read, and where that stands in the text.
    pub(super) elements: &'a [Element],
    pub(super) contents: &'a [Line],
    pub(super) tree: Tree,
    pub(super) fuel: Fuel,
    pub(super) state: Vec<State>,
    pub(super) depth: usize,
    /// How many lists an item that is read now is in.
    pub(super) depth_of_lists: usize,
    /// How many tabs each set has.
    pub(super) tab_sets: Vec<usize>,
    pub(super) defined: Vec<Defined>,
    pub(super) notes: Vec<Note>,
    pub(super) tables: Vec<Table>,
    pub(super) items: Vec<Item>,
    /// The nodes of `items`, in their order.
    pub(super) item_nodes: Vec<Id>,
    /// Indented code, in the page.
    pub(super) code: Vec<Span>,
}

impl Blocks<'_> {
    pub(super) fn is(&self, state: State) -> bool {
        self.state.last() == Some(&state)
    }

    /// Reads lines that may have empty ones between them.
    pub(super) fn chunk(&mut self, parent: Id, lines: Vec<Line>) {
        let text = self.text;
        if !lines.iter().any(|it| it.is_empty()) {
            return self.one(parent, Block::new(text, lines));
        }
        let mut blocks: Vec<Block> = lines
            .split(|it| it.is_empty())
            .filter(|it| !it.is_empty())
            .map(|it| Block::new(text, it.to_vec()))
            .collect();
        blocks.reverse();
        self.run(parent, blocks);
    }

    pub(super) fn one(&mut self, parent: Id, block: Block) {
        self.run(parent, vec![block]);
    }

    /// Reads blocks, the next of which is the last of `blocks`.
    fn run(&mut self, parent: Id, mut blocks: Vec<Block>) {
        self.depth += 1;
        while let Some(mut block) = blocks.pop() {
            if block.is_empty() {
                continue;
            }
            if self.depth > DEEPEST {
                self.paragraph(parent, &block);
            } else {
                let (left, place) = (blocks.len(), block.place());
                self.process(parent, &mut block, &mut blocks);
                // A processor that hands back all that it was given would be given it for ever.
                if let Some(same) = blocks.get(left).filter(|it| it.place() == place).cloned() {
                    debug_assert!(false, "nobody takes {:?}", same.lines());
                    blocks.truncate(left);
                    self.paragraph(parent, &same);
                }
            }
        }
        self.depth -= 1;
    }

    fn process(&mut self, parent: Id, block: &mut Block, rest: &mut Vec<Block>) {
        let reads = self.dialect.reads;
        let first = block.lines()[0].of(self.text);
        if reads.admonition && self.admonition(parent, block, rest) {
            return;
        }
        if reads.md_in_html && self.element(parent, block, rest) {
            return;
        }
        if reads.details && self.details(parent, block, rest) {
            return;
        }
        if reads.tabbed && self.tabs(parent, block, rest) {
            return;
        }
        let indented = first.starts_with("    ");
        if indented && self.indented(parent, block, reads.def_list) {
            return;
        }
        if reads.blocks && self.slashes(parent, block, rest) {
            return;
        }
        if indented {
            return self.code(parent, block, rest);
        }
        if reads.math && self.math(parent, block) {
            return;
        }
        if reads.tables && self.table(parent, block) {
            return;
        }
        if self.heading(parent, block, rest) || self.underlined(parent, block, rest) {
            return;
        }
        if self.rule(parent, block, rest) {
            return;
        }
        if let Some(tag) = list_start(first) {
            return self.list(parent, block, tag);
        }
        if reads.def_list && self.definition_list(parent, block, rest) {
            return;
        }
        if self.quote(parent, block) {
            return;
        }
        if reads.footnotes && self.footnote(block, rest) {
            return;
        }
        if reads.abbr && self.abbreviation(block, rest) {
            return;
        }
        if self.references(block, rest) {
            return;
        }
        self.paragraph(parent, block);
    }

    fn paragraph(&mut self, parent: Id, block: &Block) {
        let mut lines = block.lines().to_vec();
        if lines.iter().all(|it| it.of(self.text).trim().is_empty()) {
            return;
        }
        if self.is(State::Tight) {
            if let Some(last) = self.tree.last(parent) {
                return self.tree[last].tail.append(&mut lines);
            }
            if !self.tree[parent].text.is_empty() {
                return self.tree[parent].text.append(&mut lines);
            }
        }
        lines[0].start = lines[0].trimmed(self.text).start;
        if self.is(State::Tight) {
            self.tree[parent].text = lines;
        } else {
            let id = self.tree.add(parent, Tag::Paragraph);
            self.tree[id].text = lines;
        }
    }

    /// Code by indentation.
    fn code(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) {
        let (inside, after) = self.detab(block, 4);
        let id = self.tree.add(parent, Tag::Code);
        if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
            self.tree[id].span = self.pool.span(first.start, last.end);
            self.code.push(self.tree[id].span);
        }
        rest.push(after);
    }

    fn heading(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        let text = self.text;
        let Some(at) = block.first(Look::Heading, |it| heading(it.of(text)).is_some()) else {
            return false;
        };
        let line = block.lines()[at];
        let Some((level, inner)) = heading(line.of(text)) else { return false };
        if at > 0 {
            self.one(parent, block.before(at));
        }
        let inner = Line { start: line.start + inner.start, end: line.start + inner.end };
        self.add_heading(parent, level, inner.trimmed(text), line, line);
        let mut after = block.after(at + 1);
        let indented = |it: &Line| it.of(text).starts_with("    ");
        if self.is(State::Loose) && after.first(Look::Indented, indented).is_some() {
            after = Block::new(text, self.loose_detab(after.lines(), 1));
        }
        rest.push(after);
        true
    }

    fn underlined(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        let [first, second, ..] = *block.lines() else { return false };
        let under = second.of(self.text).trim_end_matches(' ');
        let Some(mark @ (b'=' | b'-')) = under.bytes().next() else { return false };
        if !under.bytes().all(|it| it == mark) {
            return false;
        }
        let level = if mark == b'=' { 1 } else { 2 };
        self.add_heading(parent, level, first.trimmed(self.text), first, second);
        rest.push(block.after(2));
        true
    }

    /// Adds a heading that stands on the lines from `first` to `last`.
    pub(super) fn add_heading(
        &mut self,
        parent: Id,
        level: u8,
        text: Line,
        first: Line,
        last: Line,
    ) {
        let id = self.tree.add(parent, Tag::Heading(level));
        let (first, last) = (first.trimmed(self.text), last.trimmed(self.text));
        self.tree[id].span = self.pool.span(first.start, last.end.max(first.start));
        self.tree[id].text = vec![text];
    }

    fn rule(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        let text = self.text;
        let Some(at) = block.first(Look::Rule, |it| is_rule(it.of(text))) else { return false };
        if at > 0 {
            self.one(parent, block.before(at));
        }
        self.tree.add(parent, Tag::Rule);
        rest.push(block.after(at + 1));
        true
    }

    fn quote(&mut self, parent: Id, block: &Block) -> bool {
        let text = self.text;
        let Some(at) = block.first(Look::Quote, |it| quoted(it.of(text)).is_some()) else {
            return false;
        };
        if at > 0 {
            self.one(parent, block.before(at));
        }
        let clean = |line: &Line| match quoted(line.of(text)) {
            Some(_) if line.of(text).trim() == ">" => Line { start: line.end, end: line.end },
            Some(by) => line.without(by),
            None => *line,
        };
        let lines: Vec<Line> = block.after(at).lines().iter().map(clean).collect();
        let quote = match self.tree.last(parent) {
            Some(last) if self.tree.tag(last) == Tag::Quote => last,
            _ => self.tree.add(parent, Tag::Quote),
        };
        self.state.push(State::Quote);
        self.chunk(quote, lines);
        self.state.pop();
        true
    }

    /// The lines from the first on that are indented by `by`, without that; and the others.
    pub(super) fn detab(&self, block: &Block, by: usize) -> (Vec<Line>, Block) {
        let mut inside = Vec::new();
        for line in block.lines() {
            let text = line.of(self.text);
            if text.len() >= by && text.as_bytes()[..by].iter().all(|it| *it == b' ') {
                inside.push(line.without(by));
            } else if text.trim().is_empty() {
                inside.push(line.without(text.len()));
            } else {
                break;
            }
        }
        let after = block.after(inside.len());
        (inside, after)
    }

    /// The lines, those that are indented by `level` tabs without these.
    pub(super) fn loose_detab(&self, lines: &[Line], level: usize) -> Vec<Line> {
        let by = level * 4;
        let cut = |line: &Line| {
            let text = line.of(self.text).as_bytes();
            let deep = text.len() >= by && text[..by].iter().all(|it| *it == b' ');
            if deep { line.without(by) } else { *line }
        };
        lines.iter().map(cut).collect()
    }
}
