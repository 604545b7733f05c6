//! What a page defines and does not show where it stands: references, footnotes, abbreviations.

use super::{
    blocks::{Blocks, Defined, Note},
    tree::{Block, Line, Look},
};
use crate::syntax::{LinkDefinition, normal_label};

impl Blocks<'_> {
    /// `[^label]: text`, with what is indented below it.
    pub(super) fn footnote(&mut self, block: &Block, rest: &mut Vec<Block>) -> bool {
        let text = self.text;
        let is = |it: &Line| note(it.of(text)).is_some();
        let Some(at) = block.first(Look::Footnote, is) else { return false };
        let line = block.lines()[at];
        let Some((label, body)) = note(line.of(text)) else { return false };
        let inner = block.after(at + 1);
        let next = inner.first(Look::Footnote, is);
        let own = inner.before(next.unwrap_or(inner.len()));
        let mut lines = vec![line.without(body)];
        lines.extend(self.loose_detab(own.lines(), 1));
        let mut blocks = vec![Block::new(text, lines)];
        match next {
            Some(next) => rest.push(inner.after(next)),
            None => {
                while rest
                    .last()
                    .is_some_and(|it| !it.is_empty() && it.lines()[0].of(text).starts_with("    "))
                {
                    let Some(more) = rest.pop() else { break };
                    let stop = more.first(Look::Footnote, is);
                    let own = more.before(stop.unwrap_or(more.len()));
                    blocks.push(Block::new(text, self.loose_detab(own.lines(), 1)));
                    if let Some(stop) = stop {
                        rest.push(more.after(stop));
                        break;
                    }
                }
            }
        }
        let label = Line { start: line.start + label.0, end: line.start + label.1 };
        let shown = line.trimmed(text);
        self.notes.push(Note {
            definition: LinkDefinition {
                span: self.pool.span(shown.start, shown.end),
                label: self.pool.span(label.start, label.end),
                key: normal_label(label.of(text)).into(),
                footnote: true,
            },
            id: label.of(text).to_owned(),
            blocks,
        });
        if at > 0 {
            rest.push(block.before(at));
        }
        true
    }

    /// `*[short]: long`
    pub(super) fn abbreviation(&mut self, block: &Block, rest: &mut Vec<Block>) -> bool {
        let text = self.text;
        let Some(at) = block.first(Look::Abbreviation, |it| is_abbreviation(it.of(text))) else {
            return false;
        };
        rest.push(block.after(at + 1));
        rest.push(block.before(at));
        true
    }

    /// `[label]: destination "title"`
    pub(super) fn references(&mut self, block: &Block, rest: &mut Vec<Block>) -> bool {
        let text = self.text;
        // One may go over three lines, so that where it was found in a longer block does not count.
        let is = |at: &usize| reference(text, &block.lines()[*at..]).is_some();
        let Some(at) = (0..block.len()).find(is) else { return false };
        let mut end = at;
        while let Some(found) =
            block.lines().get(end..).filter(|it| !it.is_empty()).and_then(|it| reference(text, it))
        {
            if end > at && found.lines > 1 {
                break;
            }
            end += found.lines;
            self.defined.push(Defined {
                definition: LinkDefinition {
                    span: self.pool.span(found.whole.start, found.whole.end),
                    label: self.pool.span(found.label.start, found.label.end),
                    key: normal_label(found.label.of(text)).into(),
                    footnote: false,
                },
                dest: found.dest,
                whole: found.whole,
            });
        }
        rest.push(block.after(end));
        rest.push(block.before(at));
        true
    }
}

/// Where the label of `[^label]: text` stands, and where its text begins.
fn note(line: &str) -> Option<((usize, usize), usize)> {
    let inner = line.trim_start_matches(' ');
    let start = line.len() - inner.len() + 2;
    let rest = inner.strip_prefix("[^").filter(|_| start < 6)?;
    let end = rest.find(']')?;
    let body = rest[end + 1..].strip_prefix(':')?;
    let body = body.trim_start_matches(' ');
    Some(((start, start + end), line.len() - body.len()))
}

fn is_abbreviation(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("*[") else { return false };
    let Some((short, long)) = rest.split_once(']') else { return false };
    let long = long.strip_prefix(' ').unwrap_or(long);
    !short.contains('\\')
        && !short.trim().is_empty()
        && long.strip_prefix(':').is_some_and(|it| !it.trim().is_empty())
}

/// A reference definition that begins on the first of some lines.
struct Found {
    label: Line,
    dest: Line,
    whole: Line,
    lines: usize,
}

fn reference(text: &str, lines: &[Line]) -> Option<Found> {
    let line = lines[0];
    let source = line.of(text);
    let inner = source.trim_start_matches(' ');
    let blanks = source.len() - inner.len();
    let rest = inner.strip_prefix('[').filter(|_| blanks < 4)?;
    let close = rest.find(['[', ']'])?;
    let mut after = rest[close..].strip_prefix("]:")?.trim_start_matches(' ');
    let label = Line { start: line.start + blanks + 1, end: line.start + blanks + 1 + close };
    let mut at = line;
    let mut used = 1;
    if after.is_empty() {
        at = *lines.get(1)?;
        after = at.of(text).trim_start_matches(' ');
        used = 2;
    }
    let len = after.find(char::is_whitespace).unwrap_or(after.len());
    let start = at.end - after.len();
    let mut dest = Line { start, end: start + len };
    if dest.is_empty() {
        return None;
    }
    let behind = after[len..].trim_start_matches(' ');
    let is_title = |it: &str| {
        let it = it.trim_end_matches(' ');
        it.len() > 1
            && ["\"\"", "''", "()"]
                .iter()
                .any(|pair| it.starts_with(&pair[..1]) && it.ends_with(&pair[1..]))
    };
    let mut whole = Line { start: line.start + blanks, end: start + len };
    if is_title(behind) {
        whole.end = at.trimmed(text).end;
    } else if !behind.is_empty() {
        return None;
    } else if let Some(next) =
        lines.get(used).filter(|it| is_title(it.of(text).trim_start_matches(' ')))
    {
        whole.end = next.trimmed(text).end;
        used += 1;
    }
    let written = dest.of(text);
    let inner = written.trim_start_matches('<').trim_end_matches('>');
    dest.start += written.len() - written.trim_start_matches('<').len();
    dest.end = dest.start + inner.len();
    Some(Found { label, dest, whole, lines: used })
}
