//! Paths and titles: other pages, folders step by step, images.

use std::cmp::Reverse;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::{Item, Kind, MOST, context::Typed, is_stub};
use crate::{
    features::{fuzzy::Fuzzy, preview},
    model::{
        Key, Path,
        path::{join, relative},
        site::{Addresses, Generator},
        url::{Quote, quoted},
    },
    text::Span,
    world::{Document, Snapshot},
};

/// What may stand as a destination: the files and folders of the folder that is typed, then every page
/// whose path or title matches; before anything is typed also the anchors of the page itself.
pub(super) fn destinations(cx: &Snapshot, document: &Document, typed: &Typed) -> Vec<Item> {
    let written = percent_decode_str(&typed.before).decode_utf8_lossy().into_owned();
    let (folder, last) = written.rsplit_once('/').map_or(("", &*written), |it| (it.0, it.1));
    let from = if typed.quote == Quote::Html {
        Base::of_html(document, &written)
    } else {
        Base::new(document, &written)
    };
    let base = if written.contains('/') {
        from.resolve(&format!("{folder}/"))
    } else {
        from.folder.clone()
    };
    let mut items = step(cx, document, typed, &from, base.trim_end_matches('/'), last);
    let beside = items.len();
    let query = query(&written);
    // Who walks the folders step by step looks for nothing elsewhere.
    let walks = written.contains('/') && items.iter().any(|it| it.filter.contains(last));
    let elsewhere: Vec<Item> = if walks && !query.is_empty() {
        Vec::new()
    } else if typed.image {
        let found = pictures(cx, document, query).into_iter();
        found.map(|it| plain_item(cx, typed, &from, it, Kind::File)).collect()
    } else {
        let pages = if query.is_empty() { near(cx, document) } else { ranked(cx, query) };
        let pages = pages.into_iter().filter(|it| it.id != document.id);
        pages.map(|it| page_item(cx, typed, &from, it)).collect()
    };
    for item in elsewhere {
        if items.len() > MOST {
            break;
        }
        if !items[..beside].iter().any(|it| it.with == item.with) {
            items.push(item);
        }
    }
    if last.is_empty() || beside == 0 {
        return with_anchors(document, typed, items);
    }
    // A title or a name that matches better than a file beside this page goes first.
    let mut fuzzy = Fuzzy::new(query);
    items.sort_by_cached_key(|it| Reverse(fuzzy.score(&it.filter)));
    items
}

/// Puts the page's own anchors behind the rest, as long as nothing is typed.
fn with_anchors(document: &Document, typed: &Typed, mut items: Vec<Item>) -> Vec<Item> {
    if typed.before.is_empty() && !typed.image {
        let all = Typed { before: "#".to_owned(), ..typed.clone() };
        items.truncate(MOST / 2);
        let anchors =
            document.page.headings.iter().filter_map(|it| Some((it, it.anchor.as_deref()?)));
        items.extend(anchors.map(|(heading, anchor)| Item {
            kind: Kind::Anchor,
            label: format!("#{anchor}"),
            detail: heading.title.to_string(),
            place: String::new(),
            replaces: all.span,
            with: format!("#{anchor}"),
            filter: format!("#{anchor} {}", heading.title),
            shows: Some((document.path.clone(), Some(anchor.into()))),
        }));
    }
    items
}

/// Where typed paths start from, and how paths are written in their manner.
pub(super) struct Base {
    folder: String,
    /// The docs root for paths that start with `/`.
    root: Option<String>,
    dotted: bool,
    /// How pages are named, where they are named by their addresses.
    addresses: Option<Addresses>,
}

impl Base {
    pub(super) fn new(document: &Document, written: &str) -> Self {
        // Entries of a navigation file start from where the pages lie.
        let is_outside = document.path.inside(&document.site.docs).is_none();
        let from_docs = document.path.navigation().is_some() && is_outside;
        let folder = if from_docs { &*document.site.docs } else { document.path.folder() };
        Self {
            folder: folder.to_owned(),
            root: written.starts_with('/').then(|| document.site.docs.to_string()),
            dotted: written.starts_with("./"),
            addresses: None,
        }
    }

    /// In raw HTML, which `MkDocs` leaves as it is: a browser starts from the page's address.
    fn of_html(document: &Document, written: &str) -> Self {
        let site = &document.site;
        let mut base = Self::new(document, written);
        if site.generator == Generator::MkDocs
            && let Some(start) = site.start(&document.path)
        {
            join(&site.docs, &start).trim_end_matches('/').clone_into(&mut base.folder);
            base.addresses = Some(site.addresses);
        }
        base
    }

    fn resolve(&self, written: &str) -> String {
        match &self.root {
            Some(root) => join(root, written.trim_start_matches('/')),
            None => join(&self.folder, written),
        }
    }

    /// How a page is named.
    fn page(&self, to: &Path) -> String {
        let bare = format!("{}/{}", to.folder(), to.stem());
        match self.addresses {
            Some(Addresses::Html) => self.write(&format!("{bare}.html")),
            Some(Addresses::Folders) => {
                let is_index = matches!(to.stem(), "index" | "README");
                let folder = if is_index { to.folder() } else { &bare };
                let way = self.write(&format!("{folder}/."));
                let way = way.trim_end_matches('.');
                if way.is_empty() { "./".to_owned() } else { way.to_owned() }
            }
            _ => self.write(to.as_str()),
        }
    }

    pub(super) fn write(&self, to: &str) -> String {
        match &self.root {
            Some(root) => {
                format!("/{}", to.strip_prefix(root.as_str()).unwrap_or(to).trim_start_matches('/'))
            }
            None if self.dotted => {
                let way = relative(&self.folder, to);
                if way.starts_with("..") { way } else { format!("./{way}") }
            }
            None => relative(&self.folder, to),
        }
    }
}

/// The files and folders of one folder, as far as they match the last part of what is typed.
fn step(
    cx: &Snapshot,
    document: &Document,
    typed: &Typed,
    from: &Base,
    folder: &str,
    last: &str,
) -> Vec<Item> {
    let start = format!("{folder}/");
    let mut fuzzy = Fuzzy::new(last);
    let mut scored = Vec::new();
    for (name, path) in cx.entries(&start) {
        // In a folder that is spelled out everything is offered: the editor picks from it, too.
        let score = fuzzy.score(name).or(typed.before.contains('/').then_some(0));
        let Some(score) = score else { continue };
        // No page is a picture.
        if typed.image && path.is_some_and(Path::is_page) {
            continue;
        }
        let own = path == Some(&document.path);
        let rank = match path {
            Some(path) if typed.image == path.is_picture() && path.is_page() != typed.image => 0,
            None => 1,
            Some(_) => 2,
        };
        scored.push((own, Reverse(score), rank, name, path));
    }
    scored.sort_unstable_by_key(|it| (it.0, it.1, it.2, it.3));
    let items = scored.into_iter().take(MOST).filter_map(|(.., name, path)| match path {
        None => {
            let folder = Path::new(&format!("{start}{name}/"));
            Some(plain_item(cx, typed, from, &folder, Kind::Folder))
        }
        Some(path) => match cx.document(path) {
            Some(page) if is_stub(page) => None,
            Some(page) => Some(page_item(cx, typed, from, page)),
            None => Some(plain_item(cx, typed, from, path, Kind::File)),
        },
    });
    items.collect()
}

fn page_item(cx: &Snapshot, typed: &Typed, from: &Base, page: &Document) -> Item {
    let way = from.page(&page.path);
    Item {
        kind: Kind::Page,
        label: way.clone(),
        detail: page.title().to_owned(),
        place: folder_of(cx, &page.path),
        replaces: typed.span,
        with: quoted(&way, typed.quote),
        filter: format!("{} {}", quoted(&way, typed.quote), page.title()),
        shows: Some((page.path.clone(), None)),
    }
}

fn plain_item(cx: &Snapshot, typed: &Typed, from: &Base, path: &Path, kind: Kind) -> Item {
    let folder = path.as_str().strip_suffix('/');
    let way = match folder {
        Some(folder) => format!("{}/", from.write(folder)),
        None => from.write(path.as_str()),
    };
    Item {
        kind,
        label: way.clone(),
        detail: String::new(),
        place: folder_of(cx, path),
        replaces: typed.span,
        with: quoted(&way, typed.quote),
        filter: quoted(&way, typed.quote),
        shows: None,
    }
}

fn folder_of(cx: &Snapshot, path: &Path) -> String {
    let shown = cx.shown(path);
    shown.trim_end_matches('/').rsplit_once('/').map_or(String::new(), |it| it.0.to_owned())
}

/// What is searched for among paths and titles: without the steps of the way.
fn query(written: &str) -> &str {
    let mut rest = written.trim_start_matches('/');
    while let Some(shorter) = rest.strip_prefix("../").or_else(|| rest.strip_prefix("./")) {
        rest = shorter;
    }
    rest.trim_start_matches('.')
}

/// The pages nearest to one: those of its folder, then others, in the order of paths.
fn near<'a>(cx: &'a Snapshot, document: &Document) -> Vec<&'a Document> {
    let folder = format!("{}/", document.path.folder());
    let beside = cx.entries(&folder).into_iter().filter_map(|(_, path)| cx.document(path?));
    let others = cx.pages().filter(|it| it.path.folder() != document.path.folder());
    let pages = beside.take(MOST).chain(others.take(MOST)).map(AsRef::as_ref);
    pages.filter(|it| !is_stub(it)).collect()
}

/// The pictures whose path matches, best first; before anything is typed the nearest.
fn pictures<'a>(cx: &'a Snapshot, document: &Document, query: &str) -> Vec<&'a Path> {
    let mut fuzzy = Fuzzy::for_paths(query);
    let found = cx.files().filter(|it| it.is_picture()).filter_map(|path| {
        let score = fuzzy.score(path.as_str())?;
        let steps = relative(document.path.folder(), path.as_str()).matches('/').count();
        Some((Reverse(score), steps, path))
    });
    let mut found: Vec<_> = found.collect();
    found.sort_unstable();
    found.into_iter().take(MOST).map(|it| it.2).collect()
}

/// The pages whose path or title matches, best first.
fn ranked<'a>(cx: &'a Snapshot, query: &str) -> Vec<&'a Document> {
    let pages: Vec<&Document> = cx.named(query, 4 * MOST);
    let scored = pages.par_iter().with_min_len(512).map_init(
        || Fuzzy::for_paths(query),
        |fuzzy, page| {
            let best = fuzzy.score(&page.outline.search)?;
            let length = page.outline.search.len();
            (!is_stub(page)).then_some((Reverse(best), length, *page))
        },
    );
    let mut found: Vec<_> = scored.flatten_iter().collect();
    // Next to a good match a poor one is noise.
    let best = found.iter().map(|it| it.0.0).max().unwrap_or_default();
    found.retain(|it| it.0.0 * 2 >= best);
    found.sort_unstable_by(|a, b| (a.0, a.1, &a.2.path).cmp(&(b.0, b.1, &b.2.path)));
    found.into_iter().take(MOST).map(|it| it.2).collect()
}

/// Whole links to the pages whose title matches, behind a bracket.
pub(super) fn whole_links(
    cx: &Snapshot,
    document: &Document,
    typed: &str,
    span: Span,
) -> Vec<Item> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    let from = Base::new(document, "");
    let pages = ranked(cx, typed).into_iter().filter(|it| it.id != document.id);
    let items = pages.map(|page| {
        let title = preview::escape(page.title());
        let way = quoted(&from.write(page.path.as_str()), Quote::Bare);
        Item {
            kind: Kind::Link,
            label: page.title().to_owned(),
            detail: way.clone(),
            place: folder_of(cx, &page.path),
            replaces: span,
            with: format!("[{title}]({way})"),
            filter: format!("[{} {way}", page.title()),
            shows: Some((page.path.clone(), None)),
        }
    });
    items.collect()
}

/// What a wiki link calls a page: its name or, where others have the same, its way from the vault's root.
fn name_of(cx: &Snapshot, document: &Document, page: &Document) -> String {
    let stem = page.path.stem();
    let site = &document.site;
    let whole = page.path.inside(&site.docs).filter(|_| site.generator == Generator::Obsidian);
    match whole.and_then(|it| it.strip_suffix(".md")) {
        Some(whole) if cx.definers(&Key::Name(stem.to_lowercase().into())).len() > 1 => {
            whole.to_owned()
        }
        _ => stem.to_owned(),
    }
}

/// Pages by name, for wiki links; before them pictures, if one is to be shown.
pub(super) fn wiki(
    cx: &Snapshot,
    document: &Document,
    typed: &str,
    span: Span,
    embed: bool,
) -> Vec<Item> {
    let pictures = if embed { pictures(cx, document, typed) } else { Vec::new() };
    let pictures = pictures.into_iter().map(|path| {
        let docs = &document.site.docs;
        let is_alone = cx.attachments(&Key::Name(path.name().to_lowercase().into())).len() < 2;
        let name = if is_alone { path.name() } else { path.inside(docs).unwrap_or(path.name()) };
        Item {
            kind: Kind::File,
            label: name.to_owned(),
            detail: String::new(),
            place: folder_of(cx, path),
            replaces: span,
            filter: name.to_owned(),
            with: name.to_owned(),
            shows: Some((path.clone(), None)),
        }
    });
    let pages = if typed.is_empty() { near(cx, document) } else { ranked(cx, typed) };
    let items = pages.into_iter().filter(|it| it.id != document.id).map(|page| {
        let name = name_of(cx, document, page);
        Item {
            kind: Kind::Page,
            label: name.clone(),
            detail: page.title().to_owned(),
            place: folder_of(cx, &page.path),
            replaces: span,
            filter: format!("{name} {}", page.title()),
            with: name,
            shows: Some((page.path.clone(), None)),
        }
    });
    pictures.chain(items).collect()
}
