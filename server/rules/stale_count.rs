#![doc = include_str!("stale_count.md")]

use std::collections::HashSet;

use super::{Finding, Fix, Found, fix::suggested, listing};
use crate::{
    syntax,
    text::Span,
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    if !listing::is_index(cx, document) {
        return Vec::new();
    }
    let text = document.text.to_string();
    let mut found = Vec::new();
    for (at, _) in text.match_indices(" across ") {
        let Some((pages, groups)) = statement(&text, at) else { continue };
        if syntax::is_code(&text, &document.site.dialect, crate::text::offset(at)) {
            continue;
        }
        let (listed, under) = counted(cx, document);
        if listed == 0 {
            continue;
        }
        found.extend(compared(&text, pages, listed, "page", "pages"));
        // Where headings and folders disagree, it is not known what is counted.
        found.extend(under.and_then(|it| compared(&text, groups, it, "group", "groups")));
    }
    found
}

/// The numbers of `84 case studies across 8 domains`, around its ` across `.
fn statement(text: &str, at: usize) -> Option<(Span, Span)> {
    let line = text[..at].rfind('\n').map_or(0, |it| it + 1);
    let words = text[line..at].rsplit(' ').take(3);
    let mut words = words.map(|it| it.trim_matches(['*', '_']));
    if !matches!(words.next()?, "studies" | "entries" | "pages" | "articles") {
        return None;
    }
    let count = words.find(|it| *it != "case")?;
    let after = &text[at + " across ".len()..];
    let (groups, rest) = after.split_once(' ')?;
    let groups = groups.trim_start_matches(['*', '_']);
    let what = rest.split(|it: char| !it.is_alphabetic()).next()?;
    let known =
        ["domain", "domains", "category", "categories", "topic", "topics", "section", "sections"];
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let place = |it: &str| {
        let start = it.as_ptr().addr() - text.as_ptr().addr();
        Span::from(start..start + it.len())
    };
    (known.contains(&what) && number(count) && number(groups))
        .then(|| (place(count), place(groups)))
}

/// How many pages the lists of a page name, and under how many headings, if these are as many as their
/// folders.
fn counted(cx: &Snapshot, document: &Document) -> (usize, Option<usize>) {
    let (mut pages, mut folders, mut headings) = (HashSet::new(), HashSet::new(), HashSet::new());
    for entry in listing::entries(cx, document) {
        // Of a page that is listed again only the first entry counts, and the list of another folder is
        // none of what it lists.
        let list = listing::is_index(cx, entry.page);
        if entry.to_place || list || !pages.insert(entry.page.id) {
            continue;
        }
        folders.insert(entry.page.path.folder().to_owned());
        let above =
            document.page.headings.iter().rev().find(|it| it.span.end <= entry.item.span.start);
        headings.insert(above.map(|it| it.span));
    }
    (pages.len(), (folders.len() == headings.len()).then_some(headings.len()))
}

fn compared(text: &str, at: Span, number: usize, one: &str, many: &str) -> Option<Found> {
    let stated: usize = text[at.range()].parse().ok()?;
    let what = if number == 1 { one } else { many };
    let found = Found::new(at, format!("{stated} is stated, but {number} {what} are listed"));
    (stated != number).then(|| Found { suggestions: vec![number.to_string()], sure: true, ..found })
}

/// Writes the number as it is.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    suggested(document, finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    const PAGES: &str = "
//- p/a.md
//- p/b.md
//- q/c.md
//- index.md
## One

- **[A](p/a.md)** - one
- [B](p/b.md)

## Two

- [C](q/c.md)
- [A again](p/a.md)

New here? Start with [A](p/a.md).
";

    #[test]
    fn compares_both_numbers_with_what_is_listed() {
        check_rule(
            "stale-count",
            &format!(
                "{PAGES}
*Total: 4 case studies across 1 domains. Six copies across 3 zones.*
        ^ 4 is stated, but 3 pages are listed
                              ^ 1 is stated, but 2 groups are listed
3 studies across 2 domains, and `4 studies across 2 domains`

~~~
4 studies across 2 domains
~~~
"
            ),
        );
    }

    #[test]
    fn counts_what_is_listed_and_not_the_lists() {
        check_rule(
            "stale-count",
            "//- p/index.md\n//- p/a.md\n//- index.md\n- [All of p](p/index.md)\n\n## P\n- [A](p/a.md)\n\n1 study across 1 domain.\n1 studies across 1 domain.\n",
        );
    }

    #[test]
    fn writes_the_number_as_it_is() {
        check_fix(
            "stale-count",
            "//- a.md\n//- index.md\n- [A](a.md)\n\n**2 studies across 1 domain**\n",
            &expect![[r"
                Change to `1`
                //- index.md
                - [A](a.md)

                **1 studies across 1 domain**
            "]],
        );
    }
}
