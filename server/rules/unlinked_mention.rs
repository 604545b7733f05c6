#![doc = include_str!("unlinked_mention.md")]

use std::collections::HashSet;

use super::{Finding, Fix, Found};
use crate::{
    model::{Key, Kind, PageKind, url},
    text::Span,
    world::{DocId, Document, Resolved, Snapshot, way},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let Some(shared) = cx.page(document.id).filter(|it| !it.is_stub()) else { return Vec::new() };
    let links = document.outline.refers.iter().filter_map(|it| match cx.resolve(it)? {
        Resolved::Page(page, _) | Resolved::NoAnchor(page) => Some(page.id),
        _ => None,
    });
    let mut known: HashSet<DocId> = links.chain([document.id]).collect();
    let mut found = Vec::new();
    for mention in cx.mentions(shared) {
        let Some(study) = study(cx, &mention.key).filter(|it| known.insert(it.id)) else {
            continue;
        };
        let name = document.source(mention.span);
        let shown = cx.shown(&study.path);
        found.push(Found::new(
            mention.span,
            format!("`{name}` has a study, and the page never links to it: `{shown}`"),
        ));
    }
    found
}

/// The only study that is about a system, unless a pattern has the same name.
fn study<'a>(cx: &'a Snapshot, key: &Key) -> Option<&'a Document> {
    let Key::Entity(Kind::System, slug) = key else { return None };
    match &cx.entity(key)[..] {
        [only] if cx.entity(&Key::Entity(Kind::Pattern, slug.clone())).is_empty() => {
            Some(&**only.document).filter(|it| cx.page_kind(it) == PageKind::Study)
        }
        _ => None,
    }
}

/// Makes a link of the mention.
pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let Some(shared) = cx.page(document.id) else { return Vec::new() };
    let at = |span: Span| cx.mentions(shared).into_iter().find(|it| it.span == span);
    let Some(study) = at(finding.span).and_then(|it| study(cx, &it.key)) else { return Vec::new() };
    let to = url::quoted(&way(&document.path, &study.path), url::Quote::Bare);
    let with = format!("[{}]({to})", document.source(finding.span));
    let title = format!("Link to `{}`", study.title());
    vec![Fix { preferred: true, ..Fix::replace(document, finding, title, with) }]
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    const BOOK: &str = r"
//- studies/aurora.md
---
type: case-study
---
# Aurora

Spanner is another.
//- studies/spanner.md
---
type: case-study
---
# Spanner

Aurora Aurora: see [there](aurora.md#aurora).
";

    #[test]
    fn marks_the_first_mention_on_a_page_that_never_links_there() {
        check_rule(
            "unlinked-mention",
            &BOOK.replace(
                "Spanner is another.",
                "Spanner is another. Spanner is not `Spanner`.\n^^^^^^^ `Spanner` has a study, and the page never links to it: `studies/spanner.md`",
            ),
        );
    }

    #[test]
    fn makes_a_link_of_it() {
        check_fix(
            "unlinked-mention",
            BOOK,
            &expect![[r"
                Link to `Spanner` (?)
                //- studies/aurora.md
                ---
                type: case-study
                ---
                # Aurora

                [Spanner](spanner.md) is another.
            "]],
        );
    }
}
