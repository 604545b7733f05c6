#![doc = include_str!("missing_section.md")]

use super::{Finding, Fix, Found, listing, near::letters};
use crate::{
    text::{Edit, Span},
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let settings = cx.settings(&document.path);
    let (wanted, learns) = (&settings.sections, settings.learn_sections);
    if (wanted.is_empty() && !learns) || !listing::is_study(cx, document) {
        return Vec::new();
    }
    let has: Vec<String> = document.page.headings.iter().map(|it| letters(&it.title)).collect();
    let missing = |title: &str| !has.contains(&letters(title));
    let place = listing::place(document);
    let set = wanted.iter().filter(|it| missing(it));
    let set = set.map(|it| Found::new(place, format!("no section `{it}`")));
    let usual = if learns { cx.usual_sections(&document.path) } else { &[] };
    let asked = |title: &str| wanted.iter().any(|it| letters(it) == letters(title));
    let usual = usual.iter().filter(|it| missing(&it.title) && !asked(&it.title)).map(|it| {
        let ((having, all), title) = (it.known, &it.title);
        Found::new(place, format!("no section `{title}`, which {having} of {all} studies have"))
    });
    set.chain(usual).collect()
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

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn learns_what_four_of_five_studies_have() {
        let study = |name: &str, more: &str| {
            format!("//- studies/{name}.md\n# Study {name}\n## Lessons\n{more}")
        };
        let most = ["b", "c", "d", "e"].map(|it| study(it, "## Open *Ends*\n")).concat();
        let page = "//- studies/a.md\n# Study A\n^^^^^^^^^ no section `Open Ends`, which 4 of 5 studies have\n## lessons\n";
        let learn = "//- casebook.toml\npages.learnSections = true\n";
        check_rule("missing-section", &format!("{learn}{page}{most}"));
        let fewer = most.replacen("## Open *Ends*\n", "", 1);
        let page =
            page.replace("^^^^^^^^^ no section `Open Ends`, which 4 of 5 studies have\n", "");
        check_rule("missing-section", &format!("{learn}{page}{fewer}"));
        check_rule("missing-section", &format!("{page}{most}"));
    }

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
