#![doc = include_str!("duplicate_definition.md")]

use std::collections::HashMap;

use super::Found;
use crate::{
    syntax::{self, normal_label},
    text::{Offset, Span, offset},
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
    use crate::testing::check_rule;

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
