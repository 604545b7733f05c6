//! Text on its way through the renderer, with the place of every byte in the page.
//!
//! Python-Markdown rewrites its input step by step: tabs become blanks, code and raw HTML become
//! placeholders, indentation goes. A [`Buffer`] is such a text, and it never forgets where it came from.

use crate::text::{Span, offset};

/// Opens a placeholder. The renderer takes the character out of its input, so it is free.
pub(super) const OPEN: char = '\u{2}';
/// Closes a placeholder.
pub(super) const CLOSE: char = '\u{3}';

/// A text, and where its bytes stand in the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffer {
    pub(super) text: String,
    /// Runs in ascending order: where a run begins in `text`, where in the page.
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    at: u32,
    source: u32,
    /// Whether all of the run stands at one place: characters that the page does not have.
    fixed: bool,
}

impl Buffer {
    /// A copy of a part of the page.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), runs: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds characters that stand at `source` in the page.
    pub(super) fn push(&mut self, text: &str, source: u32) {
        if text.is_empty() {
            return;
        }
        let at = offset(self.text.len());
        let follows =
            self.runs.last().is_some_and(|it| !it.fixed && it.source + (at - it.at) == source);
        if !follows {
            self.runs.push(Run { at, source, fixed: false });
        }
        self.text.push_str(text);
    }

    /// Adds characters that the page does not have, made from what stands at `source`.
    pub(super) fn push_made(&mut self, text: &str, source: u32) {
        if text.is_empty() {
            return;
        }
        self.runs.push(Run { at: offset(self.text.len()), source, fixed: true });
        self.text.push_str(text);
    }

    /// Adds a part of another buffer.
    pub(super) fn push_part(&mut self, from: &Self, start: usize, end: usize) {
        let mut at = start;
        let mut index = from.run(start);
        while at < end {
            let run = from.runs[index];
            let next = from.runs.get(index + 1).map_or(usize::MAX, |it| it.at as usize).min(end);
            if run.fixed {
                self.push_made(&from.text[at..next], run.source);
            } else {
                self.push(&from.text[at..next], run.source + (offset(at) - run.at));
            }
            at = next;
            index += 1;
        }
    }

    /// Adds all of another buffer.
    pub(super) fn push_all(&mut self, from: &Self) {
        self.push_part(from, 0, from.len());
    }

    /// Cuts it off.
    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while self.runs.last().is_some_and(|it| it.at as usize >= len) {
            self.runs.pop();
        }
    }

    fn run(&self, at: usize) -> usize {
        self.runs.partition_point(|it| it.at as usize <= at).saturating_sub(1)
    }

    /// Where the byte at `at` stands in the page.
    pub(super) fn source(&self, at: usize) -> u32 {
        let Some(run) = self.runs.get(self.run(at)) else { return 0 };
        if run.fixed { run.source } else { run.source + (offset(at) - run.at) }
    }

    /// Where what stands behind `at` begins in the page, if that is known.
    pub(super) fn source_of_end(&self, at: usize) -> u32 {
        if at < self.text.len() { self.source(at) } else { 0 }
    }

    /// Where the bytes of a part stand in the page.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        if end <= start {
            // What the page does not have says nothing of a place before it.
            let is_made = self.runs.get(self.run(start)).is_some_and(|it| it.fixed);
            let before = start.checked_sub(1).filter(|_| is_made);
            return Span::empty(
                before.map_or_else(|| self.source(start), |it| self.span(it, start).end),
            );
        }
        let from = self.source(start);
        let Some(run) = self.runs.get(self.run(end - 1)) else { return Span::empty(from) };
        let to = if run.fixed { run.source + 1 } else { run.source + (offset(end) - run.at) };
        Span::new(from, to.max(from))
    }
}

/// The number in the placeholder that begins at `at`, and where it ends.
pub(super) fn placeholder(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?.strip_prefix(OPEN)?;
    let end = rest.find(CLOSE)?;
    Some((rest[..end].parse().ok()?, at + 1 + end + 1))
}
