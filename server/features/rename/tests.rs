//! Tests of renaming.

use expect_test::{Expect, expect};

use crate::testing::{Fixture, changed};

/// What can be renamed at `$0`, and the pages that change when it becomes `name`.
#[track_caller]
fn check(name: &str, fixture: &str, expected: &Expect) {
    let fixture = Fixture::new(fixture);
    let cx = fixture.snapshot();
    let at = fixture.place();
    let was = super::prepare(&cx, at).map_or("nothing".to_owned(), |it| it.name);
    let shown = match super::rename(&cx, at, name) {
        Ok(changes) => changed(&cx, &changes),
        Err(why) => format!("refused: {why}\n"),
    };
    expected.assert_eq(&format!("`{was}`\n{shown}"));
}

#[test]
fn renames_a_heading_and_every_link_to_it() {
    check(
        "Commit & log",
        r#"
//- a.md
[1](b.md#the-log) [2](b.md#The-Log) [3](b.md) [4](b.md#other) <a href="b.md#the-log">5</a> [k]

[k]: b.md#the-log
//- b.md
# Book
## The *l$0og* ##
[here](#the-log)
## Other
"#,
        &expect![[r#"
            `The *log*`
            //- a.md
            [1](b.md#commit--log) [2](b.md#commit--log) [3](b.md) [4](b.md#other) <a href="b.md#commit--log">5</a> [k]

            [k]: b.md#commit--log
            //- b.md
            # Book
            ## Commit & log ##
            [here](#commit--log)
            ## Other
        "#]],
    );
}

#[test]
fn renames_the_entries_of_a_table_of_contents_that_read_like_the_heading() {
    check(
        "The `wal`",
        r"
//- a.md
# A
- [The *log*](#the-log)
- [The log](#the-log)
- [Log](#the-log)
- [The log](#the-log) and more

[The log](#the-log)

## The *l$0og*
//- b.md
- [The log](a.md#the-log)
",
        &expect![[r#"
            `The *log*`
            //- a.md
            # A
            - [The `wal`](#the-wal)
            - [The wal](#the-wal)
            - [Log](#the-wal)
            - [The log](#the-wal) and more

            [The wal](#the-wal)

            ## The `wal`
            //- b.md
            - [The log](a.md#the-wal)
        "#]],
    );
}

#[test]
fn renames_entries_in_lines_and_tables_but_not_in_sentences() {
    check(
        "Journal",
        r"
//- a.md
# A
[Up](#a) · [Log](#log) | [End](#end)

1. [Log](#log) — what it is (see [End](#end))

| 1 | [Log](#log) | what it is |
|---|---|---|
| 2 | see [Log](#log) | what it is |

See [Log](#log).

## L$0og
## End
",
        &expect![[r#"
            `Log`
            //- a.md
            # A
            [Up](#a) · [Journal](#journal) | [End](#end)

            1. [Journal](#journal) — what it is (see [End](#end))

            | 1 | [Journal](#journal) | what it is |
            |---|---|---|
            | 2 | see [Log](#journal) | what it is |

            See [Log](#journal).

            ## Journal
            ## End
        "#]],
    );
}

#[test]
fn renumbers_the_headings_that_had_the_same_text() {
    check(
        "B",
        r"
//- a.md
[1](#a) [2](#a-1) [3](#a-2)
# $0A
# A
# A
",
        &expect![[r#"
            `A`
            //- a.md
            [1](#b) [2](#a) [3](#a-1)
            # B
            # A
            # A
        "#]],
    );
}

#[test]
fn refuses_a_heading_that_is_there_already() {
    let page = r"
//- a.md
# On$0e
# Two
";
    check(
        "two",
        page,
        &expect![[r#"
        `One`
        refused: `#two` is already a place on this page
    "#]],
    );
    check(
        "ONE!",
        page,
        &expect![[r#"
        `One`
        //- a.md
        # ONE!
        # Two
    "#]],
    );
    check(
        " ",
        page,
        &expect![[r#"
        `One`
        refused: a name cannot be empty
    "#]],
    );
}

#[test]
fn renames_the_heading_that_a_link_names() {
    check(
        "Writes",
        r"
//- a.md
[1](b.md#rea$0ds)
//- b.md
Reads
-----
",
        &expect![[r#"
            `Reads`
            //- a.md
            [1](b.md#writes)
            //- b.md
            Writes
            -----
        "#]],
    );
}

#[test]
fn renames_a_place_that_is_not_there() {
    check(
        "written",
        r"
//- a.md
[1](b.md#rea$0d) [2](b.md#read)
//- b.md
# B
",
        &expect![[r#"
            `read`
            //- a.md
            [1](b.md#written) [2](b.md#written)
        "#]],
    );
}

#[test]
fn renames_an_id() {
    check(
        "reads",
        r#"
//- a.md
<a id="wri$0tes"></a> [1](#writes)
//- b.md
[2](a.md#writes)
"#,
        &expect![[r#"
            `writes`
            //- a.md
            <a id="reads"></a> [1](#reads)
            //- b.md
            [2](a.md#reads)
        "#]],
    );
}

#[test]
fn renames_a_label_and_all_its_uses() {
    let page = r"
//- a.md
[1][Kaf$0ka] [kafka] [KAFKA][] [^kafka] ![x][kafka]

[kafka]: b.md
[pulsar]: c.md
[^kafka]: Note
";
    check(
        "log",
        page,
        &expect![[r#"
        `Kafka`
        //- a.md
        [1][log] [log] [log][] [^kafka] ![x][log]

        [log]: b.md
        [pulsar]: c.md
        [^kafka]: Note
    "#]],
    );
    check(
        "Pulsar",
        page,
        &expect![[r#"
        `Kafka`
        refused: `Pulsar` is already defined on this page
    "#]],
    );
    check(
        "a]b",
        page,
        &expect![[r#"
        `Kafka`
        refused: a label cannot contain brackets
    "#]],
    );
}

#[test]
fn renames_a_footnote() {
    check(
        "two",
        r"
//- a.md
x[^one] y[^one]

[^o$0ne]: Note
",
        &expect![[r#"
            `one`
            //- a.md
            x[^two] y[^two]

            [^two]: Note
        "#]],
    );
}

#[test]
fn renames_the_file_that_a_link_leads_to() {
    let book = r"
//- a.md
[1](b/lo$0g.md#x) ![p](b/p.png)
//- b/log.md
[2](../a.md) [3](log.md)
# X
//- b/p.png
//- c.md
";
    check(
        "d/the log.md",
        book,
        &expect![[r#"
        `b/log.md`
        //- a.md
        [1](d/the%20log.md#x) ![p](b/p.png)
        //- b/log.md
        [2](../a.md) [3](the%20log.md)
        # X
        b/log.md -> d/the log.md
    "#]],
    );
    check(
        "b/journal",
        book,
        &expect![[r#"
        `b/log.md`
        //- a.md
        [1](b/journal.md#x) ![p](b/p.png)
        //- b/log.md
        [2](../a.md) [3](journal.md)
        # X
        b/log.md -> b/journal.md
    "#]],
    );
    check(
        "c.md",
        book,
        &expect![[r#"
        `b/log.md`
        refused: there is already a `c.md`
    "#]],
    );
    check(
        "../../x.md",
        book,
        &expect![[r#"
        `b/log.md`
        refused: `../../x.md` lies outside the workspace
    "#]],
    );
}

#[test]
fn renames_an_address_everywhere() {
    check(
        "https://example.com",
        r"
//- a.md
[1](https://ex$0ample.org) <https://example.org>
//- b.md
[2](https://example.org)
",
        &expect![[r#"
            `https://example.org`
            //- a.md
            [1](https://example.com) <https://example.com>
            //- b.md
            [2](https://example.com)
        "#]],
    );
}

#[test]
fn has_no_answer_on_plain_words() {
    check(
        "x",
        r"
//- a.md
wor$0ds
",
        &expect![[r#"
            `nothing`
            refused: there is nothing here that can be renamed
        "#]],
    );
}
