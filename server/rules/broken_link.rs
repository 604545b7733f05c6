#![doc = include_str!("broken_link.md")]

use super::{
    Finding, Fix, Found,
    fix::suggested,
    judge::{self, Fault},
};
use crate::world::{Document, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    judge::found(cx, document, Fault::Broken)
}

pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    suggested(document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("broken-link", fixture);
    }

    #[test]
    fn marks_the_destination_and_names_the_file_that_is_missing() {
        check(
            r"
//- studies/aurora.md
See [quorum](../patterns/quorum.md) and [the wall](wall.md#bricks).
             ^^^^^^^^^^^^^^^^^^^^^ no file `patterns/quorum.md`
                                                   ^^^^^^^ no file `studies/wall.md`
",
        );
    }

    #[test]
    fn leaves_code_the_web_and_what_lies_outside_alone() {
        check(
            r"
//- aurora.md
`[text](gone.md)`, [the web](https://example.org/gone.md), [mail](mailto:a@example.org),
[outside](../../elsewhere.md) and [here](#aurora).
",
        );
    }

    #[test]
    fn takes_any_file_and_any_folder_for_a_target() {
        check(
            r"
//- aurora.md
![plan](pictures/plan.svg), [the folder](pictures/), [the folder](pictures), [away](plans/).
                                                                                    ^^^^^^ no file `plans/README.md`
//- pictures/plan.svg
",
        );
    }

    #[test]
    fn decodes_what_the_author_encoded() {
        check(
            r"
//- aurora.md
[a](six%20copies.md), [b](<six copies.md>), [c](six%20copy.md)
                                                ^^^^^^^^^^^^^ no file `six copy.md`
//- six copies.md
",
        );
    }

    #[test]
    fn judges_definitions_where_they_stand() {
        check(
            r"
//- aurora.md
See [quorum] and [quorum][].

[quorum]: quorum.md
          ^^^^^^^^^ no file `quorum.md`
",
        );
    }
}
