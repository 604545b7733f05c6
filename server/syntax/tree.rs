//! The constructs of a page with their extents, for folding and for growing a selection. Made when
//! asked for: nothing else needs them.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::{Dialect, front_matter, markdown};
use crate::text::Span;

/// What a stretch of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Construct {
    /// A block quote.
    Quote,
    /// A code block with fences.
    Fence,
    /// A code block by indentation.
    Indented,
    /// A block of raw HTML.
    Html,
    /// A list.
    List,
    /// A list item.
    Item,
    /// A table.
    Table,
    /// A paragraph.
    Paragraph,
    /// Text between markers: strong, emphasised, struck out, or a code span.
    Marked,
}

/// A construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub construct: Construct,
    /// All of it, markers included.
    pub span: Span,
    /// What stands between its markers; the same as `span` for blocks.
    pub inner: Span,
}

/// The constructs of a page, each before those within it.
pub fn tree(text: &str, dialect: &Dialect) -> Vec<Node> {
    let start = front_matter::parse(text).map_or(0, |it| it.span.end as usize);
    let events = Parser::new_ext(&text[start..], markdown::options(dialect)).into_offset_iter();
    let nodes = events.filter_map(|(event, range)| {
        let construct = match event {
            Event::Start(Tag::BlockQuote(_)) => Construct::Quote,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Construct::Fence,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Construct::Indented,
            Event::Start(Tag::HtmlBlock) => Construct::Html,
            Event::Start(Tag::List(_)) => Construct::List,
            Event::Start(Tag::Item) => Construct::Item,
            Event::Start(Tag::Table(_)) => Construct::Table,
            Event::Start(Tag::Paragraph) => Construct::Paragraph,
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough) | Event::Code(_) => {
                Construct::Marked
            }
            _ => return None,
        };
        let source = &text[start..][range.clone()];
        let marker = match event {
            Event::Start(Tag::Strong) => 2,
            Event::Start(Tag::Emphasis) => 1,
            Event::Start(Tag::Strikethrough) => source.bytes().take_while(|it| *it == b'~').count(),
            Event::Code(_) => source.bytes().take_while(|it| *it == b'`').count(),
            _ => 0,
        };
        if marker > 0 {
            let span = Span::from(range.start + start..range.end + start);
            let inner = Span::from(range.start + start + marker..range.end + start - marker);
            return Some(Node { construct, span, inner });
        }
        // Items indented by tabs begin, to the library, on the line before.
        let first = range.start + start + source.len() - source.trim_start().len();
        let span = Span::from(first..first + source.trim().len());
        Some(Node { construct, span, inner: span })
    });
    nodes.collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let nodes = tree(text, &Dialect::default());
        let shown = nodes.iter().map(|it| {
            format!(
                "{:?} {:?} {:?}\n",
                it.construct,
                &text[it.span.range()],
                &text[it.inner.range()]
            )
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn names_blocks_before_what_stands_in_them() {
        check(
            "---\ntitle: x\n---\n> - a\n>   ```\n>   b\n>   ```\n",
            &expect![[r#"
                Quote "> - a\n>   ```\n>   b\n>   ```" "> - a\n>   ```\n>   b\n>   ```"
                List "- a\n>   ```\n>   b\n>   ```" "- a\n>   ```\n>   b\n>   ```"
                Item "- a\n>   ```\n>   b\n>   ```" "- a\n>   ```\n>   b\n>   ```"
                Fence "```\n>   b\n>   ```" "```\n>   b\n>   ```"
            "#]],
        );
    }

    #[test]
    fn tells_markers_from_what_they_mark() {
        check(
            "a **b *c* d** ``e ` f``\n",
            &expect![[r#"
            Paragraph "a **b *c* d** ``e ` f``" "a **b *c* d** ``e ` f``"
            Marked "**b *c* d**" "b *c* d"
            Marked "*c*" "c"
            Marked "``e ` f``" "e ` f"
        "#]],
        );
    }
}
