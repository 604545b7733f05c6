//! The files of the workspace as they will be after a move, without moving them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    model::{Key, Path, Site, outline::own_keys, resolve::wiki},
    syntax::Page,
    world::{Snapshot, nearness},
};

/// The workspace after some files and folders have moved.
pub(super) struct After<'a> {
    cx: &'a Snapshot,
    /// From where to where; what lies deeper comes first.
    pairs: Vec<(Path, Path)>,
    /// Every file that moves.
    files: HashMap<Path, Path>,
    /// Where they will be.
    arrived: HashSet<Path>,
    /// Where the moved pages will be, by the names and addresses that they will have, in order.
    named: HashMap<Key, Vec<Path>>,
    /// The names and addresses that any of them has or will have.
    names: HashSet<Key>,
    /// The sites that list pages, as they are and as they will be.
    sites: Vec<(Arc<Site>, Arc<Site>)>,
}

impl<'a> After<'a> {
    pub(super) fn new(cx: &'a Snapshot, pairs: &[(Path, Path)]) -> Self {
        let mut pairs: Vec<(Path, Path)> =
            pairs.iter().filter(|it| it.0 != it.1).cloned().collect();
        pairs.sort_by_key(|it| std::cmp::Reverse(it.0.as_str().len()));
        let mut after = Self {
            cx,
            pairs,
            files: HashMap::new(),
            arrived: HashSet::new(),
            named: HashMap::new(),
            names: HashSet::new(),
            sites: Vec::new(),
        };
        let inside: Vec<String> = after.pairs.iter().map(|it| format!("{}/", it.0)).collect();
        let below = inside.iter().flat_map(|it| cx.below(it)).cloned();
        let single = after.pairs.iter().map(|it| it.0.clone()).filter(|it| cx.exists(it));
        for path in single.chain(below).collect::<HashSet<Path>>() {
            if let Some(to) = after.of(&path) {
                after.arrived.insert(to.clone());
                after.files.insert(path, to);
            }
        }
        let listing =
            cx.sites().iter().filter(|it| it.listed.is_some() || !it.redirects.is_empty());
        after.sites = listing.map(|it| (Arc::clone(it), after.relisted(it))).collect();
        for (path, to) in after.files.clone() {
            let names = |site: &Site, path: &Path, page: Option<&Page>| {
                let keys = match page {
                    Some(page) => own_keys(site, path, page),
                    None if site.dialect.reads.wiki_links => wiki::names(site, path),
                    None => Vec::new(),
                };
                keys.into_iter().filter(|it| !matches!(it, Key::Page(_))).collect::<Vec<_>>()
            };
            let page = cx.document(&path).map(|it| &it.page);
            after.names.extend(names(&cx.site(&path), &path, page));
            for key in names(&after.site(&to), &to, page) {
                after.named.entry(key.clone()).or_default().push(to.clone());
                after.names.insert(key);
            }
        }
        after
    }

    /// A site when its list of pages has been edited.
    fn relisted(&self, site: &Site) -> Arc<Site> {
        let place = |it: &str| {
            let to = self.files.get(&Path::new(&site.at(it)))?;
            Some(to.inside(&site.docs)?.into())
        };
        let mut new = site.clone();
        new.listed = site.listed.as_ref().map(|all| {
            let places = all.iter().map(|it| place(it).unwrap_or_else(|| it.clone()));
            places.collect()
        });
        for (_, to) in &mut new.redirects {
            if let Some(new) = place(to) {
                *to = new;
            }
        }
        Arc::new(new)
    }

    /// The site that a page at this path will belong to.
    pub(super) fn site(&self, path: &Path) -> Arc<Site> {
        self.becomes(&self.cx.site(path))
    }

    /// What a site will be.
    pub(super) fn becomes(&self, site: &Arc<Site>) -> Arc<Site> {
        let new = self.sites.iter().find(|it| Arc::ptr_eq(&it.0, site));
        Arc::clone(new.map_or(site, |it| &it.1))
    }

    /// Where a file or folder will be, if it moves. A `/` at the end stays.
    pub(super) fn of(&self, path: &Path) -> Option<Path> {
        if let Some(to) = self.files.get(path) {
            return Some(to.clone());
        }
        carried(path, self.pairs.iter().map(|it| (&it.0, &it.1)))
    }

    /// Whether a link with these candidates may lead elsewhere afterwards, or has to be written anew.
    pub(super) fn concerns(&self, candidates: &[Key]) -> bool {
        candidates.iter().any(|key| match key {
            Key::Page(path) => {
                self.files.contains_key(path)
                    || self.arrived.contains(path)
                    || self.pairs.iter().any(|(from, to)| {
                        let folder = path.as_str();
                        let around =
                            |it: &Path| folder.ends_with('/') && it.as_str().starts_with(folder);
                        within(path, from) || within(path, to) || around(from) || around(to)
                    })
            }
            key => self.names.contains(key),
        })
    }

    /// What the first of the candidates that will be there leads to.
    pub(super) fn lead(&self, candidates: &[Key]) -> Option<(usize, Path)> {
        candidates.iter().enumerate().find_map(|(at, key)| Some((at, self.place(key)?)))
    }

    fn place(&self, key: &Key) -> Option<Path> {
        match key {
            Key::Page(path) => self.exists(path).then(|| path.clone()),
            key => {
                let pages = self.cx.definers(key).into_iter().map(|it| &it.path);
                let stay = pages.chain(self.cx.attachments(key));
                let stay = stay.filter(|it| self.of(it).is_none());
                let all = stay.chain(self.named.get(key).into_iter().flatten());
                let first = match key {
                    Key::Name(_) => all.min_by_key(|it| nearness(it)),
                    _ => all.min_by_key(|it| (it.stem() == "README", *it)),
                };
                first.cloned()
            }
        }
    }

    fn exists(&self, path: &Path) -> bool {
        if path.as_str().ends_with('/') {
            let stay = self.cx.below(path.as_str()).any(|it| !self.files.contains_key(it));
            return stay || self.arrived.iter().any(|it| it.as_str().starts_with(path.as_str()));
        }
        self.arrived.contains(path) || self.of(path).is_none() && self.cx.exists(path)
    }
}

/// Where `path` is carried when the first of each pair becomes the second.
fn carried<'a>(path: &Path, pairs: impl Iterator<Item = (&'a Path, &'a Path)>) -> Option<Path> {
    let mut pairs = pairs;
    pairs.find_map(|(from, to)| {
        let rest = path.as_str().strip_prefix(from.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Path::new(&format!("{to}{rest}")))
    })
}

fn within(path: &Path, folder: &Path) -> bool {
    path.inside(folder.as_str()).is_some()
}
