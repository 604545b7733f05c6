//! Emphasis: which asterisks and underscores a reader does not see.

use std::borrow::Cow;

/// A run of delimiters that may still open or close.
struct Run {
    at: usize,
    left: usize,
}

/// What stands between the marks of emphasis, outermost only.
pub(super) fn regions(text: &str, strikes: bool) -> Vec<(usize, usize)> {
    let (_, mut pairs) = read(text, strikes);
    pairs.sort_unstable();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (open, close) in pairs {
        if found.last().is_none_or(|it| it.1 <= open) {
            found.push((open, close));
        }
    }
    found
}

/// A text without the marks of its emphasis. What is left of a run that only half belongs to one stays.
pub(super) fn strip(text: &str, strikes: bool) -> Cow<'_, str> {
    if !text.bytes().any(|it| is_mark(it, strikes)) {
        return Cow::Borrowed(text);
    }
    let (gone, _) = read(text, strikes);
    let kept = text.bytes().zip(&gone).filter(|it| !it.1).map(|it| it.0);
    Cow::Owned(String::from_utf8(kept.collect()).unwrap_or_else(|_| text.to_owned()))
}

fn is_mark(it: u8, strikes: bool) -> bool {
    matches!(it, b'*' | b'_') || (strikes && matches!(it, b'~' | b'^'))
}

/// Which bytes are marks of emphasis, and what stands between them.
fn read(text: &str, strikes: bool) -> (Vec<bool>, Vec<(usize, usize)>) {
    let bytes = text.as_bytes();
    let mut pairs = Vec::new();
    let mut gone = vec![false; bytes.len()];
    let mut open: [Vec<Run>; 4] = Default::default();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        if !is_mark(mark, strikes) {
            at += 1;
            continue;
        }
        let len = bytes[at..].iter().take_while(|it| **it == mark).count();
        let before = text[..at].chars().next_back();
        let after = text[at + len..].chars().next();
        let is_word = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
        let is_space = |it: Option<char>| it.is_none_or(char::is_whitespace);
        let smart = mark == b'_';
        let opens = !(is_space(after) || (smart && is_word(before)));
        let closes = !(is_space(before) || (smart && is_word(after)));
        let stack = &mut open[match mark {
            b'*' => 0,
            b'_' => 1,
            b'~' => 2,
            _ => 3,
        }];
        let mut left = len;
        if closes {
            while left > 0
                && let Some(last) = stack.last_mut()
            {
                let both = opens && (left + last.left) % 3 == 0 && left % 3 != 0;
                if both {
                    break;
                }
                let size = left.min(last.left).min(2);
                gone[last.at + last.left - size..last.at + last.left].fill(true);
                gone[at + len - left..at + len - left + size].fill(true);
                pairs.push((last.at + last.left, at + len - left));
                last.left -= size;
                left -= size;
                if last.left == 0 {
                    stack.pop();
                }
            }
        }
        if opens && left > 0 {
            stack.push(Run { at: at + len - left, left });
        }
        at += len;
    }
    (gone, pairs)
}
