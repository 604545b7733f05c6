#![doc = include_str!("undefined_reference.md")]

use std::collections::HashSet;

use super::{Finding, Fix, Found};
use crate::{
    model::site::Generator,
    syntax::{Form, normal_label},
    text::{Edit, Span},
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let definitions = document.page.definitions.iter();
    let site = &document.site;
    // Liquid makes definitions, and plugins know the names of what code says.
    let made = site.generator == Generator::Jekyll && document.text.to_string().contains("}}]:");
    let defined: HashSet<(&str, bool)> = definitions.map(|it| (&*it.key, it.footnote)).collect();
    let uses = document.page.links.iter().filter(|it| it.is_reference());
    let undefined = uses.filter(|it| {
        if made || (site.programs && it.form != Form::Footnote) {
            return false;
        }
        let key = normal_label(&it.target);
        !defined.contains(&(&*key, it.form == Form::Footnote))
    });
    let found = undefined.map(|it| {
        let label = if it.form == Form::Footnote {
            format!("^{}", it.target)
        } else {
            it.target.to_string()
        };
        Found::new(it.dest, format!("no definition of `[{label}]` on this page"))
    });
    found.collect()
}

/// Defines the label, at the end of the page, with a destination to fill in.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let text = document.text.to_string();
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let footnote = text[..finding.span.start as usize].ends_with('^');
    let label = document.source(finding.span);
    let line = if footnote { format!("[^{label}]: ") } else { format!("[{label}]: <>") };
    let blank = if text.ends_with('\n') { ending.to_owned() } else { ending.repeat(2) };
    let edit =
        Edit { span: Span::empty(document.text.len()), with: format!("{blank}{line}{ending}") };
    let mark = if footnote { "^" } else { "" };
    vec![Fix::one(document, format!("Define `[{mark}{label}]` on this page"), edit)]
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
