//! Ids as the other generators make them.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::letters::is_kept;
use crate::syntax::emoji;

/// GitHub, as `github-slugger` has it: lower case, punctuation dropped, each blank a `-`.
pub(super) fn github(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let kept = |it| if it == ' ' { Some('-') } else { is_kept(it).then_some(it) };
    if text.is_ascii() {
        slug.extend(text.chars().map(|it| it.to_ascii_lowercase()).filter_map(kept));
    } else {
        slug.extend(text.to_lowercase().chars().filter_map(kept));
    }
    slug
}

/// GitLab: as GitHub, but without blanks at the ends and with one `-` for many; a number alone is no id.
pub(super) fn gitlab(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for it in github(text.trim()).chars() {
        if it != '-' || !slug.ends_with('-') {
            slug.push(it);
        }
    }
    let is_number = !slug.is_empty() && slug.bytes().all(|it| it.is_ascii_digit());
    if is_number { format!("anchor-{slug}") } else { slug }
}

/// mdBook: letters, digits, `_` and `-`; white space becomes `-`.
pub(super) fn mdbook(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter_map(|it| match it {
        it if it.is_alphanumeric() || matches!(it, '_' | '-') => Some(it),
        it => it.is_whitespace().then_some('-'),
    });
    kept.collect()
}

/// Hugo's `github`, and `github-ascii`, of the text of a heading.
pub(super) fn hugo(source: &str, ascii: bool) -> String {
    let plain: String = if ascii {
        let bare = source.trim().nfd().filter(|it| !is_combining_mark(*it));
        bare.nfc().filter(char::is_ascii).collect()
    } else {
        source.trim().to_owned()
    };
    let kept = plain.chars().filter_map(|it| match it {
        '-' | ' ' => Some('-'),
        '_' => Some('_'),
        it => (is_letter(it) || is_digit(it)).then(|| single_lower(it)),
    });
    let slug: String = kept.collect();
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

/// Hugo's `blackfriday`, of the text of a heading.
pub(super) fn blackfriday(source: &str) -> String {
    let mut slug = String::with_capacity(source.len());
    let mut apart = false;
    for it in source.chars() {
        if is_letter(it) || it.is_numeric() {
            if apart && !slug.is_empty() {
                slug.push('-');
            }
            apart = false;
            slug.push(single_lower(it));
        } else {
            apart = true;
        }
    }
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

/// kramdown's `auto_ids`, of the heading as it is written: ASCII only, from the first letter on.
pub(super) fn kramdown(source: &str) -> String {
    let from = source.trim_start_matches(|it: char| !it.is_ascii_alphabetic());
    let kept = from.chars().filter_map(|it| match it {
        ' ' => Some('-'),
        it => (it.is_ascii_alphanumeric() || it == '-').then(|| it.to_ascii_lowercase()),
    });
    let slug: String = kept.collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// kramdown's `auto_ids` with its parser of GitHub's Markdown, of the text of a heading. Dashes that are
/// made typographic are gone.
pub(super) fn kramdown_gfm(text: &str) -> String {
    let plain = text.replace("---", "").replace("--", "");
    let lower = plain.chars().flat_map(char::to_lowercase);
    let kept = lower.filter_map(|it| match it {
        ' ' | '\t' => Some('-'),
        '-' | '_' | '\u{203f}' | '\u{2040}' => Some(it),
        it => (is_letter(it) || is_digit(it) || is_combining_mark(it)).then_some(it),
    });
    kept.collect()
}

/// `@mdit-vue/shared`, of which `VitePress` and `VuePress` make ids. Emoji are not among the text.
pub(super) fn vitepress(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = emoji::find(rest, false) {
        plain.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    plain.push_str(rest);
    let mut slug = String::with_capacity(plain.len());
    for it in plain.nfkd() {
        let is_apart = it.is_whitespace()
            || (it.is_ascii_punctuation())
            || matches!(it, '“' | '”' | '‘' | '’' | '\u{feff}');
        match it {
            '\u{300}'..='\u{36f}' | '\0'..='\u{1f}' => {}
            _ if is_apart && slug.ends_with('-') => {}
            _ if is_apart => slug.push('-'),
            it => slug.push(it),
        }
    }
    let slug = slug.trim_matches('-');
    let mark = if slug.starts_with(|it: char| it.is_ascii_digit()) { "_" } else { "" };
    format!("{mark}{slug}").to_lowercase()
}

/// markdig's `AutoIdentifier` with GitHub's options.
pub(super) fn markdig(text: &str) -> String {
    let kept = text.chars().filter_map(|it| match it {
        ' ' => Some('-'),
        '-' | '_' => Some(it),
        it => (is_letter(it) || is_digit(it)).then(|| single_lower(it)),
    });
    let slug: String = kept.collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// A heading, or what a link says of it, as Obsidian compares them: words in lower case.
pub fn obsidian(text: &str) -> String {
    // Of `heading#sub-heading` the last one counts; `^name` is the name of a block.
    let last = text.rsplit('#').next().unwrap_or_default();
    if last.starts_with('^') {
        return last.to_lowercase();
    }
    let words = last.split(|it: char| !it.is_alphanumeric() && !is_combining_mark(it));
    words.filter(|it| !it.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn is_letter(it: char) -> bool {
    if it.is_ascii() {
        return it.is_ascii_alphabetic();
    }
    let is_enclosed = matches!(u32::from(it), 0x24b6..=0x24e9 | 0x1_f130..=0x1_f189);
    it.is_alphabetic() && !is_combining_mark(it) && !is_enclosed && !is_letter_number(it)
}

/// The letters that are numbers: category `Nl`.
fn is_letter_number(it: char) -> bool {
    it.is_numeric()
        && it.is_alphabetic()
        && matches!(
            u32::from(it),
            0x16ee..=0x16f0 | 0x2160..=0x2182 | 0x2185..=0x2188 | 0x3007 | 0x3021..=0x3029
                | 0x3038..=0x303a | 0xa6e6..=0xa6ef | 0x1_0140..=0x1_0174 | 0x1_0341 | 0x1_034a
                | 0x1_03d1..=0x1_03d5 | 0x1_2400..=0x1_246e
        )
}

/// Decimal digits: GitHub keeps them and they are no letters.
fn is_digit(it: char) -> bool {
    it.is_ascii_digit() || it.is_numeric() && !it.is_alphabetic() && is_kept(it)
}

/// Lower case, one character for one.
fn single_lower(it: char) -> char {
    let mut lower = it.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        (Some('i'), Some(_)) => 'i',
        _ => it,
    }
}
