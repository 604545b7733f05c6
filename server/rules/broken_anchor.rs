#![doc = include_str!("broken_anchor.md")]

use std::collections::HashMap;

use super::{
    Finding, Fix, Found,
    fix::suggested,
    judge,
    near::{self, Anchors},
};
use crate::world::{Condition, DocId, Document, Resolved, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    // A page has hundreds of dead links to one target before it has many targets.
    let mut targets: HashMap<DocId, Anchors<'_>> = HashMap::new();
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
        let anchors = targets.entry(target.id).or_insert_with(|| Anchors::of(target));
        let nearest = anchors.nearest(fragment, &document.source(link.text));
        let mut message = format!("no heading `#{fragment}` {place}");
        if link.unread {
            message.push_str(&judge::unread(document));
        }
        Some(Found::new(anchor.unwrap_or(path), message).near(nearest))
    });
    found.collect()
}

pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    suggested(document, finding)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::testing::{check_fix, check_rule};

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

    #[test]
    fn compares_headings_as_obsidian_does() {
        check(
            r"
//- .obsidian/app.json
{}
//- a.md
[[b#Reads & writes (2)]], [[b#reads, writes 2]], [it](b.md#Reads%20writes%202) and [[b#Reads]]
                                                                                       ^^^^^ no heading `#reads` in `b.md`
//- b.md
# Reads & Writes (2)
",
        );
    }

    #[test]
    fn says_that_the_generator_reads_no_markdown_in_html() {
        check(
            r"
//- mkdocs.yml
//- docs/a.md
<div>
## Storage

[gone](#storage), [here](#writes)
        ^^^^^^^ no heading `#storage` on this page; MkDocs reads no Markdown here and shows it as it is written
</div>

## Writes
",
        );
    }

    #[track_caller]
    fn repairs(fixture: &str, expected: &Expect) {
        check_fix("broken-anchor", fixture, expected);
    }

    #[test]
    fn repairs_what_another_generator_would_have_made_of_the_heading() {
        repairs(
            r"
//- a.md
[Reads](#1-reads_writes)
## Reads & Writes
",
            &expect![[r"
                Change to `reads--writes`
                //- a.md
                [Reads](#reads--writes)
                ## Reads & Writes
            "]],
        );
    }

    #[test]
    fn is_not_sure_of_a_heading_that_is_merely_alike() {
        repairs(
            r"
//- a.md
[Reads](#law-to-patterns)
## Law patterns
",
            &expect![[r"
                Change to `law-patterns` (?)
                //- a.md
                [Reads](#law-patterns)
                ## Law patterns
            "]],
        );
    }
}
