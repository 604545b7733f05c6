//! What one page says about systems and patterns: names it gives, names it uses, facts it states.

mod fields;
mod lists;
mod names;
mod stretches;
mod tables;

use std::sync::Arc;

use names::{forms, names, topic};
pub use stretches::pieces;
use stretches::{bare, figures};

use super::{
    Figure, Key, Kind, PageKind, Path, Site,
    outline::Reference,
    vocabulary::{self, parenthesis, slug},
};
use crate::{
    syntax::{Form, Page},
    text::{Offset, Span},
};

/// What one page says about systems, patterns, companies and domains.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
    /// What the page is about.
    pub kind: PageKind,
    /// The names of what it is about, best first; none for pages that no name leads to.
    pub names: Vec<Name>,
    /// The names it uses in front matter, tables and lists, in no order.
    pub refers: Vec<NameUse>,
    /// What it states.
    pub facts: Vec<Fact>,
    /// What it calls the pages that it links to.
    pub calls: Vec<Call>,
}

/// Where a name comes from, the most trustworthy first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The title in the front matter.
    Title,
    /// The first heading.
    Heading,
    /// The file's name.
    FileName,
    /// The field `systems`.
    Systems,
    /// The field `aliases`.
    Alias,
    /// The entry of an index.
    Listing,
    /// What stands in parentheses behind a title: `Content Delivery Network (CDN)`.
    Parenthesis,
    /// Another name without its vendor or without words like `Architecture`.
    Shortened,
    /// A pattern's title of three words or more without the last: `write-ahead` for Write-Ahead Log.
    Clipped,
    /// The title of a page that is neither a study nor a pattern. A pattern may be called so, for want of
    /// a page of its own.
    Topic,
    /// The text of links.
    LinkText,
}

impl Origin {
    /// For people.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::FileName => "file name",
            Self::Systems => "`systems`",
            Self::Alias => "alias",
            Self::Listing => "entry of an index",
            Self::Parenthesis => "parenthesis in the title",
            Self::Shortened => "shortened title",
            Self::Clipped => "title without its last word",
            Self::Topic => "title of a page",
            Self::LinkText => "text of links",
        }
    }
}

/// A name that a page gives to what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What it names.
    pub key: Key,
    /// As it is written.
    pub text: Box<str>,
    /// Where it is written; the title for one that is derived.
    pub span: Span,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A front matter field.
    Field,
    /// A table's cell below a head that says what stands there.
    Cell,
    /// The beginning of a list item: `- Netflix: 260M+ users`. May well be no name at all.
    Item,
}

/// A use of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// What it names.
    pub key: Key,
    /// The name alone.
    pub span: Span,
    /// Where it stands.
    pub spot: Spot,
}

/// Something stated about a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Which system: a name, or, if it is the page's own, the page.
    pub about: Key,
    /// Where it is stated.
    pub span: Span,
    /// What is stated.
    pub says: Says,
}

impl Fact {
    /// Whether two figures of one system cannot both be right.
    pub fn contradicts(&self, other: &Self) -> bool {
        let (
            Says::Figure { label, figure: Some(own), .. },
            Says::Figure { label: named, figure, .. },
        ) = (&self.says, &other.says)
        else {
            return false;
        };
        // What is measured must be said; a label that says no more than that needs no other.
        let says = |label: &str, figure: &Figure| {
            let label = slug(label);
            let itself = label == figure.measure.thing || PLAIN.contains(&&*label);
            if itself { "".into() } else { label }
        };
        let Some(figure) = figure.as_ref().filter(|it| !it.measure.thing.is_empty()) else {
            return false;
        };
        own.contradicts(figure) && says(label, own) == says(named, figure)
    }
}

/// Labels that say nothing that a figure with its unit and its thing does not say.
const PLAIN: &[&str] =
    &["scale", "throughput", "traffic", "volume", "load", "size", "figure", "metric"];

/// What is stated about a system.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// It uses a pattern.
    Uses {
        /// Which.
        pattern: Key,
        /// The tier it is listed under.
        tier: Box<str>,
        /// What for, or under which name; may be empty.
        note: Box<str>,
    },
    /// A figure, or, in words, something like one.
    Figure {
        /// As it is written.
        text: Box<str>,
        /// What is measured, where the text itself does not say so; may be empty.
        label: Box<str>,
        /// The number in it.
        figure: Option<Figure>,
    },
    /// Something else: a cell under a head of its own, the rest of a list item.
    Remark {
        /// The head; may be empty.
        label: Box<str>,
        /// As it is written.
        text: Box<str>,
    },
}

/// What a link calls the page that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The key of the name.
    pub key: Key,
    /// As it is written.
    pub text: Box<str>,
    /// The link: an index into [`Page::links`]; beyond them if the page calls itself so.
    pub link: u32,
    /// What would make the link right, best first.
    pub to: Arc<[Key]>,
    /// Where the name comes from: an entry of an index, or any link's text.
    pub origin: Origin,
    /// What the index that lists it makes of the page; its description.
    pub listed: Option<(PageKind, Span)>,
}

impl Call {
    /// The name of the file that the link names: should the link be broken, the only page of that name
    /// is meant.
    pub fn stem(&self) -> Option<Box<str>> {
        let Some(Key::Page(path)) = self.to.first() else { return None };
        let path = Path::new(path.as_str().trim_end_matches('/'));
        Some(path.stem().to_lowercase().into())
    }
}

/// A page while it is read.
#[derive(Clone, Copy)]
struct Source<'a> {
    site: &'a Site,
    path: &'a Path,
    page: &'a Page,
    text: &'a str,
    references: &'a [Reference],
}

impl Knowledge {
    /// Reads what a page says; `references` are those of its links.
    pub(super) fn new(
        site: &Site,
        path: &Path,
        page: &Page,
        text: &str,
        references: &[Reference],
    ) -> Self {
        let source = Source { site, path, page, text, references };
        let own = kind(source);
        let kind = site.words.kind(path, own);
        let mut found = Self { kind, ..Self::default() };
        if found.kind == PageKind::Stub {
            return found;
        }
        names(source, &mut found);
        if (own, kind) == (PageKind::Other, PageKind::Other) {
            found.calls.extend(topic(source));
        }
        fields::read(source, &mut found);
        tables::read(source, &mut found);
        lists::read(source, &mut found);
        let takes = |it: &Key| site.words.takes(it);
        found.names.retain(|it| takes(&it.key));
        found.refers.retain(|it| takes(&it.key));
        found.calls.retain(|it| takes(&it.key));
        found.facts.retain(|it| takes(&it.about));
        found.refers.shrink_to_fit();
        found.calls.shrink_to_fit();
        found.facts.shrink_to_fit();
        found
    }

    /// The key of what the page is about by its best name.
    pub fn own(&self) -> Option<&Key> {
        self.names.first().map(|it| &it.key)
    }

    /// The figures that the list item at a place states of a system: `Netflix: 260M+ users`. Those of an
    /// index are among its facts; those of other pages are read only when someone asks.
    pub fn figures_in_item(
        site: &Site,
        path: &Path,
        page: &Page,
        text: &str,
        at: Offset,
    ) -> Vec<Fact> {
        lists::item_at(Source { site, path, page, text, references: &[] }, at)
    }

    fn fact(&mut self, about: &Key, span: Span, says: Says) {
        self.facts.push(Fact { about: about.clone(), span, says });
    }

    fn use_name(&mut self, kind: Kind, name: &str, span: Span, spot: Spot) -> Option<Key> {
        let key = entity(kind, name)?;
        self.refers.push(NameUse { key: key.clone(), span, spot });
        Some(key)
    }
}

/// A name has at most so many bytes; what is longer is none.
const LONGEST: usize = 200;

/// The key of a name, unless nothing is left of it or it is too long to be one.
pub fn entity(kind: Kind, name: &str) -> Option<Key> {
    if name.len() > LONGEST {
        return None;
    }
    let slug = slug(name);
    (!slug.is_empty()).then_some(Key::Entity(kind, slug))
}

/// The part of a field's value that is the name: without the path before it and the note in parentheses.
pub fn name_in(written: &str) -> &str {
    let name = parenthesis(written).0;
    let last = fields::last_part(name);
    let bare = name.strip_suffix(".md").unwrap_or(name).trim_end_matches('/');
    bare.rfind(last).map_or(name, |at| &bare[at..])
}

/// What a page is about, as far as it tells by itself.
fn kind(source: Source<'_>) -> PageKind {
    let head = source.page.front_matter.as_ref();
    let field = |name: &str| head.and_then(|it| it.get(name));
    if field("redirect_to").is_some() {
        return PageKind::Stub;
    }
    let by_path = vocabulary::kind_of_path(&source.site.docs, source.path);
    // `inverted-index.md` may be a pattern, `index.md` never is.
    if vocabulary::is_index_name(source.path.stem()) {
        return PageKind::Index;
    }
    let stated = field("type").and_then(|it| it.as_str()).filter(|it| !it.trim().is_empty());
    if let Some(kind) = stated.and_then(vocabulary::kind_of_type) {
        return kind;
    }
    let fields = head.map(|it| fields::pairs(&source.site.words, &it.root)).unwrap_or_default();
    let about = ["systems", "system", "company", "patterns_used"];
    let about = fields.iter().any(|it| about.contains(&it.0.name));
    match by_path {
        // A type that is not known says that the page is something else, unless its fields do not.
        Some(PageKind::Pattern) if stated.is_some() => PageKind::Other,
        Some(PageKind::Study) if stated.is_some() && !about => PageKind::Other,
        Some(kind) => kind,
        None if about => PageKind::Study,
        None => PageKind::Other,
    }
}

impl<'a> Source<'a> {
    fn slice(self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The link whose source begins within `span`, with its index; the first.
    fn link_in(self, span: Span) -> Option<(usize, &'a crate::syntax::Link)> {
        let links = &self.page.links;
        let first = links.partition_point(|it| it.span.start < span.start);
        let mut inside =
            links[first..].iter().enumerate().take_while(|(_, it)| it.span.end <= span.end);
        let named = |form| matches!(form, Form::Inline | Form::Reference | Form::Wiki);
        inside.find(|(_, it)| named(it.form) && !it.image).map(|(at, it)| (first + at, it))
    }

    fn reference(self, link: usize) -> Option<&'a Reference> {
        let at = self.references.binary_search_by_key(&link, |it| it.link as usize).ok()?;
        self.references.get(at)
    }
}

#[cfg(test)]
mod tests;
