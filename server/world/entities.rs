//! What a name leads to: the pages it names, who uses it, what is stated about it.

use std::{collections::BTreeSet, sync::Arc};

use super::{Document, Resolved, Snapshot};
use crate::{
    model::{
        Key, Kind, PageKind,
        knowledge::{Call, Fact, Name, NameUse, Origin, Spot},
        vocabulary::{self, slug},
    },
    text::Span,
};

/// A page that a name leads to.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The page.
    pub document: &'a Arc<Document>,
    /// The name as it is written where it comes from.
    pub name: &'a str,
    /// Where it comes from.
    pub origin: Origin,
    /// The page and the place where it is written: the page itself, or one that lists it or links to it.
    pub written: (&'a Arc<Document>, Span),
}

impl Snapshot {
    /// The pages that a name leads to, best first; none if it is no name, several if it is ambiguous.
    ///
    /// Names that a page gives to itself, and those by which an index lists it, count before names that
    /// are derived: short forms and texts of links. A pattern by a derived name must be unique. Index
    /// pages and pages that have moved are never among them.
    pub fn entity(&self, key: &Key) -> Vec<Entry<'_>> {
        let Key::Entity(kind, slug) = key else { return Vec::new() };
        let mut found = self.named_by_themselves(key);
        found.extend(self.named_by_others(*kind, &Key::Called(slug.clone())));
        // Of two pages of one title that in the file of the name goes first.
        let place =
            |it: &Entry<'_>| (it.origin, *vocabulary::slug(it.document.path.stem()) != **slug);
        found.sort_by(|a, b| (place(a), &a.document.path).cmp(&(place(b), &b.document.path)));
        let mut seen = BTreeSet::new();
        found.retain(|it| seen.insert(it.document.id));
        let Some(best) = found.first().map(|it| it.origin) else { return found };
        let derived = |it: Origin| it > Origin::Listing;
        match kind {
            Kind::Pattern => found.retain(|it| it.origin == best),
            _ => found.retain(|it| derived(it.origin) == derived(best)),
        }
        if *kind == Kind::Pattern && derived(best) && found.len() > 1 {
            found.clear();
        }
        found
    }

    /// What a name in front matter, a table or a list means: what is called so, else, in a pattern's
    /// place, the pattern with another ending or the system of that name, if there is just one such page.
    pub fn meant(&self, key: &Key) -> Key {
        if !self.entity(key).is_empty() {
            return key.clone();
        }
        let other = vocabulary::stands_for(key).into_iter().find(|it| self.entity(it).len() == 1);
        other.unwrap_or_else(|| key.clone())
    }

    fn named_by_themselves(&self, key: &Key) -> Vec<Entry<'_>> {
        let pages = self.definers(key).into_iter();
        let found = pages.filter_map(|document| {
            let name = document.outline.knowledge.names.iter().find(|it| it.key == *key)?;
            let (name, span, origin) = (&*name.text, name.span, name.origin);
            Some(Entry { document, name, origin, written: (document, span) })
        });
        found.collect()
    }

    /// The pages that indexes list by a name, and the page that four of five links of this text lead to.
    fn named_by_others(&self, kind: Kind, key: &Key) -> Vec<Entry<'_>> {
        let mut found = Vec::new();
        let mut linked: Vec<(Entry<'_>, bool)> = Vec::new();
        let mut lost = 0;
        for from in self.definers(key) {
            for call in from.outline.knowledge.calls.iter().filter(|it| it.key == *key) {
                let Some(document) = self.called(call) else {
                    lost += usize::from(call.origin == Origin::LinkText);
                    continue;
                };
                // A list means all that it lists; a page that only sends its readers elsewhere says
                // nothing of where.
                match document.outline.knowledge.kind {
                    PageKind::Index => {
                        lost += usize::from(call.origin == Origin::LinkText);
                        continue;
                    }
                    PageKind::Stub => continue,
                    _ => {}
                }
                let span =
                    from.page.links.get(call.link as usize).map_or(Span::default(), |it| it.text);
                let written = (from, span);
                let entry = Entry { document, name: &call.text, origin: call.origin, written };
                let fits = kind_of(document, call) == Some(kind);
                match call.origin {
                    Origin::LinkText => linked.push((entry, fits)),
                    // An entry of a reading list may call a page by what it is read for.
                    _ if from.outline.knowledge.kind != PageKind::Index && !alike(&entry) => {
                        linked.push((Entry { origin: Origin::LinkText, ..entry }, fits));
                    }
                    _ => found.extend(fits.then_some(entry)),
                }
            }
        }
        found.extend(learnt(kind, &linked, lost));
        found
    }

    /// The page that a link leads to; should it be broken, the only page with that file name.
    fn called(&self, call: &Call) -> Option<&Arc<Document>> {
        match call.to.iter().find_map(|it| self.place(it)) {
            Some(Resolved::Page(document, _)) => Some(document),
            Some(_) => None,
            None => {
                let mut pages = self.definers(&Key::Name(call.stem()?));
                let is_known = |it: PageKind| matches!(it, PageKind::Study | PageKind::Pattern);
                pages.retain(|it| is_known(it.outline.knowledge.kind));
                if let [only] = pages[..] { Some(only) } else { None }
            }
        }
    }

    /// What a page is about: what it says itself, else what an index lists it as.
    pub fn page_kind(&self, document: &Document) -> PageKind {
        let own = document.outline.knowledge.kind;
        if own != PageKind::Other {
            return own;
        }
        let listed = self.listings(document).map(|it| it.1).filter_map(|it| it.listed);
        let listed = listed.map(|it| document.site.words.kind(&document.path, it.0));
        listed.into_iter().find(|it| *it != PageKind::Other).unwrap_or(own)
    }

    /// The entries of indexes that list a page.
    pub fn listings<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a Arc<Document>, &'a Call)> + 'a {
        let page = Key::Page(document.path.clone());
        self.referrers(&page).into_iter().flat_map(move |from| {
            let calls = from.outline.knowledge.calls.iter();
            let listed = calls.filter(|it| it.origin == Origin::Listing);
            listed.filter_map(move |it| (self.called(it)?.id == document.id).then_some((from, it)))
        })
    }

    /// The names that lead to a page, the most trustworthy first: its own, those of indexes that list
    /// it, those of links.
    pub fn names_of<'a>(&'a self, document: &'a Document) -> Vec<Name> {
        let own = document.outline.knowledge.names.iter().cloned();
        let kind = match self.page_kind(document) {
            PageKind::Study => Kind::System,
            // A page on something else may be all there is on a pattern.
            PageKind::Pattern | PageKind::Other => Kind::Pattern,
            _ => return Vec::new(),
        };
        let page = Key::Page(document.path.clone());
        let from = self.referrers(&page).into_iter();
        let calls = from.flat_map(|it| &it.outline.knowledge.calls);
        let topic = document.outline.knowledge.calls.iter().filter(|it| it.origin == Origin::Topic);
        let calls = calls.chain(topic).filter_map(|call| {
            let Key::Called(slug) = &call.key else { return None };
            let leads_here = self.called(call).is_some_and(|it| it.id == document.id);
            let key = Key::Entity(kind, slug.clone());
            let name =
                Name { key, text: call.text.clone(), span: Span::default(), origin: call.origin };
            leads_here.then_some(name)
        });
        let mut found: Vec<Name> = own.chain(calls).collect();
        found.sort_by_key(|it| it.origin);
        let mut seen = BTreeSet::new();
        found.retain(|it| seen.insert(it.key.clone()));
        found.retain(|it| self.entity(&it.key).iter().any(|it| it.document.id == document.id));
        found
    }

    /// Every use of a name in front matter, tables and lists, in the order of paths.
    pub fn uses_of(&self, key: &Key) -> Vec<(&Arc<Document>, &NameUse)> {
        let pages = self.referrers(key).into_iter();
        let found = pages.flat_map(|document| {
            let refers = document.outline.knowledge.refers.iter();
            refers.filter(|it| it.key == *key).map(move |it| (document, it))
        });
        found.collect()
    }

    /// Every use of a name, and of those that [mean](Self::meant) it, in the order of paths.
    pub fn uses_meaning(&self, key: &Key) -> Vec<(&Arc<Document>, &NameUse)> {
        let pages = self.referrers(key).into_iter();
        let means = |it: &Key| {
            it == key || (vocabulary::stands_for(it).contains(key) && self.meant(it) == *key)
        };
        let found = pages.flat_map(|document| {
            let refers = document.outline.knowledge.refers.iter();
            refers.filter(|it| means(&it.key)).map(move |it| (document, it))
        });
        found.collect()
    }

    /// The names of one kind that pages use, in order.
    pub fn names_in_use(&self, kind: Kind) -> impl Iterator<Item = &Key> {
        self.index.named(kind)
    }

    /// Whether a name is one: a page is called so, or a field, or a cell that must hold a name, has it.
    pub fn is_entity(&self, key: &Key) -> bool {
        !self.entity(key).is_empty() || self.uses_of(key).iter().any(|it| it.1.spot != Spot::Item)
    }

    /// What is stated about a system under one of its names, in the order of paths; not what its
    /// studies state.
    pub fn facts_about(&self, key: &Key) -> Vec<(&Arc<Document>, &Fact)> {
        let mut found = stated(self.referrers(key).into_iter().chain(self.definers(key)), key);
        if let Key::Entity(_, slug) = key {
            // An index that lists a system states what it says of it, though it uses no name.
            found.extend(stated(self.definers(&Key::Called(slug.clone())), key));
        }
        found.sort_by(|a, b| (&a.0.path, a.1.span).cmp(&(&b.0.path, b.1.span)));
        found.dedup_by(|a, b| a.0.id == b.0.id && a.1.span == b.1.span);
        found
    }
}

fn stated<'a>(
    pages: impl IntoIterator<Item = &'a Arc<Document>>,
    key: &Key,
) -> Vec<(&'a Arc<Document>, &'a Fact)> {
    let found = pages.into_iter().flat_map(|document| {
        let facts = document.outline.knowledge.facts.iter();
        facts.filter(|it| it.about == *key).map(move |it| (document, it))
    });
    found.collect()
}

/// What a page that a link leads to is the page of.
fn kind_of(document: &Document, call: &Call) -> Option<Kind> {
    let own = document.outline.knowledge.kind;
    let listed = call.listed.map_or(PageKind::Other, |it| it.0);
    match if own == PageKind::Other {
        document.site.words.kind(&document.path, listed)
    } else {
        own
    } {
        PageKind::Other if call.origin == Origin::Topic => Some(Kind::Pattern),
        // A lesson among the patterns is no pattern, but may be all there is on one.
        PageKind::Other if call.origin == Origin::LinkText => {
            let by_path = vocabulary::kind_of_path(&document.site.docs, &document.path);
            (by_path == Some(PageKind::Pattern)).then_some(Kind::Pattern)
        }
        PageKind::Study => Some(Kind::System),
        PageKind::Pattern => Some(Kind::Pattern),
        _ => None,
    }
}

/// What links teach: the page that four of five of them lead to, if most lead somewhere. One page that
/// says so may mean anything by it, unless the pattern itself is called something like that.
fn learnt<'a>(kind: Kind, linked: &[(Entry<'a>, bool)], lost: usize) -> Option<Entry<'a>> {
    let same = |it: &Entry<'a>| {
        let id = it.document.id;
        linked.iter().filter(move |other| other.0.document.id == id && other.1)
    };
    let best = linked.iter().map(|it| &it.0).max_by_key(|it| same(it).count())?;
    let from: BTreeSet<_> = same(best).map(|it| it.0.written.0.id).collect();
    let is_pattern = best.document.outline.knowledge.kind == PageKind::Pattern;
    let agreed = from.len() > 1 || (kind == Kind::Pattern && is_pattern && alike(best));
    // A slip of the pen is no other opinion.
    let most = same(best).count() * 5 >= linked.len() * 4 && lost <= linked.len();
    (agreed && most && teaches(best.name)).then(|| best.clone())
}

/// Whether a text has a word, that says something, in common with the names that the page gives to
/// itself.
fn alike(entry: &Entry<'_>) -> bool {
    let words = |text: &str| -> BTreeSet<Box<str>> {
        let words = text.split(|it: char| !it.is_alphanumeric());
        let words = words.filter(|it| it.len() > 1 && !vocabulary::is_left_out(it)).map(slug);
        words.map(|it| vocabulary::stem(&it).into()).collect()
    };
    let said = words(entry.name);
    let names = entry.document.outline.knowledge.names.iter().map(|it| &*it.text);
    let mut names = names.chain([entry.document.title(), entry.document.path.stem()]);
    names.any(|it| !words(it).is_disjoint(&said))
}

/// Whether the text of a link can be a name, rather than `here` or `read more`.
fn teaches(text: &str) -> bool {
    const EMPTY: &[&str] = &[
        "here", "this", "more", "read", "learn", "see", "details", "link", "guide", "overview",
        "next", "previous", "back", "start", "full", "view", "go", "page", "start", "study",
        "template",
    ];
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    // `CDN + Edge` and `Paxos & Raft` are two things.
    text.starts_with(char::is_alphanumeric)
        && !text.contains(['+', '&', ','])
        && !words
            .iter()
            .any(|it| EMPTY.contains(&it.trim_matches(|it: char| !it.is_alphanumeric())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::knowledge::entity, testing::Fixture};

    /// The pages that a name leads to, best first, and where the name comes from.
    #[track_caller]
    fn check(kind: Kind, name: &str, fixture: &str, expected: &[(&str, Origin)]) {
        let cx = Fixture::new(fixture).snapshot();
        let key = entity(kind, name).expect("a name");
        let found = cx.entity(&key);
        let found: Vec<_> =
            found.iter().map(|it| (cx.shown(&it.document.path), it.origin)).collect();
        let found: Vec<_> = found.iter().map(|it| (it.0.as_str(), it.1)).collect();
        assert_eq!(found, expected, "{name}");
    }

    const BOOK: &str = r"
//- index.md
# Case studies
- **[Apache Kafka](messaging/kafka.md)** - a log
- [Redis Deep Dive](redis-deep.md) - internals
- [Redis Architecture](stores/redis.md) - a store

Start with [the log](messaging/kafka.md), [Pub/Sub](patterns/publish-subscribe.md) or
[here](patterns/quorum.md).
//- messaging/kafka.md
# Kafka in production
//- redis-deep.md
# Internals
//- stores/redis.md
---
systems: [Redis, Valkey]
---
# Redis Architecture
//- patterns/quorum.md
# Quorum Consensus (QC)
//- patterns/publish-subscribe.md
# Publish-Subscribe
//- patterns/old.md
---
title: Quorum Consensus
redirect_to: quorum.md
---
";

    #[test]
    fn a_listed_page_is_known_by_its_entry_and_by_shorter_forms_of_it() {
        for name in ["Apache Kafka", "Kafka"] {
            let origin = if name == "Kafka" { Origin::Shortened } else { Origin::Listing };
            check(Kind::System, name, BOOK, &[("messaging/kafka.md", origin)]);
        }
    }

    #[test]
    fn a_name_that_is_stated_counts_before_one_that_is_derived() {
        check(Kind::System, "Redis", BOOK, &[("stores/redis.md", Origin::FileName)]);
        check(Kind::System, "valkey", BOOK, &[("stores/redis.md", Origin::Systems)]);
    }

    #[test]
    fn a_page_that_has_moved_is_never_meant() {
        check(Kind::Pattern, "quorum-consensus", BOOK, &[("patterns/quorum.md", Origin::Heading)]);
        check(Kind::Pattern, "QC", BOOK, &[("patterns/quorum.md", Origin::Parenthesis)]);
    }

    #[test]
    fn texts_of_links_teach_names() {
        let page = "patterns/publish-subscribe.md";
        check(Kind::Pattern, "pub-sub", BOOK, &[]);
        let second = format!("{BOOK}//- other.md\n[Pub/Sub](patterns/publish-subscribe.md)\n");
        check(Kind::Pattern, "pub-sub", &second, &[(page, Origin::LinkText)]);
        let third = format!("{second}//- third.md\n[Pub/Sub](patterns/quorum.md)\n");
        check(Kind::Pattern, "pub-sub", &third, &[]);
        check(Kind::Pattern, "here", &BOOK.replace("[Pub/Sub]", "[here]"), &[]);
    }

    #[test]
    fn links_teach_the_name_of_a_lesson_among_the_patterns() {
        let book = "//- patterns/drills.md\n---\ntype: lesson\n---\n# Mastery\n//- a.md\n[Failure Drills](patterns/drills.md)\n";
        check(Kind::Pattern, "failure-drill", book, &[]);
        let second = format!("{book}//- b.md\n[Failure Drills](patterns/drills.md)\n");
        check(Kind::Pattern, "failure-drill", &second, &[("patterns/drills.md", Origin::LinkText)]);
    }

    #[test]
    fn one_link_teaches_a_name_that_has_a_word_of_the_page_and_is_one_thing() {
        let book = format!(
            "{BOOK}//- other.md\n[Paxos Quorum](patterns/quorum.md) [Anti-Entropy](patterns/quorum.md) [CDN + Quorum](patterns/quorum.md) [the streaming log](messaging/kafka.md)\n"
        );
        check(Kind::Pattern, "paxos-quorum", &book, &[("patterns/quorum.md", Origin::LinkText)]);
        check(Kind::Pattern, "Anti-Entropy", &book, &[]);
        check(Kind::Pattern, "CDN + Quorum", &book, &[]);
        check(Kind::System, "the streaming log", &book, &[]);
        let lost = format!("{book}//- third.md\n[Paxos Quorum](gone.md) [Paxos Quorum](lost.md)\n");
        check(Kind::Pattern, "paxos-quorum", &lost, &[]);
    }

    #[test]
    fn what_a_reading_list_calls_a_page_is_no_more_than_the_text_of_a_link() {
        let list = "# Reading\n- [Airbnb Architecture](case-studies/hotels.md)\n- [Hotels](case-studies/hotels.md)\n- [a](a.md)\n- [b](b.md)\n- [c](c.md)\n";
        let book = format!("//- case-studies/hotels.md\n# Hotel Reservation\n//- one.md\n{list}");
        let page = "case-studies/hotels.md";
        check(Kind::System, "Airbnb Architecture", &book, &[]);
        check(Kind::System, "Hotel Reservation", &book, &[(page, Origin::Heading)]);
        let second = format!("{book}//- two.md\n{list}");
        check(Kind::System, "Airbnb Architecture", &second, &[(page, Origin::LinkText)]);
    }

    #[test]
    fn a_list_makes_patterns_only_of_what_lies_in_its_folder() {
        let book = "//- patterns/index.md\n- [The First Law](../laws/one.md)\n- [The Ring](ring.md)\n//- laws/one.md\n# Law\n//- patterns/ring.md\n# Ring\n";
        check(Kind::Pattern, "The First Law", book, &[]);
        check(Kind::Pattern, "The Ring", book, &[("patterns/ring.md", Origin::Listing)]);
    }

    #[test]
    fn a_pattern_is_known_without_the_last_of_three_words() {
        let book =
            "//- patterns/wal.md\n# Write-Ahead Log\n//- patterns/read-repair.md\n# Read Repair\n";
        check(Kind::Pattern, "write-ahead", book, &[("patterns/wal.md", Origin::Clipped)]);
        check(Kind::Pattern, "read", book, &[]);
    }

    #[test]
    fn a_page_on_something_else_is_a_pattern_for_want_of_another() {
        let book = "//- testing/chaos.md\n# Chaos Testing\n//- index.md\n# Chaos Drills\n";
        check(Kind::Pattern, "chaos-testing", book, &[("testing/chaos.md", Origin::Topic)]);
        check(Kind::System, "chaos-testing", book, &[]);
        check(Kind::Pattern, "chaos-drills", book, &[]);
        let own = format!("{book}//- patterns/chaos-testing.md\n# Testing by chaos\n");
        check(
            Kind::Pattern,
            "chaos-testing",
            &own,
            &[("patterns/chaos-testing.md", Origin::FileName)],
        );
    }

    #[test]
    fn of_two_pages_of_one_title_that_in_the_file_of_the_name_goes_first() {
        let book =
            "//- patterns/bulkhead-gold.md\n# Bulkhead\n//- patterns/bulkhead.md\n# Bulkhead\n";
        let both = [
            ("patterns/bulkhead.md", Origin::Heading),
            ("patterns/bulkhead-gold.md", Origin::Heading),
        ];
        check(Kind::Pattern, "bulkhead", book, &both);
    }

    #[test]
    fn a_name_that_nothing_is_called_by_means_what_is_called_almost_so() {
        let book = "//- patterns/load-balancing.md\n# Load Balancing\n//- patterns/lease.md\n# Lease\n//- case-studies/zookeeper.md\n# ZooKeeper\n";
        let cx = Fixture::new(book).snapshot();
        for (name, meant) in [
            ("load-balancer", entity(Kind::Pattern, "load balancing")),
            ("lease-mechanism", entity(Kind::Pattern, "lease")),
            ("lease", entity(Kind::Pattern, "lease")),
            ("zookeeper", entity(Kind::System, "zookeeper")),
            ("gossip-protocol", entity(Kind::Pattern, "gossip protocol")),
        ] {
            let key = entity(Kind::Pattern, name).expect("a name");
            assert_eq!(Some(cx.meant(&key)), meant, "{name}");
        }
    }

    #[test]
    fn a_name_of_several_pages_leads_to_all_of_them() {
        let book = r"
//- case-studies/b.md
---
systems: [Netflix]
---
//- case-studies/a.md
---
systems: [Netflix]
---
";
        let both = [("case-studies/a.md", Origin::Systems), ("case-studies/b.md", Origin::Systems)];
        check(Kind::System, "Netflix", book, &both);
    }

    #[test]
    fn a_derived_name_of_several_patterns_leads_to_none() {
        let book = "//- patterns/a.md\n# Saga System\n//- patterns/b.md\n# Saga Design\n";
        check(Kind::Pattern, "Saga", book, &[]);
        check(Kind::Pattern, "Saga System", book, &[("patterns/a.md", Origin::Heading)]);
    }
}
