//! `CommonMark` and GitHub's extensions, by pulldown-cmark's events.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

mod extras;
mod headings;
mod links;
mod mdx;
mod options;
mod raw;
#[cfg(test)]
mod tests;

use headings::Title;
pub(super) use options::options;
use options::undefined;

use super::{
    Dialect, Item, Page, Renderer, SlugStyle, Table,
    slug::{Piece, Slugger},
};
use crate::text::{Offset, Span, offset};

/// Reads the page below its front matter, which ends at `start`.
pub(super) fn read(text: &str, start: usize, dialect: &Dialect) -> Page {
    let mdx = match dialect.renderer {
        Renderer::Mdx => Some(mdx::Body::new(text, start)),
        Renderer::Kramdown => raw::asked(text, start).map(|it| mdx::Body::same(it, start)),
        _ => None,
    };
    let body = mdx.as_ref().map_or(&text[start..], |it| &it.text);
    let place = |range: Range<usize>| match &mdx {
        Some(mdx) => whole(text, mdx.place(range)),
        None => range.start + start..range.end + start,
    };
    let parser = Parser::new_with_broken_link_callback(body, options(dialect), Some(undefined));
    let mut reader = Reader::new(text, dialect);
    mdx.iter().flat_map(|it| it.tags.iter().cloned()).for_each(|it| reader.html(it));
    let mut events = parser.into_offset_iter();
    for (event, range) in events.by_ref() {
        reader.event(event, place(range));
    }
    for (_, definition) in events.reference_definitions().iter() {
        reader.definition(place(definition.span.clone()).into(), &definition.dest);
    }
    reader.repeated(start);
    if matches!(dialect.renderer, Renderer::MdBook | Renderer::Goldmark) {
        reader.templates(start);
    }
    if dialect.renderer == Renderer::Goldmark {
        reader.without_code_shortcodes(start);
    }
    reader.footnote_ids();
    reader.finish()
}

/// The characters that stand in a range whole. What was blanked out byte for byte may have been parted
/// within one, as where an item's text begins behind so many blanks.
fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (range.start..text.len()).find(is_boundary).unwrap_or(text.len());
    let end = (start..=range.end).rfind(is_boundary).unwrap_or(start);
    start..end
}

/// Whether `at` stands in a code block or a code span.
pub(super) fn is_code(text: &str, start: usize, dialect: &Dialect, at: Offset) -> bool {
    let at = (at as usize).saturating_sub(start);
    let events = Parser::new_ext(&text[start..], options(dialect)).into_offset_iter();
    let code = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => Some(range),
        _ => None,
    });
    code.take_while(|it| it.start <= at).any(|it| it.start < at && at < it.end)
}

/// A link whose end has not come yet.
struct Open {
    index: usize,
    kind: LinkType,
    /// Where what stands between its brackets ends, as far as it has been seen.
    text_end: usize,
}

struct Reader<'a> {
    text: &'a str,
    renderer: Renderer,
    style: SlugStyle,
    /// Whether bare addresses are links.
    bare_links: bool,
    /// Whether Markdown is read in elements of HTML that do not ask for it.
    md_in_html: bool,
    /// How far a bare address has been read.
    bare_end: usize,
    page: Page,
    slugger: Slugger,
    /// The blocks in which no definition can stand.
    leaves: Vec<Range<usize>>,
    /// How far what stands inside lines has been seen.
    seen_end: usize,
    links: Vec<Open>,
    /// The heading that is open.
    heading: Option<Title<'a>>,
    /// The alternative text of the image that is open.
    image: Option<(usize, String)>,
    /// The items that are open, with whether their text has ended.
    items: Vec<(usize, bool)>,
    /// The row that is open, and its cells.
    row: Span,
    cells: Vec<Span>,
    html: Option<Range<usize>>,
    /// How many blocks are open that a leading paragraph does not stand in.
    nested: usize,
    /// The elements of HTML whose content the renderer leaves as it is.
    raw: Vec<Range<usize>>,
    /// How many bytes were looked through for the end of such an element, and had none.
    in_vain: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, dialect: &Dialect) -> Self {
        Self {
            text,
            renderer: dialect.renderer,
            style: dialect.slugs,
            bare_links: dialect.reads.bare_links,
            md_in_html: dialect.reads.md_in_html,
            bare_end: 0,
            page: Page::default(),
            slugger: Slugger::new(dialect),
            leaves: Vec::new(),
            seen_end: 0,
            links: Vec::new(),
            heading: None,
            image: None,
            items: Vec::new(),
            cells: Vec::new(),
            row: Span::default(),
            html: None,
            nested: 0,
            raw: Vec::new(),
            in_vain: 0,
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.start(&tag, range);
                self.descend(&tag);
            }
            Event::End(tag) => {
                self.ascend(tag);
                self.end(tag, range);
            }
            inline => {
                self.inline(&inline, &range);
                self.piece(inline, &range);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'a>, range: Range<usize>) {
        let is_leaf = matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::Table(_)
        );
        if is_leaf {
            self.leaves.push(range.clone());
        }
        match tag {
            Tag::Heading { id, .. } => {
                self.heading = Some(Title::new(id.clone()));
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                self.opened(&range);
                self.open(*link_type, dest_url, id, false, range);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.opened(&range);
                self.open(*link_type, dest_url, id, true, range);
                if self.image.is_none() {
                    self.image = Some((self.links.len(), String::new()));
                }
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.opened(&range),
            Tag::HtmlBlock => self.html = Some(range),
            Tag::Item => {
                self.end_item_text();
                let depth = u8::try_from(self.items.len()).unwrap_or(u8::MAX);
                let at = offset(range.start);
                let item = Item { span: Span::empty(at), text: Span::empty(at), depth };
                self.items.push((self.page.items.len(), false));
                self.page.items.push(item);
                self.nested += 1;
            }
            Tag::Table(_) => {
                self.end_item_text();
                self.nested += 1;
                self.page
                    .tables
                    .push(Table { span: trimmed(self.text, range), ..Table::default() });
            }
            Tag::TableHead | Tag::TableRow => self.row = trimmed(self.text, range),
            Tag::TableCell => {
                // A row that is too short is filled up with cells behind its end.
                let cell = trimmed(self.text, range);
                if cell.start < self.row.end {
                    self.cells.push(cell);
                }
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList => {
                self.end_item_text();
                self.nested += 1;
                if let Tag::FootnoteDefinition(label) = tag {
                    self.footnote(label, &range);
                }
            }
            Tag::CodeBlock(_) | Tag::List(_) => self.end_item_text(),
            Tag::Paragraph if self.nested == 0 && self.page.lead.is_none() => {
                let span = trimmed(self.text, range);
                let source = &self.text[span.range()];
                if source.starts_with(|it: char| it.is_alphanumeric() || "*_`\"'[(~".contains(it)) {
                    self.page.lead = Some(span);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.seen(&range),
            TagEnd::Heading(level) => self.close_heading(level as u8, range),
            TagEnd::Link => self.close(range),
            TagEnd::Image => {
                self.close(range);
                if self.image.as_ref().is_some_and(|it| it.0 > self.links.len())
                    && let Some((_, alt)) = self.image.take()
                {
                    self.push(Piece::Image(alt.into()));
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(range) = self.html.take() {
                    self.html(range.clone());
                    if !self.md_in_html && self.renderer == Renderer::Kramdown {
                        self.raw(&range);
                    }
                    self.tagged_headings(range);
                }
            }
            TagEnd::Paragraph => {
                self.end_item_text();
                self.block_id(range);
            }
            TagEnd::Item => {
                self.items.pop();
                self.nested -= 1;
            }
            TagEnd::TableHead => {
                let cells = std::mem::take(&mut self.cells);
                if let Some(table) = self.page.tables.last_mut() {
                    table.head = cells;
                }
            }
            TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                if let Some(table) = self.page.tables.last_mut() {
                    table.rows.push(cells);
                }
            }
            TagEnd::Table
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList => self.nested -= 1,
            _ => {}
        }
    }

    /// Takes what stands inside a line: for texts of links, items and headings.
    fn inline(&mut self, event: &Event<'a>, range: &Range<usize>) {
        match event {
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
            Event::FootnoteReference(label) => {
                self.seen(range);
                self.footnote_use(label, range);
            }
            Event::InlineHtml(_) => {
                self.seen(range);
                self.html(range.clone());
            }
            Event::Text(_) if self.bare_links && self.links.is_empty() => {
                self.seen(range);
                self.bare(range);
            }
            _ => self.seen(range),
        }
    }

    /// Notes how far the open texts reach.
    fn seen(&mut self, range: &Range<usize>) {
        self.seen_end = self.seen_end.max(range.end);
        self.opened(range);
    }

    /// The same, of something that has only begun: a link in it does not reach to its end.
    fn opened(&mut self, range: &Range<usize>) {
        if let Some(heading) = &mut self.heading {
            let text = heading.text.get_or_insert(range.clone());
            text.end = text.end.max(range.end);
        }
        if let Some((index, false)) = self.items.last() {
            let item = &mut self.page.items[*index];
            if item.text.end <= item.span.start {
                item.text = Span::from(range.clone());
            }
            item.text.end = item.text.end.max(offset(range.end));
            item.span.end = item.text.end;
        }
    }

    fn end_item_text(&mut self) {
        if let Some((index, ended)) = self.items.last_mut()
            && self.page.items[*index].text.end > self.page.items[*index].span.start
        {
            *ended = true;
        }
    }

    fn finish(mut self) -> Page {
        self.leave_raw();
        self.page.sort();
        self.page
    }
}

/// The span of a range without the blanks around it.
fn trimmed(text: &str, range: Range<usize>) -> Span {
    let source = &text[range.clone()];
    let lead = source.len() - source.trim_start().len();
    let start = range.start + if lead == source.len() { 0 } else { lead };
    (start..start + source[start - range.start..].trim_end().len()).into()
}
