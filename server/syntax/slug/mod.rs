//! Heading ids: what each generator makes of a heading's text.

use std::{borrow::Cow, fmt::Write as _};

use foldhash::{HashMap, HashMapExt as _};

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
    ids: HashMap<Box<str>, Id>,
}

/// What is known of an id.
#[derive(Clone, Copy, Debug, Default)]
struct Id {
    /// Whether it is taken.
    taken: bool,
    /// The ids from `id-1` up to `id-last` are taken, too, without being noted one by one.
    last: u32,
    /// If it is `base_7`, all of `base_7` up to `base_beyond` are taken.
    beyond: u32,
}

impl Slugger {
    /// A slugger for a page in this dialect.
    pub fn new(dialect: &Dialect) -> Self {
        Self { style: dialect.slugs, separator: dialect.separator, ids: HashMap::new() }
    }

    /// Takes an id, so that no heading gets it that has none of its own.
    pub fn reserve(&mut self, id: &str) {
        self.take(id);
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
            if self.style.heeds_written_ids() {
                self.take(explicit);
            }
            return Some(explicit.to_owned());
        }
        let slug = self.slug(pieces, source)?;
        let id = self.unique(slug);
        // An empty one counts, but is none.
        (self.style != SlugStyle::KramdownGfm || !id.is_empty()).then_some(id)
    }

    /// What an id is made of before duplicates are numbered; see [`Self::anchor`].
    pub fn slug(&self, pieces: &[Piece<'_>], source: &str) -> Option<String> {
        let separator = self.separator;
        Some(match self.style {
            SlugStyle::PythonMarkdown => python::toc(&python::name(pieces), separator, false),
            SlugStyle::PythonMarkdownUnicode => python::toc(&python::name(pieces), separator, true),
            SlugStyle::Pymdownx { case, percent } => {
                python::pymdownx(&python::name(pieces), separator, case, percent)
            }
            SlugStyle::GitHub => others::github(&text(pieces)),
            SlugStyle::Docusaurus => others::github(&with_images(pieces)),
            SlugStyle::GitLab => others::gitlab(&text(pieces)),
            SlugStyle::MdBook => others::mdbook(&text(pieces)),
            // What has no text at all gets no id.
            SlugStyle::Hugo | SlugStyle::HugoAscii | SlugStyle::HugoBlackfriday
                if with_images(pieces).is_empty() =>
            {
                return None;
            }
            SlugStyle::Hugo => others::hugo(&with_images(pieces), false),
            SlugStyle::HugoAscii => others::hugo(&with_images(pieces), true),
            SlugStyle::HugoBlackfriday => others::blackfriday(&with_images(pieces)),
            SlugStyle::Kramdown => others::kramdown(source),
            SlugStyle::KramdownGfm => others::kramdown_gfm(&text(pieces)),
            SlugStyle::VitePress | SlugStyle::VuePress1 => others::vitepress(&text(pieces)),
            SlugStyle::Markdig => others::markdig(&text(pieces)),
            SlugStyle::Obsidian => text(pieces).trim().to_owned(),
        })
    }

    /// The id of the next heading, whose [`Self::slug`] this is.
    pub fn unique(&mut self, slug: String) -> String {
        match self.style {
            SlugStyle::PythonMarkdown
            | SlugStyle::PythonMarkdownUnicode
            | SlugStyle::Pymdownx { .. } => self.underscored(slug),
            SlugStyle::GitLab | SlugStyle::Kramdown | SlugStyle::KramdownGfm => self.tallied(slug),
            SlugStyle::Obsidian => slug,
            _ => self.counted(slug),
        }
    }

    /// Takes an id; whether it was free.
    fn take(&mut self, id: &str) -> bool {
        match self.ids.get_mut(id) {
            Some(known) => !std::mem::replace(&mut known.taken, true),
            None => self.ids.insert(id.into(), Id { taken: true, ..Id::default() }).is_none(),
        }
    }

    fn get(&self, id: &str) -> Id {
        self.ids.get(id).copied().unwrap_or_default()
    }

    fn is_taken(&self, id: &str, sign: char) -> bool {
        self.get(id).taken || self.is_counted(id, sign)
    }

    /// Whether an id is one of those that are taken without being noted.
    fn is_counted(&self, id: &str, sign: char) -> bool {
        let Some((base, digits)) = id.rsplit_once(sign) else { return false };
        number(digits).is_some_and(|it| !digits.starts_with('0') && it <= self.get(base).last)
    }

    /// As Python-Markdown counts: the second of two is `_1`, and an empty id is `_1` too.
    fn underscored(&mut self, slug: String) -> String {
        if !slug.is_empty() && !self.is_taken(&slug, '_') {
            self.take(&slug);
            return slug;
        }
        let counted = slug.rsplit_once('_').and_then(|it| Some((it.0, number(it.1)?)));
        let (base, from) = counted.unwrap_or((&slug, 0));
        let known = self.get(base).last;
        if from <= known {
            let (id, number) = self.next(base, '_', known);
            self.count(base, number);
            return id;
        }
        let (id, number) = self.next(base, '_', self.get(&slug).beyond.max(from));
        self.take(&id);
        if let Some(known) = self.ids.get_mut(&*slug) {
            known.beyond = number;
        }
        id
    }

    /// The first that is free of `id`, `id-1`, `id-2` and so on.
    fn counted(&mut self, slug: String) -> String {
        if !self.is_taken(&slug, '-') {
            self.take(&slug);
            return slug;
        }
        // The first VuePress begins with two.
        let from = self.get(&slug).last.max(u32::from(self.style == SlugStyle::VuePress1));
        let (id, number) = self.next(&slug, '-', from);
        self.count(&slug, number);
        id
    }

    /// As kramdown and GitLab count: the second of two is `-1`, whether or not that is taken.
    fn tallied(&mut self, slug: String) -> String {
        if self.take(&slug) {
            return slug;
        }
        let count = self.get(&slug).last + 1;
        self.count(&slug, count);
        with_number(&slug, '-', count)
    }

    /// The first id that is free of those with a number behind `base` that is larger than `from`.
    ///
    /// Ids that were passed over once are not looked at one by one again, wherever counting begins.
    fn next(&mut self, base: &str, sign: char, from: u32) -> (String, u32) {
        let mut passed = Vec::new();
        let mut number = from;
        let id = loop {
            number += 1;
            let id = with_number(base, sign, number);
            if !self.is_taken(&id, sign) {
                break id;
            }
            number = number.max(self.get(&id).beyond);
            passed.push(id);
        };
        for it in passed {
            if let Some(known) = self.ids.get_mut(&*it) {
                known.beyond = number;
            }
        }
        (id, number)
    }

    /// Notes that the ids up to `base-last` are taken.
    fn count(&mut self, base: &str, last: u32) {
        match self.ids.get_mut(base) {
            Some(known) => known.last = last,
            None => drop(self.ids.insert(base.into(), Id { last, ..Id::default() })),
        }
    }
}

impl SlugStyle {
    /// Whether ids that are written out count when others are made.
    const fn heeds_written_ids(self) -> bool {
        !matches!(
            self,
            Self::GitHub | Self::Docusaurus | Self::GitLab | Self::Kramdown | Self::KramdownGfm
        )
    }
}

/// The number that digits stand for, as far as one counts.
fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    digits.parse().ok().filter(|it| is_number && *it < 1_000_000_000)
}

fn with_number(base: &str, sign: char, number: u32) -> String {
    let digits = number.checked_ilog10().unwrap_or(0) as usize + 1;
    let mut id = String::with_capacity(base.len() + sign.len_utf8() + digits);
    id.push_str(base);
    id.push(sign);
    // Writing to a string cannot fail.
    let _ = write!(id, "{number}");
    id
}

/// What most generators take for the text of a heading.
fn text<'a>(pieces: &'a [Piece<'_>]) -> Cow<'a, str> {
    joined(pieces, |piece| match piece {
        Piece::Text(text) | Piece::Code(text) | Piece::Math(text) => Cow::Borrowed(text),
        Piece::Emoji(name) => Cow::Owned(format!(":{name}:")),
        Piece::Image(_) | Piece::Html(_) | Piece::Footnote(_) => Cow::Borrowed(""),
    })
}

/// The same with the alternative texts of images.
fn with_images<'a>(pieces: &'a [Piece<'_>]) -> Cow<'a, str> {
    joined(pieces, |piece| match piece {
        Piece::Image(alt) => Cow::Borrowed(alt),
        other => text(std::slice::from_ref(other)),
    })
}

/// What is made of each piece, in a row. One piece, as most headings are, is not copied.
fn joined<'a>(pieces: &'a [Piece<'_>], make: fn(&'a Piece<'_>) -> Cow<'a, str>) -> Cow<'a, str> {
    match pieces {
        [one] => make(one),
        many => Cow::Owned(many.iter().map(make).collect()),
    }
}

/// What a reader sees of a heading.
pub fn title(pieces: &[Piece<'_>]) -> Box<str> {
    let text = joined(pieces, |piece| match piece {
        Piece::Text(text)
        | Piece::Code(text)
        | Piece::Image(text)
        | Piece::Emoji(text)
        | Piece::Math(text) => Cow::Borrowed(text),
        Piece::Html(_) | Piece::Footnote(_) => Cow::Borrowed(""),
    });
    text.trim().into()
}

#[cfg(test)]
mod tests {
    use foldhash::HashSet;
    use proptest::prelude::*;

    use super::*;

    fn slugger(style: SlugStyle) -> Slugger {
        Slugger::new(&Dialect { slugs: style, ..Dialect::default() })
    }

    /// `markdown.extensions.toc.unique`, word by word.
    fn unique(slug: &str, taken: &mut HashSet<String>) -> String {
        let mut id = slug.to_owned();
        while id.is_empty() || taken.contains(&id) {
            id = match id.rsplit_once('_').and_then(|it| Some((it.0, it.1.parse::<u32>().ok()?))) {
                Some((base, number)) => format!("{base}_{}", number + 1),
                None => format!("{id}_1"),
            };
        }
        taken.insert(id.clone());
        id
    }

    /// The first of `id`, `id-1`, `id-2` that is free.
    fn first(slug: &str, taken: &mut HashSet<String>) -> String {
        let numbers = (1..).map(|it| format!("{slug}-{it}"));
        let mut all = std::iter::once(slug.to_owned()).chain(numbers);
        let id = all.find(|it| !taken.contains(it)).unwrap_or_default();
        taken.insert(id.clone());
        id
    }

    proptest! {
        #![proptest_config(crate::testing::cases(1_000))]

        #[test]
        fn counts_as_the_generators_do_without_looking_at_every_number(
            slugs in prop::collection::vec("(h|a|)([_-](0|1|2|3|5|05|12|)){0,2}", 0..40)
        ) {
            let (mut python, mut github) = (HashSet::default(), HashSet::default());
            let mut underscored = slugger(SlugStyle::PythonMarkdown);
            let mut counted = slugger(SlugStyle::GitHub);
            for slug in slugs {
                let (expected, written) = (unique(&slug, &mut python), slug.clone());
                prop_assert_eq!(underscored.unique(written), expected, "{}", &slug);
                let expected = first(&slug, &mut github);
                prop_assert_eq!(counted.unique(slug.clone()), expected, "{}", &slug);
            }
        }
    }
}
