//! Python-Markdown, as `MkDocs` and Zensical drive it.
//!
//! It is no `CommonMark`: indentation goes by four, a block is what stands between empty lines, raw HTML
//! is passed on unread, and containers are indented. The steps are the renderer's own: [`fences`] come
//! out, then raw [`html`], then [`blocks`] build a [`tree`], then its lines are read ([`inline`]).

mod blocks;
mod buffer;
mod code;
mod containers;
mod definitions;
mod elements;
mod emphasis;
mod fences;
mod heading;
mod html;
mod inline;
mod inside;
mod lines;
mod links;
mod lists;
mod math;
mod slashes;
mod tables;
mod tabs;
mod tag;
mod tags;
#[cfg(test)]
mod tests;
mod tree;

pub(super) use containers::containers;
mod unread;

use std::collections::{HashMap, HashSet};

use blocks::Blocks;
use buffer::Buffer;
use elements::Held;
use fences::Fence;
use inline::{Inline, Stage};
use lines::lines_of;
use tag::Fuel;
use tree::{Id, Line, Tag, Tree};

use super::{
    Dialect, Form, Heading, Link, Page, attributes,
    page::ExplicitId,
    slug::{Piece, Slugger, title},
};
use crate::text::Span;

/// A page, and what is code on it.
pub(super) struct Reading {
    pub(super) page: Page,
    pub(super) code: Vec<Span>,
}

/// Reads the page below its front matter, which ends at `start`.
pub(super) fn read(text: &str, start: usize, dialect: &Dialect) -> Reading {
    let (prepared, lines) = fences::prepare(text, start);
    let (body, fences) = fences::take(&prepared, &lines, dialect);
    let mut code: Vec<Span> = fences
        .iter()
        .filter_map(|it| {
            let (first, last) = (it.lines.first()?, it.lines.last()?);
            Some(prepared.span(first.0 + it.indent, last.1))
        })
        .collect();
    let held = (0..fences.len()).map(Held::Fence).collect();
    let extracted = html::extract(body, held, dialect.reads.md_in_html);
    let mut pool = extracted.text;
    let document = Line { start: 0, end: pool.len() };
    let mut contents = Vec::with_capacity(extracted.elements.len());
    for element in &extracted.elements {
        pool.push_made("\n", element.open.start);
        let start = pool.len();
        pool.push_all(&element.content);
        let kept = pool.text[start..].trim_end_matches('\n').len();
        contents.push(Line { start, end: start + kept });
    }
    let mut blocks = Blocks {
        pool: &pool,
        text: &pool.text,
        dialect,
        held: &extracted.held,
        elements: &extracted.elements,
        contents: &contents,
        tree: Tree::new(),
        fuel: Fuel::new(pool.len()),
        state: Vec::new(),
        depth: 0,
        depth_of_lists: 0,
        tab_sets: Vec::new(),
        defined: Vec::new(),
        notes: Vec::new(),
        tables: Vec::new(),
        items: Vec::new(),
        item_nodes: Vec::new(),
        code: Vec::new(),
    };
    blocks.chunk(0, lines_of(&pool.text, document));
    let mut notes = std::mem::take(&mut blocks.notes);
    for note in &mut notes {
        for block in std::mem::take(&mut note.blocks) {
            blocks.chunk(0, block.lines().to_vec());
        }
        // What a footnote defines inside itself is defined too.
    }
    notes.append(&mut blocks.notes);
    code.append(&mut blocks.code);
    let defined = std::mem::take(&mut blocks.defined);
    let page = Page {
        tables: std::mem::take(&mut blocks.tables),
        items: std::mem::take(&mut blocks.items),
        ..Page::default()
    };

    let labels: HashSet<&str> = defined.iter().map(|it| &*it.definition.key).collect();
    let ids: HashSet<String> = notes.iter().map(|it| it.id.clone()).collect();
    let inline = Inline {
        source: text,
        reads: dialect.reads,
        labels: &labels,
        notes: &ids,
        noted: HashMap::new(),
        atoms: Vec::new(),
        links: extracted.links,
        own_ids: Vec::new(),
        raw_ids: extracted.ids,
        code,
        fuel: Fuel::new(text.len()),
        depth: 0,
    };
    let mut reader = Reader {
        pool: &pool,
        prepared: &prepared,
        fences: &fences,
        held: &extracted.held,
        elements: &extracted.elements,
        blocks: &blocks,
        inline,
        page,
        slugger: Slugger::new(dialect),
        tabs: Vec::new(),
    };
    reader.node(0);
    reader.footnotes(&notes);
    reader.definitions(&defined);
    let mut reading = reader.finish(notes, dialect);
    let links = unread::links(text, start, dialect, extracted.unread, &reading.page.links);
    if !links.is_empty() {
        reading.page.links.extend(links);
        reading.page.sort();
    }
    reading
}

/// Where the fields end that a page may open with instead of a front matter: `Title: text`, the
/// head of `MultiMarkdown`, which `MkDocs` does not show.
pub(super) fn fields(text: &str) -> usize {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start_matches(' ');
        let blanks = line.len() - inner.len();
        let is_word = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
        let key = inner.len() - inner.trim_start_matches(is_word).len();
        let is_field = blanks < 4 && key > 0 && inner[key..].starts_with(':');
        let is_more = blanks > 3 && end > 0 && !inner.trim().is_empty();
        if !is_field && !is_more {
            break;
        }
        end += line.len();
    }
    end
}

/// Walks the tree and reads its lines.
struct Reader<'a> {
    pool: &'a Buffer,
    prepared: &'a Buffer,
    fences: &'a [Fence],
    held: &'a [Held],
    elements: &'a [elements::Element],
    blocks: &'a Blocks<'a>,
    inline: Inline<'a>,
    page: Page,
    slugger: Slugger,
    /// The titles of tabs, each with the number of headings before it.
    tabs: Vec<(Span, usize)>,
}

impl Reader<'_> {
    fn node(&mut self, id: Id) {
        let node = &self.blocks.tree[id];
        if let (Tag::Tab, Some(title)) = (node.tag, node.text.first()) {
            self.tabs.push((self.span(*title), self.page.headings.len()));
        }
        let element = match node.tag {
            Tag::Tabs => None,
            _ => node.element.map(|it| &self.elements[it]),
        };
        let own = element.and_then(|it| it.id.clone());
        if let Tag::Heading(level) = node.tag {
            self.heading(level, id, own);
        } else {
            self.inline.own_ids.extend(own);
            if !node.is_opaque {
                self.leaf(&node.text, node.tag);
            }
        }
        for child in &node.children {
            self.node(*child);
            self.leaf(&self.blocks.tree[*child].tail, Tag::Other);
        }
        if node.tag == Tag::Root {
            let is_lead = |it: &&Id| self.blocks.tree[**it].tag == Tag::Paragraph;
            let mut paragraphs = node.children.iter().filter(is_lead).filter_map(|it| {
                let text = &self.blocks.tree[*it].text;
                Some(Line { start: text.first()?.start, end: text.last()?.end })
            });
            let starts = |it: &Line| {
                let text = it.of(&self.pool.text);
                text.starts_with(|it: char| it.is_alphanumeric() || "*_`\"'[(~".contains(it))
            };
            self.page.lead = paragraphs.find(starts).map(|it| self.span(it));
        }
    }

    fn span(&self, line: Line) -> Span {
        let line = line.trimmed(&self.pool.text);
        self.pool.span(line.start, line.end)
    }

    fn joined(&self, lines: &[Line]) -> Buffer {
        let mut data = Buffer::default();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                data.push("\n", self.pool.source(line.start.saturating_sub(1)));
            }
            data.push_part(self.pool, line.start, line.end);
        }
        data
    }

    /// Reads text for its links and ids.
    fn leaf(&mut self, lines: &[Line], tag: Tag) {
        let text = &self.pool.text;
        let counts =
            |it: &Line| memchr::memchr3(b'[', b'<', b'`', it.of(text).as_bytes()).is_some();
        if self.inline.reads.attr_list {
            self.attribute_list(lines, tag);
        }
        if lines.iter().any(counts) {
            let data = self.joined(lines);
            self.inline.read(data, Stage::Code);
        }
    }

    /// The id in the attribute list at the end of a block.
    fn attribute_list(&mut self, lines: &[Line], tag: Tag) {
        let Some(last) = lines.last() else { return };
        let text = last.of(&self.pool.text);
        if !text.trim_end_matches(' ').ends_with('}') {
            return;
        }
        let id = match tag {
            Tag::Cell | Tag::Term => attributes::trailing(text).and_then(|it| it.1),
            _ if lines.len() > 1 => attributes::last_line(text),
            _ => None,
        };
        if let Some(id) = id {
            self.inline.own_ids.push(ExplicitId {
                id: text[id.clone()].into(),
                span: self.pool.span(last.start + id.start, last.start + id.end),
            });
        }
    }

    fn heading(&mut self, level: u8, id: Id, own: Option<ExplicitId>) {
        let node = &self.blocks.tree[id];
        if let ([line], None) = (&node.text[..], &own)
            && self.inline.is_plain(line.of(&self.pool.text))
        {
            let pieces = [Piece::Text(line.of(&self.pool.text).into())];
            let text = self.pool.span(line.start, line.end);
            return self.add_heading(level, node.span, text, &pieces, None);
        }
        let data = self.joined(&node.text);
        let (start, whole) = (data.source(0), data.span(0, data.len()));
        let data = if node.is_opaque { data } else { self.inline.read(data, Stage::Code) };
        let (fences, prepared, held) = (self.fences, self.prepared, self.held);
        let code = |number: usize| match held.get(number) {
            Some(Held::Fence(fence)) => {
                let lines = &fences[*fence].lines;
                let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
                inner.iter().map(|it| &prepared.text[it.0..it.1]).collect::<Vec<_>>().join("\n")
            }
            _ => String::new(),
        };
        let read = self.inline.heading(&data, &code);
        let mut text = whole;
        if let Some(end) = read.end {
            let source = &self.inline.source[start as usize..end.max(start) as usize];
            text = Span::from(start as usize..start as usize + source.trim_end().len());
        }
        let explicit = read.id.or(own);
        self.add_heading(level, node.span, text, &read.pieces, explicit);
    }

    /// Adds a heading; one without an explicit id gets what its id is made of, see [`Self::finish`].
    fn add_heading(
        &mut self,
        level: u8,
        span: Span,
        text: Span,
        pieces: &[Piece<'_>],
        explicit: Option<ExplicitId>,
    ) {
        let title = title(pieces);
        let (anchor, explicit) = match explicit {
            Some(it) => (Some(it.id), Some(it.span)),
            None => (self.slugger.slug(pieces, "").map(Into::into), None),
        };
        self.page.headings.push(Heading { level, span, text, title, anchor, explicit });
    }

    fn footnotes(&mut self, notes: &[blocks::Note]) {
        for note in notes {
            let id = format!("fn:{}", note.id).into();
            self.inline.own_ids.push(ExplicitId { id, span: note.definition.label });
        }
    }

    fn definitions(&mut self, defined: &[blocks::Defined]) {
        for it in defined {
            let dest = self.pool.span(it.dest.start, it.dest.end);
            self.inline.links.push(Link {
                form: Form::Definition,
                span: self.span(it.whole),
                text: it.definition.label,
                dest,
                target: html_escape::decode_html_entities(it.dest.of(&self.pool.text)).into(),
                angle: self.inline.source[..dest.start as usize].ends_with('<'),
                image: false,
                unread: false,
            });
            self.page.definitions.push(it.definition.clone());
        }
    }

    fn finish(mut self, notes: Vec<blocks::Note>, dialect: &Dialect) -> Reading {
        let mut slugger = self.slugger;
        let written = self.page.headings.iter().filter(|it| it.explicit.is_some());
        written.filter_map(|it| it.anchor.as_deref()).for_each(|it| slugger.reserve(it));
        self.inline.own_ids.iter().for_each(|it| slugger.reserve(&it.id));
        for (set, tabs) in self.blocks.tab_sets.iter().enumerate() {
            (1..=*tabs).for_each(|tab| slugger.reserve(&format!("__tabbed_{}_{tab}", set + 1)));
        }
        for it in self.page.headings.iter_mut().filter(|it| it.explicit.is_none()) {
            it.anchor = it.anchor.take().map(|it| slugger.unique(it.into()).into());
        }
        let mut page = self.page;
        page.ids = self.inline.own_ids;
        let tabs = tabs::ids(self.inline.source, dialect, &page, &self.tabs);
        page.ids.extend(tabs);
        page.ids.append(&mut self.inline.raw_ids);
        page.links = self.inline.links;
        page.links.extend(fences::snippets(self.inline.source, self.prepared, dialect));
        page.definitions.extend(notes.into_iter().map(|it| it.definition));
        for (item, node) in page.items.iter_mut().zip(&self.blocks.item_nodes) {
            let node = &self.blocks.tree[*node];
            let inner = node.children.first().map(|it| &self.blocks.tree[*it]);
            let inner =
                inner.filter(|it| it.tag == Tag::Paragraph).map_or(&[][..], |it| &it.text[..]);
            let lines = if node.text.is_empty() { inner } else { &node.text[..] };
            if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
                let text = Line { start: first.start, end: last.end }.trimmed(&self.pool.text);
                item.text = task(self.inline.source, self.pool.span(text.start, text.end));
                item.span.end = item.text.end;
            }
        }
        page.sort();
        // What is read twice without being taken for a link stands there twice.
        page.links.dedup();
        self.inline.code.sort();
        Reading { page, code: self.inline.code }
    }
}

/// The text of an item without its task box.
fn task(source: &str, text: Span) -> Span {
    let boxed = source
        .get(text.range())
        .is_some_and(|it| ["[ ] ", "[x] ", "[X] "].iter().any(|box_| it.starts_with(box_)));
    if boxed { Span::new(text.start + 4, text.end) } else { text }
}
