//! One page with its text, what it says, and who owns the text.

use std::sync::Arc;

use crate::{
    model::{Key, Kind, Knowledge, Outline, Path, Site, knowledge::Origin, site::Generator},
    syntax::{self, Navigation, Page},
    text::{Span, Text, haystack::Haystack},
};

/// A page's number; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocId(pub(super) u32);

/// Whose text of a page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// An editor has the page open; `version` is its count of changes.
    Editor {
        /// As the editor counts.
        version: i32,
    },
    /// The file.
    Disk,
}

/// In what condition the bytes of a page came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// Whole and in UTF-8.
    #[default]
    Sound,
    /// Not UTF-8: bytes that are no characters became U+FFFD. The first of them was here.
    NotUtf8(u32),
    /// Larger than the limit: known to exist, not read.
    TooLarge(u64),
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text.
    Text(String),
    /// Bytes that are not all UTF-8, read as well as can be; the offset of the first bad one.
    Lossy(String, u32),
    /// Too large to be read: its size in bytes.
    TooLarge(u64),
    /// A file that is not a page; only its existence counts.
    Asset,
}

/// A page read and reduced, not yet part of the world. Made on any thread.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where it lies.
    pub path: Path,
    pub(super) site: Arc<Site>,
    pub(super) text: Text,
    page: Page,
    outline: Outline,
    names: Haystack,
    condition: Condition,
}

/// A page of the world.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its number.
    pub id: DocId,
    /// Where it lies.
    pub path: Path,
    /// Its text.
    pub text: Text,
    /// What it says, in spans of `text`.
    pub page: Page,
    /// What it says to other pages.
    pub outline: Outline,
    /// The names of its [`symbols`](Self::symbols).
    pub names: Haystack,
    /// Whose text this is.
    pub owner: Owner,
    /// In what condition it came.
    pub condition: Condition,
    /// The site it belongs to.
    pub site: Arc<Site>,
}

impl Draft {
    /// Parses and reduces a file of `site`.
    pub fn new(site: Arc<Site>, path: Path, content: Content) -> Self {
        let (text, condition) = match content {
            Content::Text(text) => (text, Condition::Sound),
            Content::Lossy(text, at) => (text, Condition::NotUtf8(at)),
            Content::TooLarge(size) => (String::new(), Condition::TooLarge(size)),
            Content::Asset => (String::new(), Condition::Sound),
        };
        let page = match path.navigation() {
            Some(kind) => {
                // A table of contents is one only to `DocFX`, and of two configurations one counts.
                let counts = match kind {
                    Navigation::Toc => site.generator == Generator::DocFx,
                    Navigation::Folder => {
                        matches!(site.generator, Generator::MkDocs | Generator::Zensical)
                    }
                    _ => site.config.as_ref() == Some(&path),
                };
                if counts { syntax::navigation::parse(&text, kind) } else { Page::default() }
            }
            None => syntax::parse(&text, &site.dialect),
        };
        let outline = Outline::new(&site, &path, &page, &text);
        let names = names(&page, &outline);
        Self { path, site, text: text.as_str().into(), page, outline, names, condition }
    }

    /// The same without what the page says about systems and patterns.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        self.outline.knowledge = Knowledge::default();
        self.names = names(&self.page, &self.outline);
        self
    }

    /// The same with `text`, equal but shared with someone else, as its text.
    pub(super) fn with_text(self, text: Text) -> Self {
        Self { text, ..self }
    }

    pub(super) fn in_condition(self, condition: Condition) -> Self {
        Self { condition, ..self }
    }

    pub(super) fn into_document(self, id: DocId, owner: Owner) -> Document {
        let Self { path, site, text, page, outline, names, condition } = self;
        Document { id, path, text, page, outline, names, owner, condition, site }
    }
}

/// What a [`Symbol`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SymbolKind {
    /// A page.
    Page,
    /// A system, under one of its names.
    System,
    /// A pattern, under one of its names.
    Pattern,
    /// A heading.
    Heading,
}

/// A name on a page by which a workspace is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol<'a> {
    /// What it names.
    pub kind: SymbolKind,
    /// A heading's level, 1 to 6; else 0.
    pub level: u8,
    /// As a reader sees it.
    pub name: &'a str,
    /// Where it is written; a heading's whole line.
    pub span: Span,
    /// It is a title, a heading or a file name again.
    pub again: bool,
}

/// The title if it is not the first heading's, the systems and patterns, the headings.
fn symbols<'a>(page: &'a Page, outline: &'a Outline) -> impl Iterator<Item = Symbol<'a>> {
    let symbol = |kind, name, span| Symbol { kind, level: 0, name, span, again: false };
    let title = stated_title(page).map(|it| symbol(SymbolKind::Page, &*outline.title, it));
    let names = outline.knowledge.names.iter().filter_map(move |it| {
        let kind = match &it.key {
            Key::Entity(Kind::System, _) => SymbolKind::System,
            Key::Entity(Kind::Pattern, _) => SymbolKind::Pattern,
            _ => return None,
        };
        let again = !matches!(it.origin, Origin::Systems | Origin::Alias);
        Some(Symbol { again, ..symbol(kind, &it.text, it.span) })
    });
    let headings = page.headings.iter().map(move |it| {
        let heading = symbol(SymbolKind::Heading, &it.title, it.span);
        Symbol { level: it.level, ..heading }
    });
    title.into_iter().chain(names).chain(headings)
}

fn names(page: &Page, outline: &Outline) -> Haystack {
    Haystack::new(symbols(page, outline).map(|it| it.name))
}

/// Where the front matter states a title that is not the first heading's.
fn stated_title(page: &Page) -> Option<Span> {
    let stated = page.front_matter.as_ref()?.get("title")?;
    let first = page.headings.first().map_or("", |it| &*it.title);
    stated.as_str().filter(|it| it.trim() != first).map(|_| stated.span)
}

impl Document {
    /// What the page is called.
    pub fn title(&self) -> &str {
        &self.outline.title
    }

    /// Where the front matter states a title that is not the first heading's.
    pub fn stated_title(&self) -> Option<Span> {
        stated_title(&self.page)
    }

    /// What it is searched for from elsewhere; in this order are its [`names`](Self::names).
    pub fn symbols(&self) -> impl Iterator<Item = Symbol<'_>> {
        symbols(&self.page, &self.outline)
    }

    /// Whether it only sends its readers elsewhere: never something to link to.
    pub fn is_stub(&self) -> bool {
        let head = self.page.front_matter.as_ref();
        head.is_some_and(|it| it.get("redirect_to").is_some() || it.get("redirect").is_some())
    }

    /// Its description: front matter `description`, else its first paragraph as it is written.
    pub fn description(&self) -> Option<String> {
        let stated = self.page.front_matter.as_ref().and_then(|it| it.get("description")?.as_str());
        let stated = stated.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        stated.or_else(|| self.page.lead.map(|it| self.text.slice(it)))
    }

    /// The heading, or the place of the id, that `anchor` names, as its site compares anchors.
    pub fn anchor(&self, anchor: &str) -> Option<Span> {
        let defined = self.outline.defines.iter();
        let anchors = defined.filter_map(|it| match &it.key {
            Key::Anchor(_, id) if **id == *anchor => Some(it.span),
            _ => None,
        });
        anchors.min_by_key(|it| it.start)
    }

    /// The span of the section that a heading opens: up to the next one of its level or above.
    pub fn section(&self, heading: usize) -> Span {
        let Some(first) = self.page.headings.get(heading) else { return Span::default() };
        let later = self.page.headings[heading + 1..].iter();
        let end = later.clone().find(|it| it.level <= first.level);
        Span::new(first.span.start, end.map_or(self.text.len(), |it| it.span.start))
    }

    /// The source of `span`.
    pub fn source(&self, span: Span) -> String {
        self.text.slice(span)
    }
}
