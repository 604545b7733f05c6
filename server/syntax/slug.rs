//! Heading ids: what each generator makes of a heading's text.

use std::{borrow::Cow, collections::HashMap};

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
    /// How often each id was given.
    given: HashMap<String, u32>,
}

impl Slugger {
    /// A slugger for a page in this dialect.
    pub fn new(dialect: &Dialect) -> Self {
        Self { style: dialect.slugs, given: HashMap::new() }
    }

    /// The id of the next heading, without `#`. None if the generator gives it none.
    ///
    /// `explicit` is an id that the author wrote; it is used as it is.
    pub fn anchor(&mut self, pieces: &[Piece<'_>], explicit: Option<&str>) -> Option<String> {
        if let Some(explicit) = explicit {
            self.given.entry(explicit.to_owned()).or_default();
            return Some(explicit.to_owned());
        }
        let _ = self.style;
        Some(self.numbered(github(&title(pieces))))
    }

    /// As `github-slugger` counts: the second of two is `-1`, unless that is taken.
    fn numbered(&mut self, slug: String) -> String {
        let Some(&count) = self.given.get(&slug) else {
            self.given.insert(slug.clone(), 0);
            return slug;
        };
        let mut number = count + 1;
        let mut numbered = format!("{slug}-{number}");
        while self.given.contains_key(&numbered) {
            number += 1;
            numbered = format!("{slug}-{number}");
        }
        self.given.insert(slug, number);
        self.given.insert(numbered.clone(), 0);
        numbered
    }
}

/// Lower case, without punctuation and symbols, blanks as `-`.
fn github(title: &str) -> String {
    let kept = title.chars().flat_map(char::to_lowercase).filter_map(|it| match it {
        ' ' => Some('-'),
        '-' | '_' => Some(it),
        it => it.is_alphanumeric().then_some(it),
    });
    kept.collect()
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
