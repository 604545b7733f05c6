#![doc = include_str!("listed_twice.md")]

use std::collections::HashMap;

use super::{Finding, Fix, Found, listing, useless_suppression::whole_line};
use crate::{
    text::{Edit, Span},
    world::{DocId, Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    if !listing::is_index(cx, document) {
        return Vec::new();
    }
    let mut first: HashMap<DocId, usize> = HashMap::new();
    let mut last = Span::default();
    let mut found = Vec::new();
    for entry in listing::entries(cx, document) {
        let between = document.source(Span::new(last.end, entry.item.span.start.max(last.end)));
        // Whatever is not a mark of an item ends the list.
        if between.chars().any(|it| !it.is_whitespace() && !"-*+.)0123456789".contains(it)) {
            first.clear();
        }
        last = entry.item.span;
        if entry.to_place || entry.page.id == document.id {
            continue;
        }
        let line = document.text.line_of(entry.item.span.start);
        let known = *first.entry(entry.page.id).or_insert(line);
        if known != line {
            let message =
                format!("`{}` is listed already, on line {}", entry.page.title(), known + 1);
            found.push(Found::new(entry.link, message));
        }
    }
    found
}

/// Takes the entry out.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let item = document.page.items.iter().find(|it| it.span.contains(finding.span));
    let Some(item) = item else { return Vec::new() };
    let text = document.text.to_string();
    let span = whole_line(&text, item.span.start as usize, item.span.end as usize);
    vec![Fix::one(document, "Remove the entry".to_owned(), Edit { span, with: String::new() })]
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    const LISTS: &str = "
//- index.md
- [A](a.md)
- **[B](b.md)** - and more
- [Again](a.md)

## Another list

- [A](a.md)
//- a.md
# The A
//- b.md
# B
";

    #[test]
    fn marks_the_second_entry_of_one_list() {
        let marked = LISTS.replace(
            "- [Again](a.md)\n",
            "- [Again](a.md)\n  ^^^^^^^^^^^^^ `The A` is listed already, on line 1\n",
        );
        check_rule("listed-twice", &marked);
    }

    #[test]
    fn takes_it_out() {
        check_fix(
            "listed-twice",
            LISTS,
            &expect![[r#"
            Remove the entry (?)
            //- index.md
            - [A](a.md)
            - **[B](b.md)** - and more

            ## Another list

            - [A](a.md)
        "#]],
        );
    }
}
