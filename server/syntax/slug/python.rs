//! Ids as Python-Markdown and `pymdownx.slugs` make them.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{Piece, joined};
use crate::syntax::SlugCase;

/// What Python-Markdown's `toc` takes for the text of a heading.
pub(super) fn name<'a>(pieces: &'a [Piece<'_>]) -> Cow<'a, str> {
    let text = joined(pieces, |piece| match piece {
        Piece::Text(text) | Piece::Code(text) => Cow::Borrowed(text.as_ref()),
        Piece::Math(text) => Cow::Owned(format!("\\({text}\\)")),
        Piece::Image(_) | Piece::Html(_) | Piece::Footnote(_) | Piece::Emoji(_) => {
            Cow::Borrowed("")
        }
    });
    let is_apart = text.split(' ').all(|it| !it.is_empty() && !it.contains(char::is_whitespace));
    if is_apart { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

/// `markdown.extensions.toc.slugify`
pub(super) fn toc(name: &str, separator: char, unicode: bool) -> String {
    let is_kept = |it: &char| is_word(*it) || it.is_whitespace() || *it == '-';
    if name.is_ascii() {
        let kept = name.chars().filter(is_kept).map(|it| it.to_ascii_lowercase());
        return separated(kept, separator, name.len());
    }
    let kept: String = if unicode {
        name.chars().filter(is_kept).collect()
    } else {
        name.nfkd().filter(|it| it.is_ascii() && is_kept(it)).collect()
    };
    separated(kept.trim().to_lowercase().chars(), separator, kept.len())
}

/// Words with one separator for all the blanks and separators between them, and for the separators, but
/// not for the blanks alone, at the ends.
fn separated(letters: impl Iterator<Item = char>, separator: char, length: usize) -> String {
    let mut slug = String::with_capacity(length);
    let (mut blank, mut apart) = (false, false);
    for it in letters {
        if it == separator {
            apart = true;
        } else if it.is_whitespace() {
            blank = true;
        } else {
            if apart || (blank && !slug.is_empty()) {
                slug.push(separator);
            }
            (blank, apart) = (false, false);
            slug.push(it);
        }
    }
    if apart {
        slug.push(separator);
    }
    slug
}

/// `pymdownx.slugs.slugify`
pub(super) fn pymdownx(name: &str, separator: char, case: SlugCase, percent: bool) -> String {
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

/// `\w` of Python: a letter, a digit or another number, an underscore. Marks, which Rust counts as
/// letters, are none, nor are letters in circles and squares.
fn is_word(it: char) -> bool {
    let is_enclosed = matches!(u32::from(it), 0x24b6..=0x24e9 | 0x1_f130..=0x1_f189);
    it.is_ascii_alphanumeric()
        || it == '_'
        || (it.is_alphanumeric() && !is_combining_mark(it) && !is_enclosed)
}
