//! Floor 3: all pages together.
//!
//! [`World`] is the only thing in the server that changes, and [`World::apply`] is the only way to
//! change it. Everyone else holds a [`Snapshot`], which never changes: a feature that starts on one
//! finishes on the same one, whatever the author types meanwhile.

mod document;
mod entities;
mod files;
mod index;
mod lead;
mod mentions;
mod names;
mod sections;
mod snapshot;

use std::sync::{Arc, Mutex, PoisonError};

pub use document::{Condition, Content, DocId, Document, Draft, Owner, Symbol, SymbolKind};
pub use entities::Entry;
use files::{list, unlist};
pub(crate) use lead::nearness;
pub use mentions::Mention;
pub use sections::Section;
pub use snapshot::{Outcome, Resolved, Snapshot};

use crate::{
    model::{Key, Kind, Path, Settings, Site, knowledge::Name, open, path},
    text::Text,
};

/// All pages, and the one place where they change.
#[derive(Debug, Default)]
pub struct World(Mutex<Arc<Snapshot>>);

/// Something that happened to the workspace.
#[derive(Debug)]
pub enum Change {
    /// The folders of the workspace are these, and these are the sites in them. Pages outside all
    /// folders that no editor holds are forgotten; pages whose site is another now are read anew.
    Roots {
        /// The folders, absolute.
        folders: Vec<Path>,
        /// The sites, in any order.
        sites: Vec<Arc<Site>>,
    },
    /// What is set for each folder of the workspace is this.
    Configured(Vec<Arc<Settings>>),
    /// An editor opened a page or changed its text.
    Edited {
        /// Which page.
        path: Path,
        /// The editor's count of its changes.
        version: i32,
        /// All of its text.
        text: Text,
    },
    /// An editor closed a page; what is on disk counts again.
    Closed {
        /// Which page.
        path: Path,
        /// What is on disk; none if there is no such file.
        disk: Option<Content>,
    },
    /// These files are on disk, new or changed. Text that an editor holds stays as it is.
    Found(Vec<Draft>),
    /// The same, of a workspace that is being read a few files at a time. Whoever reads it looks at every
    /// page when it is through, so who depends on these files is not asked: only they are affected.
    Read(Vec<Draft>),
    /// These files and folders (with a `/` at their ends) are on disk, though nobody counts them in.
    Listed(Vec<Path>),
    /// These files are on disk no more. Pages that an editor holds stay.
    Lost(Vec<Path>),
}

/// The pages to look at again after a change: those whose findings may differ. Sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affected(pub Vec<DocId>);

impl World {
    /// What is known now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Applies `change` before it returns, and says which pages to look at again.
    ///
    /// The work is proportional to the changed pages and to those that link to what came or went in
    /// them, never to the workspace.
    pub fn apply(&self, change: Change) -> Affected {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = Arc::make_mut(&mut guard);
        let mut touched = Touched::default();
        match change {
            Change::Roots { folders, sites } => set_roots(state, folders, sites, &mut touched),
            Change::Configured(settings) => configure(state, settings, &mut touched),
            Change::Edited { path, version, text } => {
                let draft = Draft::new(state.site(&path), path, Content::Text(text.to_string()));
                put(state, draft.with_text(text), Owner::Editor { version }, &mut touched);
            }
            Change::Closed { path, disk } => close(state, path, disk, &mut touched),
            Change::Found(drafts) => {
                drafts.into_iter().for_each(|it| find(state, it, &mut touched));
            }
            Change::Read(drafts) => {
                touched.wholesale = true;
                drafts.into_iter().for_each(|it| find(state, it, &mut touched));
            }
            Change::Listed(paths) => paths.iter().for_each(|it| list(state, it, &mut touched)),
            Change::Lost(paths) => paths.iter().for_each(|it| lose(state, it, &mut touched)),
        }
        touched.settle(state)
    }
}

/// From so many changed pages on, every page is looked at again.
const WHOLESALE: usize = 128;

/// What a change has touched so far.
#[derive(Debug, Default)]
struct Touched {
    pages: Vec<DocId>,
    /// Keys that came or went, or that began or ceased to be referred to.
    keys: Vec<Key>,
    /// Files that came or went.
    files: Vec<Path>,
    /// Every page will be looked at, however few have changed.
    wholesale: bool,
}

impl Touched {
    /// Whether so much has changed that no key needs to be known.
    fn is_wholesale(&self) -> bool {
        self.wholesale || self.pages.len() > WHOLESALE
    }

    /// Names everyone who has to do with a touched key, and marks them as changed.
    fn settle(self, state: &mut Snapshot) -> Affected {
        let wholesale = self.is_wholesale();
        let mut all = self.pages;
        // When a whole workspace comes in, asking key by key takes longer than looking at every page.
        if wholesale {
            state.clock += 1;
            state.floor = state.clock;
            if !self.wholesale {
                all = state.documents.keys().copied().collect();
            }
            return Affected(all);
        }
        let names = names_led_to(state, &self.keys);
        for key in self.keys.iter().chain(&names) {
            all.extend(state.defining(key));
            all.extend(state.index.referrers(key));
            if let Key::Called(slug) = key {
                // Whoever uses or has a name depends on what links call so.
                let all_kinds = [Kind::System, Kind::Pattern, Kind::Company, Kind::Domain];
                for kind in all_kinds {
                    let key = Key::Entity(kind, slug.clone());
                    all.extend(state.index.referrers(&key));
                    all.extend(state.defining(&key));
                }
            }
            if let Key::Entity(_, slug) = key {
                // An index states figures of a system under what it calls the page.
                let called = state.index.definers(&Key::Called(slug.clone()));
                let states = |it: &DocId| {
                    let document = state.documents.get(it);
                    let facts = document.into_iter().flat_map(|it| &it.outline.knowledge.facts);
                    facts.into_iter().any(|it| it.about == *key)
                };
                all.extend(called.filter(states));
            }
            if let Key::Anchor(page, id) = key {
                if **id == *open::ANY {
                    all.extend(state.index.referrers(&Key::Page(page.clone())));
                }
                // A wiki link or an address names the page, not its path, so it does not refer to
                // the anchor.
                let names = state.other_names(page);
                all.extend(names.iter().flat_map(|it| state.index.referrers(it)));
            }
        }
        if !self.files.is_empty() {
            all.extend(state.index.referrers_in_any_case(&self.files));
            // The pages that list a folder depend on which pages are in it.
            all.extend(self.files.iter().flat_map(|it| lists_beside(state, it)));
        }
        all.sort_unstable();
        all.dedup();
        all.retain(|&id| state.documents.contains_key(&id));
        state.clock += 1;
        for &id in &all {
            state.stamps.insert(id, state.clock);
        }
        Affected(all)
    }
}

/// The pages beside a file that may be the list of its folder.
fn lists_beside(state: &Snapshot, file: &Path) -> Vec<DocId> {
    let folder = format!("{}/", file.folder());
    let settings = state.settings(file);
    if !settings.words.pages.index.is_empty() {
        let beside = state.entries(&folder).into_iter().filter_map(|it| it.1);
        let lists = beside.filter(|it| settings.words.pages.index.matches(&settings.folder, it));
        return lists.filter_map(|it| Some(state.document(it)?.id)).collect();
    }
    let first = ["index.md", "README.md", "_index.md", "readme.md"].into_iter();
    let first = first.map(|it| Path::new(&format!("{folder}{it}")));
    first.filter_map(|it| Some(state.document(&it)?.id)).collect()
}

/// What links call the pages that came, went, or became something else.
fn names_led_to(state: &Snapshot, keys: &[Key]) -> Vec<Key> {
    let mut found = Vec::new();
    for key in keys {
        let called = match key {
            Key::Name(stem) => Key::Called(stem.clone()),
            Key::Page(_) => key.clone(),
            _ => continue,
        };
        for document in state.index.referrers(&called).filter_map(|it| state.documents.get(&it)) {
            let calls = document.outline.knowledge.calls.iter().filter(|it| match key {
                Key::Name(stem) => it.stem().as_ref() == Some(stem),
                key => it.to.contains(key),
            });
            found.extend(calls.map(|it| it.key.clone()));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn find(state: &mut Snapshot, draft: Draft, touched: &mut Touched) {
    if !draft.path.is_read() {
        list(state, &draft.path, touched);
        return;
    }
    let held = state.document(&draft.path).is_some_and(|it| it.owner != Owner::Disk);
    if held {
        list(state, &draft.path, touched);
    } else {
        put(state, draft, Owner::Disk, touched);
    }
}

fn lose(state: &mut Snapshot, path: &Path, touched: &mut Touched) {
    match state.document(path).cloned() {
        Some(document) if document.owner == Owner::Disk => drop_document(state, &document, touched),
        Some(_) => {}
        None => unlist(state, path, touched),
    }
}

fn close(state: &mut Snapshot, path: Path, disk: Option<Content>, touched: &mut Touched) {
    let Some(document) = state.document(&path).cloned() else { return };
    match disk {
        Some(content) => {
            let draft = Draft::new(state.site(&path), path, content);
            put(state, draft, Owner::Disk, touched);
        }
        None => drop_document(state, &document, touched),
    }
}

/// Puts a page in place of what was known of it.
fn put(state: &mut Snapshot, draft: Draft, owner: Owner, touched: &mut Touched) {
    let site = state.site(&draft.path);
    let draft = if Arc::ptr_eq(&site, &draft.site) || site == draft.site {
        draft
    } else {
        let content = Content::Text(draft.text.to_string());
        Draft::new(site, draft.path, content)
    };
    let before = state.document(&draft.path).cloned();
    let id = before.as_ref().map_or_else(|| state.next_id(), |it| it.id);
    let mut document = draft.into_document(id, owner);
    state.index.share(&mut document.outline);
    let document = Arc::new(document);
    let old = before.as_ref().map(|it| &it.outline);
    state.index.replace(id, old, Some(&document.outline), &mut touched.keys);
    if before.is_none() {
        state.sections = Arc::default();
        list(state, &document.path, touched);
    }
    let (kind, names) = (document.outline.knowledge.kind, &document.outline.knowledge.names);
    let texts = |it: &[Name]| it.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
    // What links to the page may teach depends on what it is and on how it calls itself.
    if old.is_some_and(|it| it.knowledge.kind != kind || texts(&it.knowledge.names) != texts(names))
    {
        touched.keys.push(Key::Page(document.path.clone()));
        touched.keys.push(Key::Name(document.path.stem().to_lowercase().into()));
    }
    state.files.insert(document.path.clone(), Some(id));
    let named =
        old.is_some_and(|it| mentions::same_names(&it.knowledge, &document.outline.knowledge));
    if !named {
        mentions::forget(&mut state.mentions);
    }
    if old.is_none_or(|it| it.search != document.outline.search) {
        state.names = Arc::default();
    }
    state.documents.insert(id, document);
    touched.pages.push(id);
    if touched.is_wholesale() {
        touched.keys = Vec::new();
    }
}

fn drop_document(state: &mut Snapshot, document: &Document, touched: &mut Touched) {
    state.index.replace(document.id, Some(&document.outline), None, &mut touched.keys);
    state.documents.remove(&document.id);
    state.stamps.remove(&document.id);
    state.names = Arc::default();
    mentions::forget(&mut state.mentions);
    state.sections = Arc::default();
    touched.pages.push(document.id);
    unlist(state, &document.path, touched);
}

fn set_roots(
    state: &mut Snapshot,
    folders: Vec<Path>,
    sites: Vec<Arc<Site>>,
    touched: &mut Touched,
) {
    state.roots = folders.into();
    let mut sites = sites;
    // Of two sites with the same pages the one with a configuration comes first.
    sites
        .sort_by_key(|it| (std::cmp::Reverse(it.docs.len()), it.docs.clone(), it.config.is_none()));
    state.sites = sites.into();
    state.attached = Arc::default();
    let strays = state.files.keys().filter(|it| !state.covers(it.as_str()));
    for path in strays.cloned().collect::<Vec<_>>() {
        lose(state, &path, touched);
    }
    let stale = state.documents.values().filter(|it| state.site(&it.path) != it.site);
    for document in stale.cloned().collect::<Vec<_>>() {
        let content = Content::Text(document.text.to_string());
        let draft = Draft::new(state.site(&document.path), document.path.clone(), content);
        put(state, draft.in_condition(document.condition), document.owner, touched);
    }
    // Whether a link can be judged depends on the folders, so every page is looked at again.
    touched.pages.extend(state.documents.keys());
}

fn configure(state: &mut Snapshot, mut settings: Vec<Arc<Settings>>, touched: &mut Touched) {
    settings.sort_by_key(|it| std::cmp::Reverse(it.folder.len()));
    if *settings != *state.settings {
        state.settings = settings.into();
        state.sections = Arc::default();
        touched.pages.extend(state.documents.keys());
    }
}

/// `to` as seen from the page at `from`, for links: `../patterns/quorum.md`.
pub fn way(from: &Path, to: &Path) -> String {
    path::relative(from.folder(), to.as_str())
}

#[cfg(test)]
mod tests;
