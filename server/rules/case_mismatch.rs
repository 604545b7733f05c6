#![doc = include_str!("case_mismatch.md")]

use super::{
    Finding, Fix, Found,
    fix::linked,
    judge::{self, Fault},
};
use crate::world::{Document, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    judge::found(cx, document, Fault::Case)
}

pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    linked(cx, document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("case-mismatch", fixture);
    }

    #[test]
    fn names_the_case_that_the_file_is_written_in() {
        check(
            r"
//- a.md
[q](Patterns/Quorum.md), [l](logs/Plan.svg), [gone](Gone.md)
    ^^^^^^^^^^^^^^^^^^ no file `Patterns/Quorum.md`: it is written `patterns/quorum.md`
                             ^^^^^^^^^^^^^ no file `logs/Plan.svg`: it is written `logs/plan.svg`
//- patterns/quorum.md
//- logs/plan.svg
",
        );
    }
}
