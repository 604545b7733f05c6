#![doc = include_str!("broken_field.md")]

use super::{
    Finding, Fix, Found, broken_link,
    judge::{self, Fault},
};
use crate::world::{Document, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    judge::found(cx, document, Fault::Field)
}

pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    broken_link::fix(cx, document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_values_that_name_a_page_that_is_missing_and_nothing_in_the_text() {
        check_rule(
            "broken-field",
            r"
//- mkdocs.yml
//- docs/a.md
---
redirect_to: /patterns/quorum/
related: [patterns/quorum.md, patterns/gone.md]
                              ^^^^^^^^^^^^^^^^ no file `docs/patterns/gone.md`
---
See [it](patterns/gone.md).
//- docs/patterns/quorum.md
---
next: ../a.md
---
",
        );
    }

    #[test]
    fn leaves_them_out_of_broken_links() {
        check_rule(
            "broken-link",
            r"
//- a.md
---
related: [gone.md]
---
See [it](gone.md).
         ^^^^^^^ no file `gone.md`
",
        );
    }
}
