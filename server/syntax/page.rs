//! What one page says, as plain data: headings, links, definitions, ids, tables and list items.

use super::front_matter::FrontMatter;
use crate::text::Span;

/// A parsed page. All spans are byte offsets into the text it was parsed from.
///
/// Everything is in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The front matter, if the page opens with one, be it well formed or not.
    pub front_matter: Option<FrontMatter>,
    /// The headings that the renderer sees as headings.
    pub headings: Vec<Heading>,
    /// Everything that leads, or is meant to lead, somewhere.
    pub links: Vec<Link>,
    /// Reference definitions and footnote definitions.
    pub definitions: Vec<LinkDefinition>,
    /// Ids that do not belong to a heading: `id` and `name` attributes, `{#id}` on a block.
    pub ids: Vec<ExplicitId>,
    /// Tables, cell by cell.
    pub tables: Vec<Table>,
    /// List items: what the knowledge of systems and figures is read from.
    pub items: Vec<Item>,
    /// The first paragraph of running text: the description of a page that states none.
    pub lead: Option<Span>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The heading's whole line or lines, without the last line break. In a container (a list, a
    /// quote, an admonition) it begins behind the container's markers.
    pub span: Span,
    /// The source of its text: without `#`, closing `#`, and explicit id.
    pub text: Span,
    /// What a reader sees: markup, links, entities and escapes resolved.
    pub title: Box<str>,
    /// The id that the renderer gives it, without `#`, duplicates numbered. None if it gives none.
    pub anchor: Option<Box<str>>,
    /// The span of an explicit id (`{#id}`, `{: #id}`), without `#`; its value is `anchor`.
    pub explicit: Option<Span>,
}

/// An id that is written out and is not a heading's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplicitId {
    /// The id.
    pub id: Box<str>,
    /// Where it is written, without quotes or `#`.
    pub span: Span,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `[text](destination)`
    Inline,
    /// `![text](destination)`
    Image,
    /// `[text][label]`
    Reference,
    /// `[label][]`
    Collapsed,
    /// `[label]`, only where a definition of that label exists on the page.
    Shortcut,
    /// The destination in `[label]: destination`.
    Definition,
    /// `<https://example.org>` or a bare address that the renderer links.
    Autolink,
    /// A destination in an attribute of raw HTML: `href`, `src` and their like.
    Html,
    /// `[[page#heading|text]]`
    Wiki,
    /// `![[page]]`
    WikiEmbed,
    /// `[^label]`
    Footnote,
    /// A whole file drawn in: `--8<-- "file"`, `{{#include file}}`.
    Include,
    /// `{{< ref "page" >}}` and `{{< relref "page" >}}` of Hugo.
    Shortcode,
    /// A front matter field that names a page.
    Field,
    /// An entry of a navigation file.
    Navigation,
}

impl Form {
    /// Its name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Image => "image",
            Self::Reference => "reference",
            Self::Collapsed => "collapsed",
            Self::Shortcut => "shortcut",
            Self::Definition => "definition",
            Self::Autolink => "autolink",
            Self::Html => "html",
            Self::Wiki => "wiki",
            Self::WikiEmbed => "wiki-embed",
            Self::Footnote => "footnote",
            Self::Include => "include",
            Self::Shortcode => "shortcode",
            Self::Field => "field",
            Self::Navigation => "navigation",
        }
    }
}

/// A link: something that names a destination or a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub form: Form,
    /// All of it, from the opening bracket to the last character.
    pub span: Span,
    /// The source between the brackets of the text, or the `alt` of an image. Empty where it has none.
    pub text: Span,
    /// The source of the destination without `<>` and quotes, with its fragment; for references and
    /// footnotes the label without brackets. Empty, but in place, for `[x]()`.
    pub dest: Span,
    /// What the destination says after escapes and entities are resolved; percent-encoding stays.
    /// For references and footnotes the label as written.
    pub target: Box<str>,
    /// Whether the destination stands between `<` and `>`.
    pub angle: bool,
    /// Whether it is the destination of an image or another embedded file (`img src`).
    pub image: bool,
    /// Whether it is written as Markdown where the generator reads none: a reader of the site sees its
    /// brackets, a reader of the page a link.
    pub unread: bool,
}

/// A definition of a reference label or of a footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDefinition {
    /// The whole definition (of a footnote: the first line).
    pub span: Span,
    /// The label without brackets and without `^`.
    pub label: Span,
    /// The label as [`normal_label`] writes it.
    pub key: Box<str>,
    /// Whether it defines a footnote.
    pub footnote: bool,
}

/// A table; rows and cells may be ragged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// From the first `|` of the head to the end of the last row.
    pub span: Span,
    /// The cells of the head: source spans, without surrounding blanks.
    pub head: Vec<Span>,
    /// The rows below the head.
    pub rows: Vec<Vec<Span>>,
}

/// A list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// From the marker to the end of its first paragraph.
    pub span: Span,
    /// The source of its first paragraph, without marker and task box.
    pub text: Span,
    /// How deep it is nested; 0 for a list that is not in another.
    pub depth: u8,
}

impl Page {
    /// Puts everything in the order of the text, and gives back what memory is left over.
    pub(super) fn sort(&mut self) {
        let order = |span: Span| (span.start, std::cmp::Reverse(span.end));
        self.headings.sort_by_key(|it| order(it.span));
        self.links.sort_by_key(|it| (order(it.span), it.dest.start));
        self.definitions.sort_by_key(|it| order(it.span));
        self.ids.sort_by_key(|it| order(it.span));
        self.tables.sort_by_key(|it| order(it.span));
        self.items.sort_by_key(|it| order(it.span));
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        self.definitions.shrink_to_fit();
        self.ids.shrink_to_fit();
        self.tables.shrink_to_fit();
        self.items.shrink_to_fit();
    }
}

impl Link {
    /// Where the fragment begins in `target`: the index of its `#`.
    fn hash(&self) -> Option<usize> {
        match self.form {
            Form::Reference | Form::Collapsed | Form::Shortcut | Form::Footnote => None,
            _ => self.target.find('#'),
        }
    }

    /// The part of `target` before `#`.
    pub fn path(&self) -> &str {
        &self.target[..self.hash().unwrap_or(self.target.len())]
    }

    /// The part of `target` behind `#`.
    pub fn fragment(&self) -> Option<&str> {
        self.hash().map(|at| &self.target[at + 1..])
    }

    /// The source spans of path and fragment; `source` is the text of `dest`.
    pub fn parts(&self, source: &str) -> (Span, Option<Span>) {
        let found = self.hash().and_then(|_| source.find('#'));
        match found {
            None => (self.dest, None),
            Some(at) => {
                let at = self.dest.start + crate::text::offset(at);
                (Span::new(self.dest.start, at), Some(Span::new(at + 1, self.dest.end)))
            }
        }
    }

    /// Whether it names a label of its own page instead of a destination.
    pub fn is_reference(&self) -> bool {
        matches!(self.form, Form::Reference | Form::Collapsed | Form::Shortcut | Form::Footnote)
    }
}

/// A label as `CommonMark` compares them: case folded, runs of white space one blank.
pub fn normal_label(label: &str) -> String {
    let folded = label.to_lowercase().replace('ß', "ss");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
