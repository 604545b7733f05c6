//! The site profile: what the generator of a site does, as plain data.
//!
//! [`discover()`] finds the sites among the files of a workspace. One file for each generator turns
//! its configuration into a [`Site`]; links are resolved by it and by nothing else.

mod address;
mod discover;
mod docfx;
mod docsify;
mod docusaurus;
mod excluded;
mod hugo;
mod jekyll;
mod markdown_extensions;
mod mdbook;
mod mkdocs;
mod notes;
mod said;
pub mod stated;
mod vitepress;

pub use discover::{CONFIGURATIONS, Source, discover, is_configuration};
pub use excluded::Excluded;
pub use notes::Note;
pub use stated::Stated;

use std::{collections::BTreeSet, sync::Arc};

use super::{Path, Words, path};
use crate::syntax::{Dialect, SlugStyle, slug};

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
    /// mdBook.
    MdBook,
    /// Hugo.
    Hugo,
    /// Docusaurus.
    Docusaurus,
    /// `VitePress`.
    VitePress,
    /// `VuePress`.
    VuePress,
    /// docsify.
    Docsify,
    /// Jekyll.
    Jekyll,
    /// `DocFX`.
    DocFx,
    /// Obsidian, Foam and their kind.
    Obsidian,
}

impl Generator {
    /// Its name, as it writes itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::MkDocs => "MkDocs",
            Self::Zensical => "Zensical",
            Self::MdBook => "mdBook",
            Self::Hugo => "Hugo",
            Self::Docusaurus => "Docusaurus",
            Self::VitePress => "VitePress",
            Self::VuePress => "VuePress",
            Self::Docsify => "docsify",
            Self::Jekyll => "Jekyll",
            Self::DocFx => "DocFX",
            Self::Obsidian => "Obsidian",
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
    /// `a/b`
    Bare,
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
#[allow(clippy::struct_excessive_bools, reason = "each is an answer of its own about the site")]
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
    /// Whether the navigation may name folders.
    pub folders_in_nav: bool,
    /// The files below `docs` that the navigation need not list.
    pub unlisted: Excluded,
    /// The pages it is made of, by their places below `docs`, where only those that are listed count.
    pub listed: Option<BTreeSet<Box<str>>>,
    /// Folders of pages, absolute, with the place on the site where their addresses begin. Empty where
    /// that is `docs` and the site's root.
    pub mounts: Vec<(Box<str>, Box<str>)>,
    /// Folders, absolute, whose files are served from the site's root.
    pub statics: Vec<Box<str>>,
    /// Folders, absolute, that files to be drawn in are looked for in, besides the page's, the site's and
    /// that of the pages.
    pub snippets: Vec<Box<str>>,
    /// Whether programs take part in what a page says: hooks, macros, references to code.
    pub programs: bool,
    /// Whether Markdown links to files become links to their addresses.
    pub rewrites: bool,
    /// Whether addresses are made by rules that are not known: then no address is judged.
    pub loose: bool,
    /// Pages that are no more, and where their addresses lead: a file below `docs`, or an address.
    pub redirects: Vec<(Box<str>, Box<str>)>,
    /// What the author says of the names on its pages.
    pub words: Arc<Words>,
    /// What was found in the configuration, for people: a sentence each.
    pub notes: Vec<Note>,
}

impl Site {
    /// A plain folder of pages, read as GitHub reads them.
    pub fn plain(folder: &str) -> Self {
        Self { folder: folder.into(), docs: folder.into(), base: "/".into(), ..Self::default() }
    }

    /// An anchor as this site compares anchors.
    pub fn anchor(&self, id: &str) -> Box<str> {
        match self.dialect.slugs {
            SlugStyle::GitHub => id.to_lowercase().into(),
            SlugStyle::Obsidian => slug::obsidian(id).into(),
            _ => id.into(),
        }
    }

    /// The file at a place below the folder of its pages.
    pub fn at(&self, place: &str) -> String {
        path::join(&self.docs, place.trim_start_matches('/'))
    }

    /// Whether a file, by its absolute path, can become part of the site.
    pub fn takes(&self, file: &str) -> bool {
        let Some(place) = file.strip_prefix(&*self.docs).and_then(|it| it.strip_prefix('/')) else {
            return self.statics.iter().any(|it| path::is_inside(file, it));
        };
        let is_listed = |it: &BTreeSet<Box<str>>| !Path::new(place).is_page() || it.contains(place);
        !self.excluded.matches(place) && self.listed.as_ref().is_none_or(is_listed)
    }

    /// Where a page lies: the folder of pages it is in, and the place where their addresses begin.
    pub fn mount(&self, page: &Path) -> Option<(&str, &str)> {
        if self.mounts.is_empty() {
            return page.inside(&self.docs).map(|_| (&*self.docs, ""));
        }
        let mounts = self.mounts.iter().filter(|it| page.inside(&it.0).is_some());
        mounts.max_by_key(|it| it.0.len()).map(|it| (&*it.0, &*it.1))
    }
}
