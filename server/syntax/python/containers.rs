//! Admonitions, collapsible details and tabs: a head, and a body that is indented below it.

use super::{
    super::dialect::Constructs,
    blocks::Blocks,
    lines::heading,
    tree::{Block, Id, Line, Look, Tag},
};
use crate::text::Span;

/// The head of a container: where its title stands, with an empty one for none.
struct Head {
    title: Option<(usize, usize)>,
    /// Whether a new set of tabs is begun.
    is_new: bool,
}

impl Blocks<'_> {
    pub(super) fn admonition(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        self.container(parent, block, rest, Look::Admonition, Tag::Admonition, admonition)
    }

    pub(super) fn details(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        self.container(parent, block, rest, Look::Details, Tag::Details, details)
    }

    pub(super) fn tabs(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        self.container(parent, block, rest, Look::Tab, Tag::Tabs, tab)
    }

    fn container(
        &mut self,
        parent: Id,
        block: &Block,
        rest: &mut Vec<Block>,
        look: Look,
        tag: Tag,
        head: fn(&str) -> Option<Head>,
    ) -> bool {
        let text = self.text;
        let Some(at) = block.first(look, |it| head(it.of(text)).is_some()) else {
            return self.continued(parent, block, rest, tag);
        };
        let line = block.lines()[at];
        let Some(head) = head(line.of(text)) else { return false };
        if at > 0 {
            self.one(parent, block.before(at));
        }
        let (inside, after) = self.detab(&block.after(at + 1), 4);
        let title = head.title.map(|it| Line { start: line.start + it.0, end: line.start + it.1 });
        let body = match tag {
            Tag::Tabs => self.tab(parent, title, head.is_new),
            _ => self.titled(parent, tag, title),
        };
        self.chunk(body, inside);
        rest.push(after);
        true
    }

    pub(super) fn titled(&mut self, parent: Id, tag: Tag, title: Option<Line>) -> Id {
        let text = self.text;
        let id = self.tree.add(parent, tag);
        let Some(title) = title else { return id };
        let summary = self.tree.add(id, Tag::Other);
        match heading(title.of(text)).filter(|_| tag == Tag::Details) {
            Some((level, inner)) => {
                let inner = Line { start: title.start + inner.start, end: title.start + inner.end };
                self.add_heading(summary, level, inner.trimmed(text), title, title);
            }
            None => self.tree[summary].text = vec![title],
        }
        id
    }

    pub(super) fn tab(&mut self, parent: Id, title: Option<Line>, is_new: bool) -> Id {
        let set = match self.tree.last(parent) {
            Some(last) if self.tree.tag(last) == Tag::Tabs && !is_new => last,
            _ => {
                self.tab_sets.push(0);
                let set = self.tree.add(parent, Tag::Tabs);
                self.tree[set].element = Some(self.tab_sets.len() - 1);
                set
            }
        };
        if let Some(count) = self.tree[set].element.and_then(|it| self.tab_sets.get_mut(it)) {
            *count += 1;
        }
        let tab = self.tree.add(set, Tag::Tab);
        self.tree[tab].text = title.into_iter().collect();
        tab
    }

    /// An indented block behind an empty line that still belongs to the container before it.
    fn continued(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>, tag: Tag) -> bool {
        let first = block.lines()[0].of(self.text);
        if !first.starts_with("    ") {
            return false;
        }
        let Some(mut sibling) = self.tree.last(parent).filter(|it| self.tree.tag(*it) == tag)
        else {
            return false;
        };
        let mut inner = self.tree.last(sibling);
        let mut indent = 0;
        while let Some(last) = inner {
            let mut last = last;
            let deep = first[indent..].starts_with("        ");
            if deep && tag == Tag::Tabs && self.tree.tag(last) == Tag::Tab {
                match self.tree.last(last).filter(|it| self.tree.tag(*it).is_any_list()) {
                    Some(list) => last = list,
                    None => break,
                }
            }
            if !deep || !self.tree.tag(last).is_any_list() {
                break;
            }
            let Some(item) = self.tree.last(last) else { return false };
            sibling = item;
            inner = self.tree.last(item);
            indent += 4;
        }
        if !first[indent..].starts_with("    ") {
            return false;
        }
        let (inside, after) = self.detab(block, indent + 4);
        let body = match self.tree.tag(sibling) {
            Tag::Tabs => self.tree.last(sibling).unwrap_or(sibling),
            Tag::Item | Tag::Description => {
                self.tree.wrap_text(sibling);
                sibling
            }
            _ => sibling,
        };
        self.chunk(body, inside);
        rest.push(after);
        true
    }
}

/// The containers below `start`, as far as the site has them, but what stands in code.
pub(in crate::syntax) fn containers(
    text: &str,
    start: usize,
    reads: &Constructs,
    code: &[Span],
) -> Vec<Span> {
    let opens = |line: &str| {
        (reads.admonition && admonition(line).is_some())
            || (reads.details && details(line).is_some())
            || (reads.tabbed && tab(line).is_some())
    };
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        lines.push((at, line.trim_end()));
        at += line.len();
    }
    let indent = |line: &str| {
        let blanks = line.chars().take_while(|it| matches!(it, ' ' | '\t'));
        blanks.map(|it| if it == '\t' { 4 } else { 1 }).sum::<usize>()
    };
    let mut found = Vec::new();
    for (number, (at, line)) in lines.iter().enumerate() {
        let place = at + (line.len() - line.trim_start().len());
        let in_code = |it: &Span| it.range().contains(&place);
        if !opens(line.trim_start()) || code.iter().any(in_code) {
            continue;
        }
        let below = lines[number + 1..].iter();
        let inside = below
            .take_while(|it| it.1.is_empty() || indent(it.1) >= indent(line) + 4)
            .filter(|it| !it.1.is_empty());
        if let Some((last, text)) = inside.last() {
            found.push(Span::from(place..last + text.len()));
        }
    }
    found
}

/// `!!! kind "title"`
fn admonition(line: &str) -> Option<Head> {
    let rest = line.strip_prefix("!!!")?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let (words, title) = words_and_title(rest)?;
    let at = |it: &str| it.as_ptr() as usize - line.as_ptr() as usize;
    let title = title.filter(|it| !it.is_empty()).map(|it| (at(it), at(it) + it.len()));
    (!words.is_empty()).then_some(Head { title, is_new: false })
}

/// `??? kind "title"`, `???+ kind "title"`
fn details(line: &str) -> Option<Head> {
    let rest = line.strip_prefix("???")?;
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let (words, title) = words_and_title(rest)?;
    let at = |it: &str| it.as_ptr() as usize - line.as_ptr() as usize;
    let known = title.map(|it| (at(it), at(it) + it.len()));
    (!words.is_empty() || title.is_some()).then_some(Head { title: known, is_new: false })
}

/// `=== "title"`
fn tab(line: &str) -> Option<Head> {
    let rest = line.strip_prefix("===")?;
    let mark = ["+!", "!+", "+", "!", ""].into_iter().find(|it| rest.starts_with(it))?;
    let rest = rest[mark.len()..].strip_prefix(' ')?;
    let (words, title) = words_and_title(rest)?;
    let title = title.filter(|_| words.is_empty())?;
    let start = title.as_ptr() as usize - line.as_ptr() as usize;
    Some(Head { title: Some((start, start + title.len())), is_new: mark.contains('!') })
}

/// Words apart by blanks, then perhaps a title in quotes, and nothing else.
fn words_and_title(rest: &str) -> Option<(&str, Option<&str>)> {
    let rest = rest.trim_end_matches(' ');
    let (words, title) = match rest.strip_suffix('"') {
        Some(inner) => {
            let open = inner.find('"')?;
            let words = &inner[..open];
            let apart = words.is_empty() || words.ends_with(' ');
            (apart.then_some(words)?, Some(&inner[open + 1..]))
        }
        None => (rest, None),
    };
    let words = words.trim_end_matches(' ');
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | ' ');
    (words.chars().all(is_word) && (!words.starts_with(' ') || words.is_empty()))
        .then_some((words, title))
}
