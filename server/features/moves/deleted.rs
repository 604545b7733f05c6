//! What is lost with files that are deleted.

use super::bare;
use crate::{
    features::{
        refactor::can_go,
        under::{definition_of, destination_of},
    },
    model::{Changes, Key, Path, Reference},
    world::{Document, Snapshot},
};

/// How many links, on how many pages, lead to what is in these files and folders and would lead nowhere
/// without them.
pub fn losing(cx: &Snapshot, gone: &[Path]) -> (usize, usize) {
    let goes = |path: &Path| goes(gone, path);
    let stay = cx.documents().filter(|it| !goes(&it.path));
    let links = stay.map(|document| {
        let refers = document.outline.refers.iter();
        refers.filter(|it| cx.lead(it).is_some_and(|it| goes(&it.1))).count()
    });
    let lost: Vec<usize> = links.filter(|it| *it > 0).collect();
    (lost.iter().sum(), lost.len())
}

/// The edits that take away the links to what is, or was, in these files and folders, and leave their texts.
/// Pictures, definitions and raw HTML stay: they have no text to leave.
pub fn unlinked(cx: &Snapshot, gone: &[Path]) -> Changes {
    let mut changes = Changes::default();
    for document in cx.pages().filter(|it| !goes(gone, &it.path)) {
        let mut end = 0;
        for (index, link) in document.page.links.iter().enumerate() {
            let lost = || reference(document, index).is_some_and(|it| is_lost(cx, gone, it));
            // Of links that lie in each other the outer one.
            if link.span.start >= end && can_go(link) && lost() {
                changes.edit(&document.path, link.span, document.source(link.text));
                end = link.span.end;
            }
        }
    }
    changes
}

fn goes(gone: &[Path], path: &Path) -> bool {
    gone.iter().map(bare).any(|it| bare(path) == it || path.inside(it.as_str()).is_some())
}

fn is_lost(cx: &Snapshot, gone: &[Path], reference: &Reference) -> bool {
    match cx.lead(reference) {
        Some((_, path)) => goes(gone, &path),
        None => {
            reference.candidates.iter().any(|it| matches!(it, Key::Page(path) if goes(gone, path)))
        }
    }
}

/// What the link with this index refers to; a reference refers to what its definition does.
fn reference(document: &Document, index: usize) -> Option<&Reference> {
    let link = document.page.links.get(index)?;
    if !link.is_reference() {
        return document.outline.reference(index);
    }
    let (index, _) = destination_of(document, definition_of(document, link)?)?;
    document.outline.reference(index)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::testing::{Fixture, changed};

    #[test]
    fn takes_links_away_and_leaves_what_they_say() {
        let fixture = "
//- a.md
[*Log*](s/log.md#x), [o][d], [b](b.md) ![p](s/p.png) [gone](s/gone.md) [![i](b.png)](s/)

[d]: s/log.md
//- b.md
//- s/log.md
[own](log.md)
//- s/p.png
";
        let cx = Fixture::new(fixture).snapshot();
        let gone = [Path::new("/w/s/")];
        assert_eq!(losing(&cx, &gone), (4, 1));
        expect![[r#"
            //- a.md
            *Log*, o, [b](b.md) ![p](s/p.png) gone ![i](b.png)

            [d]: s/log.md
        "#]]
        .assert_eq(&changed(&cx, &unlinked(&cx, &gone)));
    }
}
