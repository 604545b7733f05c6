#![doc = include_str!("unknown_pattern.md")]

use super::{Finding, Fix, Found, fix::suggested, near};
use crate::{
    model::{
        Key,
        knowledge::Spot,
        vocabulary::{Kind, PageKind},
    },
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    unknown(cx, document, Kind::Pattern, PageKind::Pattern, "pattern")
}

pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    suggested(document, finding)
}

/// The names of a kind in front matter and tables that lead to no page.
pub(super) fn unknown(
    cx: &Snapshot,
    document: &Document,
    kind: Kind,
    page: PageKind,
    what: &str,
) -> Vec<Found> {
    let uses = document.outline.knowledge.refers.iter();
    let sure = uses.filter(|it| it.spot != Spot::Item);
    let found = sure.filter_map(|it| {
        let Key::Entity(own, name) = &it.key else { return None };
        if *own != kind || !cx.entity(&cx.meant(&it.key)).is_empty() {
            return None;
        }
        let written = document.source(it.span);
        let found = Found::new(it.span, format!("no page describes the {what} `{written}`"));
        Some(found.near(near::Repair { with: alike(cx, page, name), sure: false }))
    });
    found.collect()
}

/// The names of pages of a kind that are a slip of the pen away.
fn alike(cx: &Snapshot, kind: PageKind, name: &str) -> Vec<String> {
    let start: String = name.chars().take(1).collect();
    let likely = cx.named(&start, 256);
    let pages = likely.into_iter().filter(|it| it.outline.knowledge.kind == kind);
    let near = near::Alike::new(name).among(pages, |it| it.path.stem());
    near.into_iter().take(1).map(|it| it.path.stem().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_names_in_front_matter_and_tables() {
        check_rule(
            "unknown-pattern",
            r"
//- casebook.toml
rules.unknown-pattern = 'info'
//- index.md
| System | Patterns |
|--------|----------|
| Aurora | Quorum, Quorum Protocol, Six Copies |
                                    ^^^^^^^^^^ no page describes the pattern `Six Copies`
//- patterns/quorum.md
---
type: pattern
---
# Quorum
",
        );
    }
}
