#![doc = include_str!("unknown_system.md")]

use super::{Finding, Fix, Found, fix::suggested, unknown_pattern::unknown};
use crate::{
    model::vocabulary::{Kind, PageKind},
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    unknown(cx, document, Kind::System, PageKind::Study, "system")
}

pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    suggested(document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_cells_that_no_study_is_about() {
        check_rule(
            "unknown-system",
            r"
//- casebook.toml
rules.unknown-system = 'info'
//- index.md
| System     | Patterns |
|------------|----------|
| **Aurora** | Quorum   |
| Spaner     | Quorum   |
  ^^^^^^ no page describes the system `Spaner`
//- studies/aurora.md
---
type: case-study
---
# Aurora
",
        );
    }
}
