//! Lists, definition lists, and what is indented below them.

use super::{
    blocks::{Blocks, State},
    lines::marker,
    tree::{Block, Id, Line, Look, Tag},
};
use crate::{syntax::Item, text::Span};

/// A kind of node.
type Kind = fn(Tag) -> bool;

impl Blocks<'_> {
    /// An indented block below a list, or in an item: it belongs to the item.
    pub(super) fn indented(&mut self, parent: Id, block: &Block, def_list: bool) -> bool {
        if self.is(State::Detabbed) {
            return false;
        }
        let takes = |of: Kind, item: Kind, cx: &Self| {
            item(cx.tree.tag(parent)) || cx.tree.last(parent).is_some_and(|it| of(cx.tree.tag(it)))
        };
        let plain = takes(Tag::is_list, |it| it == Tag::Item, self);
        let (is_list, is_item): (Kind, Kind) = if plain {
            (Tag::is_list, |it| it == Tag::Item)
        } else {
            (Tag::is_any_list, |it| matches!(it, Tag::Item | Tag::Description))
        };
        let takes_it = plain || (def_list && takes(is_list, is_item, self));
        if !takes_it {
            return false;
        }
        let (level, sibling) = self.level(parent, block, is_list, is_item);
        let block = Block::new(self.text, self.loose_detab(block.lines(), level));
        self.state.push(State::Detabbed);
        let last = self.tree.last(sibling);
        if is_item(self.tree.tag(parent)) {
            match self.tree.last(parent) {
                Some(list) if is_list(self.tree.tag(list)) => self.one(list, block),
                _ => self.one(parent, block),
            }
        } else if is_item(self.tree.tag(sibling)) {
            self.one(sibling, block);
        } else if let Some(last) = last.filter(|it| is_item(self.tree.tag(*it))) {
            self.tree.wrap_text(last);
            self.one(last, block);
        } else {
            let tag = if plain { Tag::Item } else { Tag::Description };
            let item = self.tree.add(sibling, tag);
            self.one(item, block);
        }
        self.state.pop();
        true
    }

    /// How many levels of lists an indented block is in, and the innermost of them.
    fn level(&self, mut parent: Id, block: &Block, is_list: Kind, is_item: Kind) -> (usize, Id) {
        let first = block.lines()[0].of(self.text);
        let indent = first.bytes().take_while(|it| *it == b' ').count() / 4;
        let mut level = usize::from(self.is(State::Tight));
        while indent > level {
            let Some(child) = self.tree.last(parent) else { break };
            let tag = self.tree.tag(child);
            if is_list(tag) {
                level += 1;
            } else if !is_item(tag) {
                break;
            }
            parent = child;
        }
        (level, parent)
    }

    pub(super) fn list(&mut self, parent: Id, block: &Block, tag: Tag) {
        let mut items = self.split_items(block).into_iter();
        let sibling = self.tree.last(parent).filter(|it| self.tree.tag(*it).is_list());
        let list = match sibling {
            Some(list) => {
                if let Some(last) = self.tree.last(list) {
                    self.tree.wrap_text(last);
                    if let Some(inner) = self.tree.last(last) {
                        let tail = std::mem::take(&mut self.tree[inner].tail);
                        if !tail.is_empty() {
                            let paragraph = self.tree.add(last, Tag::Paragraph);
                            self.tree[paragraph].text = tail;
                        }
                    }
                }
                if let Some((lines, start)) = items.next() {
                    self.state.push(State::Loose);
                    self.item(list, lines, start);
                    self.state.pop();
                }
                list
            }
            None if self.tree.tag(parent).is_list() => parent,
            None => self.tree.add(parent, tag),
        };
        self.state.push(State::Tight);
        for (lines, start) in items {
            match self.tree.last(list) {
                Some(last) if lines[0].of(self.text).starts_with("    ") => {
                    self.one(last, Block::new(self.text, lines));
                }
                _ => self.item(list, lines, start),
            }
        }
        self.state.pop();
    }

    fn item(&mut self, list: Id, lines: Vec<Line>, start: usize) {
        let item = self.tree.add(list, Tag::Item);
        let at = self.pool.source(start);
        let depth = u8::try_from(self.depth_of_lists).unwrap_or(u8::MAX);
        self.items.push(Item { span: Span::empty(at), text: Span::empty(at), depth });
        self.item_nodes.push(item);
        self.depth_of_lists += 1;
        if lines.iter().any(|it| !it.is_empty()) {
            self.chunk(item, lines);
        }
        self.depth_of_lists -= 1;
    }

    /// The items of a block, and where each begins with its marker.
    fn split_items(&self, block: &Block) -> Vec<(Vec<Line>, usize)> {
        let mut items: Vec<(Vec<Line>, usize)> = Vec::new();
        for line in block.lines() {
            let text = line.of(self.text);
            if let Some((_, by)) = marker(text, 0..=3) {
                let start = line.start + (text.len() - text.trim_start_matches(' ').len());
                items.push((vec![line.without(by)], start));
                continue;
            }
            let nested = marker(text, 4..=7).is_some();
            match items.last_mut() {
                Some((last, _)) if !nested || last[0].of(self.text).starts_with("    ") => {
                    last.push(*line);
                }
                _ => items.push((vec![*line], line.start)),
            }
        }
        items
    }

    pub(super) fn definition_list(
        &mut self,
        parent: Id,
        block: &mut Block,
        rest: &mut Vec<Block>,
    ) -> bool {
        let text = self.text;
        let Some(at) = block.first(Look::Term, |it| definition(it.of(text)).is_some()) else {
            return false;
        };
        let lines = block.lines();
        let mut terms: Vec<Line> = lines[..at].iter().map(|it| it.trimmed(text)).collect();
        let mut sibling = self.tree.last(parent);
        if terms.is_empty() && sibling.is_none() {
            return false;
        }
        let Some(by) = definition(lines[at].of(text)) else { return false };
        let body = block.after(at + 1);
        let lazy = body.lines().first().is_some_and(|it| {
            let line = it.of(text);
            let inner = line.trim_start_matches(' ');
            line.len() - inner.len() < 4 && !inner.starts_with(':') && !inner.is_empty()
        });
        let first = lines[at].without(by);
        let content = if lazy {
            drop(body);
            let mut content = block.take(at);
            content[0] = first;
            content
        } else {
            let (inside, after) = self.detab(&body, 4);
            rest.push(after);
            std::iter::once(first).chain(inside).collect()
        };
        let mut state = State::Tight;
        if let Some(last) =
            sibling.filter(|it| terms.is_empty() && self.tree.tag(*it) == Tag::Paragraph)
        {
            state = State::Loose;
            terms = std::mem::take(&mut self.tree[last].text);
            self.tree[parent].children.pop();
            sibling = self.tree.last(parent);
        }
        let list = match sibling.filter(|it| self.tree.tag(*it) == Tag::Terms) {
            Some(list) => {
                let last = self.tree.last(list);
                let open = last.is_some_and(|it| {
                    self.tree.tag(it) == Tag::Description && !self.tree[it].children.is_empty()
                });
                if terms.is_empty() && open {
                    state = State::Loose;
                }
                list
            }
            None => self.tree.add(parent, Tag::Terms),
        };
        for term in terms {
            let id = self.tree.add(list, Tag::Term);
            self.tree[id].text = vec![term];
        }
        self.state.push(state);
        let id = self.tree.add(list, Tag::Description);
        self.chunk(id, content);
        self.state.pop();
        true
    }
}

/// Where the text of `: definition` begins.
fn definition(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    let inner = rest.strip_prefix(':').filter(|_| line.len() - rest.len() < 4)?;
    let blanks = inner.bytes().take(3).take_while(|it| *it == b' ').count();
    (blanks > 0).then(|| line.len() - inner.len() + blanks)
}
