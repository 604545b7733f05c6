#![doc = include_str!("link_to_folder.md")]

use super::{
    Finding, Fix, Found,
    fix::linked,
    judge::{self, Fault},
};
use crate::world::{Document, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    judge::found(cx, document, Fault::Folder)
}

pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    linked(cx, document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("link-to-folder", fixture);
    }

    #[test]
    fn mkdocs_links_files_and_a_browser_starts_from_the_address() {
        check(
            r"
//- mkdocs.yml
//- docs/a.md
[p](patterns/), [p](patterns), [p](../patterns/)
    ^^^^^^^^^ `patterns/` is a folder: MkDocs links files
                    ^^^^^^^^ `patterns` is a folder: MkDocs links files
//- docs/patterns/index.md
",
        );
    }
}
