//! Tests of renaming names.

use expect_test::{Expect, expect};

use crate::{
    features::rename::{prepare, rename},
    model::Path,
    rules::edited,
    testing::{Fixture, changed},
};

/// What can be renamed at `$0`, and what changes when it becomes `name`.
#[track_caller]
fn check(name: &str, page: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("{page}{BOOK}"));
    let cx = fixture.snapshot();
    let was = prepare(&cx, fixture.place()).map_or("nothing".to_owned(), |it| it.name);
    let shown = match rename(&cx, fixture.place(), name) {
        Ok(changes) => changed(&cx, &changes),
        Err(why) => format!("refused: {why}\n"),
    };
    expected.assert_eq(&format!("`{was}`\n{shown}"));
}

const BOOK: &str = r#"
//- patterns/circuit-breaker.md
---
title: Circuit Breaker
aliases: [Fuse Box, "Trip"]
---
# Circuit Breaker
[up](#circuit-breaker)
//- patterns/bulkhead.md
---
title: Bulkhead
related_patterns: [circuit-breaker]
---
# Bulkhead
See [it](circuit-breaker.md#circuit-breaker).
//- patterns/index.md
# Patterns
- [Circuit Breaker](circuit-breaker.md) - stops
- [the breaker](circuit-breaker.md)
//- case-studies/netflix.md
---
title: Netflix
patterns_used:
  gold:
    circuit-breaker: for calls
  silver: ["Circuit Breaker (Hystrix)", bulkhead]
---
# Netflix
Many circuit breakers, one Circuit Breaker.
"#;

#[test]
fn renames_a_slug_with_the_file_that_it_names() {
    check(
        "fuse",
        "//- case-studies/uber.md\n---\npatterns: [circuit-$0breaker]\n---\n",
        &expect![[r#"
            `circuit-breaker`
            //- case-studies/netflix.md
            ---
            title: Netflix
            patterns_used:
              gold:
                fuse: for calls
              silver: ["Circuit Breaker (Hystrix)", bulkhead]
            ---
            # Netflix
            Many circuit breakers, one Circuit Breaker.
            //- case-studies/uber.md
            ---
            patterns: [fuse]
            ---

            //- patterns/bulkhead.md
            ---
            title: Bulkhead
            related_patterns: [fuse]
            ---
            # Bulkhead
            See [it](fuse.md#circuit-breaker).
            //- patterns/index.md
            # Patterns
            - [Circuit Breaker](fuse.md) - stops
            - [the breaker](fuse.md)
            patterns/circuit-breaker.md -> patterns/fuse.md
        "#]],
    );
}

#[test]
fn renames_a_name_in_titles_tables_lists_and_texts_of_links() {
    check(
        "Fuse: fast",
        "//- all.md\n| Pattern |\n| --- |\n| **Circuit$0 Breaker** |\n| [Circuit Breaker](patterns/circuit-breaker.md) |\n",
        &expect![[r#"
            `Circuit Breaker`
            //- all.md
            | Pattern |
            | --- |
            | **Fuse: fast** |
            | [Fuse: fast](patterns/circuit-breaker.md) |

            //- case-studies/netflix.md
            ---
            title: Netflix
            patterns_used:
              gold:
                circuit-breaker: for calls
              silver: ["Fuse: fast (Hystrix)", bulkhead]
            ---
            # Netflix
            Many circuit breakers, one Circuit Breaker.
            //- patterns/bulkhead.md
            ---
            title: Bulkhead
            related_patterns: [circuit-breaker]
            ---
            # Bulkhead
            See [it](circuit-breaker.md#fuse-fast).
            //- patterns/circuit-breaker.md
            ---
            title: "Fuse: fast"
            aliases: [Fuse Box, "Trip"]
            ---
            # Fuse: fast
            [up](#fuse-fast)
            //- patterns/index.md
            # Patterns
            - [Fuse: fast](circuit-breaker.md) - stops
            - [the breaker](circuit-breaker.md)
            ? case-studies/netflix.md: circuit breakers -> fuse: fasts
            ? case-studies/netflix.md: Circuit Breaker -> Fuse: fast
        "#]],
    );
}

#[test]
fn renames_an_alias() {
    check(
        "Breaker \"x\"",
        "//- all.md\n| Pattern |\n| --- |\n| T$0rip |\n| Fuse Box |\n",
        &expect![[r#"
            `Trip`
            //- all.md
            | Pattern |
            | --- |
            | Breaker "x" |
            | Fuse Box |

            //- patterns/circuit-breaker.md
            ---
            title: Circuit Breaker
            aliases: [Fuse Box, "Breaker \"x\""]
            ---
            # Circuit Breaker
            [up](#circuit-breaker)
        "#]],
    );
}

#[test]
fn renames_a_name_that_has_no_page() {
    check(
        "Ride Hailing",
        "//- a.md\n---\ntype: case-study\ndomain: mobil$0ity\n---\n//- b.md\n---\ntype: case-study\ndomain: mobility\n---\n",
        &expect![[r#"
            `mobility`
            //- a.md
            ---
            type: case-study
            domain: Ride Hailing
            ---
            //- b.md
            ---
            type: case-study
            domain: Ride Hailing
            ---

        "#]],
    );
}

#[test]
fn renames_a_title_and_the_heading_that_is_equal() {
    check(
        "The log",
        "//- a.md\n---\ntitle: 'Lo$0g'\n---\n# Log\n[x](#log)\n",
        &expect![[r#"
        `Log`
        //- a.md
        ---
        title: 'The log'
        ---
        # The log
        [x](#the-log)

    "#]],
    );
}

#[test]
fn refuses_a_name_that_is_taken() {
    let cell = "//- all.md\n| Pattern |\n| --- |\n| Circuit$0 Breaker |\n";
    check(
        "Bulkheads",
        cell,
        &expect![[r#"
        `Circuit Breaker`
        refused: `Bulkheads` is already the name of `patterns/bulkhead.md`
    "#]],
    );
    check(
        "Trip",
        cell,
        &expect![[r#"
        `Circuit Breaker`
        refused: `Trip` is already another name of it
    "#]],
    );
    check(
        "-",
        cell,
        &expect![[r#"
        `Circuit Breaker`
        refused: a name has letters or digits
    "#]],
    );
    let slug = "//- case-studies/uber.md\n---\npatterns: [circuit-$0breaker]\n---\n";
    check(
        "bulkhead",
        slug,
        &expect![[r#"
        `circuit-breaker`
        refused: `bulkhead` is already the name of `patterns/bulkhead.md`
    "#]],
    );
    check(
        "a/b",
        slug,
        &expect![[r#"
        `circuit-breaker`
        refused: the name of a page's file has letters, digits and `-` only
    "#]],
    );
}

#[test]
fn the_way_back_restores_every_byte() {
    let page = |slug: &str, name: &str| {
        format!(
            "//- case-studies/uber.md\n---\npatterns: [{slug}]\n---\n| Pattern |\n| --- |\n| {name} |\n| circuit breakers |\n"
        )
    };
    let ways = [
        (page("circuit-$0breaker", "Circuit Breaker"), "fuse", "[fuse]", "circuit-breaker"),
        (page("circuit-breaker", "Circuit$0 Breaker"), "Big Fuse", "| Big Fuse", "Circuit Breaker"),
    ];
    for (page, new, find, old) in ways {
        let fixture = Fixture::new(&format!("{page}{BOOK}"));
        let before = texts(&fixture, &crate::model::Changes::default());
        let changes = rename(&fixture.snapshot(), fixture.place(), new).expect("a change");
        let there = texts(&fixture, &changes);
        assert_ne!(there, before);
        let marked = there.replacen(find, &find.replace(new, &format!("$0{new}")), 1);
        let fixture = Fixture::new(&marked);
        let changes = rename(&fixture.snapshot(), fixture.place(), old).expect("a change");
        assert_eq!(texts(&fixture, &changes), before);
    }
}

/// The workspace after a change, as a fixture.
fn texts(fixture: &Fixture, changes: &crate::model::Changes) -> String {
    let cx = fixture.snapshot();
    let mut pages: Vec<(Path, String)> = Vec::new();
    for page in cx.pages() {
        let edits = changes.edits.get(&page.path).map(Vec::as_slice).unwrap_or_default();
        let to = changes.moves.iter().find(|it| it.0 == page.path).map(|it| it.1.clone());
        pages.push((to.unwrap_or(page.path.clone()), edited(&page.text.to_string(), edits)));
    }
    pages.sort();
    let shown = pages.iter().map(|(path, text)| format!("//- {}\n{text}", cx.shown(path)));
    shown.collect::<Vec<_>>().concat()
}
