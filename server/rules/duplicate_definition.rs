#![doc = include_str!("duplicate_definition.md")]

use std::collections::HashMap;

use super::{Finding, Fix, Found, useless_suppression::whole_line};
use crate::{
    syntax::{self, normal_label},
    text::{Edit, Offset, Span, offset},
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let mut first: HashMap<(&str, bool), Offset> = HashMap::new();
    let mut found = Vec::new();
    for it in &document.page.definitions {
        let known = *first.entry((&it.key, it.footnote)).or_insert(it.label.start);
        if known != it.label.start {
            found.push(again(document, it.label, known));
        }
    }
    // A parser keeps one definition of each label, so the others are looked for in the source.
    if first.keys().all(|it| it.1) {
        return found;
    }
    let text = document.text.to_string();
    for line in 0..document.text.lines() {
        let span = document.text.line(line);
        let Some(label) = label(&text[span.range()], span.start) else { continue };
        let key = normal_label(&text[label.range()]);
        let Some(&known) = first.get(&(&*key, false)) else { continue };
        let kept = document.page.definitions.iter().any(|it| it.label == label);
        if !kept && !syntax::is_code(&text, &document.site.dialect, label.start) {
            found.push(again(document, label, known));
        }
    }
    found.sort_by_key(|it| it.span);
    found
}

fn again(document: &Document, label: Span, known: Offset) -> Found {
    let line = document.text.line_of(known) + 1;
    Found::new(label, format!("`[{}]` is also defined on line {line}", document.source(label)))
}

/// Takes the second one out where both lead to the same place. Which of two that differ is meant, a person
/// knows.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let text = document.text.to_string();
    let here = document.text.line_of(finding.span.start);
    let lines = (0..document.text.lines()).map(|it| &text[document.text.line(it).range()]);
    let lines: Vec<&str> = lines.collect();
    let Some((own, to)) = definition(lines[here]) else { return Vec::new() };
    // A title may follow on the next line.
    let ends = |at: usize| {
        lines.get(at + 1).is_none_or(|it| it.trim().is_empty() || definition(it).is_some())
    };
    let same = (0..here).any(|at| {
        let found = definition(lines[at]).filter(|it| it.0 == own && it.1 == to);
        found.is_some()
            && ends(at)
            && !syntax::is_code(&text, &document.site.dialect, document.text.line(at).start)
    });
    if !same || !ends(here) {
        return Vec::new();
    }
    let line = document.text.line(here);
    let edit = Edit {
        span: whole_line(&text, line.start as usize, line.end as usize),
        with: String::new(),
    };
    vec![Fix::one(document, "Remove the second definition".to_owned(), edit).safe()]
}

/// The label and the rest of a line that looks like a definition and is no footnote.
fn definition(line: &str) -> Option<(String, &str)> {
    let at = label(line, 0)?;
    let name = normal_label(&line[at.range()]);
    let rest = line[at.end as usize..].strip_prefix("]:")?.trim();
    (!name.starts_with('^') && !rest.is_empty()).then_some((name, rest))
}

/// The label of a line that looks like a definition: `[label]: destination`.
fn label(line: &str, start: Offset) -> Option<Span> {
    let bare = line.trim_start_matches(' ');
    let lead = line.len() - bare.len();
    let close = bare.find("]:")?;
    let label = bare.strip_prefix('[')?.get(..close - 1)?;
    let fits = lead < 4 && !label.starts_with('^') && !label.contains(['[', ']']);
    let rest = bare[close + 2..].trim();
    (fits && !rest.is_empty() && !label.trim().is_empty())
        .then(|| Span::new(start + offset(lead + 1), start + offset(lead + close)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn takes_the_second_out_where_both_are_the_same() {
        check_fix(
            "duplicate-definition",
            "//- a.md\n[One]\n\n[one]: https://example.org/1\n[two]: x.md\n[ONE]: https://example.org/1 \n",
            &expect![[r#"
                Remove the second definition
                //- a.md
                [One]

                [one]: https://example.org/1
                [two]: x.md
            "#]],
        );
    }

    #[test]
    fn marks_the_one_that_does_not_count_and_says_where_the_other_is() {
        check_rule(
            "duplicate-definition",
            r"
//- a.md
[One] and [two] and a note[^n].

[one]: https://example.org/1
[two]: https://example.org/2
[ONE]: https://example.org/3
 ^^^ `[ONE]` is also defined on line 3

```
[two]: https://example.org/4
```
",
        );
    }
}
