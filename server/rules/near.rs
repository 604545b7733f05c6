//! What an author may have meant: candidates for a path or an anchor that is not there.

use crate::{
    model::{Key, Path},
    syntax::Link,
    text::Span,
    world::{Document, Snapshot, way},
};

/// How alike two names must be, from 0 to 1, to be offered for each other.
const ALIKE: f64 = 0.75;

/// At most so many are offered.
const MOST: usize = 3;

/// Files that a path may have meant, written as the page at `from` would write them.
///
/// First pages of the same name elsewhere, the one that shares the longest end of the path first;
/// then names a slip of the pen away in the folder that was named.
pub(super) fn files(cx: &Snapshot, from: &Path, missing: &Path) -> Vec<String> {
    let bare = Path::new(missing.as_str().trim_end_matches('/'));
    let mut same: Vec<&Path> = cx
        .definers(&Key::Name(bare.stem().to_lowercase().into()))
        .into_iter()
        .map(|it| &it.path)
        .filter(|it| *it != from && *it != missing)
        .collect();
    same.sort_by_key(|it| std::cmp::Reverse(shared_end(it.as_str(), bare.as_str())));
    let mut offered: Vec<String> = same.into_iter().map(|it| way(from, it)).collect();
    let folder = format!("{}/", missing.folder());
    let beside = cx.below(&folder).filter(|it| it.folder() == missing.folder() && *it != from);
    let alike = Alike::new(missing.stem());
    let mut slips: Vec<(f64, &Path)> =
        beside.filter_map(|it| Some((alike.to(it.stem())?, it))).collect();
    slips.sort_by(|a, b| b.0.total_cmp(&a.0));
    offered.extend(slips.into_iter().map(|(_, it)| way(from, it)));
    let mut seen = std::collections::HashSet::new();
    offered.retain(|it| seen.insert(it.clone()));
    offered.truncate(MOST);
    offered
}

/// Anchors of a page that `missing` may have meant.
pub(super) fn anchors(document: &Document, missing: &str) -> Vec<String> {
    let plain = letters(missing);
    let defined = document.outline.defines.iter().filter_map(|it| match &it.key {
        Key::Anchor(_, id) => Some(&**id),
        _ => None,
    });
    let alike = Alike::new(missing);
    let mut near: Vec<(f64, &str)> = defined
        .filter_map(|id| {
            let same_letters = !plain.is_empty() && letters(id) == plain;
            if same_letters { Some((1.0, id)) } else { Some((alike.to(id)?, id)) }
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(MOST).map(|(_, id)| id.to_owned()).collect()
}

/// One name that others are compared with.
struct Alike<'a> {
    name: &'a str,
    bag: [i16; 64],
}

impl<'a> Alike<'a> {
    fn new(name: &'a str) -> Self {
        Self { name, bag: bag(name) }
    }

    /// How alike another name is, if it is alike enough to be offered.
    fn to(&self, other: &str) -> Option<f64> {
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
}

/// How often each character occurs, by the lowest bits of its bytes.
fn bag(name: &str) -> [i16; 64] {
    let mut bag = [0; 64];
    name.bytes().for_each(|it| bag[usize::from(it & 63)] += 1);
    bag
}

/// Whether a destination spells out the name of a file.
pub(super) fn names(written: &str, file: &Path) -> bool {
    written.trim_end_matches('/').ends_with(file.name())
}

/// The spans of a link's path and fragment.
pub(super) fn parts(document: &Document, link: &Link) -> (Span, Option<Span>) {
    link.parts(&document.source(link.dest))
}

fn letters(id: &str) -> String {
    id.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many whole parts two paths share, counted from their ends.
fn shared_end(a: &str, b: &str) -> usize {
    a.rsplit('/').skip(1).zip(b.rsplit('/').skip(1)).take_while(|(a, b)| a == b).count()
}
