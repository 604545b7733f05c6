//! Code, math and escapes: what is taken before anything else in a line is read.

use std::collections::HashMap;

use super::{
    buffer::{Buffer, OPEN},
    inline::{Atom, Inline, Rewrite},
};

impl Inline<'_> {
    /// `` `code` ``
    pub(super) fn codes(&mut self, data: &Buffer) -> Option<Buffer> {
        let text = data.text.as_bytes();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for at in memchr::memchr_iter(b'`', text) {
            match runs.last_mut() {
                Some((start, len)) if *start + *len == at => *len += 1,
                _ => runs.push((at, 1)),
            }
        }
        // Behind each run: the next one of each length, and the first of the longest.
        let mut of_length: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, (_, len)) in runs.iter().enumerate() {
            of_length.entry(*len).or_default().push(index);
        }
        let mut longest: Vec<Option<usize>> = vec![None; runs.len() + 1];
        for index in (0..runs.len()).rev() {
            longest[index] = match longest[index + 1] {
                Some(other) if runs[index].1 < runs[other].1 => longest[index + 1],
                _ => Some(index),
            };
        }
        let mut out = Rewrite::new(data);
        let mut from = 0;
        let mut index = 0;
        while index < runs.len() {
            let (mut begin, mut len) = runs[index];
            if begin + len <= from {
                index += 1;
                continue;
            }
            if begin < from {
                len -= from - begin;
                begin = from;
            } else {
                let slashes = text[..begin].iter().rev().take_while(|it| **it == b'\\').count();
                if slashes % 2 == 1 {
                    (begin, len) = (begin + 1, len - 1);
                }
            }
            if len == 0 {
                index += 1;
                continue;
            }
            let exact = of_length.get(&len).and_then(|all| {
                let next = all.partition_point(|it| *it <= index);
                all.get(next).copied()
            });
            let close = exact.or_else(|| longest[index + 1].filter(|it| runs[*it].1 < len));
            let Some(close) = close else {
                from = begin + 2 * len;
                index += 1;
                continue;
            };
            let (at, size) = runs[close];
            let content = &data.text[begin + size.min(len)..at];
            self.code.push(data.span(begin, at + size));
            let atom = self.add(Atom::Code(content.trim().to_owned()));
            out.replace(begin, at + size, atom);
            from = at + size;
            index = close + 1;
        }
        out.finish()
    }

    /// `$math$`, where neither dollar has a blank inside.
    pub(super) fn dollars(&mut self, data: &Buffer) -> Option<Buffer> {
        let text = &data.text;
        let bytes = text.as_bytes();
        let dollars: Vec<usize> = memchr::memchr_iter(b'$', bytes).collect();
        let escaped =
            |at: usize| bytes[..at].iter().rev().take_while(|it| **it == b'\\').count() % 2 == 1;
        let mut out = Rewrite::new(data);
        let mut index = 0;
        while index + 1 < dollars.len() {
            let (open, mut next) = (dollars[index], index + 1);
            index += 1;
            if escaped(open) || bytes.get(open + 1).is_none_or(u8::is_ascii_whitespace) {
                continue;
            }
            while next < dollars.len() && escaped(dollars[next]) {
                next += 1;
            }
            let Some(close) = dollars.get(next).copied() else { continue };
            let inner = &text[open + 1..close];
            let broken = inner.contains(OPEN)
                || inner.is_empty()
                || inner.ends_with(|it: char| it.is_whitespace());
            if broken {
                continue;
            }
            let atom = self.add(Atom::Math(inner.to_owned()));
            self.code.push(data.span(open, close + 1));
            out.replace(open, close + 1, atom);
            index = next + 1;
        }
        out.finish()
    }

    /// `\(math\)`
    pub(super) fn rounds(&mut self, data: &Buffer) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut at = 0;
        while let Some(open) = text[at..].find("\\(").map(|it| at + it) {
            at = open + 2;
            if text[..open].ends_with('\\') {
                continue;
            }
            let Some(len) = text[at..].find("\\)") else { break };
            let inner = &text[at..at + len];
            if inner.is_empty() || inner.contains(OPEN) {
                if !self.fuel.burn(len + 1) {
                    break;
                }
                continue;
            }
            let atom = self.add(Atom::Math(inner.to_owned()));
            self.code.push(data.span(open, at + len + 2));
            out.replace(open, at + len + 2, atom);
            at += len + 2;
        }
        out.finish()
    }

    pub(super) fn escapes(&mut self, data: &Buffer) -> Option<Buffer> {
        let text = &data.text;
        let mut out = Rewrite::new(data);
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'\\', &text.as_bytes()[at..]).map(|it| at + it) {
            let Some(it) = text[found + 1..].chars().next() else { break };
            at = found + 1 + it.len_utf8();
            let reads = self.reads;
            let known = "\\`*_{}[]()>#+-.!".contains(it)
                || (it == '|' && reads.tables)
                || (it == '$' && reads.math)
                || (matches!(it, '~' | ' ') && reads.strikethrough)
                || (matches!(it, '^' | '=') && reads.strikethrough);
            if known {
                let atom = self.add(Atom::Escape(it));
                out.replace(found, at, atom);
            }
        }
        out.finish()
    }
}
