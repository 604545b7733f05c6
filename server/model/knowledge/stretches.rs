//! Stretches of text: without marks around them, in pieces, and the figures in them.

use super::{Knowledge, Says, Source};
use crate::{
    model::{Key, figure},
    text::Span,
};

/// A span without blanks, emphasis and list marks around it, and its text.
pub(super) fn bare(text: &str, span: Span) -> (Span, &str) {
    let source = text.get(span.range()).unwrap_or_default();
    let marks = |it: char| it.is_whitespace() || matches!(it, '*' | '_' | '`');
    let lead = source.len() - source.trim_start_matches(marks).len();
    let kept = source.trim_matches(marks);
    let start = span.start + crate::text::offset(lead);
    (Span::new(start, start + crate::text::offset(kept.len())), kept)
}

/// The pieces of a stretch between commas and semicolons outside of parentheses and links.
pub fn pieces(text: &str, span: Span) -> Vec<Span> {
    let source = text.get(span.range()).unwrap_or_default();
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    let bytes = source.as_bytes();
    for (at, it) in source.bytes().enumerate() {
        match it {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b',' | b';' if depth <= 0 => {
                // `100,000` is one number.
                let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
                if at > 0 && digit(at - 1) && digit(at + 1) {
                    continue;
                }
                found.push((start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push((start, source.len()));
    found.into_iter().map(|(from, to)| Span::from(from..to).shifted(span.start)).collect()
}

/// States each figure in a stretch about a system.
pub(super) fn figures(
    source: Source<'_>,
    about: &Key,
    span: Span,
    label: &str,
    found: &mut Knowledge,
) {
    for piece in pieces(source.text, span) {
        let (span, text) = bare(source.text, piece);
        let figure = figure::figure(text, label);
        // Of a sentence only the figure and what is behind it.
        let start = figure.as_ref().map_or(0, |_| figure::start(text));
        let lead = if text[..start].split_whitespace().count() > 2 { start } else { 0 };
        let (span, text) =
            (Span::new(span.start + crate::text::offset(lead), span.end), &text[lead..]);
        if figure.is_some() || figure::says_measure(text) {
            let (text, label) = (text.into(), label.into());
            found.fact(about, span, Says::Figure { text, label, figure });
        }
    }
}
