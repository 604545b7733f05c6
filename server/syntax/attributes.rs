//! Attribute lists: `{: #id .class key="value" }`.

use std::ops::Range;

/// What an attribute list says about the id, and where it ends.
#[derive(Debug, Default)]
struct Scanned {
    id: Option<Range<usize>>,
    /// Where reading stopped.
    end: usize,
}

/// Where the id stands in an attribute list that a text begins with.
pub(super) fn inline(text: &str) -> Option<Range<usize>> {
    let inner = text.strip_prefix('{')?;
    let inner = inner.strip_prefix(':').unwrap_or(inner).trim_start_matches(' ');
    let start = text.len() - inner.len();
    if inner.starts_with('}') || !inner.contains('}') {
        return None;
    }
    scan(text, start, text.len()).id
}

/// Where the attribute list at the end of a heading or a cell begins, blanks included, and where its id
/// stands. None where there is no list, or one that is not well formed.
pub(super) fn trailing(text: &str) -> Option<(usize, Option<Range<usize>>)> {
    let body = text.trim_end_matches(' ');
    body.strip_suffix('}')?;
    let mut from = 0;
    // The list begins at the first brace behind a blank.
    while let Some(open) = text[from..].find(" {").map(|it| from + it + 1) {
        from = open + 1;
        let inner = &body[open + 1..body.len() - 1];
        let inner = inner.strip_prefix(':').unwrap_or(inner).trim_start_matches(' ');
        if inner.is_empty() || inner.starts_with('}') {
            continue;
        }
        let start = body.len() - 1 - inner.len();
        let scanned = scan(text, start, body.len() - 1);
        if text[scanned.end..body.len() - 1].contains('}') {
            return None;
        }
        let blanks = text[..open].len() - text[..open].trim_end_matches(' ').len();
        return Some((open - blanks, scanned.id));
    }
    None
}

/// Where the id stands in an attribute list that is the last line of a block.
pub(super) fn last_line(line: &str) -> Option<Range<usize>> {
    let body = line.trim_end_matches(' ');
    let open = line.len() - line.trim_start_matches(' ').len();
    let inner = body.get(open..)?.strip_prefix('{')?.strip_suffix('}')?;
    let inner = inner.strip_prefix(':').unwrap_or(inner).trim_start_matches(' ');
    if inner.is_empty() || inner.starts_with('}') {
        return None;
    }
    let scanned = scan(line, body.len() - 1 - inner.len(), body.len() - 1);
    (!line[scanned.end..body.len() - 1].contains('}')).then_some(scanned.id)?
}

/// Reads attributes as far as they are well formed.
fn scan(text: &str, start: usize, end: usize) -> Scanned {
    let mut found = Scanned { id: None, end: start };
    let mut at = start;
    let word = |it: char| !matches!(it, ' ' | '=' | '}' | '\n');
    while at < end {
        let rest = &text[at..end];
        if rest.starts_with(' ') {
            at += 1;
            found.end = at;
            continue;
        }
        let key = rest.len() - rest.trim_start_matches(word).len();
        if key == 0 {
            break;
        }
        let value = rest[key..].strip_prefix('=');
        let quoted = value.and_then(|it| {
            let quote = it.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            it[1..].find(quote).map(|len| (key + 2, key + 2 + len, key + 3 + len))
        });
        let bare =
            value.map(|it| it.len() - it.trim_start_matches(word).len()).filter(|it| *it > 0);
        let (name, from, to, next) = match (quoted, bare) {
            (Some((from, to, next)), _) => (&rest[..key], from, to, next),
            (None, Some(len)) => (&rest[..key], key + 1, key + 1 + len, key + 1 + len),
            (None, None) if rest.starts_with('#') => ("id", 1, key, key),
            (None, None) => ("", 0, 0, key),
        };
        if name == "id" {
            found.id = Some(at + from..at + to);
        }
        at += next;
        found.end = at;
    }
    found
}
