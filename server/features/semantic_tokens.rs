//! What names and links are, for colours: systems, patterns, links, links that lead nowhere, the keys of
//! front matter.

use crate::{
    model::{Key, Kind},
    syntax::front_matter::{Node, Value},
    text::Span,
    world::{DocId, Document, Snapshot},
};

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// The key of a front matter field.
    Field,
    /// The name of a system.
    System,
    /// The name of a pattern.
    Pattern,
    /// The destination or the label of a link.
    Link,
    /// The same of a link that leads nowhere.
    Broken,
}

/// The tokens within a stretch of a page, in order, each within one line, none over another.
pub fn semantic_tokens(cx: &Snapshot, id: DocId, within: Span) -> Vec<(Span, Token)> {
    let Some(document) = cx.page(id) else { return Vec::new() };
    let mut all = Vec::new();
    if let Some(front_matter) = &document.page.front_matter {
        fields(&front_matter.root, &mut all);
    }
    all.extend(links(cx, document));
    let names = document.outline.knowledge.refers.iter().filter_map(|it| match &it.key {
        Key::Entity(Kind::System, _) => Some((it.span, Token::System, &it.key)),
        Key::Entity(Kind::Pattern, _) => Some((it.span, Token::Pattern, &it.key)),
        _ => None,
    });
    all.extend(names.filter(|it| cx.is_entity(it.2)).map(|it| (it.0, it.1)));
    let mut all: Vec<(Span, Token)> =
        all.into_iter().flat_map(|(span, token)| lines(document, span, token)).collect();
    all.retain(|it| !it.0.is_empty() && within.start < it.0.end && it.0.start < within.end);
    all.sort_by_key(|it| (it.0.start, std::cmp::Reverse(it.0.end)));
    let mut end = 0;
    all.retain(|(span, _)| {
        let free = span.start >= end;
        if free {
            end = span.end;
        }
        free
    });
    all
}

fn fields(node: &Node, found: &mut Vec<(Span, Token)>) {
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                found.push((key.span, Token::Field));
                fields(value, found);
            }
        }
        Value::List(items) => items.iter().for_each(|it| fields(it, found)),
        Value::Null | Value::Scalar(_) => {}
    }
}

fn links<'a>(cx: &'a Snapshot, document: &'a Document) -> impl Iterator<Item = (Span, Token)> + 'a {
    document.page.links.iter().enumerate().map(move |(index, link)| {
        let leads = match document.outline.reference(index) {
            Some(reference) => {
                let covered = reference.candidates.iter().any(|it| match it {
                    Key::Page(path) => cx.covers(path.as_str()),
                    _ => true,
                });
                !covered
                    || matches!(
                        cx.resolve(reference),
                        Some(found) if !matches!(found, crate::world::Resolved::NoAnchor(_))
                    )
            }
            None => !link.is_reference() || super::under::definition_of(document, link).is_some(),
        };
        (link.dest, if leads { Token::Link } else { Token::Broken })
    })
}

/// The parts of a stretch, line by line.
fn lines(document: &Document, span: Span, token: Token) -> Vec<(Span, Token)> {
    let (first, last) = (document.text.line_of(span.start), document.text.line_of(span.end));
    let parts = (first..=last).map(|line| {
        let line = document.text.line(line);
        let start = line.start.max(span.start);
        (Span::new(start, line.end.min(span.end).max(start)), token)
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    #[test]
    fn tells_what_names_and_links_are() {
        let fixture = Fixture::new(
            r"
//- studies/a.md
---
title: A
^^^^^ Field
patterns: [Quorum]
^^^^^^^^ Field
           ^^^^^^ Pattern
---
[1](../patterns/quorum.md) [2](gone.md) [3](https://example.org)
    ^^^^^^^^^^^^^^^^^^^^^ Link
                               ^^^^^^^ Broken
                                            ^^^^^^^^^^^^^^^^^^^ Link
//- patterns/quorum.md
",
        );
        let cx = fixture.snapshot();
        let found = cx.pages().flat_map(|page| {
            let all = semantic_tokens(&cx, page.id, Span::new(0, page.text.len()));
            all.into_iter().map(|it| (page.path.clone(), it.0, format!("{:?}", it.1)))
        });
        fixture.expect(found.collect::<Vec<_>>());
    }
}
