//! Lines and columns, which exist here and nowhere else.

use tower_lsp::ls_types::{Position, PositionEncodingKind, Range};

use crate::text::{Offset, Span, Text, offset};

/// In what units an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, unless something else is agreed on.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of those an editor offers: the one that costs us least.
    pub(super) fn negotiated(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offers = |kind| offered.is_some_and(|it| it.contains(&kind));
        if offers(PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offers(PositionEncodingKind::UTF32) {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, it: char) -> usize {
        match self {
            Self::Utf8 => it.len_utf8(),
            Self::Utf16 => it.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// The offset of a position. One past the end of its line, or of the text, is cut to it; one
    /// within a character is moved to its start.
    pub(super) fn offset(self, text: &Text, position: Position) -> Offset {
        let line = text.line(position.line as usize);
        let wanted = position.character as usize;
        let mut units = 0;
        let mut at = line.start;
        for it in text.slice(line).chars() {
            units += self.units(it);
            if units > wanted {
                break;
            }
            at += offset(it.len_utf8());
        }
        at
    }

    /// The position of an offset.
    pub(super) fn position(self, text: &Text, at: Offset) -> Position {
        let line = text.line_of(at);
        let start = text.line(line).start;
        let before = text.slice(Span::new(start, at.max(start)));
        let units = before.chars().map(|it| self.units(it)).sum::<usize>();
        Position { line: offset(line), character: offset(units) }
    }

    /// The range of a span.
    pub(super) fn range(self, text: &Text, span: Span) -> Range {
        Range { start: self.position(text, span.start), end: self.position(text, span.end) }
    }

    /// The span of a range; one whose ends are exchanged is empty.
    pub(super) fn span(self, text: &Text, range: Range) -> Span {
        let start = self.offset(text, range.start);
        Span::new(start, self.offset(text, range.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a😀b\r\ne\u{301}\rzwei\u{2028}drei\n";

    #[track_caller]
    fn check(encoding: Encoding, at: &str, line: u32, character: u32) {
        let text = Text::from(TEXT);
        let at = offset(TEXT.find(at).expect("it is in the text"));
        let position = Position { line, character };
        assert_eq!(encoding.position(&text, at), position);
        assert_eq!(encoding.offset(&text, position), at);
    }

    #[test]
    fn counts_in_all_three_units() {
        check(Encoding::Utf8, "b", 0, 5);
        check(Encoding::Utf16, "b", 0, 3);
        check(Encoding::Utf32, "b", 0, 2);
    }

    #[test]
    fn knows_the_line_breaks_of_the_protocol_and_no_others() {
        check(Encoding::Utf16, "\u{301}", 1, 1);
        check(Encoding::Utf16, "drei", 2, 5);
    }

    #[test]
    fn cuts_what_is_past_the_end() {
        let text = Text::from(TEXT);
        let at = |line, character| Encoding::Utf16.offset(&text, Position { line, character });
        assert_eq!(at(0, 99), 6);
        assert_eq!(at(99, 0), text.len());
        assert_eq!(at(0, 2), 1, "inside the emoji");
    }
}
