//! The site profile: what the generator of a site does, as plain data.
//!
//! [`discover`] finds the sites among the files of a workspace. One file for each generator turns
//! its configuration into a [`Site`]; links are resolved by it and by nothing else.

mod discover;
mod excluded;
mod markdown_extensions;
mod mkdocs;

pub use discover::{Source, discover, is_configuration};
pub use excluded::Excluded;

use super::Path;
use crate::syntax::{Dialect, SlugStyle};

/// What turns pages into a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Generator {
    /// None: pages are read where they lie, as GitHub shows them.
    #[default]
    GitHub,
    /// `MkDocs`.
    MkDocs,
    /// Zensical.
    Zensical,
}

impl Generator {
    /// Its name, as it writes itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::MkDocs => "MkDocs",
            Self::Zensical => "Zensical",
        }
    }
}

/// What the address of the page `a/b.md` looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addresses {
    /// `a/b.md`: the file itself.
    #[default]
    Files,
    /// `a/b.html`
    Html,
    /// `a/b/`
    Folders,
}

/// What `/x` means in a Markdown link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absolute {
    /// A file of the site, from the folder of its pages.
    #[default]
    Docs,
    /// An address on the web server, which the site may fill or share with others.
    Server,
}

/// How one site is made from its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Who makes it.
    pub generator: Generator,
    /// The file that says so, if any.
    pub config: Option<Path>,
    /// The folder, absolute, that holds its configuration.
    pub folder: Box<str>,
    /// The folder, absolute, that holds its pages; where `/x.md` starts from. What lies in it belongs
    /// to the site.
    pub docs: Box<str>,
    /// How its pages are read.
    pub dialect: Dialect,
    /// What the addresses of its pages look like.
    pub addresses: Addresses,
    /// Where it lies on its web server: a path with `/` at both ends.
    pub base: Box<str>,
    /// What `/x` means in a Markdown link.
    pub absolute: Absolute,
    /// The files below `docs` that do not become part of it.
    pub excluded: Excluded,
    /// Pages that are no more, and where their addresses lead: a file below `docs`, or an address.
    pub redirects: Vec<(Box<str>, Box<str>)>,
    /// What was found in the configuration, for people: a sentence each.
    pub notes: Vec<Note>,
}

/// One thing that was found out about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about: `pages`, `addresses`.
    pub about: &'static str,
    /// What holds.
    pub what: Box<str>,
    /// The setting or the file it was read from; empty for what holds unless set.
    pub from: Box<str>,
}

impl Site {
    /// A plain folder of pages, read as GitHub reads them.
    pub fn plain(folder: &str) -> Self {
        Self { folder: folder.into(), docs: folder.into(), base: "/".into(), ..Self::default() }
    }

    /// An anchor as this site compares anchors.
    pub fn anchor(&self, id: &str) -> Box<str> {
        match self.dialect.slugs {
            SlugStyle::GitHub | SlugStyle::Obsidian => id.to_lowercase().into(),
            _ => id.into(),
        }
    }

    /// The file at a place below the folder of its pages.
    pub fn at(&self, place: &str) -> String {
        super::path::join(&self.docs, place.trim_start_matches('/'))
    }

    /// Whether a file, by its absolute path, can become part of the site.
    pub fn takes(&self, file: &str) -> bool {
        let Some(place) = file.strip_prefix(&*self.docs).and_then(|it| it.strip_prefix('/')) else {
            return false;
        };
        !self.excluded.matches(place)
    }

    fn note(&mut self, about: &'static str, what: impl Into<Box<str>>, from: impl Into<Box<str>>) {
        self.notes.push(Note { about, what: what.into(), from: from.into() });
    }
}
