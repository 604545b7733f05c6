//! Ids as Python-Markdown and `pymdownx.slugs` make them.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::Piece;
use crate::syntax::SlugCase;

/// What Python-Markdown's `toc` takes for the text of a heading.
pub(super) fn name(pieces: &[Piece<'_>]) -> String {
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
pub(super) fn toc(name: &str, separator: char, unicode: bool) -> String {
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
    (it.is_alphanumeric() && !is_combining_mark(it) && !is_enclosed) || it == '_'
}
