//! What always holds: a move or a rename changes no link but in how it is written, and the way back
//! restores every byte.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::moves;
use crate::{
    features::{Place, rename},
    model::{Changes, Path},
    rules::edited,
    testing::Fixture,
    world::{Resolved, Snapshot},
};

/// The texts of a workspace by their paths from the root.
type Texts = BTreeMap<String, String>;

/// Where a link leads: the file, and the heading by its index.
type End = Option<(String, Option<usize>)>;

fn world(texts: &Texts) -> std::sync::Arc<Snapshot> {
    let pages = texts.iter().map(|(path, text)| format!("//- {path}\n{text}"));
    Fixture::new(&pages.collect::<String>()).snapshot()
}

/// The workspace after a change.
fn after(cx: &Snapshot, texts: &Texts, changes: &Changes) -> Texts {
    let moved = texts.iter().map(|(path, text)| {
        let whole = Path::new(&format!("/w/{path}"));
        let edits = changes.edits.get(&whole).map(Vec::as_slice).unwrap_or_default();
        let to = changes.moves.iter().find_map(|(from, to)| {
            let rest = whole.as_str().strip_prefix(from.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| Path::new(&format!("{to}{rest}")))
        });
        (cx.shown(&to.unwrap_or(whole)), edited(text, edits))
    });
    moved.collect()
}

/// Every link, in order, with the page it is on and where it leads. `back` undoes the move of a path.
fn ends(cx: &Snapshot, back: impl Fn(&str) -> String) -> BTreeMap<String, Vec<End>> {
    let pages = cx.pages().map(|page| {
        let ends = page.outline.refers.iter().map(|it| match cx.resolve(it)? {
            Resolved::Page(to, place) => {
                let heading =
                    place.and_then(|it| to.page.headings.iter().position(|h| h.span == it));
                Some((back(&cx.shown(&to.path)), heading))
            }
            Resolved::NoAnchor(to) => Some((back(&cx.shown(&to.path)), Some(usize::MAX))),
            Resolved::File(path) => Some((back(&cx.shown(path)), None)),
            Resolved::Folder(_) => Some(("a folder".to_owned(), None)),
        });
        (back(&cx.shown(&page.path)), ends.collect())
    });
    pages.collect()
}

const FOLDERS: &[&str] = &["", "a/", "a/b/", "c d/", "é/"];
const NAMES: &[&str] = &["index", "kafka", "two phase", "log(1)", "ö"];
const HEADINGS: &[&str] = &["Log", "The *log*", "Größe", "A & b"];

fn file() -> impl Strategy<Value = String> {
    (0..FOLDERS.len(), 0..NAMES.len())
        .prop_map(|(folder, name)| format!("{}{}.md", FOLDERS[folder], NAMES[name]))
}

/// A link: to which page, to which heading, in which way.
fn link() -> impl Strategy<Value = (usize, usize, usize)> {
    (0..8_usize, 0..6_usize, 0..7_usize)
}

fn written(from: &str, to: &str, heading: usize, way: usize, number: usize) -> String {
    const ANCHORS: &[&str] = &["#log", "#the-log", "#größe", "#a--b", "#log-1", ""];
    let folder = from.rsplit_once('/').map_or("", |it| it.0);
    let path = crate::model::path::relative(&format!("/{folder}"), &format!("/{to}"));
    let bare = path.replace(' ', "%20");
    let anchor = ANCHORS[heading];
    match way {
        0 => format!("[x]({bare}{anchor})\n"),
        1 => format!("[x](<{path}{anchor}>)\n"),
        2 => format!("[x](/{}{anchor})\n", to.replace(' ', "%20")),
        3 => format!("<a href=\"{path}{anchor}\">x</a>\n"),
        4 => format!("![x]({bare})\n"),
        5 => format!("[x][l{number}]\n\n[l{number}]: {bare}{anchor} \"t\"\n\n"),
        _ => format!("[x]({anchor}) [gone](gone.md{anchor})\n"),
    }
}

prop_compose! {
    fn workspace()(
        files in prop::collection::btree_set(file(), 2..7),
        pages in prop::collection::vec(
            (prop::collection::vec(0..HEADINGS.len(), 0..5), prop::collection::vec(link(), 0..7)),
            8,
        ),
    ) -> Texts {
        let files: Vec<String> = files.into_iter().collect();
        let texts = files.iter().zip(pages).map(|(path, (headings, links))| {
            let mut text = String::new();
            headings.iter().for_each(|it| text.extend(["# ", HEADINGS[*it], "\n\n"]));
            for (number, (to, heading, way)) in links.iter().enumerate() {
                text.push_str(&written(path, &files[to % files.len()], *heading, *way, number));
            }
            (path.clone(), text)
        });
        texts.collect()
    }
}

/// The same links lead to the same files before and after.
fn same_ends(texts: &Texts, pairs: &[(Path, Path)]) -> Result<Option<Texts>, TestCaseError> {
    let cx = world(texts);
    let Ok(changes) = moves(&cx, pairs) else { return Ok(None) };
    let new_texts = after(&cx, texts, &changes);
    prop_assert_eq!(new_texts.len(), texts.len());
    let new = world(&new_texts);
    let back = |path: &str| {
        let whole = format!("/w/{path}");
        let found = pairs.iter().find_map(|(from, to)| {
            let rest = whole.strip_prefix(to.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{from}{rest}"))
        });
        found.map_or(path.to_owned(), |it| it["/w/".len()..].to_owned())
    };
    prop_assert_eq!(ends(&cx, str::to_owned), ends(&new, back), "{:#?}\n{:#?}", texts, new_texts);
    Ok(Some(new_texts))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_move_changes_no_link_and_the_way_back_restores_every_byte(
        texts in workspace(), which in any::<prop::sample::Index>(), to in file(),
    ) {
        let from = texts.keys().nth(which.index(texts.len())).cloned().unwrap_or_default();
        let pair = (Path::new(&format!("/w/{from}")), Path::new(&format!("/w/new/{to}")));
        if let Some(new) = same_ends(&texts, std::slice::from_ref(&pair))? {
            let again = same_ends(&new, &[(pair.1, pair.0)])?;
            prop_assert_eq!(again, Some(texts));
        }
    }

    #[test]
    fn a_folder_moves_with_its_links(texts in workspace(), which in 1..FOLDERS.len()) {
        let folder = Path::new(&format!("/w/{}", FOLDERS[which].trim_end_matches('/')));
        let pair = (folder, Path::new("/w/x y/z"));
        if let Some(new) = same_ends(&texts, std::slice::from_ref(&pair))? {
            let again = same_ends(&new, &[(pair.1, pair.0)])?;
            prop_assert_eq!(again, Some(texts));
        }
    }

    #[test]
    fn many_files_move_at_once(texts in workspace()) {
        let files = texts.keys().enumerate();
        let pairs = files.map(|(index, path)| {
            let to = format!("/w/{}/n{index}.md", ["p", "q/r", "."][index % 3]);
            (Path::new(&format!("/w/{path}")), Path::new(&to))
        });
        let pairs: Vec<_> = pairs.collect();
        same_ends(&texts, &pairs)?;
    }

    #[test]
    fn a_heading_keeps_its_links_and_the_way_back_restores_every_byte(
        texts in workspace(), which in any::<prop::sample::Index>(), heading in 0..5_usize,
    ) {
        let path = texts.keys().nth(which.index(texts.len())).cloned().unwrap_or_default();
        let cx = world(&texts);
        let page = cx.document(&Path::new(&format!("/w/{path}"))).expect("a page").clone();
        let Some(old) = page.page.headings.get(heading) else { return Ok(()) };
        let name = page.source(old.text);
        let twins = page.page.headings.iter().filter(|it| page.source(it.text) == name).count();
        let at = Place { id: page.id, at: old.text.start };
        let changes = rename::rename(&cx, at, "Something `else`").map_err(TestCaseError::fail)?;
        let new_texts = after(&cx, &texts, &changes);
        let new = world(&new_texts);
        prop_assert_eq!(ends(&cx, str::to_owned), ends(&new, str::to_owned), "{:#?}", new_texts);
        // Back among headings of the same text it would collide, so that is refused.
        let id = new.document(&page.path).expect("a page").id;
        let back = rename::rename(&new, Place { id, at: at.at }, &name);
        match (twins, back) {
            (1, back) => {
                let back = back.map_err(TestCaseError::fail)?;
                prop_assert_eq!(after(&new, &new_texts, &back), texts);
            }
            (_, back) => prop_assert!(back.is_err()),
        }
    }
}
