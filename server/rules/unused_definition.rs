#![doc = include_str!("unused_definition.md")]

use std::collections::HashSet;

use super::{Finding, Fix, Found, useless_suppression::whole_line};
use crate::{
    syntax::{Form, normal_label},
    text::Edit,
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let uses = document.page.links.iter().filter(|it| it.is_reference());
    let used: HashSet<(String, bool)> =
        uses.map(|it| (normal_label(&it.target), it.form == Form::Footnote)).collect();
    let unused = document.page.definitions.iter();
    let unused = unused.filter(|it| !used.contains(&(it.key.to_string(), it.footnote)));
    // What looks like one in a front matter that cannot be read (`[name]: [value]`) is none.
    let head = document.page.front_matter.as_ref().map(|it| it.span);
    let unused = unused.filter(|it| head.is_none_or(|head| it.span.start >= head.end));
    let found = unused.map(|it| {
        let (label, mark) = (document.source(it.label), if it.footnote { "^" } else { "" });
        Found::new(it.label, format!("nothing on this page uses `[{mark}{label}]`"))
    });
    found.collect()
}

/// Takes the definition out. A footnote may go on for several paragraphs, so it is left to a person.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let mut definitions = document.page.definitions.iter();
    let found = definitions.find(|it| it.label == finding.span && !it.footnote);
    let Some(definition) = found else { return Vec::new() };
    let text = document.text.to_string();
    let (start, end) = (definition.span.start as usize, definition.span.end as usize);
    let edit = Edit { span: whole_line(&text, start, end), with: String::new() };
    vec![Fix::one(document, "Remove the definition".to_owned(), edit)]
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn marks_labels_and_footnotes_that_nothing_uses() {
        check_rule(
            "unused-definition",
            r"
//- a.md
[One][], [two][Second label] and a note[^n].

[one]: https://example.org/1
[second  LABEL]: https://example.org/2
[three]: https://example.org/3
 ^^^^^ nothing on this page uses `[three]`
[^n]: Used.
[^m]: Not used.
  ^ nothing on this page uses `[^m]`
",
        );
    }

    #[track_caller]
    fn check(page: &str) {
        check_rule("unused-definition", &format!("//- a.md\n{page}"));
    }

    #[test]
    fn leaves_a_front_matter_that_cannot_be_read_alone() {
        check("---\nminutes: [X] min\nfigures:\n  [figure]: [value]\n---\n");
        check("---\nminutes: 5\n---\n[one]: x.md\n ^^^ nothing on this page uses `[one]`\n");
    }

    #[test]
    fn takes_the_whole_line_out() {
        check_fix(
            "unused-definition",
            "//- a.md\nText.\n\n[three]: https://example.org/3 \"t\"\nMore.\n",
            &expect![[r#"
                Remove the definition (?)
                //- a.md
                Text.

                More.
            "#]],
        );
    }
}
