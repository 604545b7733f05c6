//! YAML as nodes with places.

use saphyr_parser::{Event, Marker, Parser};

use super::{Node, Value};
use crate::text::{Offset, Span, offset};

/// Nothing an author means is nested deeper.
const DEEPEST: usize = 64;

/// A collection that is being read.
struct Open {
    start: Offset,
    is_map: bool,
    nodes: Vec<Node>,
}

/// Reads the first document of `text`, which begins at `base` in the page. Errors name a place and
/// what is wrong there.
pub(super) fn read(text: &str, base: Offset) -> Result<Node, (Span, String)> {
    let places = Places::new(text, base);
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = places.at(error.marker());
            (places.line(text, at), error.info().to_owned())
        })?;
        let (start, end) = (places.at(&span.start), places.at(&span.end));
        let node = match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if open.len() > DEEPEST {
                    return Err((Span::empty(start), "nested too deeply".to_owned()));
                }
                let is_map = matches!(event, Event::MappingStart(..));
                open.push(Open { start, is_map, nodes: Vec::new() });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let Some(done) = open.pop() else { continue };
                closed(done, end)
            }
            Event::Scalar(value, ..) => {
                let value = if start == end { Value::Null } else { Value::Scalar(value.into()) };
                Node { span: trimmed(text, base, Span::new(start, end.max(start))), value }
            }
            Event::Alias(_) => Node { span: Span::new(start, end), value: Value::Null },
            Event::DocumentEnd => break,
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.nodes.push(node),
            None => return Ok(node),
        }
    }
    Ok(Node { span: Span::empty(base), value: Value::Null })
}

fn closed(done: Open, end: Offset) -> Node {
    let end = done.nodes.last().map_or(end, |it| it.span.end);
    let span = Span::new(done.start.min(end), end);
    let value = if done.is_map {
        let mut nodes = done.nodes.into_iter();
        let mut entries = Vec::with_capacity(nodes.len() / 2);
        while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
            entries.push((key, value));
        }
        Value::Map(entries)
    } else {
        let mut nodes = done.nodes;
        nodes.shrink_to_fit();
        Value::List(nodes)
    };
    Node { span, value }
}

/// A scalar's span without the blanks and line breaks that the reader counts in.
fn trimmed(text: &str, base: Offset, span: Span) -> Span {
    let source = &text[(span.start - base) as usize..(span.end - base) as usize];
    Span::new(span.start, span.start + offset(source.trim_end().len()))
}

/// From the reader's count of characters to bytes.
struct Places {
    base: Offset,
    /// The byte offset of each character; empty if all are ASCII.
    bytes: Vec<Offset>,
    len: Offset,
}

impl Places {
    fn new(text: &str, base: Offset) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|it| offset(it.0)).collect()
        };
        Self { base, bytes, len: offset(text.len()) }
    }

    fn at(&self, marker: &Marker) -> Offset {
        let index = marker.index();
        let at = if self.bytes.is_empty() {
            offset(index)
        } else {
            self.bytes.get(index).copied().unwrap_or(self.len)
        };
        self.base + at.min(self.len)
    }

    /// The line around a place, without its indentation.
    fn line(&self, text: &str, at: Offset) -> Span {
        let at = (at - self.base) as usize;
        let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let end = text[at..].find('\n').map_or(text.len(), |it| at + it);
        let line = &text[start..end];
        let lead = line.len() - line.trim_start().len();
        let span =
            Span::from(start + lead.min(line.trim_end().len())..start + line.trim_end().len());
        span.shifted(self.base)
    }
}
