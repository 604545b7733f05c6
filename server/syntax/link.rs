//! The parts of a link's source: pulldown-cmark says where a link is, not where its destination is.

use crate::text::Span;

/// The source of an inline link's destination, without its brackets, and whether it had any.
///
/// `whole` is the link; its text ends before `text_end`, where `](` is looked for.
pub(super) fn destination(text: &str, whole: Span, text_end: usize) -> Option<(Span, Span, bool)> {
    let end = whole.end as usize;
    let close = text_end + text.get(text_end..end)?.find("](")?;
    let open = close + 2;
    let lead = text[open..end].len() - text[open..end].trim_start().len();
    let start = open + lead;
    let bracket = if text[whole.range()].starts_with('!') { 2 } else { 1 };
    let label = Span::from(whole.start as usize + bracket..close);
    if text[start..end].starts_with('<') {
        let stop = start + 1 + angle_end(&text[start + 1..end])?;
        return Some((label, (start + 1..stop).into(), true));
    }
    Some((label, (start..start + bare_end(&text[start..end])).into(), false))
}

/// The source of the label in `[text][label]`, and of the text.
pub(super) fn label(text: &str, whole: Span, text_end: usize) -> Option<(Span, Span)> {
    let end = whole.end as usize;
    let close = text_end + text.get(text_end..end)?.find("][")?;
    let bracket = if text[whole.range()].starts_with('!') { 2 } else { 1 };
    let label = Span::from(whole.start as usize + bracket..close);
    Some((label, (close + 2..end.checked_sub(1)?.max(close + 2)).into()))
}

/// The label, the destination and whether it stands between `<>`, of `[label]: destination`.
pub(super) fn definition(text: &str, whole: Span) -> Option<(Span, Span, bool)> {
    let source = &text[whole.range()];
    let base = whole.start as usize;
    let open = source.find('[')?;
    let close = open + label_end(&source[open + 1..])? + 1;
    let rest = close + 2;
    if !source[close..].starts_with("]:") {
        return None;
    }
    let lead = source.get(rest..)?.len() - source[rest..].trim_start().len();
    let start = rest + lead;
    let label = Span::from(base + open + 1..base + close);
    if source[start..].starts_with('<') {
        let stop = start + 1 + angle_end(&source[start + 1..])?;
        return Some((label, (base + start + 1..base + stop).into(), true));
    }
    let stop = source[start..].find(char::is_whitespace).map_or(source.len(), |it| start + it);
    // Behind it stands a title, or nothing.
    let behind = source[stop..].trim_start();
    let is_whole = behind.is_empty() || behind.starts_with(['"', '\'', '(']);
    (is_whole && stop > start).then_some((label, (base + start..base + stop).into(), false))
}

/// Where the label that begins here ends: at the first bracket that is not escaped.
fn label_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|it| {
        let end = it == b']' && !escaped;
        escaped = it == b'\\' && !escaped;
        end
    })
}

fn angle_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|it| {
        let end = it == b'>' && !escaped;
        escaped = it == b'\\' && !escaped;
        end
    })
}

/// Where a bare destination ends: at a blank, or at a parenthesis that it did not open.
fn bare_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, it) in text.bytes().enumerate() {
        match it {
            b'(' if !escaped => depth += 1,
            b')' if !escaped && depth == 0 => return at,
            b')' if !escaped => depth -= 1,
            it if it.is_ascii_whitespace() => return at,
            _ => {}
        }
        escaped = it == b'\\' && !escaped;
    }
    text.len()
}
