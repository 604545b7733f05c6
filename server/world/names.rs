//! Finding pages by name, fast: all names lie in one piece of memory.

use memchr::memmem;

use super::{DocId, Snapshot};
use crate::text::haystack::{letters, letters_of_query};

/// What every page is searched by, in lower case, a name a line.
#[derive(Debug, Default)]
pub(super) struct Names {
    text: String,
    /// Where each name begins in `text`; one more for the end.
    starts: Vec<u32>,
    ids: Vec<DocId>,
    /// The letters in each name: see [`letters`].
    letters: Vec<u64>,
}

/// A page whose name may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    /// Whether the match begins within a word.
    inside: bool,
    length: u32,
    entry: u32,
}

impl Names {
    pub(super) fn new(cx: &Snapshot) -> Self {
        let mut names = Self::default();
        let pages = cx.documents.iter().filter(|it| it.1.path.navigation().is_none());
        for (id, document) in pages {
            names.starts.push(crate::text::offset(names.text.len()));
            names.ids.push(*id);
            let start = names.text.len();
            names.text.extend(document.outline.search.chars().flat_map(char::to_lowercase));
            names.letters.push(letters(&names.text[start..]));
            names.text.push('\n');
        }
        names.starts.push(crate::text::offset(names.text.len()));
        names
    }

    /// The pages whose name may match `query`, at most about `most`: first those that have it in one
    /// piece, at the start of a word before within, short names before long; if these are few, also
    /// those that have at least all its letters.
    pub(super) fn likely(&self, query: &str, most: usize) -> Vec<DocId> {
        let query = query.to_lowercase();
        let mut words = query.split_whitespace();
        let Some(first) = words.next() else { return Vec::new() };
        let others: Vec<&str> = words.collect();
        let mut hits: Vec<Hit> = Vec::new();
        let mut entry = 0;
        for at in memmem::find_iter(self.text.as_bytes(), first.as_bytes()) {
            entry += self.starts[entry..].partition_point(|it| *it as usize <= at) - 1;
            let name = self.name(entry);
            let before = self.text[..at].chars().next_back();
            let inside = before.is_some_and(char::is_alphanumeric);
            let number = crate::text::offset(entry);
            if let Some(last) = hits.last_mut().filter(|it| it.entry == number) {
                last.inside &= inside;
            } else if others.iter().all(|it| name.contains(it)) {
                hits.push(Hit { inside, length: crate::text::offset(name.len()), entry: number });
            }
        }
        let few = hits.len() < most / 4;
        if hits.len() > most {
            hits.select_nth_unstable(most);
            hits.truncate(most);
        }
        let mut found: Vec<DocId> = hits.iter().map(|it| self.ids[it.entry as usize]).collect();
        if few {
            let wanted = letters_of_query(&query);
            let known: std::collections::HashSet<DocId> = found.iter().copied().collect();
            let all = self.letters.iter().zip(&self.ids);
            let like = all.filter(|(has, id)| **has & wanted == wanted && !known.contains(id));
            found.extend(like.map(|it| it.1));
        }
        found
    }

    fn name(&self, entry: usize) -> &str {
        &self.text[self.starts[entry] as usize..self.starts[entry + 1] as usize - 1]
    }
}
