//! What always holds: a move or a rename changes no link but in how it is written, and the way back
//! restores every byte.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use proptest::prelude::*;

use super::moves;
use crate::{
    features::{Place, rename, under},
    model::{Changes, Path},
    rules::edited,
    testing::{Fixture, cases},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// The texts of a workspace by their paths from the root.
pub(super) type Texts = BTreeMap<String, String>;

/// Where a link leads: the file, and the place in it by its index, `heading 2` or `id 0`.
type End = Option<(String, String)>;

pub(super) fn world(texts: &Texts) -> std::sync::Arc<Snapshot> {
    let pages = texts.iter().map(|(path, text)| format!("//- {path}\n{text}"));
    Fixture::new(&pages.collect::<String>()).snapshot()
}

/// The workspace after a change.
pub(super) fn after(cx: &Snapshot, texts: &Texts, changes: &Changes) -> Texts {
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

/// Texts to compare with what they are again after a way and back. Exactly, but where a way of writing is
/// lost on it: a path can begin with `./` only if it goes down, and what has only ASCII needs no encoding.
/// Obsidian takes many fragments for one heading, so they are left out.
fn comparable(texts: &Texts, asked: &Texts) -> Texts {
    let odd = |it: &String| it.contains("(./") || it.contains("%C3") || it.contains("%28");
    let is_odd = asked.values().any(odd);
    let plain = |it: &str| percent_decode_str(&it.replace("(./", "(")).decode_utf8_lossy().into();
    let is_vault = asked.contains_key("docs/.obsidian/app.json");
    let cut = |line: &str| {
        let end = line.find('#').filter(|it| is_vault && *it > 0).unwrap_or(line.len());
        line[..end].to_owned()
    };
    let texts = texts.iter().map(|(path, text)| {
        let text = text.split('\n').map(cut).collect::<Vec<_>>().join("\n");
        (path.clone(), if is_odd { plain(&text) } else { text })
    });
    texts.collect()
}

/// Every link, in order, with the page it is on and where it leads. `back` undoes the move of a path.
fn ends(cx: &Snapshot, back: impl Fn(&str) -> String) -> BTreeMap<String, Vec<End>> {
    let pages = cx.documents().map(|page| {
        let ends = page.outline.refers.iter().map(|it| match cx.resolve(it)? {
            Resolved::Page(to, place) => {
                let place = place.map_or_else(String::new, |it| named(to, it));
                Some((back(&cx.shown(&to.path)), place))
            }
            Resolved::NoAnchor(to) => Some((back(&cx.shown(&to.path)), "nowhere".to_owned())),
            Resolved::File(path) => Some((back(&cx.shown(path)), String::new())),
            Resolved::Folder(_) => Some(("a folder".to_owned(), String::new())),
        });
        (back(&cx.shown(&page.path)), ends.collect())
    });
    pages.collect()
}

fn named(page: &Document, place: Span) -> String {
    let heading = page.page.headings.iter().position(|it| it.span == place);
    let id = page.page.ids.iter().position(|it| it.span == place);
    heading.map_or_else(|| format!("id {id:?}"), |it| format!("heading {it}"))
}

/// What says of which kind a site is; an empty one for none.
const KINDS: &[&str] = &[
    "",
    "mkdocs.yml",
    "book.toml",
    "hugo.toml",
    "docusaurus.config.js",
    "docs/_config.yml",
    "docs/.vitepress/config.ts",
    "docs/docfx.json",
    "docs/.obsidian/app.json",
];

const FOLDERS: &[&str] = &["", "a/", "a/b/", "c d/", "é/"];
const NAMES: &[&str] = &["index", "kafka", "two phase", "log(1)", "ö"];
const HEADINGS: &[&str] =
    &["Log", "The *log*", "Größe", "A & b", "Own {#own}", "<a id=\"spot\"></a> Spot"];
const ANCHORS: &[&str] = &[
    "#log",
    "#the-log",
    "#größe",
    "#a--b",
    "#log-1",
    "",
    "#log_1",
    "#groe",
    "#own",
    "#spot",
    "#gr%C3%B6%C3%9Fe",
];

fn file() -> impl Strategy<Value = String> {
    (0..FOLDERS.len(), 0..NAMES.len())
        .prop_map(|(folder, name)| format!("{}{}.md", FOLDERS[folder], NAMES[name]))
}

/// A link: to which page, to which heading, in which way.
fn link() -> impl Strategy<Value = (usize, usize, usize)> {
    (0..8_usize, 0..ANCHORS.len(), 0..15_usize)
}

fn written(from: &str, to: &str, heading: usize, way: usize, number: usize) -> String {
    let folder = from.rsplit_once('/').map_or("", |it| it.0);
    let path = crate::model::path::relative(&format!("/{folder}"), &format!("/{to}"));
    let bare = path.replace(' ', "%20");
    let encoded = percent_encoding::utf8_percent_encode(&path, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2E", ".")
        .replace("%2F", "/")
        .replace("%2D", "-");
    let anchor = ANCHORS[heading];
    // The address that MkDocs gives a page, as seen from that of another.
    let address = |it: &str| match it.strip_suffix("index.md") {
        Some(folder) => format!("/{folder}"),
        None => format!("/{}/", it.trim_end_matches(".md")),
    };
    let base = address(from);
    let folder = base.trim_end_matches('/');
    let url = crate::model::path::relative(folder, &format!("{}x", address(to)));
    let url = Some(url.trim_end_matches('x').to_owned()).filter(|it| !it.is_empty());
    let url = url.unwrap_or_else(|| "./".to_owned());
    match way {
        0 => format!("[x]({bare}{anchor})\n"),
        1 => format!("[x](<{path}{anchor}>)\n"),
        2 => format!("[x](/{}{anchor})\n", to.replace(' ', "%20")),
        3 => format!("<a href=\"{path}{anchor}\">x</a>\n"),
        4 => format!("![x]({bare})\n"),
        5 => format!("[x][l{number}]\n\n[l{number}]: {bare}{anchor} \"t\"\n\n"),
        6 => format!("<a href=\"{url}{anchor}\">x</a>\n"),
        7 => format!("[x](./{bare}{anchor})\n"),
        8 => format!("[x]({encoded}{anchor})\n"),
        9 => format!("[x]({bare}?q=1{anchor} 't')\n"),
        10 => format!("| a |\n|---|\n| [x]({bare}{anchor}) |\n\n"),
        11 => format!("[x]({}{anchor})\n", bare.trim_end_matches(".md")),
        12 => format!("[[{}{anchor}]]\n", to.trim_end_matches(".md")),
        13 => format!("[x]({{{{< ref \"/{to}{anchor}\" >}}}})\n"),
        _ => format!("[x]({anchor}) [gone](gone.md{anchor})\n"),
    }
}

/// The navigation of a site of these pages.
fn navigation(files: &[String]) -> String {
    let mut text = "site_name: x\nmarkdown_extensions: [attr_list, tables]\nnav:\n".to_owned();
    for (index, file) in files.iter().enumerate() {
        let entry = match index % 3 {
            0 => format!("  - Page {index}: '{file}'\n"),
            1 => format!("  - \"{file}\"\n"),
            _ => format!("  - Part {index}:\n      - {file}\n"),
        };
        text.push_str(&entry);
    }
    text
}

prop_compose! {
    fn workspace()(
        files in prop::collection::btree_set(file(), 2..7),
        pages in prop::collection::vec(
            (prop::collection::vec(0..HEADINGS.len(), 0..5), prop::collection::vec(link(), 0..7)),
            8,
        ),
        kind in prop::sample::select(KINDS),
    ) -> Texts {
        let files: Vec<String> = files.into_iter().collect();
        let texts = files.iter().zip(pages).map(|(path, (headings, links))| {
            let mut text = String::new();
            headings.iter().for_each(|it| text.extend(["# ", HEADINGS[*it], "\n\n"]));
            for (number, (to, heading, way)) in links.iter().enumerate() {
                // An address is one only where a generator gives pages addresses.
                let is_way = match *way {
                    6 => kind == "mkdocs.yml",
                    // What is written for an index says little of what it is for another page.
                    11 if [path, &files[to % files.len()]].iter().any(|it| it.ends_with("index.md")) => {
                        false
                    }
                    11 => matches!(
                        kind,
                        "docusaurus.config.js" | "docs/.vitepress/config.ts" | "docs/.obsidian/app.json"
                    ),
                    13 => kind == "hugo.toml",
                    _ => true,
                };
                let way = if is_way { *way } else { 0 };
                text.push_str(&written(path, &files[to % files.len()], *heading, way, number));
            }
            (if kind.is_empty() { path.clone() } else { format!("docs/{path}") }, text)
        });
        let lines = |line: fn(&String) -> String| files.iter().map(line).collect::<Vec<_>>().concat();
        let site = match kind {
            "" => vec![],
            "mkdocs.yml" => vec![(kind, navigation(&files))],
            "book.toml" => vec![
                (kind, "[book]\nsrc = \"docs\"\n".to_owned()),
                ("docs/SUMMARY.md", lines(|it| format!("- [x](<{it}>)\n"))),
            ],
            "hugo.toml" => vec![(kind, "contentDir = \"docs\"\n".to_owned())],
            "docs/docfx.json" => vec![
                (kind, "{}\n".to_owned()),
                ("docs/toc.yml", lines(|it| format!("- name: x\n  href: {it}\n"))),
            ],
            _ => vec![(kind, "{}\n".to_owned())],
        };
        texts.chain(site.into_iter().map(|it| (it.0.to_owned(), it.1))).collect()
    }
}

fn is_page(path: &str) -> bool {
    Path::new(path).is_page() && path != "docs/SUMMARY.md"
}

/// The folder of the pages.
fn top(texts: &Texts) -> &'static str {
    if texts.keys().any(|it| it.starts_with("docs/")) { "/w/docs" } else { "/w" }
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
    #![proptest_config(cases(96))]

    #[test]
    fn a_move_changes_no_link_and_the_way_back_restores_every_byte(
        texts in workspace(), which in any::<prop::sample::Index>(), to in file(),
    ) {
        let pages: Vec<&String> = texts.keys().filter(|it| is_page(it)).collect();
        let from = pages[which.index(pages.len())];
        let to = format!("{}/new/{to}", top(&texts));
        let pair = (Path::new(&format!("/w/{from}")), Path::new(&to));
        if let Some(new) = same_ends(&texts, std::slice::from_ref(&pair))? {
            let again = same_ends(&new, &[(pair.1, pair.0)])?;
            let again = again.map(|it| comparable(&it, &texts));
            prop_assert_eq!(again, Some(comparable(&texts, &texts)));
        }
    }

    #[test]
    fn a_folder_moves_with_its_links(texts in workspace(), which in 1..FOLDERS.len()) {
        let top = top(&texts);
        let folder = Path::new(&format!("{top}/{}", FOLDERS[which].trim_end_matches('/')));
        let pair = (folder, Path::new(&format!("{top}/x y/z")));
        if let Some(new) = same_ends(&texts, std::slice::from_ref(&pair))? {
            let again = same_ends(&new, &[(pair.1, pair.0)])?;
            let again = again.map(|it| comparable(&it, &texts));
            prop_assert_eq!(again, Some(comparable(&texts, &texts)));
        }
    }

    #[test]
    fn many_files_move_at_once(texts in workspace()) {
        let files = texts.keys().filter(|it| is_page(it)).enumerate();
        let pairs = files.map(|(index, path)| {
            let to = format!("{}/{}/n{index}.md", top(&texts), ["p", "q/r", "."][index % 3]);
            (Path::new(&format!("/w/{path}")), Path::new(&to))
        });
        let pairs: Vec<_> = pairs.collect();
        same_ends(&texts, &pairs)?;
    }

    #[test]
    fn a_heading_keeps_its_links_and_the_way_back_restores_every_byte(
        texts in workspace(), which in any::<prop::sample::Index>(), heading in 0..5_usize,
    ) {
        let pages: Vec<&String> = texts.keys().filter(|it| is_page(it)).collect();
        let path = pages[which.index(pages.len())];
        let cx = world(&texts);
        let page = cx.document(&Path::new(&format!("/w/{path}"))).expect("a page").clone();
        let Some(old) = page.page.headings.get(heading) else { return Ok(()) };
        let name = page.source(old.text);
        let twins = page.page.headings.iter().filter(|it| page.source(it.text) == name).count();
        let at = Place { id: page.id, at: old.text.start };
        let Ok(changes) = rename::rename(&cx, at, "Something `else`") else {
            // The place with an id of its own would be lost.
            prop_assert!(name.contains("id="), "{name}");
            return Ok(());
        };
        let new_texts = after(&cx, &texts, &changes);
        let new = world(&new_texts);
        prop_assert_eq!(ends(&cx, str::to_owned), ends(&new, str::to_owned), "{:#?}", new_texts);
        // Back among headings of the same text it would collide, so that is refused; unless their ids
        // are written out.
        let id = new.document(&page.path).expect("a page").id;
        let back = rename::rename(&new, Place { id, at: at.at }, &name);
        match (twins, back) {
            (1, back) => {
                let back = back.map_err(TestCaseError::fail)?;
                prop_assert_eq!(comparable(&after(&new, &new_texts, &back), &texts), comparable(&texts, &texts));
            }
            (_, Ok(back)) => prop_assert_eq!(comparable(&after(&new, &new_texts, &back), &texts), comparable(&texts, &texts)),
            (_, Err(_)) => {}
        }
    }

    #[test]
    fn an_id_and_a_label_keep_their_links_and_the_way_back_restores_every_byte(
        texts in workspace(), which in any::<prop::sample::Index>(), label in any::<bool>(),
    ) {
        let cx = world(&texts);
        let places = cx.pages().flat_map(|page| {
            let labels = page.page.definitions.iter().map(|it| it.label);
            let ids = page.page.ids.iter().map(|it| it.span);
            let explicit = page.page.headings.iter().filter_map(|it| it.explicit);
            let spans: Vec<Span> =
                if label { labels.collect() } else { ids.chain(explicit).collect() };
            spans.into_iter().map(|it| (page.path.clone(), it))
        });
        let places: Vec<(Path, Span)> = places.collect();
        if places.is_empty() {
            return Ok(());
        }
        let (path, span) = &places[which.index(places.len())];
        let page = cx.document(path).expect("a page");
        let name = page.source(*span);
        let at = Place { id: page.id, at: span.start };
        // Another of the same name would be taken for it.
        let Ok(changes) = rename::rename(&cx, at, "new-name") else { return Ok(()) };
        let new_texts = after(&cx, &texts, &changes);
        let new = world(&new_texts);
        prop_assert_eq!(ends(&cx, str::to_owned), ends(&new, str::to_owned), "{:#?}", new_texts);
        prop_assert_eq!(uses(&cx), uses(&new));
        let id = new.document(path).expect("a page").id;
        if let Ok(back) = rename::rename(&new, Place { id, at: at.at }, &name) {
            prop_assert_eq!(comparable(&after(&new, &new_texts, &back), &texts), comparable(&texts, &texts));
        }
    }
}

/// How many references of each page find their definitions.
fn uses(cx: &Snapshot) -> Vec<usize> {
    let count = |page: &Document| {
        let links = (0..page.page.links.len()).filter(|it| page.page.links[*it].is_reference());
        links.filter(|it| under::target(cx, page, *it).is_some()).count()
    };
    cx.pages().map(|it| count(it)).collect()
}
