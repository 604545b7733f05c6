#![doc = include_str!("broken_anchor.md")]

use super::{Finding, Fix, Found, fix::suggested, near};
use crate::world::{Condition, Document, Resolved, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let found = document.outline.refers.iter().filter_map(|reference| {
        let Some(Resolved::NoAnchor(target)) = cx.resolve(reference) else { return None };
        if matches!(target.condition, Condition::TooLarge(_)) {
            return None;
        }
        let link = document.page.links.get(reference.link as usize)?;
        let fragment = reference.fragment.as_deref()?;
        let (path, anchor) = near::parts(document, link);
        let place = if target.id == document.id {
            "on this page".to_owned()
        } else {
            format!("in `{}`", cx.shown(&target.path))
        };
        Some(Found {
            span: anchor.unwrap_or(path),
            message: format!("no heading `#{fragment}` {place}"),
            suggestions: near::anchors(target, fragment),
        })
    });
    found.collect()
}

pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    suggested(document, finding)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("broken-anchor", fixture);
    }

    #[test]
    fn marks_the_anchor_and_names_the_page_it_is_not_in() {
        check(
            r"
//- aurora.md
# Aurora
[reads](quorum.md#reads), [writes](quorum.md#writes), [here](#aurora), [nowhere](#storage)
                                             ^^^^^^ no heading `#writes` in `quorum.md`
                                                                                  ^^^^^^^ no heading `#storage` on this page
//- quorum.md
# Reads
",
        );
    }

    #[test]
    fn knows_ids_that_are_written_out() {
        check(
            r#"
//- aurora.md
<a id="copies"></a> Six of them, see [above](#copies) or [top](#top).
"#,
        );
    }
}
