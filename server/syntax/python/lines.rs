//! Lines by their looks: what opens a heading, a list, a quote.

use std::ops::RangeInclusive;

use super::tree::{Line, Tag};

/// The lines of a part of the text.
pub(super) fn lines_of(text: &str, part: Line) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = part.start;
    for end in memchr::memchr_iter(b'\n', &text.as_bytes()[part.start..part.end]) {
        lines.push(Line { start, end: part.start + end });
        start = part.start + end + 1;
    }
    lines.push(Line { start, end: part.end });
    lines
}

/// The level of a heading, and where its text is in the line.
pub(super) fn heading(line: &str) -> Option<(u8, std::ops::Range<usize>)> {
    let level = line.bytes().take(6).take_while(|it| *it == b'#').count();
    if level == 0 {
        return None;
    }
    let rest = &line[level..];
    let body = rest.trim_end_matches('#');
    let slashes = |it: &str| it.len() - it.trim_end_matches('\\').len();
    if body.len() == rest.len() {
        // A backslash at the end has nothing to escape.
        return (slashes(rest) % 2 == 0)
            .then_some((1, level..line.len()))
            .map(|it| (level_of(level), it.1));
    }
    let escaped = slashes(body) % 2;
    Some((level_of(level), level..level + body.len() + escaped))
}

fn level_of(level: usize) -> u8 {
    u8::try_from(level).unwrap_or(6)
}

/// Which list an item at the margin begins.
pub(super) fn list_start(line: &str) -> Option<Tag> {
    let (marker, _) = marker(line, 0..=3)?;
    Some(if marker == b'.' { Tag::Numbers } else { Tag::Bullets })
}

/// The last character of an item's marker and where its text begins, if so many blanks stand before.
pub(super) fn marker(line: &str, blanks: RangeInclusive<usize>) -> Option<(u8, usize)> {
    let bytes = line.as_bytes();
    let before = bytes.iter().take_while(|it| **it == b' ').count();
    if !blanks.contains(&before) {
        return None;
    }
    let rest = &bytes[before..];
    let len = match rest.first()? {
        b'*' | b'+' | b'-' => 1,
        it if it.is_ascii_digit() => {
            let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
            if rest.get(digits) != Some(&b'.') {
                return None;
            }
            digits + 1
        }
        _ => return None,
    };
    let after = rest[len..].iter().take_while(|it| **it == b' ').count();
    (after > 0).then(|| (rest[len - 1], before + len + after))
}

/// Three or more `-`, `_` or `*`, at most two blanks apart.
pub(super) fn is_rule(line: &str) -> bool {
    let rest = line.trim_start_matches(' ');
    let Some(mark @ (b'-' | b'_' | b'*')) = rest.bytes().next() else { return false };
    if line.len() - rest.len() > 3 {
        return false;
    }
    let (mut marks, mut blanks) = (0, 0);
    for it in rest.trim_end_matches(' ').bytes() {
        match it {
            b' ' if blanks < 2 => blanks += 1,
            it if it == mark => (marks, blanks) = (marks + 1, 0),
            _ => return false,
        }
    }
    marks > 2
}

/// Where the text of a quoted line begins.
pub(super) fn quoted(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    let blanks = line.len() - rest.len();
    let inner = rest.strip_prefix('>').filter(|_| blanks < 4)?;
    Some(line.len() - inner.strip_prefix(' ').unwrap_or(inner).len())
}
