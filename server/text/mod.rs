//! Floor 0: characters. Everything above counts in bytes of UTF-8 and in nothing else.

pub mod haystack;

use std::{fmt, ops::Range};

use ropey::Rope;

/// A byte offset into a text, counted in UTF-8.
pub type Offset = u32;

/// A half-open range of bytes in a text.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: Offset,
    /// The byte after the last one.
    pub end: Offset,
}

impl Span {
    /// The span from `start` to `end`.
    pub const fn new(start: Offset, end: Offset) -> Self {
        Self { start, end }
    }

    /// The empty span at `at`.
    pub const fn empty(at: Offset) -> Self {
        Self { start: at, end: at }
    }

    /// How many bytes it covers.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether a cursor at `at` touches it; the place just behind the last byte counts.
    pub const fn touches(self, at: Offset) -> bool {
        self.start <= at && at <= self.end
    }

    /// Whether `other` lies within it.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// As a range of indices into a string.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span moved by `by` bytes to the right.
    #[must_use]
    pub const fn shifted(self, by: Offset) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<Range<usize>> for Span {
    /// Offsets beyond 4 GiB cannot occur: larger files are never read.
    fn from(range: Range<usize>) -> Self {
        Self { start: offset(range.start), end: offset(range.end) }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// An index into a string as an offset; texts are smaller than 4 GiB.
pub fn offset(index: usize) -> Offset {
    Offset::try_from(index).unwrap_or(Offset::MAX)
}

/// The replacement of a span by other characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub with: String,
}

/// A text with edits that do not overlap, in any order.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|it| it.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        out.push_str(&edit.with);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// A text that is cheap to copy and cheap to edit.
///
/// Lines end with `\n`, `\r\n` or `\r`, as in the Language Server Protocol, and with nothing else.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text(Rope);

impl Text {
    /// How many bytes it has.
    pub fn len(&self) -> Offset {
        offset(self.0.len_bytes())
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0.len_bytes() == 0
    }

    /// How many lines it has; a text that ends with a line break has an empty last line.
    pub fn lines(&self) -> usize {
        self.0.len_lines()
    }

    /// The line on which the byte at `at` stands; past the end it is the last line.
    pub fn line_of(&self, at: Offset) -> usize {
        self.0.byte_to_line(self.clamp(at))
    }

    /// The span of a line without its line break; the end of the text for a line that is not there.
    pub fn line(&self, line: usize) -> Span {
        if line >= self.0.len_lines() {
            return Span::empty(self.len());
        }
        let start = self.0.line_to_byte(line);
        let slice = self.0.line(line);
        let mut end = start + slice.len_bytes();
        for ending in ['\n', '\r'] {
            let last = slice
                .len_chars()
                .checked_sub(1 + self.0.byte_slice(end..start + slice.len_bytes()).len_chars());
            if end > start && last.is_some_and(|last| slice.char(last) == ending) {
                end -= 1;
            }
        }
        (start..end).into()
    }

    /// The characters of `span`, which is cut to the text and to whole characters.
    pub fn slice(&self, span: Span) -> String {
        let start = self.clamp(span.start);
        let end = self.clamp(span.end).max(start);
        self.0.byte_slice(start..end).to_string()
    }

    /// Replaces `edit.span`, cut to the text and to whole characters.
    pub fn apply(&mut self, edit: &Edit) {
        let start = self.0.byte_to_char(self.clamp(edit.span.start));
        let end = self.0.byte_to_char(self.clamp(edit.span.end)).max(start);
        self.0.remove(start..end);
        self.0.insert(start, &edit.with);
    }

    /// The largest start of a character that is not behind `at`.
    fn clamp(&self, at: Offset) -> usize {
        let at = (at as usize).min(self.0.len_bytes());
        self.0.char_to_byte(self.0.byte_to_char(at))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Rope::from_str(text))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
