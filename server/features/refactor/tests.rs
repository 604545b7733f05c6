//! Tests of refactorings.

use expect_test::{Expect, expect};

use super::*;
use crate::testing::{Fixture, changed};

/// What the refactoring of this name makes of the place at `$0`.
#[track_caller]
fn check(name: &str, fixture: &str, expected: &Expect) {
    let fixture = Fixture::new(fixture);
    let (cx, at) = (fixture.snapshot(), fixture.place());
    let span = Span::empty(at.at);
    let offered = offered(&cx, at.id, span).into_iter().find(|it| it.0.name == name);
    let title = offered.map_or("(not offered)".to_owned(), |it| it.1);
    let shown = match apply(&cx, at.id, name, span) {
        Ok(changes) => changed(&cx, &changes),
        Err(why) => format!("refused: {why}\n"),
    };
    expected.assert_eq(&format!("{title}\n{shown}"));
}

const PAGE: &str = "
//- a.md
# Book
[1](#log) [2](#deep) [3](#end)
## L$0og
See [x][k], [self](#deep), [end](#end), [b](b.md).

### Deep
## End
[k] [q]

[k]: b.md
[q]: b.md#x
//- b.md
[4](a.md#log) [5](a.md#deep)
# X
";

#[test]
fn extracts_a_section_to_a_page_of_its_own() {
    check(
        "extract-section",
        PAGE,
        &expect![[r#"
            Extract section to a new study
            //- a.md
            # Book
            [1](log.md#log) [2](log.md#deep) [3](#end)

            [Log](log.md)

            ## End
            [k] [q]

            [k]: b.md
            [q]: b.md#x
            //- b.md
            [4](log.md#log) [5](log.md#deep)
            # X
            //- log.md (new)
            # Log
            See [x][k], [self](#deep), [end](a.md#end), [b](b.md).

            ## Deep

            [k]: b.md
        "#]],
    );
}

#[test]
fn promotes_and_demotes_a_section() {
    check(
        "promote-section",
        PAGE,
        &expect![[r#"
        Promote section
        //- a.md
        # Book
        [1](#log) [2](#deep) [3](#end)
        # Log
        See [x][k], [self](#deep), [end](#end), [b](b.md).

        ## Deep
        ## End
        [k] [q]

        [k]: b.md
        [q]: b.md#x
    "#]],
    );
    check(
        "demote-section",
        PAGE,
        &expect![[r#"
        Demote section
        //- a.md
        # Book
        [1](#log) [2](#deep) [3](#end)
        ### Log
        See [x][k], [self](#deep), [end](#end), [b](b.md).

        #### Deep
        ## End
        [k] [q]

        [k]: b.md
        [q]: b.md#x
    "#]],
    );
}

#[test]
fn moves_a_section_among_its_siblings() {
    check(
        "move-section-down",
        PAGE,
        &expect![[r#"
        Move section down
        //- a.md
        # Book
        [1](#log) [2](#deep) [3](#end)
        ## End
        [k] [q]

        [k]: b.md
        [q]: b.md#x
        ## Log
        See [x][k], [self](#deep), [end](#end), [b](b.md).

        ### Deep
    "#]],
    );
    check(
        "move-section-up",
        PAGE,
        &expect![[r#"
        (not offered)
        refused: there is no section of this level above
    "#]],
    );
}

#[test]
fn keeps_anchors_when_sections_of_the_same_text_change_places() {
    check(
        "move-section-up",
        "
//- a.md
# Book
[1](#log) [2](#log-1)
## Log
one
## L$0og
two
",
        &expect![[r#"
            Move section up
            //- a.md
            # Book
            [1](#log-1) [2](#log)
            ## Log
            two
            ## Log
            one
        "#]],
    );
}

#[test]
fn turns_links_into_references_and_back() {
    check(
        "link-to-reference",
        "\n//- a.md\nThe [old lo$0g](<b c.md> \"t\") (x).\n",
        &expect![[r#"
            Turn this link into a reference
            //- a.md
            The [old log][old log] (x).

            [old log]: <b c.md> "t"
        "#]],
    );
    check(
        "reference-to-link",
        "\n//- a.md\nThe [old][l$0og].\n\n[log]: b.md 't'\n",
        &expect![[r#"
            Write this link out
            //- a.md
            The [old](b.md 't').
        "#]],
    );
}

#[test]
fn sorts_a_list_by_what_its_links_say() {
    check(
        "sort-list",
        "
//- a.md
# Index

- [Zoo$0keeper](z.md)
  - inner
- [**apache**](a.md)
- Kafka
",
        &expect![[r#"
            Sort list
            //- a.md
            # Index

            - [**apache**](a.md)
            - Kafka
            - [Zookeeper](z.md)
              - inner
        "#]],
    );
}

#[test]
fn writes_a_table_of_contents_and_keeps_it_fresh() {
    check(
        "contents",
        "\n//- a.md\n# B$0ook\n\n## One\n### Two [x]\n## One\n",
        &expect![[r#"
        Insert table of contents
        //- a.md
        # Book

        <!-- toc -->

        - [One](#one)
          - [Two \[x\]](#two-x)
        - [One](#one-1)

        <!-- tocstop -->

        ## One
        ### Two [x]
        ## One
    "#]],
    );
    check(
        "contents",
        "\n//- a.md\n# Book\n<!-- toc -->$0\n- [Old](#old)\n<!-- tocstop -->\n\n## New\n",
        &expect![[r#"
            Refresh table of contents
            //- a.md
            # Book
            <!-- toc -->

            - [New](#new)

            <!-- tocstop -->

            ## New
        "#]],
    );
}

#[test]
fn writes_a_table_of_contents_as_the_site_reads_it() {
    check(
        "contents",
        "
//- mkdocs.yml
//- docs/a.md
---
title: A
---
```
<!-- toc -->
<!-- tocstop -->
```
## O$0ne
### 2 \\* 3
",
        &expect![[r#"
            Insert table of contents
            //- docs/a.md
            ---
            title: A
            ---
            ```
            <!-- toc -->
            <!-- tocstop -->
            ```
            <!-- toc -->

            - [One](#one)
                - [2 \* 3](#2-3)

            <!-- tocstop -->

            ## One
            ### 2 \* 3
        "#]],
    );
}

#[test]
fn sorts_a_list_whose_last_line_has_no_end() {
    check(
        "sort-list",
        "\n//- a.md\n- b$0\n  - c\n- a",
        &expect![[r#"
        Sort list
        //- a.md
        - a
        - b
          - c"#]],
    );
}

#[test]
fn takes_places_with_ids_and_definitions_to_the_new_page() {
    check(
        "extract-section",
        "
//- a.md
# A
[1](#here) [o][own]
## [L$0og](b.md)
<a id=\"here\"></a>
[s][l] [^1]

[own]: #here
## End
[l]: #here
[^1]: See [deep](#here).
//- b.md
[2](a.md#here)
",
        &expect![[r#"
            Extract section to a new study
            //- a.md
            # A
            [1](log.md#here) [o][own]

            [Log](log.md)

            [own]: log.md#here

            ## End
            //- b.md
            [2](log.md#here)
            //- log.md (new)
            # [Log](b.md)
            <a id="here"></a>
            [s][l] [^1]

            [own]: #here

            [l]: #here
            [^1]: See [deep](#here).
        "#]],
    );
}

#[test]
fn links_a_bare_name() {
    check(
        "name-to-link",
        "
//- studies/a.md
It uses a circuit bre$0aker.
//- patterns/circuit-breaker.md
# Circuit Breaker
",
        &expect![[r#"
            Link to `Circuit Breaker`
            //- studies/a.md
            It uses a [circuit breaker](../patterns/circuit-breaker.md).
        "#]],
    );
}

#[test]
fn splits_a_page_into_studies_and_leaves_a_list_of_links() {
    check(
        "split-page",
        "
//- a.md
# Bo$0ok
[1](#log) [2](#deep) [k]

## Log
See [x][k], [self](#deep), [end](#end), [top](#book), [b](b.md).

### Deep
## The end
<a id=\"end\"></a>
[back](#log)

[k]: b.md
//- b.md
[4](a.md#log) [5](a.md#deep) [6](a.md)
",
        &expect![[r#"
            Split into 2 studies by second-level headings
            //- a.md
            # Book
            [1](log.md#log) [2](log.md#deep) [k]

            - [Log](log.md)
            - [The end](the-end.md)

            [k]: b.md
            //- b.md
            [4](log.md#log) [5](log.md#deep) [6](a.md)
            //- log.md (new)
            # Log
            See [x][k], [self](#deep), [end](the-end.md#end), [top](a.md#book), [b](b.md).

            ## Deep

            [k]: b.md
            //- the-end.md (new)
            # The end
            <a id="end"></a>
            [back](log.md#log)

            [k]: b.md
        "#]],
    );
    check(
        "split-page",
        "
//- a.md
# Bo$0ok
[1](#log)

## Log
See [x][k], [self](#deep), [end](#the-end), [top](#book), [b](b.md).

### Deep
## The end
[back](#log)

[k]: b.md
//- b.md
[4](a.md#log) [5](a.md#deep) [6](a.md)
",
        &expect![[r#"
            Split into 2 studies by second-level headings
            //- a.md
            # Book
            [1](log.md#log)

            - [Log](log.md)
            - [The end](the-end.md)
            //- b.md
            [4](log.md#log) [5](log.md#deep) [6](a.md)
            //- log.md (new)
            # Log
            See [x][k], [self](#deep), [end](the-end.md#the-end), [top](a.md#book), [b](b.md).

            ## Deep

            [k]: b.md
            //- the-end.md (new)
            # The end
            [back](log.md#log)

            [k]: b.md
        "#]],
    );
}

#[test]
fn splits_no_page_where_a_new_one_would_take_the_place_of_another() {
    check(
        "split-page",
        "//- a.md\n# Bo$0ok\n## Log\n## B\n//- b.md\n//- a-b.md\n",
        &expect![[r#"
            Split into 2 studies by second-level headings
            refused: there is already a `b.md`
        "#]],
    );
    check(
        "split-page",
        "//- a.md\n# Bo$0ok\n## Log\n## log\n",
        &expect![[r#"
        Split into 2 studies by second-level headings
        refused: two sections would become `log.md`
    "#]],
    );
}

#[test]
fn names_a_new_page_after_the_old_one_too_where_its_own_name_is_taken() {
    check(
        "split-page",
        "//- a.md\n# Bo$0ok\n## Log\n## B\n//- b.md\n",
        &expect![[r#"
            Split into 2 studies by second-level headings
            //- a.md
            # Book
            - [Log](log.md)
            - [B](a-b.md)
            //- log.md (new)
            # Log
            //- a-b.md (new)
            # B
        "#]],
    );
}

#[test]
fn keeps_a_link_back_to_a_heading_that_is_numbered_anew() {
    check(
        "extract-section",
        "//- a.md\n# A\n## P$0art\n[x](#part-1)\n## Part\n",
        &expect![[r#"
            Extract section to a new study
            //- a.md
            # A

            [Part](part.md)

            ## Part
            //- part.md (new)
            # Part
            [x](a.md#part)
        "#]],
    );
}

#[test]
fn puts_a_section_in_place_of_the_line_that_links_to_it() {
    let page = "
//- s/a.md
# Book
## Part

[the lo$0g](../b/log.md#log)

## End
//- b/log.md
---
title: Logs
---
# Logs
## Log
See [x][k], [self](#deep), [top](#logs), [a](../s/a.md#end) ![p](p.png).

### Deep
Text.

## Rest

[k]: c.md
//- b/c.md
";
    check(
        "inline-section",
        page,
        &expect![[r#"
        Put a copy of `Log` here in place of the link
        //- s/a.md
        # Book
        ## Part

        ### Log
        See [x][k], [self](#deep), [top](../b/log.md#logs), [a](a.md#end) ![p](../b/p.png).

        #### Deep
        Text.

        ## End

        [k]: ../b/c.md
    "#]],
    );
    check(
        "inline-section",
        &page.replace("## End", "## Deep"),
        &expect![[r#"
        Put a copy of `Log` here in place of the link
        refused: headings of the page would get other anchors
    "#]],
    );
    check(
        "inline-section",
        &page.replace("## End", "### Log"),
        &expect![[r#"
        Put a copy of `Log` here in place of the link
        refused: headings of the page would get other anchors
    "#]],
    );
    let taken = page.replace("# Book", "# Book\n\n## Deep");
    check(
        "inline-section",
        &taken,
        &expect![[r#"
        Put a copy of `Log` here in place of the link
        refused: `Deep` would get another anchor here, and a link in the section leads to it
    "#]],
    );
    let own = "//- a.md\n# A\n\ntext [b$0](b.md)\n//- b.md\n# B\n";
    check(
        "inline-section",
        own,
        &expect![[r#"
        (not offered)
        refused: there is no line here that is only a link to a section
    "#]],
    );
}

#[test]
fn removes_a_link_and_keeps_its_text() {
    check(
        "remove-link",
        "//- a.md\nSee [the *lo$0g*](gone.md \"t\") or [k].\n",
        &expect![[r#"
        Remove the link, keep its text
        //- a.md
        See the *log* or [k].
    "#]],
    );
    check(
        "remove-link",
        "//- a.md\n![a pic$0ture](gone.png)\n",
        &expect![[r#"
        (not offered)
        refused: there is no link here
    "#]],
    );
}

#[test]
fn links_every_mention_of_a_name() {
    let page = "
//- a.md
# A
We like Aur$0ora. Then [Aurora](aurora.md), `Aurora` and Aurora.

Aurora again.
//- aurora.md
---
type: case-study
---
# Aurora
";
    check(
        "names-to-links",
        page,
        &expect![[r#"
        Link all 3 mentions to `Aurora`
        //- a.md
        # A
        We like [Aurora](aurora.md). Then [Aurora](aurora.md), `Aurora` and [Aurora](aurora.md).

        [Aurora](aurora.md) again.
    "#]],
    );
    check(
        "names-to-links",
        &page.replace(" and Aurora.\n\nAurora again.", "."),
        &expect![[r#"
        (not offered)
        refused: there is no name here that occurs again
    "#]],
    );
}

#[test]
fn puts_an_address_in_angle_brackets() {
    let check =
        |page: &str, expected| check("wrap-address", &format!("\n//- a.md\n{page}\n"), expected);
    check(
        "See https://example.org/a_(b)$0, or (https://example.org/c).",
        &expect![[r#"
        Put the address in angle brackets
        //- a.md
        See <https://example.org/a_(b)>, or (https://example.org/c).
    "#]],
    );
    check(
        "See (https://example.org/c$0).",
        &expect![[r#"
        Put the address in angle brackets
        //- a.md
        See (<https://example.org/c>).
    "#]],
    );
    check(
        "See <https://example.org/$0>.",
        &expect![[r#"
        (not offered)
        refused: there is no bare address here
    "#]],
    );
    check(
        "See [x](https://example.org/$0).",
        &expect![[r#"
        (not offered)
        refused: there is no bare address here
    "#]],
    );
    check(
        "See `https://example.org/$0`.",
        &expect![[r#"
        (not offered)
        refused: there is no bare address here
    "#]],
    );
    check(
        "See <a href=\"https://example.org/$0\">x</a>.",
        &expect![[r#"
        (not offered)
        refused: there is no bare address here
    "#]],
    );
}

#[test]
fn sorts_a_block_of_definitions() {
    let page = "
//- a.md
[b] [a] [c]

[c]: c.md
[b]: b$0.md \"B\"
[a]: a.md

[0]: last.md
";
    check(
        "sort-definitions",
        page,
        &expect![[r#"
        Sort definitions
        //- a.md
        [b] [a] [c]

        [a]: a.md
        [b]: b.md "B"
        [c]: c.md

        [0]: last.md
    "#]],
    );
}

const ROW: &str = "
//- index.md
| System | Patterns | Year |
|---|---|---|
| Aur$0ora | [Quorum](p.md), Redo Log |  |
| Kafka | Quorum | |
//- p.md
# P
//- patterns/quorum.md
# Quorum
//- studies/aurora.md
---
type: case-study
year: 2015
patterns_used:
  gold:
  - quorum: six copies
  silver:
  - write-ahead-log: one # of them
---
# Aurora
";

#[test]
fn fills_a_row_from_the_front_matter() {
    check(
        "fill-row",
        ROW,
        &expect![[r#"
        Fill the row from `studies/aurora.md`
        //- index.md
        | System | Patterns | Year |
        |---|---|---|
        | Aurora | [Quorum](p.md), write-ahead-log | 2015 |
        | Kafka | Quorum | |
    "#]],
    );
}

#[test]
fn names_the_patterns_of_a_row_in_the_front_matter() {
    check(
        "row-to-study",
        ROW,
        &expect![[r#"
        Name `Redo Log` among the patterns of `studies/aurora.md`
        //- studies/aurora.md
        ---
        type: case-study
        year: 2015
        patterns_used:
          gold:
          - quorum: six copies
          silver:
          - write-ahead-log: one # of them
          - redo-log
        ---
        # Aurora
    "#]],
    );
    let flow = ROW.replace(
        "patterns_used:\n  gold:\n  - quorum: six copies\n  silver:\n  - write-ahead-log: one # of them\n",
        "patterns: [Quorum]\n",
    );
    check(
        "row-to-study",
        &flow,
        &expect![[r#"
        Name `Redo Log` among the patterns of `studies/aurora.md`
        //- studies/aurora.md
        ---
        type: case-study
        year: 2015
        patterns: [Quorum, Redo Log]
        ---
        # Aurora
    "#]],
    );
    let none = flow.replace("patterns: [Quorum]\n", "");
    check(
        "row-to-study",
        &none,
        &expect![[r#"
        Name `Quorum`, `Redo Log` among the patterns of `studies/aurora.md`
        //- studies/aurora.md
        ---
        type: case-study
        year: 2015
        patterns: [Quorum, Redo Log]
        ---
        # Aurora
    "#]],
    );
}

#[test]
fn has_nothing_to_fill_in_where_no_study_is_about_the_row() {
    check(
        "fill-row",
        &ROW.replace("Aur$0ora", "Aurora").replace("Kafka", "Kaf$0ka"),
        &expect![[r#"
            (not offered)
            refused: there is no row of a system with a study here
        "#]],
    );
}

#[test]
fn raw_html_that_led_into_an_extracted_section_leads_to_the_address_of_its_page() {
    check(
        "extract-section",
        "
//- mkdocs.yml
//- docs/a.md
# A
<a href='#log'>log</a> [log](#log)
## L$0og
Text.
",
        &expect![[r#"
            Extract section to a new study
            //- docs/a.md
            # A
            <a href='../log/#log'>log</a> [log](log.md#log)

            [Log](log.md)
            //- docs/log.md (new)
            # Log
            Text.
        "#]],
    );
}
