//! Every study, system, pattern and heading of the workspace, by name.

use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

use rayon::prelude::*;

use super::{Location, entity, fuzzy::Fuzzy};
use crate::{
    model::{Key, Kind as Entity, knowledge::Spot},
    text::haystack::{Hit, Needle},
    world::{self, Document, Snapshot},
};

pub use crate::world::SymbolKind as Kind;

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What a reader sees.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The title of the page it is in; empty where that is its own name. Editors show the path beside it.
    pub container: String,
    /// Where it is.
    pub to: Location,
}

/// How a name has what is looked for, the name, and the page it is on.
type Found<'a> = (Hit, world::Symbol<'a>, &'a Arc<Document>);

/// At most `most` symbols that match `query`, best first; all match an empty one, in the order of paths.
///
/// A query that begins with `#` finds headings only, with `@` systems, with `!` patterns. The names it finds
/// begin so, too: many editors show only those that have all that was typed.
pub fn workspace_symbols(cx: &Snapshot, query: &str, most: usize) -> Vec<Symbol> {
    let sign = query.get(..1).unwrap_or_default();
    let only = match sign {
        "#" => Kind::Heading,
        "@" => Kind::System,
        "!" => Kind::Pattern,
        _ => return among(cx, query, None, most),
    };
    let mut found = among(cx, &query[1..], Some(only), most);
    found.iter_mut().for_each(|it| it.name.insert_str(0, sign));
    found
}

/// The same without a sign, among all symbols or those of one kind.
pub(super) fn among(cx: &Snapshot, query: &str, only: Option<Kind>, most: usize) -> Vec<Symbol> {
    let without = without_page(cx, only, query);
    if query.trim().is_empty() {
        let all = cx.pages().flat_map(|page| {
            let mut named = BTreeSet::new();
            let shown = page.symbols().filter(|it| is_shown(it, only));
            // A page has several short names, of which one is enough.
            shown.filter(move |it| !it.again || named.insert(it.kind)).map(move |it| (it, page))
        });
        let all = all.map(|(it, page)| symbol(page, it));
        return all.chain(without).take(most).collect();
    }
    let found = best(cx, query, only).into_iter();
    found.map(|(_, it, page)| symbol(page, it)).chain(without).take(most).collect()
}

/// All that match, best first: exactly, where there are no more than [`LIKELY`].
fn best<'a>(cx: &'a Snapshot, query: &str, only: Option<Kind>) -> Vec<Found<'a>> {
    let needle = Needle::new(query);
    let pages: Vec<_> = cx.all_pages().collect();
    let likely = pages
        .into_par_iter()
        .with_min_len(64)
        .fold(Likely::default, |found, page| found.and(page, &needle, only))
        .reduce(Likely::default, Likely::with);
    let scored = likely
        .found
        .into_par_iter()
        .with_min_len(64)
        .map_init(|| Fuzzy::new(query), |fuzzy, it| Some((Reverse(fuzzy.score(it.1.name)?), it)));
    let mut scored: Vec<_> = scored.flatten_iter().collect();
    scored.sort_unstable_by(|(a, it), (b, other)| (a, order(it)).cmp(&(b, order(other))));
    let mut named = BTreeSet::new();
    // One short name is enough here, too.
    scored.retain(|(_, (_, it, page))| !it.again || named.insert((it.kind, page.id)));
    scored.into_iter().map(|it| it.1).collect()
}

/// The matcher knows best and is slow: it sees no more names than this, those that have the query in one
/// piece before others.
const LIKELY: usize = 2048;

/// What the matcher is to see.
#[derive(Default)]
struct Likely<'a> {
    found: Vec<Found<'a>>,
    /// What is worse than this would not be among them.
    bar: Option<Hit>,
}

impl<'a> Likely<'a> {
    /// With what matches on a page.
    fn and(mut self, page: &'a Arc<Document>, needle: &Needle, only: Option<Kind>) -> Self {
        let mut symbols = page.symbols().enumerate();
        let hits = page.names.search(needle).filter(|it| self.bar.is_none_or(|bar| it.1 <= bar));
        for (number, hit) in hits {
            let Some((_, symbol)) = symbols.find(|it| it.0 == number) else { break };
            if symbol.kind == Kind::Heading && only.is_some_and(|it| it != Kind::Heading) {
                // Nothing but headings follows.
                break;
            }
            if is_shown(&symbol, only) {
                self.found.push((hit, symbol, page));
            }
        }
        // Now and then, so that little is held.
        if self.found.len() > 2 * LIKELY { self.cut() } else { self }
    }

    fn with(mut self, other: Self) -> Self {
        self.found.extend(other.found);
        self.cut()
    }

    fn cut(mut self) -> Self {
        if self.found.len() > LIKELY {
            let last = LIKELY - 1;
            let key = |it: &Found<'a>| (it.0, order(it));
            self.found.select_nth_unstable_by(last, |a, b| key(a).cmp(&key(b)));
            self.bar = Some(self.found[last].0);
            self.found.truncate(LIKELY);
        }
        self
    }
}

/// Of equal matches the page comes before its headings, and the short name first.
fn order<'a>(it: &Found<'a>) -> impl Ord + use<'a> {
    (it.1.level, it.1.name.len(), &it.2.path, it.1.span)
}

/// Whether it is asked for: among everything, names that are a title, a heading or a file already are not.
fn is_shown(symbol: &world::Symbol, only: Option<Kind>) -> bool {
    only.map_or(!symbol.again, |it| it == symbol.kind)
}

/// The systems, or patterns, that have no page and match, where they are first named; only if asked for.
fn without_page<'a>(
    cx: &'a Snapshot,
    only: Option<Kind>,
    query: &str,
) -> impl Iterator<Item = Symbol> + use<'a> {
    let kinds = match only {
        Some(Kind::System) => Some((Kind::System, Entity::System)),
        Some(Kind::Pattern) => Some((Kind::Pattern, Entity::Pattern)),
        _ => None,
    };
    let mut fuzzy = Fuzzy::new(query);
    let keys =
        kinds.into_iter().flat_map(|(kind, of)| cx.names_in_use(of).map(move |it| (kind, it)));
    let likely = keys.filter(move |(_, key)| match key {
        Key::Entity(_, slug) => fuzzy.score(slug).is_some(),
        _ => false,
    });
    likely.filter_map(|(kind, key)| {
        let is_name = || cx.uses_of(key).iter().any(|it| it.1.spot != Spot::Item);
        if !cx.entity(key).is_empty() || !is_name() {
            return None;
        }
        let to = entity::introduction(cx, key)?;
        let page = cx.document(&to.path)?;
        Some(Symbol { name: page.source(to.span), kind, container: page.title().to_owned(), to })
    })
}

fn symbol(page: &Document, it: world::Symbol) -> Symbol {
    let title = page.title();
    Symbol {
        name: it.name.to_owned(),
        kind: it.kind,
        container: if it.name == title { String::new() } else { title.to_owned() },
        to: Location { path: page.path.clone(), span: it.span },
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Fixture;

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let fixture = "//- a.md\n# Apache Kafka\n## Zero copy\n//- b.md\n---\ntitle: Cat, dog, fish\n---\n# Kafka at scale\n";
        let cx = Fixture::new(fixture).snapshot();
        let found = super::workspace_symbols(&cx, query, 10);
        assert_eq!(found.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn finds_by_a_part_of_the_name_whatever_the_case() {
        check("KAFKA", &["Apache Kafka", "Kafka at scale"]);
        check("cdf", &["Cat, dog, fish"]);
        check("dogcat", &[]);
    }

    #[test]
    fn lists_everything_for_an_empty_query() {
        check("", &["Apache Kafka", "Zero copy", "Cat, dog, fish", "Kafka at scale"]);
    }

    #[test]
    fn tells_systems_patterns_and_headings_apart() {
        let fixture = "
//- patterns/quorum.md
# Quorum
## Reads
//- studies/aurora.md
---
systems: [Aurora, Limitless]
---
# How Aurora reads
";
        let cx = Fixture::new(fixture).snapshot();
        let names = |query: &str| {
            let found = super::workspace_symbols(&cx, query, 10);
            found.into_iter().map(|it| it.name).collect::<Vec<_>>()
        };
        assert_eq!(names("#rea"), ["#How Aurora reads", "#Reads"]);
        assert_eq!(names("@limit"), ["@Limitless"]);
        assert!(names("!").contains(&"!Quorum".to_owned()));
        assert_eq!(names("limit"), ["Limitless"]);
    }

    #[test]
    fn finds_systems_and_patterns_without_a_page_where_they_are_first_named() {
        let fixture = "//- index.md\n| System | Patterns |\n|---|---|\n| Aurora | Quorum |\n";
        let cx = Fixture::new(fixture).snapshot();
        for (query, name, place) in [("@aur", "@Aurora", "Aurora"), ("!", "!Quorum", "Quorum")] {
            let found = super::workspace_symbols(&cx, query, 10);
            let said: Vec<_> = found.iter().map(|it| (&*it.name, &*it.container)).collect();
            assert_eq!(said, [(name, "index")]);
            let document = cx.document(&found[0].to.path).expect("a page");
            assert_eq!(document.source(found[0].to.span), place);
        }
    }

    #[test]
    fn says_on_which_page_but_for_the_page_itself() {
        let fixture = "//- a.md\n---\nsystems: [MSK]\n---\n# Apache Kafka\n## Zero copy\n";
        let cx = Fixture::new(fixture).snapshot();
        let found = super::workspace_symbols(&cx, "", 10);
        let said: Vec<_> = found.iter().map(|it| (&*it.name, &*it.container)).collect();
        let expected =
            [("MSK", "Apache Kafka"), ("Apache Kafka", ""), ("Zero copy", "Apache Kafka")];
        assert_eq!(said, expected);
    }

    #[test]
    fn the_best_of_a_thousand_comes_first() {
        let unlikely = (0..3 * super::LIKELY).map(|it| format!("## Unlikely {it}\n"));
        let unlikely = unlikely.collect::<Vec<_>>().concat();
        let fixture = format!("//- a.md\n# All\n{unlikely}## Deaf kel\n//- z.md\n# Kelp\n");
        let cx = Fixture::new(&fixture).snapshot();
        let found = super::workspace_symbols(&cx, "kel", 3);
        let names: Vec<_> = found.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["Kelp", "Deaf kel", "Unlikely 0"]);
    }

    #[test]
    fn a_page_is_one_system_though_it_has_short_names() {
        let fixture = "//- case-studies/kafka.md\n# Apache Kafka: The Distributed Log\n";
        let cx = Fixture::new(fixture).snapshot();
        for query in ["@kafka", "@"] {
            assert_eq!(super::workspace_symbols(&cx, query, 10).len(), 1, "{query}");
        }
    }
}
