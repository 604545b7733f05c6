//! MDX: what is JSX and what is Markdown.
//!
//! To MDX, what stands between two tags on lines of their own is Markdown, and a comment in braces is
//! nothing. The tags are blanked out, byte for byte, so that all places stay.

use std::ops::Range;

/// The page without its JSX, and where the tags are that were taken out.
pub(super) fn mask(text: &str, start: usize) -> (String, Vec<Range<usize>>) {
    let mut out = text[start..].to_owned().into_bytes();
    let mut tags = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let trimmed = line.trim();
        let marks = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
        match fence {
            Some(open) => {
                if marks == trimmed.len() && trimmed.starts_with(open) {
                    fence = None;
                }
            }
            None if marks > 2 => fence = Some(&trimmed[..marks]),
            None => {
                let is_module = line.starts_with("import ") && line.contains([';', '\'', '"'])
                    || line.starts_with("export ");
                let is_comment = trimmed.starts_with("{/*") && trimmed.ends_with("*/}");
                let is_tags = only_tags(trimmed);
                if is_tags {
                    tags.push(at..at + line.len());
                }
                if is_tags || is_module || is_comment {
                    let from = at - start;
                    let kept = |it: &u8| matches!(it, b'\n' | b'\r');
                    out[from..from + line.len()]
                        .iter_mut()
                        .filter(|it| !kept(it))
                        .for_each(|it| *it = b' ');
                }
            }
        }
        at += line.len();
    }
    (String::from_utf8(out).unwrap_or_else(|_| text[start..].to_owned()), tags)
}

/// Whether a line is tags and nothing else.
fn only_tags(line: &str) -> bool {
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('<') {
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let is_tag = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '>');
        let Some(end) = inner.find('>').filter(|end| is_tag && !inner[..*end].contains("://"))
        else {
            return false;
        };
        rest = inner[end + 1..].trim_start();
    }
    rest.is_empty() && !line.is_empty()
}
