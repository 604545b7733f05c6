//! Every study and heading of the workspace, by name.

use rayon::prelude::*;

use super::{Location, document_symbols::title, fuzzy::Fuzzy};
use crate::{
    text::Span,
    world::{Document, Snapshot},
};

/// A study or a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What a reader sees.
    pub name: String,
    /// 1 to 6; 0 for a page by the title in its front matter.
    pub level: u8,
    /// The page it is in; empty for a page itself.
    pub container: String,
    /// Where it is.
    pub to: Location,
}

/// At most `most` symbols that match `query`, best first; all match an empty one, in the order of paths.
pub fn workspace_symbols(cx: &Snapshot, query: &str, most: usize) -> Vec<Symbol> {
    let pages: Vec<_> = cx.pages().collect();
    if query.trim().is_empty() {
        let all =
            pages.into_iter().flat_map(|page| named(page).map(move |it| symbol(cx, page, it)));
        return all.take(most).collect();
    }
    let scored = pages.par_iter().enumerate().map_init(
        || Fuzzy::new(query),
        |fuzzy, (order, page)| {
            let found = named(page).filter_map(|it| {
                // Of equal matches the page comes before its headings, and the short name first.
                let score = fuzzy.score(it.1)?;
                Some((std::cmp::Reverse(score), it.0, it.1.len(), order, it))
            });
            found.collect::<Vec<_>>()
        },
    );
    let mut found: Vec<_> = scored.flatten_iter().collect();
    found.sort_unstable_by_key(|it| (it.0, it.1, it.2, it.3, it.4.2));
    found.into_iter().take(most).map(|(_, _, _, order, it)| symbol(cx, pages[order], it)).collect()
}

/// The names of a page: level, name, place.
fn named(page: &Document) -> impl Iterator<Item = (u8, &str, Span)> {
    let title = title(page).map(|it| (0, page.title(), it));
    title.into_iter().chain(page.page.headings.iter().map(|it| (it.level, &*it.title, it.span)))
}

fn symbol(cx: &Snapshot, page: &Document, (level, name, span): (u8, &str, Span)) -> Symbol {
    Symbol {
        name: name.to_owned(),
        level,
        container: if level == 0 { String::new() } else { cx.shown(&page.path) },
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
}
