//! Names in running text. Made on demand; a page is read anew only after it, or a name, has changed.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{DocId, Document, Snapshot};
use crate::{
    model::{
        Key, Kind,
        knowledge::{Knowledge, Origin},
        vocabulary::{SUFFIXES, VENDORS},
    },
    syntax::prose,
    text::{Span, offset},
};

/// A name in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it names.
    pub key: Key,
    /// Where.
    pub span: Span,
}

/// What is known of mentions as long as no name changes.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    dictionary: OnceLock<Option<Dictionary>>,
    /// The surfaces that are words for other things, too.
    generic: OnceLock<HashSet<u32>>,
    pages: Mutex<HashMap<DocId, Read>>,
    /// What was known before a name changed, until someone asks again.
    past: Mutex<Option<Arc<Mentions>>>,
}

/// Forgets what is known. What was read is let go by the next who asks, not by the one who writes: at
/// twenty thousand pages that takes longer than a keystroke may.
pub(super) fn forget(mentions: &mut Arc<Mentions>) {
    let old = std::mem::take(mentions);
    let past = if old.dictionary.get().is_some() { Some(old) } else { old.take_past() };
    *mentions = Arc::new(Mentions { past: Mutex::new(past), ..Mentions::default() });
}

impl Mentions {
    fn take_past(&self) -> Option<Arc<Self>> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A page as it was read, and what was found.
type Read = (Arc<Document>, Arc<[Hit]>);

/// All names, to be looked for at once.
#[derive(Debug)]
struct Dictionary {
    automaton: AhoCorasick,
    surfaces: Vec<Surface>,
}

/// A way in which a name is written.
#[derive(Debug)]
struct Surface {
    key: Key,
    text: Box<str>,
    /// Whether it counts only in just these letters.
    exact: bool,
}

/// A surface found in a page.
#[derive(Clone, Copy, Debug)]
struct Hit {
    surface: u32,
    span: Span,
    case: Case,
}

/// How the words of a hit are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// At least one begins with a small letter.
    Plain,
    /// All begin with a capital, and a sentence may begin here.
    First,
    /// All begin with a capital in the middle of a sentence.
    Title,
    /// The same, and so does the word before: `Hiring Decision Matrix` may be another name.
    Longer,
}

/// So many pages are read to find out which names are words for other things, too.
const STATISTICS: usize = 2000;

/// A pattern's name that is a link fewer than once in so many mentions is such a word.
const SELDOM: usize = 20;

/// So is a system's name that stands in small letters once in so many times.
const OFTEN: usize = 5;

/// So few times say nothing.
const FEW: usize = 2;

/// So many pages are read for names in a few milliseconds.
const AT_ONCE: usize = 100;

impl Snapshot {
    /// The names in the running text of a page, in order; not those of the page itself. Of names within
    /// each other the longest counts.
    ///
    /// It depends on the names that all pages give, so it is for questions, not for what is kept.
    pub fn mentions(&self, document: &Arc<Document>) -> Vec<Mention> {
        let Some(dictionary) = self.dictionary() else { return Vec::new() };
        let mut own: HashMap<Key, bool> = HashMap::new();
        let leads_here =
            |key: &Key| self.entity(key).iter().any(|it| it.document.id == document.id);
        let generic = self.generic(dictionary);
        let hits = self.hits(dictionary, document);
        let found = hits.iter().filter(|it| dictionary.counts(it, generic)).map(|it| Mention {
            key: dictionary.surfaces[it.surface as usize].key.clone(),
            span: it.span,
        });
        let mut found: Vec<Mention> = found.collect();
        found.retain(|it| !*own.entry(it.key.clone()).or_insert_with(|| leads_here(&it.key)));
        found
    }

    /// Every mention of one of `keys` on other pages, in the order of paths.
    pub fn mentioned(&self, keys: &[Key]) -> Vec<(&Arc<Document>, Span)> {
        let Some(dictionary) = self.dictionary() else { return Vec::new() };
        let wanted = |it: &Surface| keys.contains(&it.key);
        if !dictionary.surfaces.iter().any(wanted) {
            return Vec::new();
        }
        let own = keys.iter().flat_map(|it| self.entity(it)).map(|it| it.document.id);
        let own: HashSet<DocId> = own.collect();
        let generic = self.generic(dictionary);
        let mut found = Vec::new();
        for document in self.pages() {
            if own.contains(&document.id) {
                continue;
            }
            let hits = self.hits(dictionary, document);
            let hits = hits.iter().filter(|it| wanted(&dictionary.surfaces[it.surface as usize]));
            let hits = hits.filter(|it| dictionary.counts(it, generic));
            found.extend(hits.map(|it| (document, it.span)));
        }
        found
    }

    /// Reads all running text as long as it `goes_on`, so that the first question about names need not.
    pub fn read_ahead(&self, goes_on: impl Fn() -> bool) {
        let Some(dictionary) = self.dictionary() else { return };
        for document in self.pages().take_while(|_| goes_on()) {
            self.hits(dictionary, document);
        }
        if goes_on() {
            self.generic(dictionary);
        }
    }

    /// Whether mentions can be told at once: names have been looked for everywhere, or the pages are few.
    pub fn knows_mentions(&self) -> bool {
        self.mentions.generic.get().is_some() || self.count() <= AT_ONCE
    }

    /// Whether the same names are looked for at both moments.
    pub fn names_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.mentions, &other.mentions)
    }

    fn dictionary(&self) -> Option<&Dictionary> {
        let made = self.mentions.dictionary.get_or_init(|| {
            drop(self.mentions.take_past());
            Dictionary::new(self)
        });
        made.as_ref()
    }

    fn generic(&self, dictionary: &Dictionary) -> &HashSet<u32> {
        self.mentions.generic.get_or_init(|| self.words(dictionary))
    }

    /// The surfaces that are words for other things, too: names of patterns that are seldom links where
    /// they are mentioned, names of systems that are often written in small letters.
    fn words(&self, dictionary: &Dictionary) -> HashSet<u32> {
        let mut mentioning: HashMap<&Key, usize> = HashMap::new();
        let mut cases: HashMap<u32, (usize, usize)> = HashMap::new();
        for document in self.pages().take(STATISTICS) {
            let hits = self.hits(dictionary, document);
            for hit in &*hits {
                let surface = &dictionary.surfaces[hit.surface as usize];
                if surface.exact {
                    let (plain, all) = cases.entry(hit.surface).or_default();
                    *plain += usize::from(hit.case == Case::Plain);
                    *all += 1;
                } else {
                    *mentioning.entry(&surface.key).or_default() += 1;
                }
            }
        }
        let seldom_linked = |key: &Key| {
            let page = self.entity(key).first().map(|it| Key::Page(it.document.path.clone()));
            let links = page.map_or(0, |it| self.references(&[it]).len());
            links * SELDOM < links + mentioning.get(key).copied().unwrap_or_default()
        };
        let mut known: HashMap<&Key, bool> = HashMap::new();
        let generic = dictionary.surfaces.iter().zip(0..).filter(|(surface, number)| {
            if surface.exact {
                return cases.get(number).is_some_and(|it| it.0 > FEW && it.0 * OFTEN >= it.1);
            }
            *known.entry(&surface.key).or_insert_with(|| seldom_linked(&surface.key))
        });
        generic.map(|it| it.1).collect()
    }

    /// The surfaces in a page, read at most once.
    fn hits(&self, dictionary: &Dictionary, document: &Arc<Document>) -> Arc<[Hit]> {
        let lock = || self.mentions.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((page, hits)) = lock().get(&document.id)
            && Arc::ptr_eq(page, document)
        {
            return Arc::clone(hits);
        }
        let hits: Arc<[Hit]> = dictionary.read(document).into();
        lock().insert(document.id, (Arc::clone(document), Arc::clone(&hits)));
        hits
    }
}

impl Dictionary {
    fn new(cx: &Snapshot) -> Option<Self> {
        let mut surfaces = Vec::new();
        let mut seen = HashSet::new();
        let mut add = |key: &Key, text: &str, exact: bool| {
            if seen.insert((key.clone(), text.to_owned())) {
                surfaces.push(Surface { key: key.clone(), text: text.into(), exact });
            }
        };
        for document in cx.pages() {
            let knowledge = &document.outline.knowledge;
            for name in &knowledge.names {
                forms(&name.key, &name.text, name.origin, &mut add);
            }
            for call in knowledge.calls.iter().filter(|it| it.listed.is_some()) {
                let Key::Called(slug) = &call.key else { continue };
                for kind in [Kind::System, Kind::Pattern] {
                    let key = Key::Entity(kind, slug.clone());
                    if cx.entity(&key).first().is_some_and(|it| it.origin < Origin::Topic) {
                        forms(&key, &call.text, call.origin, &mut add);
                    }
                }
            }
        }
        // Of equal forms that of a system goes first, in the order of paths.
        surfaces.sort_by(|a, b| (&a.text, &a.key).cmp(&(&b.text, &b.key)));
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(surfaces.iter().map(|it| it.text.as_bytes()));
        Some(Self { automaton: automaton.ok()?, surfaces })
    }

    /// Every surface in the running text of a page.
    fn read(&self, document: &Document) -> Vec<Hit> {
        let text = document.text.to_string();
        let mut found = Vec::new();
        for stretch in prose::prose(&text, &document.page) {
            let source = &text[stretch.range()];
            for hit in self.automaton.find_iter(source) {
                let (before, after) = (&source[..hit.start()], &source[hit.end()..]);
                let surface = &self.surfaces[hit.pattern().as_usize()];
                let written = &source[hit.range()];
                if !is_word(before, after) || (surface.exact && goes_on(after)) {
                    continue;
                }
                let case = match surface.exact {
                    true if written == &*surface.text => Case::Title,
                    true if written.chars().any(char::is_uppercase) => continue,
                    true => Case::Plain,
                    false => case(written, before),
                };
                let span = Span::from(hit.range()).shifted(stretch.start);
                let surface = offset(hit.pattern().as_usize());
                found.push(Hit { surface, span, case });
            }
        }
        found
    }

    fn counts(&self, hit: &Hit, generic: &HashSet<u32>) -> bool {
        let surface = &self.surfaces[hit.surface as usize];
        let generic = generic.contains(&hit.surface);
        if surface.exact {
            return hit.case == Case::Title && !generic;
        }
        !generic || hit.case == Case::Title
    }
}

/// The ways in which a name is written: a system's in just these letters, a pattern's in any case and
/// number, with blanks or hyphens.
fn forms(key: &Key, text: &str, origin: Origin, add: &mut impl FnMut(&Key, &str, bool)) {
    let Key::Entity(kind, _) = key else { return };
    let words = text.split([' ', '-']).count();
    let letters = text.chars().filter(|it| it.is_alphanumeric()).count();
    if letters < 3 || words > 5 {
        return;
    }
    let is_acronym = words == 1 && !text.chars().any(char::is_lowercase) && letters <= 6;
    let is_short = words == 1 && origin == Origin::Shortened;
    if *kind == Kind::Pattern && (is_short || origin == Origin::Clipped) {
        return;
    }
    if *kind == Kind::System || is_acronym {
        let capitals = text.contains(char::is_uppercase);
        // A file name, and the rest of a longer name, may be any word.
        let any_word = match origin {
            Origin::FileName => !capitals,
            Origin::Shortened => words == 1 && !capitals,
            _ => false,
        };
        if !any_word {
            add(key, text, true);
        }
        return;
    }
    if words == 1 && origin == Origin::Parenthesis {
        return;
    }
    let lower = text.to_lowercase();
    for form in [lower.clone(), lower.replace('-', " "), lower.replace(' ', "-")] {
        add(key, &form, false);
        match form.strip_suffix('s') {
            Some(one) if one.len() > 3 => add(key, one, false),
            _ => add(key, &format!("{form}s"), false),
        }
    }
}

/// Whether what stands between two texts is a word of its own.
fn is_word(before: &str, after: &str) -> bool {
    let joins = |it: char| it.is_alphanumeric() || matches!(it, '_' | '@' | '\\' | '/' | '#' | '$');
    let mut rest = after.chars();
    let starts = match rest.next() {
        Some('.') => rest.next().is_some_and(char::is_alphanumeric),
        Some(it) => joins(it),
        None => false,
    };
    let ends = before.chars().next_back().is_some_and(|it| joins(it) || matches!(it, '-' | '.'));
    !starts && !ends
}

/// Whether a name goes on with another capitalised word: `Kafka Streams` is not Kafka.
fn goes_on(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(' ') else { return false };
    let word: String = rest.chars().take_while(|it| it.is_alphanumeric()).collect();
    let empty = SUFFIXES.iter().chain(VENDORS).any(|it| *it == word);
    word.chars().count() > 1 && word.starts_with(char::is_uppercase) && !empty
}

fn case(written: &str, before: &str) -> Case {
    let words = written.split([' ', '-']).filter(|it| !it.is_empty());
    let mut words = words.map(|it| it.starts_with(|it: char| it.is_uppercase() || it.is_numeric()));
    let several = written.contains([' ', '-']);
    if !words.all(|it| it) {
        return Case::Plain;
    }
    let lead = before.trim_end();
    let last = lead.rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    let adjoins = lead.len() < before.len() && last.starts_with(char::is_uppercase);
    match () {
        () if begins(lead) && !several => Case::First,
        () if adjoins && !begins(lead[..lead.len() - last.len()].trim_end()) => Case::Longer,
        () => Case::Title,
    }
}

/// Whether a sentence, or what is like one, may begin behind a text.
fn begins(text: &str) -> bool {
    let is_dash = text.strip_suffix('-').is_some_and(|it| !it.ends_with(char::is_alphanumeric));
    text.is_empty() || is_dash || text.ends_with(['.', ':', '!', '?', '*', '|', '•', '"', '('])
}

/// Whether two readings of a page give the same names to be looked for.
pub(super) fn same_names(a: &Knowledge, b: &Knowledge) -> bool {
    let listed = |it: &Knowledge| {
        let calls = it.calls.iter().filter(|it| it.listed.is_some());
        calls.map(|it| (it.key.clone(), it.text.clone(), it.to.clone())).collect::<Vec<_>>()
    };
    let names = |it: &Knowledge| {
        it.names.iter().map(|it| (it.key.clone(), it.text.clone(), it.origin)).collect::<Vec<_>>()
    };
    a.kind == b.kind && names(a) == names(b) && listed(a) == listed(b)
}

#[cfg(test)]
mod tests {
    use crate::testing::Fixture;

    const BOOK: &str = r"
//- case-studies/kafka.md
# Apache Kafka
Kafka is itself.
//- case-studies/streams.md
# Kafka Connect
//- patterns/breaker.md
# Circuit Breaker
//- patterns/timeout.md
# Timeout
//- a.md
";

    /// The carets mark the mentions on `a.md`.
    #[track_caller]
    fn check(page: &str) {
        let fixture = Fixture::new(&format!("{BOOK}{page}"));
        let cx = fixture.snapshot();
        let found = cx.pages().flat_map(|document| {
            let mentions = cx.mentions(document).into_iter();
            mentions.map(|it| (document.path.clone(), it.span, String::new())).collect::<Vec<_>>()
        });
        fixture.expect(found.collect::<Vec<_>>());
    }

    #[test]
    fn systems_count_as_they_are_written_and_patterns_in_any_case_and_number() {
        check(
            "A circuit breaker before Kafka, many Circuit-Breakers after; kafka no.\n  ^^^^^^^^^^^^^^^\n                         ^^^^^\n                                     ^^^^^^^^^^^^^^^^\n[x](patterns/breaker.md)\n",
        );
    }

    #[test]
    fn the_longest_name_counts_and_a_name_that_goes_on_is_another() {
        check("Both Kafka Connect and Kafka Streams.\n     ^^^^^^^^^^^^^\n");
    }

    #[test]
    fn a_name_that_nobody_links_counts_only_with_a_capital_in_mid_sentence() {
        check(
            "Timeout is a word. The timeout. The Timeout.\n                                    ^^^^^^^\n",
        );
    }

    #[test]
    fn a_page_does_not_mention_itself_by_the_name_of_a_list() {
        check(
            "Nothing.\n//- index.md\n- [Moon Tides](patterns/tide.md)\n- [Breaker](patterns/breaker.md)\n//- patterns/tide.md\n# Tide\nMoon Tides here.\n//- b.md\nMoon Tides there.\n^^^^^^^^^^\n",
        );
    }

    #[test]
    fn of_a_word_for_other_things_a_longer_name_is_another() {
        check(
            "Set the Socket Timeout. The Timeout. In Real-Time Timeout.\n                            ^^^^^^^\n",
        );
    }

    #[test]
    fn what_is_left_of_a_pattern_in_one_word_is_no_name_in_prose() {
        check(
            "An API, an API Design.\n           ^^^^^^^^^^\n[x](patterns/api-design.md)\n//- patterns/api-design.md\n# API Design Mastery\n",
        );
    }

    #[test]
    fn code_links_headings_and_words_within_words_are_no_mentions() {
        check("# Kafka\n`Kafka` [Kafka](x.md) xKafka Kafka_x kafka.Kafka <b title=\"Kafka\">\n");
    }
}
