//! The outline of a page: its title and its headings, as a tree.

use crate::{
    syntax::Heading,
    text::Span,
    world::{DocId, Document, Snapshot},
};

/// A heading, or the title in the front matter, with what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What a reader sees.
    pub name: String,
    /// 1 to 6; 0 for the title.
    pub level: u8,
    /// The section.
    pub span: Span,
    /// The heading's line.
    pub line: Span,
    /// The symbols within.
    pub children: Vec<Symbol>,
}

/// The symbols of a page.
pub fn document_symbols(cx: &Snapshot, id: DocId) -> Vec<Symbol> {
    let Some(document) = cx.page(id) else { return Vec::new() };
    let all: Vec<Symbol> =
        (0..document.page.headings.len()).map(|it| symbol(document, it)).collect();
    let tree = nested(&mut all.into_iter().peekable(), 0);
    match document.stated_title() {
        None => tree,
        Some(line) => vec![Symbol {
            name: document.title().to_owned(),
            level: 0,
            span: Span::new(0, document.text.len()),
            line,
            children: tree,
        }],
    }
}

fn symbol(document: &Document, index: usize) -> Symbol {
    let heading: &Heading = &document.page.headings[index];
    let section = document.section(index);
    let text = document.source(section);
    let end = section.start + crate::text::offset(text.trim_end().len());
    Symbol {
        name: heading.title.to_string(),
        level: heading.level,
        span: Span::new(section.start, end.max(heading.span.end)),
        line: heading.span,
        children: Vec::new(),
    }
}

/// Takes the symbols that lie below a heading of `level`.
fn nested(all: &mut std::iter::Peekable<std::vec::IntoIter<Symbol>>, level: u8) -> Vec<Symbol> {
    let mut found = Vec::new();
    while all.peek().is_some_and(|it| it.level > level) {
        let Some(mut symbol) = all.next() else { break };
        symbol.children = nested(all, symbol.level);
        found.push(symbol);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::Symbol;
    use crate::{model::Path, testing::Fixture};

    #[track_caller]
    fn check(fixture: &str, expected: &Expect) {
        let cx = Fixture::new(fixture).snapshot();
        let id = cx.document(&Path::new("/w/a.md")).expect("a page").id;
        let mut out = String::new();
        draw(&super::document_symbols(&cx, id), 0, &mut out);
        expected.assert_eq(&out);
    }

    fn draw(symbols: &[Symbol], depth: usize, out: &mut String) {
        for it in symbols {
            let _ = writeln!(out, "{}{} {:?}", "  ".repeat(depth), it.name, it.span);
            draw(&it.children, depth + 1, out);
        }
    }

    #[test]
    fn nests_headings_by_level() {
        check(
            "//- a.md\n# A\n### B\ntext\n## *C*\n\n# D\n",
            &expect![[r"
                A 0..21
                  B 4..14
                  C 15..21
                D 23..26
            "]],
        );
    }

    #[test]
    fn puts_a_title_of_its_own_on_top() {
        check(
            "//- a.md\n---\ntitle: Aurora\n---\n# Overview\n",
            &expect![[r"
                Aurora 0..33
                  Overview 22..32
            "]],
        );
    }
}
