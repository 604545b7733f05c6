//! The sections that studies usually have, learnt from those that are there.

use std::collections::BTreeMap;

use super::Snapshot;
use crate::model::{PageKind, Path, vocabulary::slug};

/// So many studies there are at least before anything is learnt from them.
const STUDIES: usize = 5;

/// What studies usually have, by the folder whose settings they share.
pub(super) type Sections = BTreeMap<Box<str>, Vec<Section>>;

/// A section that studies usually have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its title, as most write it.
    pub title: Box<str>,
    /// How many studies have it, and of how many.
    pub known: (usize, usize),
}

impl Snapshot {
    /// The sections of the second level that at least four of five studies have, once there are five
    /// studies, for pages with the settings of the page at `path`; in the order of titles.
    ///
    /// Learnt when first asked for, and anew after a page has come or gone: what an author writes in one
    /// study has no other looked at again.
    pub fn usual_sections(&self, path: &Path) -> &[Section] {
        let sections = self.sections.get_or_init(|| learnt(self));
        sections.get(&self.settings(path).folder).map_or(&[], Vec::as_slice)
    }
}

/// How often each title is written in which words, by its slug.
type Titles<'a> = BTreeMap<Box<str>, BTreeMap<&'a str, usize>>;

fn learnt(cx: &Snapshot) -> Sections {
    let mut folders: BTreeMap<&str, (usize, Titles<'_>)> = BTreeMap::new();
    for study in cx.pages().filter(|it| cx.page_kind(it) == PageKind::Study) {
        let (studies, sections) = folders.entry(&cx.settings(&study.path).folder).or_default();
        *studies += 1;
        let headings = study.page.headings.iter().filter(|it| it.level == 2);
        let titles: BTreeMap<Box<str>, &str> =
            headings.map(|it| (slug(&it.title), &*it.title)).collect();
        for (key, title) in titles.into_iter().filter(|it| !it.0.is_empty()) {
            *sections.entry(key).or_default().entry(title).or_default() += 1;
        }
    }
    let usual = folders.into_iter().map(|(folder, (studies, sections))| {
        let counted = sections.into_values().filter_map(|titles| {
            let having: usize = titles.values().sum();
            let title = titles.into_iter().max_by_key(|it| it.1)?.0;
            let usual = studies >= STUDIES && having * 5 >= studies * 4;
            usual.then(|| Section { title: title.into(), known: (having, studies) })
        });
        let mut usual: Vec<Section> = counted.collect();
        usual.sort_by(|a, b| a.title.cmp(&b.title));
        (folder.into(), usual)
    });
    usual.collect()
}
