//! The anchors of one page, by what authors write for them.

use std::collections::HashMap;

use super::{Alike, MOST, Repair, letters};
use crate::{
    model::{Key, open::ANY},
    world::Document,
};

/// The anchors of a page, ready to be compared with many that are not there.
pub(in crate::rules) struct Anchors<'a> {
    ids: Vec<&'a str>,
    /// Which ids have these letters, in the id itself or in the heading, as it reads or as it is
    /// written.
    by_letters: HashMap<String, Vec<usize>>,
    /// The same without a number in front.
    by_words: HashMap<String, Vec<usize>>,
}

impl<'a> Anchors<'a> {
    pub(in crate::rules) fn of(document: &'a Document) -> Self {
        let defined = document.outline.defines.iter().filter_map(|it| match &it.key {
            Key::Anchor(_, id) if **id != *ANY => Some((&**id, it.span)),
            _ => None,
        });
        let mut all =
            Self { ids: Vec::new(), by_letters: HashMap::new(), by_words: HashMap::new() };
        let headings: HashMap<_, _> =
            document.page.headings.iter().map(|it| (it.span, it)).collect();
        for (index, (id, span)) in defined.enumerate() {
            all.ids.push(id);
            let mut names = vec![letters(id)];
            if let Some(heading) = headings.get(&span) {
                names.push(letters(&heading.title));
                names.push(letters(&document.source(heading.span)));
            }
            names.sort_unstable();
            names.dedup();
            for name in names.into_iter().filter(|it| !it.is_empty()) {
                let words = name.trim_start_matches(|it: char| it.is_numeric()).to_owned();
                if !words.is_empty() {
                    all.by_words.entry(words).or_default().push(index);
                }
                all.by_letters.entry(name).or_default().push(index);
            }
        }
        all
    }

    /// What may have been meant by an anchor that the page does not have, in a link of this text.
    pub(in crate::rules) fn nearest(&self, missing: &str, text: &str) -> Repair {
        let plain = letters(missing);
        let words = plain.trim_start_matches(|it: char| it.is_numeric());
        let named = letters(text);
        let same = self.by_letters.get(&plain).or_else(|| self.by_words.get(words));
        let mut same = same.cloned().unwrap_or_default();
        same.dedup();
        if same.len() > 1 {
            // Of several, the one that the text of the link names.
            let by_text = self.by_letters.get(&named).cloned().unwrap_or_default();
            let both: Vec<usize> = same.iter().copied().filter(|it| by_text.contains(it)).collect();
            if let [_] = both[..] {
                same = both;
            }
        }
        let sure = same.len() == 1;
        let mut with: Vec<String> = same.iter().map(|&it| self.ids[it].to_owned()).collect();
        if !sure {
            let alike = Alike::new(missing).among(self.ids.iter(), |it| it);
            for id in alike {
                if !with.iter().any(|it| it == id) {
                    with.push((*id).to_owned());
                }
            }
        }
        with.truncate(MOST);
        Repair { with, sure }
    }
}
