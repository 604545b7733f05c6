//! The site profile: what the generator of a site does, as plain data.

use crate::syntax::{Dialect, SlugStyle};

/// How one site is made from its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The folder, absolute, that holds its configuration.
    pub folder: Box<str>,
    /// The folder, absolute, that holds its pages; where `/x.md` starts from.
    pub docs: Box<str>,
    /// How its pages are read.
    pub dialect: Dialect,
}

impl Site {
    /// A plain folder of pages, read as GitHub reads them.
    pub fn plain(folder: &str) -> Self {
        Self { folder: folder.into(), docs: folder.into(), dialect: Dialect::default() }
    }

    /// An anchor as this site compares anchors.
    pub fn anchor(&self, id: &str) -> Box<str> {
        match self.dialect.slugs {
            SlugStyle::GitHub | SlugStyle::Obsidian => id.to_lowercase().into(),
            _ => id.into(),
        }
    }
}
