#![doc = include_str!("absolute_link.md")]

use super::{
    Finding, Fix, Found,
    fix::linked,
    judge::{self, Fault},
};
use crate::world::{Document, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    judge::found(cx, document, Fault::Absolute)
}

pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    linked(cx, document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("absolute-link", fixture);
    }

    #[test]
    fn mkdocs_does_not_read_absolute_links_from_its_pages() {
        check(
            r"
//- mkdocs.yml
site_url: https://example.org/studies/
//- docs/a.md
[b](/b.md), [b](/b/), [b](/studies/b/)
    ^^^^^ `/b.md` starts at the root of the web server, not of the site
                ^^^ `/b/` starts at the root of the web server, not of the site
//- docs/b.md
",
        );
    }

    #[test]
    fn unless_it_is_told_to() {
        check(
            r"
//- mkdocs.yml
validation:
  absolute_links: relative_to_docs
//- docs/a.md
[b](/b.md)
//- docs/b.md
",
        );
    }

    #[test]
    fn plain_folders_read_them_from_their_root() {
        check(
            r"
//- x/a.md
[b](/b.md)
//- b.md
",
        );
    }
}
