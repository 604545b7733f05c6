#![doc = include_str!("undefined_reference.md")]

use std::collections::HashSet;

use super::Found;
use crate::{
    syntax::{Form, normal_label},
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let definitions = document.page.definitions.iter();
    let defined: HashSet<(&str, bool)> = definitions.map(|it| (&*it.key, it.footnote)).collect();
    let uses = document.page.links.iter().filter(|it| it.is_reference());
    let undefined = uses.filter(|it| {
        let key = normal_label(&it.target);
        !defined.contains(&(&*key, it.form == Form::Footnote))
    });
    let found = undefined.map(|it| {
        let label = if it.form == Form::Footnote {
            format!("^{}", it.target)
        } else {
            it.target.to_string()
        };
        Found {
            span: it.dest,
            message: format!("no definition of `[{label}]` on this page"),
            suggestions: Vec::new(),
        }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("undefined-reference", fixture);
    }

    #[test]
    fn marks_the_label_that_nothing_defines() {
        check(
            r"
//- aurora.md
[six copies][Quorum] and [four][write quorum].
                                ^^^^^^^^^^^^ no definition of `[write quorum]` on this page

[quorum]: https://example.org
",
        );
    }

    #[test]
    fn leaves_bare_brackets_alone() {
        check(
            r"
//- aurora.md
- [ ] an [aside] and a [x] of `a[i][j]`
",
        );
    }
}
