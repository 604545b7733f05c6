//! Heading ids: what each generator makes of a heading's text.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use unicode_normalization::UnicodeNormalization as _;

use super::{Dialect, SlugCase, SlugStyle};

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
    /// `explicit` is an id that the author wrote; it is used as it is.
    pub fn anchor(&mut self, pieces: &[Piece<'_>], explicit: Option<&str>) -> Option<String> {
        if let Some(explicit) = explicit {
            self.given.entry(explicit.to_owned()).or_default();
            return Some(explicit.to_owned());
        }
        match self.style {
            SlugStyle::PythonMarkdown => {
                let slug = python(&python_name(pieces), self.separator, false);
                Some(self.underscored(slug))
            }
            SlugStyle::PythonMarkdownUnicode => {
                let slug = python(&python_name(pieces), self.separator, true);
                Some(self.underscored(slug))
            }
            SlugStyle::Pymdownx { case, percent } => {
                let slug = pymdownx(&python_name(pieces), self.separator, case, percent);
                Some(self.underscored(slug))
            }
            _ => Some(self.numbered(github(&title(pieces)))),
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

/// What Python-Markdown's `toc` takes for the text of a heading.
fn python_name(pieces: &[Piece<'_>]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) => Cow::Borrowed(text.as_ref()),
        Piece::Math(text) => Cow::Owned(format!("\\({text}\\)")),
        Piece::Image(_) | Piece::Html(_) | Piece::Footnote(_) | Piece::Emoji(_) => {
            Cow::Borrowed("")
        }
    });
    let text = text.collect::<String>();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `markdown.extensions.toc.slugify`
fn python(name: &str, separator: char, unicode: bool) -> String {
    let letters: String =
        if unicode { name.to_owned() } else { name.nfkd().filter(char::is_ascii).collect() };
    let kept: String =
        letters.chars().filter(|it| is_word(*it) || it.is_whitespace() || *it == '-').collect();
    let lower = kept.trim().to_lowercase();
    let mut slug = String::with_capacity(lower.len());
    let mut apart = false;
    for it in lower.chars() {
        if it == separator || it.is_whitespace() {
            apart = true;
            continue;
        }
        if apart {
            slug.push(separator);
            apart = false;
        }
        slug.push(it);
    }
    if apart {
        slug.push(separator);
    }
    slug
}

/// `pymdownx.slugs.slugify`
fn pymdownx(name: &str, separator: char, case: SlugCase, percent: bool) -> String {
    let name: String = name.nfc().collect();
    let name = without_tags(&name);
    let name = name.trim();
    let cased = match case {
        SlugCase::None => name.to_owned(),
        SlugCase::Lower => name.to_lowercase(),
        SlugCase::LowerAscii => name.to_ascii_lowercase(),
        SlugCase::Fold => name.to_lowercase().replace('ß', "ss").replace('ς', "σ"),
    };
    let kept = cased.chars().filter_map(|it| match it {
        ' ' => Some(separator),
        it => (is_word(it) || it == '-').then_some(it),
    });
    let slug: String = kept.collect();
    if percent { encoded(&slug) } else { slug }
}

/// A text without `<...>`.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let inner = &rest[open + 1..];
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        match inner.find('>') {
            Some(close) => {
                out.push_str(&rest[..open]);
                rest = &inner[close + 1..];
            }
            None => break,
        }
    }
    out + rest
}

/// Percent-encoded as Python's `urllib.parse.quote` does it.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for it in text.bytes() {
        if it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.' | b'-' | b'~' | b'/') {
            out.push(char::from(it));
        } else {
            let _ = write!(out, "%{it:02X}");
        }
    }
    out
}

/// `\w` of Python: a letter, a digit or another number, an underscore.
fn is_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
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
        Piece::Text(text)
        | Piece::Code(text)
        | Piece::Image(text)
        | Piece::Emoji(text)
        | Piece::Math(text) => text.as_ref(),
        Piece::Html(_) | Piece::Footnote(_) => "",
    });
    text.collect::<String>().trim().to_owned()
}
