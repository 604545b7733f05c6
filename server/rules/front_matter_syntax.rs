#![doc = include_str!("front_matter_syntax.md")]

use super::{Finding, Fix, Found};
use crate::{
    syntax,
    text::{Edit, Span, offset},
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let head = document.page.front_matter.as_ref();
    let Some((span, why)) = head.and_then(|it| it.error.as_ref()) else { return Vec::new() };
    let why = WORDS.iter().find(|it| why.contains(it.0)).map_or(&**why, |it| it.1);
    vec![Found::new(*span, format!("the front matter cannot be read: {why}"))]
}

/// What the parser says, and what an author can do about it.
const WORDS: &[(&str, &str)] = &[
    ("mapping values are not allowed", "a value with `: ` in it must stand in quotes"),
    ("trailing content after double-quoted", "there is text behind the closing quote of a value"),
    (
        "scanning a block scalar",
        "a value that begins with `|` or `>` must stand in quotes or on the next line",
    ),
    (
        "did not find expected key",
        "a value that begins with `[` or `{` and goes on behind it must stand in quotes",
    ),
];

/// Puts quotes around the value on the line, or on a line near above, where that makes the front matter
/// whole.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let text = document.text.to_string();
    let last = document.text.line_of(finding.span.start);
    let lines = (last.saturating_sub(2)..=last).rev().map(|it| document.text.line(it));
    let quoted = lines.filter_map(|line| {
        let edit = quoted(&text, line)?;
        let after = super::edited(&text, std::slice::from_ref(&edit));
        let head = syntax::parse(&after, &document.site.dialect).front_matter;
        let whole = head.is_some_and(|it| it.error.is_none());
        whole.then(|| Fix::one(document, "Put the value in quotes".to_owned(), edit).safe())
    });
    quoted.take(1).collect()
}

/// The value of a line `key: value` in quotes.
fn quoted(text: &str, line: Span) -> Option<Edit> {
    let source = &text[line.range()];
    let at = source.find(": ")? + 2;
    let value = source[at..].trim();
    if value.is_empty() || value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']) {
        return None;
    }
    let start = line.start + offset(at + source[at..].len() - source[at..].trim_start().len());
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    let span = Span::new(start, start + offset(value.len()));
    Some(Edit { span, with: format!("\"{escaped}\"") })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn marks_the_line_and_says_why() {
        check_rule(
            "front-matter-syntax",
            r"
//- a.md
---
title: One
description: Two: three
^^^^^^^^^^^^^^^^^^^^^^^ the front matter cannot be read: a value with `: ` in it must stand in quotes
---
# One
//- b.md
# No front matter
",
        );
    }

    #[test]
    fn puts_the_value_in_quotes() {
        check_fix(
            "front-matter-syntax",
            "//- a.md\n---\ntitle: One\ndescription: Two: three\n---\n# One\n",
            &expect![[r#"
            Put the value in quotes
            //- a.md
            ---
            title: One
            description: "Two: three"
            ---
            # One
        "#]],
        );
    }
}
