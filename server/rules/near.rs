//! What an author may have meant: repairs for a path or an anchor that is not there.
//!
//! A path is read in the other ways in which authors write paths; else the page whose path ends most
//! like it is meant, and among equals the one that the text of the link names. A name that is merely
//! alike is offered and never taken for certain.

mod anchors;
mod paths;

pub(super) use anchors::Anchors;
pub(super) use paths::{path, written};

use crate::{model::Path, syntax::Link, text::Span, world::Document};

/// At most so many are offered.
const MOST: usize = 3;

/// What could stand instead, best first, and whether the first is the only one that fits.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Repair {
    pub(super) with: Vec<String>,
    pub(super) sure: bool,
}

impl Repair {
    /// What nothing else can have been meant by.
    pub(super) fn sure(with: String) -> Self {
        Self { with: vec![with], sure: true }
    }
}

/// Whether a destination spells out the name of a file.
pub(super) fn names(written: &str, file: &Path) -> bool {
    written.trim_end_matches('/').ends_with(file.name())
}

/// The spans of a link's path and fragment.
pub(super) fn parts(document: &Document, link: &Link) -> (Span, Option<Span>) {
    link.parts(&document.source(link.dest))
}

/// The letters and digits of a text, in lower case: what is left of it in every kind of id.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// One name that others are compared with.
pub(super) struct Alike<'a> {
    name: &'a str,
    bag: [i16; 64],
}

/// How alike two names must be, from 0 to 1, to be offered for each other.
const ALIKE: f64 = 0.75;

impl<'a> Alike<'a> {
    pub(super) fn new(name: &'a str) -> Self {
        Self { name, bag: bag(name) }
    }

    /// How alike another name is, if it is alike enough to be offered.
    pub(super) fn to(&self, other: &str) -> Option<f64> {
        // The exact distance is dear. It is never less than that of the two bags of characters.
        let most = self.name.len().max(other.len()).div_ceil(4);
        if self.name.len().abs_diff(other.len()) > most {
            return None;
        }
        let (mut more, mut less) = (0, 0);
        for (a, b) in self.bag.iter().zip(bag(other)) {
            more += usize::try_from(a - b).unwrap_or_default();
            less += usize::try_from(b - a).unwrap_or_default();
        }
        if more.max(less) > most {
            return None;
        }
        let alike = strsim::normalized_damerau_levenshtein(self.name, other);
        (alike >= ALIKE).then_some(alike)
    }

    /// Those of `all` that are alike, the most alike first.
    pub(super) fn among<T>(
        &self,
        all: impl Iterator<Item = T>,
        name: impl Fn(&T) -> &str,
    ) -> Vec<T> {
        let alike = all.filter_map(|it| Some((self.to(name(&it))?, it)));
        let mut alike: Vec<(f64, T)> = alike.collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        alike.into_iter().map(|it| it.1).collect()
    }
}

/// How often each character occurs, by the lowest bits of its bytes.
fn bag(name: &str) -> [i16; 64] {
    let mut bag = [0; 64];
    name.bytes().for_each(|it| bag[usize::from(it & 63)] += 1);
    bag
}
