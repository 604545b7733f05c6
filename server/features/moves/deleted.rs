//! What is lost with files that are deleted.

use super::{bare, to_page};
use crate::{
    features::{
        refactor::can_go,
        under::{definition_of, destination_of},
    },
    model::{Changes, Key, Path, Reference},
    syntax::Form,
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

/// Where links to these files and folders could lead instead, the likeliest first: the page that has the
/// name or the title of the only one, the page that stands for the nearest folder.
pub fn elsewhere(cx: &Snapshot, gone: &[Path]) -> Vec<Path> {
    let mut found = Vec::new();
    if let [only] = gone
        && let Some(page) = cx.document(&bare(only))
    {
        let stem = page.path.stem();
        // An index is one of a folder, and all have the same name.
        let name = (!matches!(stem, "index" | "README" | "_index"))
            .then(|| Key::Name(stem.to_lowercase().into()));
        let names = name.into_iter().chain([Key::Title(page.title().into())]);
        let alike = names.map(|it| cx.definers(&it).into_iter().map(|it| it.path.clone()));
        // More than one would be a guess.
        let alike = alike.map(|it| it.filter(|it| !goes(gone, it)).collect::<Vec<_>>());
        found.extend(
            alike.filter_map(|it| if let [one] = &it[..] { Some(one.clone()) } else { None }),
        );
    }
    let Some(first) = gone.first().map(bare) else { return found };
    let mut folder = first.folder();
    while cx.covers(folder) {
        let names = ["index.md", "README.md", "_index.md"].into_iter();
        let pages = names.map(|it| Path::new(&format!("{folder}/{it}")));
        let page = pages.into_iter().find(|it| cx.document(it).is_some() && !goes(gone, it));
        if let Some(page) = page.filter(|_| gone.iter().all(|it| it.inside(folder).is_some())) {
            found.push(page);
            break;
        }
        folder = folder.rfind('/').map_or("", |at| &folder[..at]);
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|it| seen.insert(it.clone()));
    found
}

/// The edits that make links to what is, or was, in these files and folders lead to `to`: to the same place
/// there if it has one of that name. Pictures and entries of navigation files stay, which a page cannot
/// stand for.
pub fn pointed(cx: &Snapshot, gone: &[Path], to: &Path) -> Changes {
    let mut changes = Changes::default();
    let Some(page) = cx.document(to) else { return changes };
    for document in cx.pages().filter(|it| !goes(gone, &it.path)) {
        for reference in document.outline.refers.iter().filter(|it| is_lost(cx, gone, it)) {
            let Some(link) = document.page.links.get(reference.link as usize) else { continue };
            let old =
                old(cx, gone, reference).filter(|it| it.is_read() || it.as_str().ends_with('/'));
            let Some(old) = old.filter(|_| !link.image && link.form != Form::Include) else {
                continue;
            };
            let id = reference.fragment.as_deref().filter(|it| page.anchor(it).is_some());
            changes.edit(&document.path, link.dest, to_page(cx, document, link, &old, to, id));
        }
    }
    changes
}

/// What a reference leads, or led, to.
fn old(cx: &Snapshot, gone: &[Path], reference: &Reference) -> Option<Path> {
    let led = cx.lead(reference).map(|it| it.1);
    led.or_else(|| {
        reference.candidates.iter().find_map(|it| match it {
            Key::Page(path) if goes(gone, path) => Some(path.clone()),
            _ => None,
        })
    })
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

    #[test]
    fn points_links_to_another_page_and_to_the_place_of_that_name_there() {
        let fixture = "
//- a.md
[one](s/log.md#x \"Title\"), [two](<s/log.md#gone>), ![p](s/p.png), [l][d], [[log]]

[d]: s/log.md?x#x
//- s/index.md
# S
## X
//- s/log.md
[own](log.md)
//- s/p.png
";
        let cx = Fixture::new(fixture).snapshot();
        let gone = [Path::new("/w/s/log.md"), Path::new("/w/s/p.png")];
        expect![[r#"
            //- a.md
            [one](s/index.md#x "Title"), [two](<s/index.md>), ![p](s/p.png), [l][d], [[log]]

            [d]: s/index.md#x
        "#]]
        .assert_eq(&changed(&cx, &pointed(&cx, &gone, &Path::new("/w/s/index.md"))));
    }

    #[test]
    fn offers_the_page_of_that_name_and_the_index_of_the_folder() {
        let fixture = "
//- index.md
//- s/index.md
//- s/log.md
//- s/deep/a.md
//- t/log.md
";
        let cx = Fixture::new(fixture).snapshot();
        let offers = |gone: &[&str]| {
            let gone: Vec<Path> = gone.iter().map(|it| Path::new(&format!("/w/{it}"))).collect();
            elsewhere(&cx, &gone).iter().map(|it| cx.shown(it)).collect::<Vec<_>>()
        };
        assert_eq!(offers(&["s/log.md"]), ["t/log.md", "s/index.md"]);
        assert_eq!(offers(&["s/deep/a.md"]), ["s/index.md"]);
        assert_eq!(offers(&["s/"]), ["index.md"]);
        assert_eq!(offers(&["s/log.md", "t/log.md"]), ["index.md"]);
        assert_eq!(offers(&["index.md"]), [""; 0]);
    }
}
