//! Every study, system, pattern and heading of the workspace, by name.

use std::{collections::BTreeSet, sync::Arc};

use rayon::prelude::*;

use super::{Location, document_symbols::title, entity, fuzzy::Fuzzy};
use crate::{
    model::{
        Key, Kind as Entity,
        knowledge::{Origin, Spot},
    },
    text::Span,
    world::{Document, Snapshot},
};

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A page.
    Page,
    /// A system, under one of its names.
    System,
    /// A pattern, under one of its names.
    Pattern,
    /// A heading.
    Heading,
}

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What a reader sees.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The page it is in; empty for a page itself.
    pub container: String,
    /// Where it is.
    pub to: Location,
}

/// A name on a page: the kind, its rank among equal matches, the name, where it stands.
type Named<'a> = (Kind, u8, &'a str, Span);

/// At most `most` symbols that match `query`, best first; all match an empty one, in the order of paths.
///
/// A query that begins with `#` finds headings only, with `@` systems, with `!` patterns.
pub fn workspace_symbols(cx: &Snapshot, query: &str, most: usize) -> Vec<Symbol> {
    let pages: Vec<_> = cx.pages().collect();
    let only = match query.chars().next() {
        Some('#') => Some(Kind::Heading),
        Some('@') => Some(Kind::System),
        Some('!') => Some(Kind::Pattern),
        _ => None,
    };
    let query = if only.is_some() { &query[1..] } else { query };
    let without = without_page(cx, &pages, only, query, most);
    if query.trim().is_empty() {
        let all = pages
            .into_iter()
            .flat_map(|page| named(page, only).map(move |it| symbol(cx, page, it)));
        return all.chain(without).take(most).collect();
    }
    let scored = pages.par_iter().enumerate().map_init(
        || Fuzzy::new(query),
        |fuzzy, (order, page)| {
            let found = named(page, only).filter_map(|it| {
                // Of equal matches the page comes before its headings, and the short name first.
                let score = fuzzy.score(it.2)?;
                Some((std::cmp::Reverse(score), it.1, it.2.len(), order, it))
            });
            found.collect::<Vec<_>>()
        },
    );
    let mut found: Vec<_> = scored.flatten_iter().collect();
    // A letter or two match nearly everything: only what is shown has to be in order.
    if (1..found.len()).contains(&most) {
        found.select_nth_unstable_by_key(most - 1, |it| (it.0, it.1, it.2, it.3, it.4.3));
        found.truncate(most);
    }
    found.sort_unstable_by_key(|it| (it.0, it.1, it.2, it.3, it.4.3));
    let found = found.into_iter().map(|(_, _, _, order, it)| symbol(cx, pages[order], it));
    found.chain(without).take(most).collect()
}

/// The systems, or patterns, that have no page and match, where they are first named; only if asked for.
fn without_page(
    cx: &Snapshot,
    pages: &[&Arc<Document>],
    only: Option<Kind>,
    query: &str,
    most: usize,
) -> Vec<Symbol> {
    let (kind, wanted) = match only {
        Some(Kind::System) => (Kind::System, Entity::System),
        Some(Kind::Pattern) => (Kind::Pattern, Entity::Pattern),
        _ => return Vec::new(),
    };
    let likely = pages.par_iter().map_init(
        || Fuzzy::new(query),
        |fuzzy, page| {
            let uses = page.outline.knowledge.refers.iter().filter(|it| it.spot != Spot::Item);
            let keys = uses.map(|it| &it.key);
            let mut fits = |it: &&Key| match it {
                Key::Entity(of, slug) => *of == wanted && fuzzy.score(slug).is_some(),
                _ => false,
            };
            keys.filter(|it| fits(it)).collect::<Vec<_>>()
        },
    );
    let likely: BTreeSet<&Key> = likely.flatten_iter().collect();
    let alone = likely.into_iter().filter(|it| cx.entity(it).is_empty());
    let found = alone.filter_map(|key| {
        let to = entity::introduction(cx, key)?;
        let name = cx.document(&to.path)?.source(to.span);
        Some(Symbol { name, kind, container: cx.shown(&to.path), to })
    });
    found.take(most).collect()
}

/// The names of a page, of one kind if asked for.
fn named(page: &Document, only: Option<Kind>) -> impl Iterator<Item = Named<'_>> {
    let title = title(page).map(|it| (Kind::Page, 0, page.title(), it));
    let headings = page.page.headings.iter();
    let headings = headings.map(|it| (Kind::Heading, it.level, &*it.title, it.span));
    let names = page.outline.knowledge.names.iter().filter_map(move |it| {
        let kind = match &it.key {
            Key::Entity(Entity::System, _) => Kind::System,
            Key::Entity(Entity::Pattern, _) => Kind::Pattern,
            _ => return None,
        };
        // Among everything else only names that are not a title, a heading or a file already.
        let stated = matches!(it.origin, Origin::Systems | Origin::Alias);
        (only.is_some() || stated).then_some((kind, 0, &*it.text, it.span))
    });
    let all = title.into_iter().chain(names).chain(headings);
    all.filter(move |it| only.is_none_or(|only| it.0 == only))
}

fn symbol(cx: &Snapshot, page: &Document, (kind, _, name, span): Named<'_>) -> Symbol {
    Symbol {
        name: name.to_owned(),
        kind,
        container: if kind == Kind::Page { String::new() } else { cx.shown(&page.path) },
        to: Location { path: page.path.clone(), span },
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
        assert_eq!(names("#rea"), ["How Aurora reads", "Reads"]);
        assert_eq!(names("@limit"), ["Limitless"]);
        assert!(names("!").contains(&"Quorum".to_owned()));
        assert_eq!(names("limit"), ["Limitless"]);
    }

    #[test]
    fn finds_systems_and_patterns_without_a_page_where_they_are_first_named() {
        let fixture = "//- index.md\n| System | Patterns |\n|---|---|\n| Aurora | Quorum |\n";
        let cx = Fixture::new(fixture).snapshot();
        for (query, name, place) in [("@aur", "Aurora", "Aurora"), ("!", "Quorum", "Quorum")] {
            let found = super::workspace_symbols(&cx, query, 10);
            let said: Vec<_> = found.iter().map(|it| (&*it.name, &*it.container)).collect();
            assert_eq!(said, [(name, "index.md")]);
            let document = cx.document(&found[0].to.path).expect("a page");
            assert_eq!(document.source(found[0].to.span), place);
        }
    }
}
