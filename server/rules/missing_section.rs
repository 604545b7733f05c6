#![doc = include_str!("missing_section.md")]

use super::{Finding, Fix, Found, listing, near::letters};
use crate::{
    text::{Edit, Span},
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let wanted = &cx.settings(&document.path).sections;
    if wanted.is_empty() || !listing::is_study(cx, document) {
        return Vec::new();
    }
    let has: Vec<String> = document.page.headings.iter().map(|it| letters(&it.title)).collect();
    let missing = wanted.iter().filter(|it| !has.contains(&letters(it)));
    let found =
        missing.map(|it| Found::new(listing::place(document), format!("no section `{it}`")));
    found.collect()
}

/// Adds the section at the end of the page, to be filled in.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let Some(name) = finding.message.split('`').nth(1) else { return Vec::new() };
    let ending = listing::ending(document);
    let level = document.page.headings.iter().map(|it| it.level).filter(|it| *it > 1).min();
    let marks = "#".repeat(usize::from(level.unwrap_or(2)));
    let last = document.source(document.text.line(document.text.lines() - 1));
    let before = if last.is_empty() { ending.to_owned() } else { ending.repeat(2) };
    let span = Span::empty(document.text.len());
    let edit = Edit { span, with: format!("{before}{marks} {name}{ending}") };
    vec![Fix::one(document, format!("Add the section `{name}`"), edit)]
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::check_fix;

    #[test]
    fn adds_what_is_missing_at_the_end() {
        check_fix(
            "missing-section",
            r#"
//- casebook.toml
pages.study = ["*"]
pages.requiredSections = ["Lessons Learned"]
//- a.md
# A

### Current State
"#,
            &expect![[r#"
                Add the section `Lessons Learned` (?)
                //- a.md
                # A

                ### Current State

                ### Lessons Learned
            "#]],
        );
    }
}
