//! Changes of a text that came in the wrong order.
//!
//! The protocol knows no such thing, but Helix 25.01 sends two changes that are typed at once in either order.
//! Their versions tell: so the text before a version that is missing is kept for a while, and once the late
//! change has come all are made again in their order. Editors whose versions skip numbers lose nothing.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use tower_lsp::ls_types::TextDocumentContentChangeEvent;

use super::position::Encoding;
use crate::{
    model::Path,
    text::{Edit, Text},
};

/// So many changes are kept for one that is missing: Helix was seen to be late by 24.
const MOST: usize = 32;

/// The texts of which a change seems to be missing.
#[derive(Default)]
pub(super) struct Overtaken(Mutex<HashMap<Path, Gap>>);

struct Gap {
    /// The text before the missing change, and its version.
    before: (Text, i32),
    /// What has come since, by version.
    since: BTreeMap<i32, Vec<TextDocumentContentChangeEvent>>,
}

impl Overtaken {
    /// The text and its version when `changes` have made `version` of it.
    pub(super) fn after(
        &self,
        path: &Path,
        now: (Text, i32),
        (version, changes): (i32, Vec<TextDocumentContentChangeEvent>),
        encoding: Encoding,
    ) -> (Text, i32) {
        let mut gaps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let gap = gaps.remove(path);
        let gap = gap.filter(|it| version > it.before.1 && !it.since.contains_key(&version));
        // One that replaces the whole text needs nothing before it.
        let whole = version > now.1 && changes.iter().any(|it| it.range.is_none());
        if whole || gap.is_none() && version <= now.1.saturating_add(1) {
            return (edited(now.0, &changes, encoding), version);
        }
        let mut gap = gap.unwrap_or_else(|| Gap { before: now, since: BTreeMap::new() });
        gap.since.insert(version, changes);
        let text =
            gap.since.values().fold(gap.before.0.clone(), |text, it| edited(text, it, encoding));
        let last = gap.since.last_key_value().map_or(version, |it| *it.0);
        let missing = last.abs_diff(gap.before.1) as usize > gap.since.len();
        if missing && gap.since.len() < MOST {
            gaps.insert(path.clone(), gap);
        }
        (text, last)
    }

    /// Forgets a text that was opened anew or closed.
    pub(super) fn forget(&self, path: &Path) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
    }
}

/// The text after changes, which an editor makes one after the other.
pub(super) fn edited(
    mut text: Text,
    all: &[TextDocumentContentChangeEvent],
    encoding: Encoding,
) -> Text {
    for change in all {
        match change.range {
            None => text = change.text.as_str().into(),
            Some(range) => {
                let span = encoding.span(&text, range);
                text.apply(&Edit { span, with: change.text.clone() });
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tower_lsp::ls_types::{Position, Range};

    use super::*;

    /// Puts `letter` at a column.
    fn types(at: usize, letter: &str) -> Vec<TextDocumentContentChangeEvent> {
        let at = Position { line: 0, character: u32::try_from(at).expect("a short line") };
        let range = Some(Range { start: at, end: at });
        vec![TextDocumentContentChangeEvent { range, range_length: None, text: letter.to_owned() }]
    }

    /// The text and its version after changes of an empty one of version 1, in the order in which they come.
    fn after(
        come: impl IntoIterator<Item = (i32, Vec<TextDocumentContentChangeEvent>)>,
    ) -> (String, i32) {
        let overtaken = Overtaken::default();
        let path = Path::new("/a.md");
        let (text, version) = come
            .into_iter()
            .fold((Text::from(""), 1), |now, it| overtaken.after(&path, now, it, Encoding::Utf16));
        (text.to_string(), version)
    }

    #[test]
    fn a_change_that_overtook_another_is_made_behind_it() {
        let come = [(2, types(0, "a")), (4, types(2, "c")), (3, types(1, "b")), (5, types(3, "d"))];
        assert_eq!(after(come), ("abcd".to_owned(), 5));
    }

    #[test]
    fn versions_may_skip_numbers() {
        let come = (1..100).map(|it| (3 * it, types(0, "a")));
        assert_eq!(after(come), ("a".repeat(99), 297));
    }

    #[test]
    fn versions_may_begin_anew() {
        let come = [(2, types(0, "a")), (9, types(1, "b")), (1, types(2, "c")), (2, types(3, "d"))];
        assert_eq!(after(come), ("abcd".to_owned(), 2));
    }

    proptest! {
        #[test]
        fn the_order_in_which_changes_come_does_not_matter(
            places in proptest::collection::vec(0..100_usize, 1..=8),
            order in proptest::collection::vec(any::<u32>(), 8),
        ) {
            let letters = ["a", "b", "c", "d", "e", "f", "g", "h"];
            let typed = places.iter().zip(letters).enumerate();
            let typed: Vec<_> = typed.map(|(n, (at, it))| (2 + i32::try_from(n).unwrap(), types(at % (n + 1), it))).collect();
            let mut come: Vec<_> = typed.iter().cloned().zip(order).collect();
            come.sort_by_key(|it| it.1);
            prop_assert_eq!(after(come.into_iter().map(|it| it.0)), after(typed));
        }
    }
}
