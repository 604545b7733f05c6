//! Links in the front matter: values that name a page.

use super::{FrontMatter, Node, Value};
use crate::{
    syntax::{Form, Link},
    text::Span,
};

/// The fields that name a page, whatever their values look like.
const FIELDS: &[&str] = &["redirect_to", "prev", "previous", "next", "up"];

/// The values that name a page, in the order of the text: those of fields that name one, and in every
/// other field those that end like one.
pub(in crate::syntax) fn links(head: &FrontMatter, text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    if let Value::Map(fields) = &head.root.value {
        for (key, value) in fields {
            let names = key.as_str().is_some_and(|it| FIELDS.contains(&it));
            collect(value, names, text, &mut found);
        }
    }
    found
}

fn collect(node: &Node, names: bool, text: &str, found: &mut Vec<Link>) {
    match &node.value {
        Value::Scalar(value) if is_path(value, names) => {
            let source = &text[node.span.range()];
            let is_quoted = source.len() > 1 && source.starts_with(['"', '\'']);
            let (start, end) = (node.span.start, node.span.end);
            let dest = if is_quoted { Span::new(start + 1, end - 1) } else { node.span };
            found.push(Link {
                form: Form::Field,
                span: node.span,
                text: Span::empty(node.span.start),
                dest,
                target: value.clone(),
                angle: false,
                image: false,
                unread: false,
            });
        }
        Value::List(items) => items.iter().for_each(|it| collect(it, names, text, found)),
        Value::Map(pairs) => pairs.iter().for_each(|it| collect(&it.1, names, text, found)),
        _ => {}
    }
}

fn is_path(value: &str, names: bool) -> bool {
    let path = value.split('#').next().unwrap_or_default();
    let ends =
        [".md", ".mdx", ".markdown"].iter().any(|it| path.ends_with(it) && path.len() > it.len());
    let starts =
        ["/", "./", "../"].iter().any(|it| path.starts_with(it)) && !path.starts_with("//");
    !value.contains(char::is_whitespace) && !value.contains("://") && (ends || (names && starts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_values_that_name_pages() {
        let text = "---\ntitle: About x.md and y\nredirect_to: /patterns/quorum/\nrelated:\n  - 'a.md#six'\n  - Quorum\n  - study: ../b.md\nnext: false\nsource: https://example.org/c.md\n---\n";
        let head = super::super::parse(text).expect("there is a head");
        let found = links(&head, text).iter().map(|it| &text[it.dest.range()]).collect::<Vec<_>>();
        assert_eq!(found, ["/patterns/quorum/", "a.md#six", "../b.md"]);
    }
}
