#![doc = include_str!("stale_toc.md")]

use super::{Finding, Fix, Found, listing, near::letters};
use crate::{
    syntax::{Heading, Link, Renderer},
    text::{Edit, Span},
    world::{Document, Snapshot},
};

/// So many entries a table of contents has at least.
const LEAST: usize = 3;

/// A list of links to places of its own page.
struct Toc<'a> {
    entries: Vec<Entry<'a>>,
    /// The headings that it is to list.
    headings: Vec<&'a Heading>,
    /// From the first line to the end of the last.
    span: Span,
}

struct Entry<'a> {
    link: &'a Link,
    /// The blanks before the mark, and the mark with the blank behind it.
    indent: String,
    mark: String,
    /// The heading it leads to.
    heading: Option<&'a Heading>,
}

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let found = tables(document).into_iter().filter_map(|toc| {
        let dead = toc.entries.iter().filter(|it| it.heading.is_none()).count();
        let listed = |it: &&&Heading| {
            toc.entries.iter().any(|entry| entry.heading.is_some_and(|own| own.span == it.span))
        };
        let missing = toc.headings.len() - toc.headings.iter().filter(listed).count();
        let place = toc.entries.first()?.link.span;
        let number = |it: usize, what: &str| match it {
            0 => None,
            1 => Some(format!("1 {what}")),
            it => Some(format!(
                "{it} {}",
                what.replace("entry leads", "entries lead").replace("heading is", "headings are")
            )),
        };
        // Many a table leaves headings out on purpose.
        let missing = if missing * 5 <= toc.headings.len() { missing } else { 0 };
        let dead = number(dead, "entry leads nowhere");
        let missing = number(missing, "heading is missing");
        let what = [dead, missing].into_iter().flatten().collect::<Vec<_>>().join(", ");
        (!what.is_empty())
            .then(|| Found::new(place, format!("the table of contents is out of date: {what}")))
    });
    found.collect()
}

/// Writes the table anew.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let tables = tables(document);
    let Some(toc) = tables.iter().find(|it| it.entries[0].link.span == finding.span) else {
        return Vec::new();
    };
    if toc.headings.is_empty() {
        return Vec::new();
    }
    let edit = Edit { span: toc.span, with: written(document, toc) };
    vec![Fix::one(document, "Refresh the table of contents".to_owned(), edit).safe()]
}

/// The tables of contents of a page: whole lists of links to its own places that stand under a heading
/// which says so, or most of whose entries are headings below.
fn tables(document: &Document) -> Vec<Toc<'_>> {
    let mut found = Vec::new();
    let mut run: Vec<Entry<'_>> = Vec::new();
    let mut whole = true;
    let mut last = None;
    for item in &document.page.items {
        let line = document.text.line_of(item.span.start);
        if last.is_some_and(|last| line > last + 1) {
            found.extend(table(document, std::mem::take(&mut run), whole));
            whole = true;
        }
        last = Some(document.text.line_of(item.span.end));
        match entry(document, item.text, line) {
            // What stands behind the first item that is none is left alone.
            Some(entry) if whole => run.push(entry),
            _ => whole = false,
        }
    }
    found.extend(table(document, run, whole));
    found
}

/// An item that is nothing but a link to a place of its own page.
fn entry(document: &Document, text: Span, line: usize) -> Option<Entry<'_>> {
    let links = &document.page.links;
    let at = links.partition_point(|it| it.span.start < text.start);
    let link =
        links.get(at).filter(|it| it.span.start == text.start && it.target.starts_with('#'))?;
    // The text of an item may end within a link that holds brackets.
    let rest = document.source(Span::new(link.span.end.min(text.end), text.end));
    if !rest.trim().is_empty() || document.text.line_of(link.span.end) != line {
        return None;
    }
    let source = document.source(Span::new(document.text.line(line).start, link.span.start));
    let mark = source.trim_start();
    let indent = source[..source.len() - mark.len()].to_owned();
    if mark.contains(['>', '[']) || mark.trim().is_empty() {
        return None;
    }
    let heading =
        document.outline.reference(at).and_then(|it| {
            let anchor = it.fragment.as_deref()?;
            document.page.headings.iter().find(|it| {
                it.anchor.as_deref().is_some_and(|it| *document.site.anchor(it) == *anchor)
            })
        });
    Some(Entry { link, indent, mark: mark.to_owned(), heading })
}

fn table<'a>(document: &'a Document, entries: Vec<Entry<'a>>, whole: bool) -> Option<Toc<'a>> {
    if entries.len() < LEAST {
        return None;
    }
    let start = document.text.line(document.text.line_of(entries[0].link.span.start)).start;
    let end = document.text.line(document.text.line_of(entries.last()?.link.span.end)).end;
    let below =
        document.page.headings.iter().filter(|it| it.span.start > end && it.anchor.is_some());
    let below: Vec<&Heading> = below.collect();
    let known =
        entries.iter().filter_map(|it| it.heading.or_else(|| same(document, &below, it.link)));
    let known: Vec<&Heading> = known.filter(|it| it.span.start > end).collect();
    let named = || {
        let above = document.page.headings.iter().rev().find(|it| it.span.end <= start);
        above.is_some_and(|it| NAMES.contains(&&*letters(&it.title)))
    };
    if (!whole || known.len() * 2 < entries.len()) && !named() {
        return None;
    }
    // Links to ids that are no headings make it something else.
    let elsewhere = |it: &Entry<'_>| {
        it.heading.is_none()
            && document.anchor(&document.site.anchor(&it.link.target[1..])).is_some()
    };
    if entries.iter().any(elsewhere) {
        return None;
    }
    let least = known.iter().map(|it| it.level).min().unwrap_or(2);
    let most = known.iter().map(|it| it.level).max().unwrap_or(3);
    let headings = below.into_iter().filter(|it| (least..=most).contains(&it.level)).collect();
    Some(Toc { entries, headings, span: Span::new(start, end) })
}

/// What a heading above a table of contents says.
const NAMES: &[&str] = &[
    "tableofcontents",
    "contents",
    "toc",
    "onthispage",
    "inthisarticle",
    "inthispage",
    "inhalt",
    "inhaltsverzeichnis",
];

/// The heading below that reads like an entry whose link is dead.
fn same<'a>(document: &Document, below: &[&'a Heading], link: &Link) -> Option<&'a Heading> {
    let text = letters(&document.source(link.text));
    let anchor = letters(&link.target);
    below.iter().copied().find(|it| {
        let title = letters(&it.title);
        !title.is_empty() && (title == text || title == anchor)
    })
}

/// The table as it should be.
fn written(document: &Document, toc: &Toc<'_>) -> String {
    let base =
        toc.entries.iter().map(|it| &*it.indent).min_by_key(|it| it.len()).unwrap_or_default();
    let deeper = toc.entries.iter().map(|it| it.indent.len()).filter(|it| *it > base.len()).min();
    let python = document.site.dialect.renderer == Renderer::PythonMarkdown;
    let unit = deeper.map_or(if python { 4 } else { 2 }, |it| it - base.len());
    let mark = &toc.entries[0].mark;
    let numbered = mark.starts_with(|it: char| it.is_ascii_digit());
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut lines = Vec::new();
    for heading in &toc.headings {
        while open.last().is_some_and(|it| it.0 > heading.level) {
            open.pop();
        }
        match open.last_mut() {
            Some(it) if it.0 == heading.level => it.1 += 1,
            _ => open.push((heading.level, 1)),
        }
        let depth = open.len() - 1;
        let indent = format!("{base}{}", " ".repeat(unit * depth));
        let number = open.last().map_or(1, |it| it.1);
        let mark = if numbered {
            mark.replacen(digits(mark), &number.to_string(), 1)
        } else {
            mark.clone()
        };
        let anchor = heading.anchor.as_deref().unwrap_or_default();
        lines.push(format!("{indent}{mark}[{}](#{anchor})", text_for(document, toc, heading)));
    }
    lines.join(listing::ending(document))
}

fn digits(mark: &str) -> &str {
    &mark[..mark.len() - mark.trim_start_matches(|it: char| it.is_ascii_digit()).len()]
}

/// The wording of the entry that leads, or was to lead, to a heading, else the heading's own.
fn text_for(document: &Document, toc: &Toc<'_>, heading: &Heading) -> String {
    let leads = |it: &&Entry<'_>| it.heading.is_some_and(|own| own.span == heading.span);
    let entry = toc.entries.iter().find(leads).or_else(|| {
        let dead = toc.entries.iter().filter(|it| it.heading.is_none());
        dead.into_iter().find(|it| same(document, &[heading], it.link).is_some())
    });
    match entry {
        // An entry that quotes a heading with its link or its id quotes too much.
        Some(it) if !document.source(it.link.text).contains(['[', '{']) => {
            document.source(it.link.text)
        }
        _ => heading.title.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::testing::{check_fix, check_rule};

    #[track_caller]
    fn fixes(fixture: &str, expected: &Expect) {
        check_fix("stale-toc", fixture, expected);
    }

    const PAGE: &str = "
//- a.md
# A

## Table of Contents

* [One & only](#one--only)
  * [Two](#two)
* [A comment](#a-comment)
* [Three](#-three)

Text stays.

## One & Only

### Two

### Two and a half

## 3. Three
";

    #[test]
    fn counts_what_is_wrong() {
        let marked = PAGE.replace(
            "* [One & only](#one--only)\n",
            "* [One & only](#one--only)\n  ^^^^^^^^^^^^^^^^^^^^^^^^ the table of contents is out of date: 2 entries lead nowhere\n",
        );
        check_rule("stale-toc", &marked);
    }

    #[test]
    fn writes_it_anew_in_its_own_style() {
        fixes(
            PAGE,
            &expect![[r#"
            Refresh the table of contents
            //- a.md
            # A

            ## Table of Contents

            * [One & only](#one--only)
              * [Two](#two)
              * [Two and a half](#two-and-a-half)
            * [3. Three](#3-three)

            Text stays.

            ## One & Only

            ### Two

            ### Two and a half

            ## 3. Three
        "#]],
        );
    }

    #[test]
    fn numbers_a_table_that_is_numbered() {
        fixes(
            "//- a.md\n1. [A](#a)\n2. [B](#b)\n3. [X](#x)\n\n# A\n\n# B\n\n# C\n",
            &expect![[r#"
                Refresh the table of contents
                //- a.md
                1. [A](#a)
                2. [B](#b)
                3. [C](#c)

                # A

                # B

                # C
            "#]],
        );
    }

    #[test]
    fn leaves_lists_alone_that_are_something_else() {
        check_rule(
            "stale-toc",
            r#"
//- a.md
- [One](#one)
- [Two](#gone)
- [and](#gone) more

Parts:

- [One](#one)
- [Id](#id)
- [Gone](#gone)

A few of many:

- [One](#one)
- [Two](#two)
- [Three](#three)

<a id="id"></a>

## One

## Two

## Three

## Four

## Five
"#,
        );
    }
}
