//! Which file a reference leads to.

use std::collections::HashMap;

use super::{Resolved, Snapshot};
use crate::model::{Key, Path, Reference, resolve::wiki};

/// The files that are no pages, by what wiki links call them.
pub(super) type Attachments = HashMap<Key, Vec<Path>>;

impl Snapshot {
    /// The first candidate of a reference that is there, by its place among them, and the file or
    /// folder (with the `/` at its end) that it leads to.
    pub fn lead(&self, reference: &Reference) -> Option<(usize, Path)> {
        let mut keys = reference.candidates.iter().enumerate();
        keys.find_map(|(at, key)| match key {
            Key::Page(path) => self.exists(path).then(|| (at, path.clone())),
            key => Some((at, self.by_name(key)?.clone())),
        })
    }

    /// What a key that is not a path leads to: of several files of one name the nearest to the root.
    pub(super) fn by_name(&self, key: &Key) -> Option<&Path> {
        let pages = self.definers(key).into_iter().map(|it| &it.path);
        match key {
            Key::Name(_) => pages.chain(self.attachments(key)).min_by_key(|it| nearness(it)),
            _ => pages.into_iter().next(),
        }
    }

    /// The files that wiki links call so and that are no pages, in the order of their paths.
    pub(crate) fn attachments(&self, key: &Key) -> &[Path] {
        if !self.sites.iter().any(|it| it.dialect.reads.wiki_links) {
            return &[];
        }
        let all = self.attached.get_or_init(|| {
            let mut all = Attachments::default();
            for path in self.order.iter().filter(|it| !it.is_read()) {
                for key in self.wiki_names(path) {
                    all.entry(key).or_default().push(path.clone());
                }
            }
            all
        });
        all.get(key).map_or(&[], Vec::as_slice)
    }

    /// What wiki links call a file that is no page.
    pub(super) fn wiki_names(&self, path: &Path) -> Vec<Key> {
        let site = self.sites.iter().find(|it| path.inside(&it.docs).is_some());
        let site = site.filter(|it| it.dialect.reads.wiki_links && !path.is_read());
        site.map_or_else(Vec::new, |it| wiki::names(it, path))
    }

    pub(super) fn place(&self, key: &Key) -> Option<Resolved<'_>> {
        let path = match key {
            Key::Page(path) if path.as_str().ends_with('/') => {
                // The folder's own path is not in the table: the reference's is as good.
                let first = self.order.range(path.clone()..).next()?;
                return first
                    .as_str()
                    .starts_with(path.as_str())
                    .then_some(Resolved::Folder(first));
            }
            Key::Page(path) => path,
            key => self.by_name(key)?,
        };
        let (path, id) = self.files.get_key_value(path.as_str())?;
        Some(match id.and_then(|it| self.documents.get(&it)) {
            Some(document) => Resolved::Page(document, None),
            None => Resolved::File(path),
        })
    }
}

/// How near a file is to the root, for the choice among those of one name.
pub(crate) fn nearness(path: &Path) -> (usize, &Path) {
    (path.as_str().len(), path)
}
