//! Pipe tables.

use super::{
    blocks::Blocks,
    tree::{Block, Id, Line, Tag},
};
use crate::syntax::Table;

impl Blocks<'_> {
    pub(super) fn table(&mut self, parent: Id, block: &Block) -> bool {
        let lines = block.lines();
        let [head, rule, ..] = *lines else { return false };
        if !rule.of(self.text).bytes().all(|it| matches!(it, b'|' | b':' | b'-' | b' ')) {
            return false;
        }
        let strip = |line: Line| {
            let text = line.of(self.text);
            let start = line.start + text.len() - text.trim_start_matches(' ').len();
            Line { start, end: start + text.trim_matches(' ').len() }
        };
        let (head, rule) = (strip(head), strip(rule));
        let starts = |it: Line| it.of(self.text).starts_with('|');
        let ends = |it: Line| {
            let Some(before) = it.of(self.text).strip_suffix('|') else { return false };
            (before.len() - before.trim_end_matches('\\').len()) % 2 == 0
        };
        let border = starts(head) || ends(head);
        let row = |line: Line| {
            let mut inner = line;
            if border && starts(inner) {
                inner.start += 1;
            }
            if border && ends(inner) && !inner.is_empty() {
                inner.end -= 1;
            }
            split(self.text, inner)
        };
        let cells = row(head);
        let columns = cells.len();
        let is_table = columns > 1
            || (border && lines[1..].iter().map(|it| strip(*it)).all(|it| starts(it) || ends(it)));
        if !is_table || row(rule).len() != columns {
            return false;
        }
        let mut table = Table::default();
        let id_rows: Vec<Vec<Line>> =
            std::iter::once(cells).chain(lines[2..].iter().map(|it| row(strip(*it)))).collect();
        table.span = self.pool.span(head.start, strip(lines[lines.len() - 1]).end);
        let id = self.tree.add(parent, Tag::Table);
        self.tree[id].span = table.span;
        for (number, cells) in id_rows.into_iter().enumerate() {
            let mut spans = Vec::with_capacity(columns);
            for cell in cells.into_iter().take(columns) {
                let cell = cell.trimmed(self.text);
                spans.push(self.pool.span(cell.start, cell.end));
                let id = self.tree.add(id, Tag::Cell);
                self.tree[id].text = vec![cell];
            }
            if number == 0 { table.head = spans } else { table.rows.push(spans) }
        }
        self.tables.push(table);
        true
    }
}

/// The cells of a row: apart by pipes that stand neither in code nor behind a backslash.
fn split(text: &str, row: Line) -> Vec<Line> {
    let bytes = &text.as_bytes()[row.start..row.end];
    let mut pipes = Vec::new();
    // Runs of backticks: where they begin and end, and whether a backslash stands before.
    let mut ticks: Vec<(usize, usize, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1) == Some(&b'`') => {
                let len = bytes[at + 1..].iter().take_while(|it| **it == b'`').count();
                ticks.push((at, at + len, 1));
                at += len + 1;
            }
            b'\\' if matches!(bytes.get(at + 1), Some(b'\\' | b'|')) => at += 2,
            b'`' => {
                let len = bytes[at..].iter().take_while(|it| **it == b'`').count();
                ticks.push((at, at + len - 1, 0));
                at += len;
            }
            b'|' => {
                pipes.push(at);
                at += 1;
            }
            _ => at += 1,
        }
    }
    let code = regions(&ticks);
    let mut cells = Vec::with_capacity(pipes.len() + 1);
    let mut from = row.start;
    let mut region = 0;
    for pipe in pipes {
        while code.get(region).is_some_and(|it| it.1 < pipe) {
            region += 1;
        }
        if code.get(region).is_some_and(|it| it.0 <= pipe) {
            continue;
        }
        cells.push(Line { start: from, end: row.start + pipe });
        from = row.start + pipe + 1;
    }
    cells.push(Line { start: from, end: row.end });
    cells
}

/// Which runs of backticks belong together: a run and the next one of its length.
fn regions(ticks: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
    let size = |it: &(usize, usize, usize)| it.1 + 1 - it.0 - it.2;
    // The next run of the same length behind each.
    let mut next = vec![None; ticks.len()];
    let mut seen: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    for (index, it) in ticks.iter().enumerate().rev() {
        next[index] = seen.get(&(size(it) - usize::from(it.2 == 1 && size(it) > 0))).copied();
        seen.insert(size(it), index);
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < ticks.len() {
        match next[at] {
            Some(end) => {
                found.push((ticks[at].0, ticks[end].1));
                at = end + 1;
            }
            None => at += 1,
        }
    }
    found
}
