//! MDX: what is JSX and what is Markdown.
//!
//! To MDX, what stands between two tags on lines of their own is Markdown, a comment in braces is nothing,
//! and no code is made by indentation. The tags are blanked out, byte for byte, and the indentation goes
//! that would make code; a [`Body`] remembers where everything stood.

use std::ops::Range;

/// What is left of a page for a reader of plain Markdown.
#[derive(Default)]
pub(super) struct Body {
    pub(super) text: String,
    /// The tags that were taken out, in the page.
    pub(super) tags: Vec<Range<usize>>,
    start: usize,
    /// From which places of `text` on how much is missing before it.
    missing: Vec<(usize, usize)>,
}

impl Body {
    /// Of the page below its front matter, which ends at `start`.
    pub(super) fn new(page: &str, start: usize) -> Self {
        let (masked, tags) = mask(page, start);
        let mut body = Self { tags, start, ..Self::default() };
        body.dedent(&masked);
        body
    }

    /// Of a text in which every byte stands where it stood.
    pub(super) fn same((text, tags): (String, Vec<Range<usize>>), start: usize) -> Self {
        Self { text, tags, start, ..Self::default() }
    }

    /// Where a part of the text stands in the page.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let of = |at: usize| {
            let index = self.missing.partition_point(|it| it.0 <= at);
            let missing = index.checked_sub(1).map_or(0, |it| self.missing[it].1);
            at + missing + self.start
        };
        let start = of(range.start);
        // What ends a line does not reach into the indentation of the next one.
        let end = if range.is_empty() { start } else { of(range.end - 1) + 1 };
        start..end.max(start)
    }

    /// Takes lines without the indentation that lists do not ask for.
    fn dedent(&mut self, masked: &str) {
        // The columns where the items that are open have their text: as written, and as left.
        let mut items: Vec<(usize, usize)> = Vec::new();
        let mut fence: Option<(&str, usize)> = None;
        let mut missing = 0;
        for line in masked.split_inclusive('\n') {
            let inner = line.trim_start_matches([' ', '\t']);
            let blanks = &line[..line.len() - inner.len()];
            let indent = columns(blanks);
            let cut = match fence {
                _ if inner.trim().is_empty() => 0,
                Some((open, cut)) => {
                    if is_fence(inner).is_some_and(|it| it.starts_with(open) && it == inner.trim())
                    {
                        fence = None;
                    }
                    cut.min(indent)
                }
                None => {
                    while items.last().is_some_and(|it| it.0 > indent) {
                        items.pop();
                    }
                    let (written, left) = items.last().copied().unwrap_or_default();
                    let cut = if indent - written < 4 { written - left } else { indent - left };
                    let mark = marker(inner);
                    if mark > 0 {
                        items.push((indent + mark, indent - cut + mark));
                    }
                    fence = is_fence(&inner[mark.min(inner.len())..]).map(|it| (it, cut));
                    cut
                }
            };
            let kept = blanks.len() - bytes(blanks, cut);
            self.text.push_str(&blanks[..kept]);
            if kept < blanks.len() {
                missing += blanks.len() - kept;
                self.missing.push((self.text.len(), missing));
            }
            self.text.push_str(inner);
        }
    }
}

/// How wide white space at the start of a line is.
fn columns(blanks: &str) -> usize {
    blanks.chars().fold(0, |at, it| if it == '\t' { at + 4 - at % 4 } else { at + 1 })
}

/// How many bytes at the end of `blanks` are `cut` columns wide.
fn bytes(blanks: &str, cut: usize) -> usize {
    let keep = columns(blanks).saturating_sub(cut);
    let mut column = 0;
    let kept = blanks.bytes().take_while(|it| {
        column += if *it == b'\t' { 4 - column % 4 } else { 1 };
        column <= keep
    });
    blanks.len() - kept.count()
}

/// How wide the mark of a list item is, with the blanks behind it; 0 for none.
fn marker(line: &str) -> usize {
    let is_rule = |mark: char| {
        let marks = line.trim_end().chars().filter(|it| *it != ' ');
        marks.clone().all(|it| it == mark) && marks.count() > 2
    };
    if is_rule('-') || is_rule('*') {
        return 0;
    }
    let digits = line.len() - line.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let mark = match line[digits..].chars().next() {
        Some('-' | '*' | '+') if digits == 0 => 1,
        Some('.' | ')') if (1..10).contains(&digits) => digits + 1,
        _ => return 0,
    };
    let blanks = line[mark..].len() - line[mark..].trim_start_matches(' ').len();
    match blanks {
        0 => 0,
        1..=4 => mark + blanks,
        _ => mark + 1,
    }
}

/// The marks of the fence that a line begins with.
fn is_fence(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|it| matches!(it, '`' | '~'))?;
    let marks = &line[..line.len() - line.trim_start_matches(mark).len()];
    (marks.len() > 2).then_some(marks)
}

/// The page without its JSX, and where the tags are that were taken out.
fn mask(text: &str, start: usize) -> (String, Vec<Range<usize>>) {
    let mut out = text[start..].to_owned().into_bytes();
    let mut tags = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = start;
    // How far a comment or a tag reaches that began on a line above.
    let mut taken = start;
    let last = text.rfind("*/}").unwrap_or_default();
    // How far ends of tags are still looked for where there are none.
    let mut in_vain = 8 * text.len();
    for line in text[start..].split_inclusive('\n') {
        let inner = inside(line).trim_end();
        let place = inner.as_ptr() as usize - text.as_ptr() as usize;
        match fence {
            Some(open) => {
                if is_fence(inner).is_some_and(|it| it.starts_with(open) && it == inner) {
                    fence = None;
                }
            }
            None if at < taken => {}
            None if is_fence(inner).is_some() => fence = is_fence(inner),
            None => {
                let is_module = line.starts_with("import ") && line.contains([';', '\'', '"'])
                    || line.starts_with("export ");
                if is_module {
                    blank(&mut out[at - start..at - start + line.len()]);
                }
                let end = tags_at(text, place, &mut in_vain);
                if end > place {
                    let alone = text[end..].lines().next().is_none_or(|it| it.trim().is_empty());
                    // The reader comes upon a comment by itself, and looks at the page for what it is.
                    if !hide(&mut out[place - start..end - start], alone) {
                        tags.push(place..end);
                    }
                }
                taken = comments(text, start, at..at + line.len(), last, &mut out).max(end);
            }
        }
        at += line.len();
    }
    (String::from_utf8(out).unwrap_or_else(|_| text[start..].to_owned()), tags)
}

/// A line without the marks of quotes and of items that it begins with.
fn inside(line: &str) -> &str {
    let mut rest = line.trim_start();
    for _ in 0..DEEPEST {
        let mark = if rest.starts_with('>') { 1 } else { marker(rest) };
        if mark == 0 {
            break;
        }
        rest = rest[mark.min(rest.len())..].trim_start();
    }
    rest
}

/// Quotes and items on one line nest no deeper; what is deeper is text.
const DEEPEST: usize = 32;

/// Takes something out. Where it stands `alone` and has room for it, a comment of HTML takes its place: an
/// item of a list with nothing but a tag is not empty. Says whether that was done.
fn hide(bytes: &mut [u8], alone: bool) -> bool {
    blank(bytes);
    let len = bytes.len();
    if !alone || len < 5 {
        return false;
    }
    bytes[..4].copy_from_slice(b"<!--");
    bytes[len - 3..].copy_from_slice(b"-->");
    true
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|it| !matches!(it, b'\n' | b'\r')).for_each(|it| *it = b' ');
}

/// Takes out the comments in braces that begin on a line; one that names the id of a heading becomes that.
/// Says how far the last one reaches. Behind `last` none ends.
fn comments(text: &str, start: usize, line: Range<usize>, last: usize, out: &mut [u8]) -> usize {
    let mut at = line.start;
    let (mut seen, mut ticks) = (line.start, 0);
    while let Some(open) = text.get(at..line.end).and_then(|it| it.find("{/*")).map(|it| at + it) {
        ticks += text.get(seen..open).map_or(0, |it| it.matches('`').count());
        seen = seen.max(open);
        at = open + 3;
        let in_code = ticks % 2 == 1;
        if in_code || at > last {
            continue;
        }
        let Some(end) = text[at..].find("*/}").map(|it| at + it + 3) else { break };
        let id = text[at..end - 3].split_whitespace().next().filter(|it| it.starts_with('#'));
        let id = id.filter(|_| text[line.clone()].trim_start().starts_with('#') && end <= line.end);
        let place = open - start..end - start;
        hide(&mut out[place.clone()], true);
        if let Some(id) = id {
            let written = format!("{{{id}}}");
            blank(&mut out[place.clone()]);
            out[place.start..place.start + written.len()].copy_from_slice(written.as_bytes());
        }
        at = end;
    }
    at
}

/// Where the tags end that begin at `at`, one behind another; `at` itself if there is none. A tag may go
/// over several lines, and hold an expression in braces.
fn tags_at(text: &str, at: usize, in_vain: &mut usize) -> usize {
    let mut end = at;
    while let Some(inner) = text[end..].strip_prefix('<') {
        let name = inner.strip_prefix('/').unwrap_or(inner);
        if *in_vain == 0 || !name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '>') {
            break;
        }
        let (mut depth, mut quote) = (0, None);
        let close = inner.char_indices().take(LONGEST).find(|(_, it)| match (quote, it) {
            (Some(open), it) => {
                quote = (open != *it).then_some(open);
                false
            }
            (None, '"' | '\'') => {
                quote = Some(*it);
                false
            }
            (None, '{' | '}') => {
                depth += if *it == '{' { 1 } else { -1 };
                false
            }
            (None, it) => *it == '>' && depth == 0,
        });
        let Some((close, _)) =
            close.filter(|it| !inner[..it.0].contains("://") || inner[..it.0].contains('"'))
        else {
            *in_vain = in_vain.saturating_sub(inner.len().min(LONGEST));
            break;
        };
        // Two tags may have blanks between them.
        let behind = &inner[close + 1..];
        let blanks = behind.len() - behind.trim_start_matches(' ').len();
        end += 1 + close + 1;
        if behind[blanks..].starts_with('<') {
            end += blanks;
        }
    }
    end
}

/// A tag has so many characters at most.
const LONGEST: usize = 4096;
