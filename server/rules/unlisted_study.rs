#![doc = include_str!("unlisted_study.md")]

use std::collections::HashSet;

use super::{Finding, Fix, Found, listing};
use crate::{
    model::{Key, Path},
    world::{Document, Snapshot},
};

/// So many pages a list names at least.
const LEAST: usize = 3;

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    if !listing::is_index(cx, document) || !document.path.is_page() {
        return Vec::new();
    }
    let links = document.outline.refers.iter().flat_map(|it| it.candidates.iter());
    // A dead link names its page all the same.
    let named: HashSet<&str> = links
        .filter_map(|it| match it {
            Key::Page(path) => Some(path.stem()),
            _ => None,
        })
        .collect();
    let beside = beside(cx, document);
    let (listed, missing): (Vec<_>, Vec<_>) =
        beside.into_iter().partition(|it| named.contains(it.path.stem()));
    if listed.len() < LEAST || listed.len() <= missing.len() {
        return Vec::new();
    }
    let place = listing::place(document);
    let found = missing.iter().filter(|it| listing::is_study(cx, it)).map(|it| {
        Found::new(
            place,
            format!("`{}` lies in this folder, but its list leaves it out", it.path.name()),
        )
    });
    found.collect()
}

/// The pages of the folder that a list of it would name.
fn beside<'a>(cx: &'a Snapshot, document: &Document) -> Vec<&'a Document> {
    let folder = format!("{}/", document.path.folder());
    let files = cx.entries(&folder).into_iter().filter_map(|it| it.1);
    let pages = files.filter_map(|it| cx.document(it)).map(AsRef::as_ref);
    let counts = |it: &&Document| {
        it.id != document.id && it.path.is_page() && !it.is_stub() && !listing::is_index(cx, it)
    };
    pages.filter(counts).collect()
}

/// Adds an entry like the last one of the folder.
pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let name = finding.message.split('`').nth(1).unwrap_or_default();
    let path = Path::new(&format!("{}/{name}", document.path.folder()));
    let Some(page) = cx.document(&path) else { return Vec::new() };
    let edit = listing::listed(cx, document, &path, page.title());
    let fix = edit.map(|it| Fix::one(document, format!("List `{}`", page.title()), it));
    fix.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    const LIST: &str = "
//- studies/index.md
# Studies

* **[A](a.md)** - one
* **[B](b.md)** - two
* **[C](c.md)** - three

More: [elsewhere](https://example.org)
//- studies/a.md
# A
//- studies/b.md
# B
//- studies/c.md
# C
";

    #[test]
    fn two_links_are_no_list_of_all() {
        let two = LIST.replace("* **[C](c.md)** - three\n", "");
        check_rule("unlisted-study", &two);
    }

    #[test]
    fn lists_what_is_missing_as_the_others_are_listed() {
        check_fix(
            "unlisted-study",
            &format!("{LIST}//- studies/d.md\n# The D\n//- studies/sub/e.md\n# E\n"),
            &expect![[r#"
                List `The D` (?)
                //- studies/index.md
                # Studies

                * **[A](a.md)** - one
                * **[B](b.md)** - two
                * **[C](c.md)** - three
                * **[The D](d.md)**

                More: [elsewhere](https://example.org)
            "#]],
        );
    }

    #[test]
    fn leaves_lists_alone_that_name_a_few() {
        let more = "//- studies/d.md\n//- studies/e.md\n//- studies/f.md\n";
        check_rule("unlisted-study", &format!("{LIST}{more}"));
    }

    #[test]
    fn leaves_pages_alone_that_are_no_studies() {
        let exam = "//- studies/exam.md\n---\ntype: exam\n---\n# Exam\n";
        check_rule("unlisted-study", &format!("{LIST}{exam}"));
    }
}
