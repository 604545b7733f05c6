//! Every question across pages.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, OnceLock},
};

use super::{
    DocId, Document,
    index::{Index, Table, is_own},
    lead::Attachments,
    mentions::Mentions,
    names::Names,
    sections::Sections,
};
use crate::{
    model::{Key, Path, Reference, Settings, Site, open},
    text::Span,
};

/// All that is known at one moment. Cheap to copy.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub(super) documents: imbl::OrdMap<DocId, Arc<Document>>,
    /// Every known file, pages with their numbers.
    pub(super) files: Table<Path, Option<DocId>>,
    /// The same files in the order of paths.
    pub(super) order: imbl::OrdSet<Path>,
    /// The same files by their paths in lower case; made when first asked for, made anew after a file
    /// came or went.
    pub(super) folded: Arc<OnceLock<HashMap<Box<str>, Path>>>,
    /// Those that are no pages by what wiki links call them; made and made anew likewise.
    pub(super) attached: Arc<OnceLock<Attachments>>,
    pub(super) index: Index,
    /// What pages are searched by; made when first asked for, made anew after a name changed.
    pub(super) names: Arc<OnceLock<Names>>,
    /// Names in running text, as far as they have been asked for; made anew after a name changed.
    pub(super) mentions: Arc<Mentions>,
    /// What studies usually have; learnt when first asked for, anew after a page came or went.
    pub(super) sections: Arc<OnceLock<Sections>>,
    /// When each page, or something it depends on, last changed: a tick of `clock`.
    pub(super) stamps: Table<DocId, u64>,
    pub(super) clock: u64,
    /// When all pages last changed.
    pub(super) floor: u64,
    pub(super) roots: Arc<[Path]>,
    /// The longest folder first.
    pub(super) sites: Arc<[Arc<Site>]>,
    /// What is set for each folder of the workspace, the longest folder first.
    pub(super) settings: Arc<[Arc<Settings>]>,
    last_id: u32,
}

/// What a reference leads to.
#[derive(Clone, Debug)]
pub enum Resolved<'a> {
    /// A place in a page.
    Page(&'a Arc<Document>, Option<Span>),
    /// A page that has no such place.
    NoAnchor(&'a Arc<Document>),
    /// A file that is not a page.
    File(&'a Path),
    /// A folder; with the `/` at its end.
    Folder(&'a Path),
}

/// How a link fares on its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The generator knows what it names.
    Right,
    /// A reader's browser opens it, though the generator knows nothing of it.
    Opens,
    /// What the author had in mind is there, but the link does not lead to it on the site.
    Elsewhere,
    /// Nothing is there.
    Missing,
}

impl Snapshot {
    pub(super) fn next_id(&mut self) -> DocId {
        self.last_id += 1;
        DocId(self.last_id)
    }

    /// The page at `path`.
    pub fn document(&self, path: &Path) -> Option<&Arc<Document>> {
        self.documents.get(&(*self.files.get(path.as_str())?)?)
    }

    /// The page with this number, if it is still there.
    pub fn page(&self, id: DocId) -> Option<&Arc<Document>> {
        self.documents.get(&id)
    }

    /// All pages in the order of their paths.
    pub fn pages(&self) -> impl Iterator<Item = &Arc<Document>> + '_ {
        self.documents().filter(|it| it.path.navigation().is_none())
    }

    /// All pages in no order: the fast way to look at each of them.
    pub fn all_pages(&self) -> impl Iterator<Item = &Arc<Document>> + '_ {
        self.documents.values().filter(|it| it.path.navigation().is_none())
    }

    /// All pages and navigation files in the order of their paths.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> + '_ {
        self.order.iter().filter_map(|path| self.document(path))
    }

    /// The pages whose title or path may match a fuzzy query, in no order; at least the best `most`.
    pub fn named(&self, query: &str, most: usize) -> Vec<&Document> {
        let names = self.names.get_or_init(|| Names::new(self));
        let likely = names.likely(query, most);
        likely.iter().filter_map(|id| self.documents.get(id).map(AsRef::as_ref)).collect()
    }

    /// How many pages there are. A navigation file is none.
    pub fn count(&self) -> usize {
        self.all_pages().count()
    }

    /// When a page, or something its findings depend on, last changed.
    pub fn stamp(&self, id: DocId) -> u64 {
        self.stamps.get(&id).copied().unwrap_or_default().max(self.floor)
    }

    /// The folders of the workspace.
    pub fn roots(&self) -> &[Path] {
        &self.roots
    }

    /// The sites of the workspace.
    pub fn sites(&self) -> &[Arc<Site>] {
        &self.sites
    }

    /// Whether a path lies in the workspace, so that it is known whether it exists.
    pub fn covers(&self, path: &str) -> bool {
        self.roots.iter().any(|it| inside(path, it.as_str()))
    }

    /// The site that a page belongs to.
    pub fn site(&self, path: &Path) -> Arc<Site> {
        let own = |it: &&Arc<Site>| it.config.as_ref() == Some(path);
        let found = self.sites.iter().find(|it| inside(path.as_str(), &it.docs));
        let found = self.sites.iter().find(own).or(found);
        found.cloned().unwrap_or_else(|| {
            let root = self.roots.iter().find(|it| inside(path.as_str(), it.as_str()));
            Arc::new(Site::plain(root.map_or(path.folder(), Path::as_str)))
        })
    }

    /// What is set for each folder of the workspace, the longest folder first.
    pub fn all_settings(&self) -> &[Arc<Settings>] {
        &self.settings
    }

    /// What is set for the folder that a path lies in.
    pub fn settings(&self, path: &Path) -> &Settings {
        static NONE: LazyLock<Settings> = LazyLock::new(Settings::default);
        let found = self.settings.iter().find(|it| inside(path.as_str(), &it.folder));
        found.map_or(&NONE, |it| it)
    }

    /// The path as authors see it: from the root it lies in.
    pub fn shown(&self, path: &Path) -> String {
        let root = self.roots.iter().find_map(|it| path.inside(it.as_str()));
        root.unwrap_or(path.as_str()).to_owned()
    }

    /// Whether there is such a file, or, for a path that ends with `/`, such a folder.
    pub fn exists(&self, path: &Path) -> bool {
        if path.as_str().ends_with('/') {
            return self.below(path.as_str()).next().is_some();
        }
        self.files.contains_key(path.as_str())
    }

    /// The file that `path` names but for the case of letters, if there is one.
    pub fn other_case(&self, path: &Path) -> Option<&Path> {
        let folded = self.folded.get_or_init(|| {
            self.order.iter().map(|it| (it.as_str().to_lowercase().into(), it.clone())).collect()
        });
        let found = folded.get(path.as_str().to_lowercase().as_str())?;
        (found != path && self.covers(found.as_str())).then_some(found)
    }

    /// The known file at `path`, as it is known.
    pub fn file(&self, path: &str) -> Option<&Path> {
        self.files.get_key_value(path).map(|it| it.0)
    }

    /// Every known file whose path begins with `start`, in order.
    pub fn below<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a Path> + 'a {
        let from = Path::new(start);
        self.order.range(from..).take_while(move |it| it.as_str().starts_with(start))
    }

    /// Every known file, in the order of paths.
    pub fn files(&self) -> impl Iterator<Item = &Path> + '_ {
        self.order.iter()
    }

    /// What lies directly in a folder, whose path ends with `/`: names in order, files with their
    /// paths. The work depends on what is listed, not on what lies deeper.
    pub fn entries(&self, folder: &str) -> Vec<(&str, Option<&Path>)> {
        let mut found = Vec::new();
        let mut next = self.order.range(Path::new(folder)..);
        while let Some(path) = next.next() {
            let Some(rest) = path.as_str().strip_prefix(folder) else { break };
            let Some((name, _)) = rest.split_once('/') else {
                found.push((rest, Some(path)));
                continue;
            };
            found.push((name, None));
            // `0` is the character behind `/`: nothing in that folder comes after it.
            next = self.order.range(Path::new(&format!("{folder}{name}0"))..);
        }
        found
    }

    /// The pages that define `key`, in the order of their paths. A `README` comes last: it stands for its
    /// folder only where no index does.
    pub fn definers(&self, key: &Key) -> Vec<&Arc<Document>> {
        if is_own(key) {
            return self.owner(key).into_iter().collect();
        }
        let mut found = self.in_order(self.index.definers(key));
        found.sort_by_key(|it| it.path.stem() == "README");
        found
    }

    /// The pages that refer to `key`, in the order of their paths.
    pub fn referrers(&self, key: &Key) -> Vec<&Arc<Document>> {
        let own = self.home(key).filter(|it| it.outline.referred().any(|it| it == *key));
        self.in_order(self.index.referrers(key).chain(own.map(|it| it.id)))
    }

    /// Whether anything is called by `key`.
    pub fn defined(&self, key: &Key) -> bool {
        match key {
            Key::Page(path) => self.exists(path),
            key => {
                let is_page = self.owner(key).is_some() || self.index.defined(key);
                is_page || (matches!(key, Key::Name(_)) && !self.attachments(key).is_empty())
            }
        }
    }

    /// The numbers of the pages that define `key`, in no order.
    pub(super) fn defining(&self, key: &Key) -> Vec<DocId> {
        self.index.definers(key).chain(self.owner(key).map(|it| it.id)).collect()
    }

    /// The page that a key names, if it names a page or a place in one.
    fn home(&self, key: &Key) -> Option<&Arc<Document>> {
        match key {
            Key::Page(path) | Key::Anchor(path, _) => self.document(path),
            _ => None,
        }
    }

    /// The same, if it is there: the only page that can define such a key.
    fn owner(&self, key: &Key) -> Option<&Arc<Document>> {
        self.home(key).filter(|it| match key {
            Key::Anchor(_, id) => it.anchor(id).is_some(),
            _ => true,
        })
    }

    /// How a link fares on its site.
    pub fn outcome(&self, reference: &Reference) -> Outcome {
        let led = reference.candidates.iter().position(|it| self.defined(it));
        match led {
            None => Outcome::Missing,
            Some(it) if it < usize::from(reference.right) => Outcome::Right,
            Some(it) if it < usize::from(reference.opens) => Outcome::Opens,
            Some(_) => Outcome::Elsewhere,
        }
    }

    /// What a reference leads to; none if that is not there.
    pub fn resolve(&self, reference: &Reference) -> Option<Resolved<'_>> {
        let found = reference.candidates.iter().find_map(|it| self.place(it))?;
        let Resolved::Page(document, _) = found else { return Some(found) };
        let Some(fragment) = &reference.fragment else { return Some(found) };
        Some(match document.anchor(fragment) {
            Some(span) => Resolved::Page(document, Some(span)),
            None if document.anchor(open::ANY).is_some() => Resolved::Page(document, None),
            None => Resolved::NoAnchor(document),
        })
    }

    /// The files and folders inside the workspace that a page links to, as far as nothing is known of
    /// them.
    pub fn missing(&self, document: &Document) -> Vec<Path> {
        let unresolved = document.outline.refers.iter().filter(|it| self.resolve(it).is_none());
        let paths = unresolved.flat_map(|it| it.candidates.iter()).filter_map(|it| match it {
            Key::Page(path) => Some(path),
            _ => None,
        });
        paths.filter(|it| self.covers(it.as_str())).cloned().collect()
    }

    /// Every place, page by page, that refers to one of `keys`: the page and the link's index.
    pub fn references(&self, keys: &[Key]) -> Vec<(&Arc<Document>, usize)> {
        let mut found = Vec::new();
        let others = keys.iter().filter_map(|key| match key {
            Key::Page(path) | Key::Anchor(path, _) => Some(self.other_names(path)),
            _ => None,
        });
        let others: Vec<Key> = others.flatten().collect();
        let keyed = keys.iter().chain(&others);
        let own = keys.iter().filter_map(|it| Some(self.home(it)?.id));
        let pages = keyed.flat_map(|key| self.index.referrers(key)).chain(own);
        for document in self.in_order(pages) {
            let hits =
                document.outline.refers.iter().filter(|reference| self.leads_to(reference, keys));
            found.extend(hits.map(|it| (document, it.link as usize)));
        }
        found
    }

    /// Whether a reference leads to one of `keys` and not, by an earlier candidate, elsewhere.
    fn leads_to(&self, reference: &Reference, keys: &[Key]) -> bool {
        let led = reference.candidates.iter().find(|it| self.defined(it));
        let Some(led) = led.or(reference.candidates.first()) else { return false };
        let page = match led {
            Key::Name(_) | Key::Address(_) => self.by_name(led).cloned(),
            _ => None,
        };
        let page = page.map(Key::Page);
        let led = page.as_ref().unwrap_or(led);
        keys.iter().any(|key| match (key, led) {
            (Key::Anchor(page, id), Key::Page(path)) => {
                page == path && reference.fragment.as_deref() == Some(id)
            }
            // A link to a place that is not there opens the page as a whole.
            (Key::Page(page), Key::Page(path)) => {
                let place = reference.fragment.iter();
                let mut places = place.map(|it| Key::Anchor(path.clone(), it.clone()));
                page == path && !places.any(|it| self.defined(&it))
            }
            (key, led) => key == led,
        })
    }

    /// The keys, other than its path, that the file at `path` is named by.
    pub(super) fn other_names(&self, path: &Path) -> Vec<Key> {
        let Some(document) = self.document(path) else { return self.wiki_names(path) };
        let defined = document.outline.defines.iter().map(|it| &it.key);
        defined.filter(|it| matches!(it, Key::Name(_) | Key::Address(_))).cloned().collect()
    }

    fn in_order(&self, ids: impl Iterator<Item = DocId>) -> Vec<&Arc<Document>> {
        let mut found: Vec<_> = ids.filter_map(|id| self.documents.get(&id)).collect();
        found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        found.dedup_by(|a, b| a.id == b.id);
        found
    }
}

fn inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|it| it.is_empty() || it.starts_with('/') || folder.ends_with('/'))
}
