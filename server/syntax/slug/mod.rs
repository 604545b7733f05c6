//! Heading ids: what each generator makes of a heading's text.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

mod letters;
mod others;
mod python;

pub use others::obsidian;

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
    Html(Cow<'a, str>),
    /// An emoji shortcode, without its colons.
    Emoji(Cow<'a, str>),
    /// Inline math, its source without the dollars.
    Math(Cow<'a, str>),
    /// A footnote reference, its label.
    Footnote(Cow<'a, str>),
}

/// Gives the headings of one page their ids, in order.
#[derive(Clone, Debug)]
pub struct Slugger {
    style: SlugStyle,
    separator: char,
    /// How often each id was given.
    given: HashMap<String, u32>,
    /// Ids that are taken, where the generator asks for that.
    taken: HashSet<String>,
}

impl Slugger {
    /// A slugger for a page in this dialect.
    pub fn new(dialect: &Dialect) -> Self {
        Self {
            style: dialect.slugs,
            separator: dialect.separator,
            given: HashMap::new(),
            taken: HashSet::new(),
        }
    }

    /// Takes an id, so that no heading gets it that has none of its own.
    pub fn reserve(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }

    /// The id of the next heading, without `#`. None if the generator gives it none.
    ///
    /// `source` is the heading's text as it is written, from which some make the id; `explicit` is an
    /// id that the author wrote: it is used as it is.
    pub fn anchor(
        &mut self,
        pieces: &[Piece<'_>],
        source: &str,
        explicit: Option<&str>,
    ) -> Option<String> {
        if let Some(explicit) = explicit {
            self.taken.insert(explicit.to_owned());
            return Some(explicit.to_owned());
        }
        match self.style {
            SlugStyle::PythonMarkdown => {
                let slug = python::toc(&python::name(pieces), self.separator, false);
                Some(self.underscored(slug))
            }
            SlugStyle::PythonMarkdownUnicode => {
                let slug = python::toc(&python::name(pieces), self.separator, true);
                Some(self.underscored(slug))
            }
            SlugStyle::Pymdownx { case, percent } => {
                let slug = python::pymdownx(&python::name(pieces), self.separator, case, percent);
                Some(self.underscored(slug))
            }
            SlugStyle::GitHub => Some(self.numbered(others::github(&text(pieces)))),
            SlugStyle::Docusaurus => Some(self.numbered(others::github(&with_images(pieces)))),
            SlugStyle::GitLab => {
                let slug = others::gitlab(&text(pieces));
                let count = self.given.entry(slug.clone()).or_default();
                *count += 1;
                Some(if *count > 1 { format!("{slug}-{}", *count - 1) } else { slug })
            }
            SlugStyle::MdBook => Some(self.counted(others::mdbook(&text(pieces)))),
            // What has no text at all gets no id.
            SlugStyle::Hugo | SlugStyle::HugoAscii | SlugStyle::HugoBlackfriday
                if with_images(pieces).is_empty() =>
            {
                None
            }
            SlugStyle::Hugo => Some(self.counted(others::hugo(&with_images(pieces), false))),
            SlugStyle::HugoAscii => Some(self.counted(others::hugo(&with_images(pieces), true))),
            SlugStyle::HugoBlackfriday => {
                Some(self.counted(others::blackfriday(&with_images(pieces))))
            }
            SlugStyle::Kramdown => Some(self.tallied(others::kramdown(source))),
            SlugStyle::KramdownGfm => {
                let slug = self.tallied(others::kramdown_gfm(&text(pieces)));
                (!slug.is_empty()).then_some(slug)
            }
            SlugStyle::VitePress => Some(self.counted(others::vitepress(&text(pieces)))),
            SlugStyle::Markdig => Some(self.counted(others::markdig(&text(pieces)))),
            SlugStyle::Obsidian => Some(text(pieces).trim().to_owned()),
        }
    }

    /// As Python-Markdown counts: the second of two is `_1`, and an empty id is `_1` too.
    fn underscored(&mut self, slug: String) -> String {
        if !slug.is_empty() && self.taken.insert(slug.clone()) {
            return slug;
        }
        let numbered = slug.rsplit_once('_').and_then(|(base, number)| {
            let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
            Some((base, number.parse::<u32>().ok().filter(|_| is_number)?))
        });
        let (base, from) = numbered.unwrap_or((&slug, 0));
        // What was counted up to before is not counted again.
        let mut number = from + 1;
        let known = self.given.get(base).copied().unwrap_or(0);
        if from <= known && known > 0 {
            number = known + 1;
        }
        loop {
            let id = format!("{base}_{number}");
            if self.taken.insert(id.clone()) {
                if from <= known {
                    self.given.insert(base.to_owned(), number);
                }
                return id;
            }
            number += 1;
        }
    }

    /// The first that is free of `id`, `id-1`, `id-2` and so on.
    fn counted(&mut self, slug: String) -> String {
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        let mut number = self.given.get(&slug).copied().unwrap_or(0);
        loop {
            number += 1;
            let numbered = format!("{slug}-{number}");
            if self.taken.insert(numbered.clone()) {
                self.given.insert(slug, number);
                return numbered;
            }
        }
    }

    /// As kramdown counts: the second of two is `-1`, whether or not that is taken.
    fn tallied(&mut self, slug: String) -> String {
        let Some(count) = self.given.get_mut(&slug) else {
            self.given.insert(slug.clone(), 0);
            return slug;
        };
        *count += 1;
        format!("{slug}-{count}")
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

/// What most generators take for the text of a heading.
fn text(pieces: &[Piece<'_>]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) | Piece::Math(text) => Cow::Borrowed(text.as_ref()),
        Piece::Emoji(name) => Cow::Owned(format!(":{name}:")),
        Piece::Image(_) | Piece::Html(_) | Piece::Footnote(_) => Cow::Borrowed(""),
    });
    text.collect()
}

/// The same with the alternative texts of images.
fn with_images(pieces: &[Piece<'_>]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Image(alt) => alt.to_string(),
        other => text(std::slice::from_ref(other)),
    });
    texts.collect()
}

/// What a reader sees of a heading.
pub fn title(pieces: &[Piece<'_>]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text)
        | Piece::Code(text)
        | Piece::Image(text)
        | Piece::Emoji(text)
        | Piece::Math(text) => text.as_ref(),
        Piece::Html(_) | Piece::Footnote(_) => "",
    });
    text.collect::<String>().trim().to_owned()
}
