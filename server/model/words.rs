//! What the author says of names, fields and kinds of pages, over what the vocabulary knows.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Globs, Key, PageKind, Path,
    vocabulary::{Field, known_field, slug},
};

/// What is set for the pages of one folder; empty where everything is to be found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The folder, absolute, that globs and paths are read from.
    pub folder: Box<str>,
    /// Which pages are studies, patterns and indexes.
    pub pages: Kinds,
    /// Fields by the known field that they are another word for.
    pub fields: BTreeMap<String, String>,
    /// Names, and the pages that they lead to, by their places in the folder.
    pub names: BTreeMap<String, String>,
    /// What is never a name, as [`slug`] writes it.
    pub ignore: BTreeSet<Box<str>>,
}

/// Which pages are what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Studies.
    pub study: Globs,
    /// Patterns.
    pub pattern: Globs,
    /// Pages that list others.
    pub index: Globs,
}

impl Words {
    /// What the page at `path` is, if by itself it is a `found`. Once it is set which pages are of a
    /// kind, no others are.
    pub fn kind(&self, path: &Path, found: PageKind) -> PageKind {
        let Kinds { study, pattern, index } = &self.pages;
        let set =
            [(index, PageKind::Index), (study, PageKind::Study), (pattern, PageKind::Pattern)];
        if found == PageKind::Stub {
            return found;
        }
        match set.iter().find(|it| it.0.matches(&self.folder, path)) {
            Some((_, kind)) => *kind,
            None if set.iter().any(|it| it.1 == found && !it.0.is_empty()) => PageKind::Other,
            None => found,
        }
    }

    /// The known field that one of this name is.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        known_field(self.fields.get(name.trim()).map_or(name, String::as_str))
    }

    /// The names that are set for the page at `path`.
    pub fn names_of<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a str> + 'a {
        let place = path.inside(&self.folder);
        let named = self.names.iter().filter(move |it| {
            place
                .is_some_and(|place| it.1.trim_start_matches("./").trim_start_matches('/') == place)
        });
        named.map(|it| it.0.as_str())
    }

    /// Takes words that are never names.
    pub fn ignore(&mut self, words: &[String]) {
        self.ignore = words.iter().map(|it| slug(it)).collect();
    }

    /// Whether a key may be that of a name.
    pub fn takes(&self, key: &Key) -> bool {
        match key {
            Key::Entity(_, slug) | Key::Called(slug) => !self.ignore.contains(slug),
            _ => true,
        }
    }
}
