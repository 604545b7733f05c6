use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::Completion;
use crate::testing::Fixture;

const PAGES: &str = "
//- patterns/quorum.md
# Quorum Consensus
//- messaging/kafka.md
---
title: Apache Kafka
---
# Kafka
## Key challenges
//- messaging/pulsar (old).md
# Pulsar
//- messaging/log.svg
//- moved.md
---
redirect_to: messaging/kafka.md
---
";

/// The page `studies/aurora.md` is completed at its cursor among [`PAGES`].
#[track_caller]
fn check(page: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("//- studies/aurora.md\n{page}\n{PAGES}"));
    let cx = fixture.snapshot();
    let found = super::completion(&cx, fixture.place(), true);
    let text = cx.page(fixture.place().id).map(|it| it.text.to_string()).unwrap_or_default();
    expected.assert_eq(&drawn(&found, &text));
}

/// What each item shows, and the line that it leaves behind.
fn drawn(found: &Completion, text: &str) -> String {
    let mut out = String::new();
    for it in &found.items {
        let mut after = text.to_owned();
        after.replace_range(it.replaces.range(), &it.with);
        let line = after[..it.replaces.start as usize].matches('\n').count();
        let line = after.lines().nth(line).unwrap_or_default();
        let _ = writeln!(out, "{} | {} | {} -> {line}", it.label, it.detail, it.place);
    }
    out
}

#[test]
fn finds_a_study_by_its_title() {
    check(
        "see [x](kafka$0",
        &expect![[r"
            ../messaging/kafka.md | Apache Kafka | messaging -> see [x](../messaging/kafka.md
        "]],
    );
    check(
        "see [x](consens$0)",
        &expect![[r"
            ../patterns/quorum.md | Quorum Consensus | patterns -> see [x](../patterns/quorum.md)
        "]],
    );
}

#[test]
fn finds_a_study_by_the_words_of_its_title() {
    check(
        "see [x](apache ka$0)",
        &expect![[r"
            ../messaging/kafka.md | Apache Kafka | messaging -> see [x](../messaging/kafka.md)
        "]],
    );
    check("see [x](apache ka$0 is a log", &expect![[r""]]);
}

#[test]
fn replaces_what_is_typed_before_and_behind_the_cursor() {
    check(
        "see [x](kaf$0ga.md) and more",
        &expect![[r"
            ../messaging/kafka.md | Apache Kafka | messaging -> see [x](../messaging/kafka.md) and more
        "]],
    );
}

#[test]
fn walks_folders_step_by_step() {
    check(
        "see [x](../mess$0)",
        &expect![[r"
            ../messaging/ |  |  -> see [x](../messaging/)
            ../patterns/ |  |  -> see [x](../patterns/)
            ../studies/ |  |  -> see [x](../studies/)
        "]],
    );
    check(
        "see [x](../messaging/pul$0)",
        &expect![[r"
            ../messaging/pulsar (old).md | Pulsar | messaging -> see [x](../messaging/pulsar%20(old).md)
            ../messaging/kafka.md | Apache Kafka | messaging -> see [x](../messaging/kafka.md)
            ../messaging/log.svg |  | messaging -> see [x](../messaging/log.svg)
        "]],
    );
}

#[test]
fn offers_pictures_after_an_exclamation_mark() {
    check(
        "![x](../messaging/l$0)",
        &expect![[r#"
            ../messaging/log.svg |  | messaging -> ![x](../messaging/log.svg)
        "#]],
    );
}

#[test]
fn finds_a_picture_by_its_name_and_offers_no_page_as_one() {
    check(
        "![x](lo$0)",
        &expect![[r#"
        ../messaging/log.svg |  | messaging -> ![x](../messaging/log.svg)
    "#]],
    );
    check(
        "![]($0)",
        &expect![[r#"
        ../messaging/log.svg |  | messaging -> ![](../messaging/log.svg)
    "#]],
    );
}

#[test]
fn offers_pages_before_folders_and_other_files_on_the_way() {
    check(
        "[x](../messaging/$0)",
        &expect![[r#"
            ../messaging/kafka.md | Apache Kafka | messaging -> [x](../messaging/kafka.md)
            ../messaging/pulsar (old).md | Pulsar | messaging -> [x](../messaging/pulsar%20(old).md)
            ../messaging/log.svg |  | messaging -> [x](../messaging/log.svg)
        "#]],
    );
}

#[test]
fn systems_without_a_page_come_last() {
    names(
        "| System | Notes |\n|---|---|\n| Aaa | x |\n| $0 | y |\n",
        &expect![[r#"
        Apache Kafka | Apache Kafka |  -> | Apache Kafka | y |
        at | at |  -> | at | y |
        Kafka | Apache Kafka |  -> | Kafka | y |
        Aaa |  |  -> | Aaa | y |
    "#]],
    );
}

#[test]
fn a_wiki_link_to_one_of_several_pages_of_a_name_says_which() {
    let vault = "//- .obsidian/app.json\n{}\n//- x.md\n[[log$0\n//- a/log.md\n# Log of A\n//- b/log.md\n# Log of B\n";
    let fixture = Fixture::new(vault);
    let found = super::completion(&fixture.snapshot(), fixture.place(), true).items;
    let found: Vec<_> = found.into_iter().map(|it| it.with).collect();
    assert_eq!(found, ["a/log", "b/log"]);
}

#[test]
fn a_wiki_link_offers_pictures_to_embed_and_headings_behind_the_name() {
    let offered = |line: &str| {
        let pages =
            "//- a/log.md\n# Log\n\n## The end\n//- a/b/tape.png\n//- c/log.png\n//- d/log.png\n";
        let fixture = format!("//- .obsidian/app.json\n{{}}\n//- x.md\n{line}\n{pages}");
        let fixture = Fixture::new(&fixture);
        let found = super::completion(&fixture.snapshot(), fixture.place(), true).items;
        found.into_iter().map(|it| it.with).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(offered("![[$0]]"), "c/log.png | d/log.png | tape.png | log");
    assert_eq!(offered("[[log#$0]]"), "Log | The end");
    assert_eq!(offered("[[log|l$0]]"), "");
}

#[test]
fn raw_html_of_mkdocs_names_pages_by_their_addresses() {
    let check = |line: &str, expected: &Expect| {
        let pages = PAGES.replace("//- ", "//- docs/");
        let fixture = format!("//- mkdocs.yml\n//- docs/messaging/aurora.md\n{line}\n{pages}");
        let fixture = Fixture::new(&fixture);
        let cx = fixture.snapshot();
        let found = super::completion(&cx, fixture.place(), true);
        let text = cx.page(fixture.place().id).map(|it| it.text.to_string()).unwrap_or_default();
        expected.assert_eq(&drawn(&found, &text));
    };
    check(
        "<a href=\"kaf$0\">",
        &expect![[r#"
        ../kafka/ | Apache Kafka | docs/messaging -> <a href="../kafka/">
    "#]],
    );
    check(
        "<a href=\"../$0\">",
        &expect![[r#"
        ../kafka/ | Apache Kafka | docs/messaging -> <a href="../kafka/">
        ../pulsar (old)/ | Pulsar | docs/messaging -> <a href="../pulsar (old)/">
        ../log.svg |  | docs/messaging -> <a href="../log.svg">
        ./ | aurora | docs/messaging -> <a href="./">
        ../../patterns/quorum/ | Quorum Consensus | docs/patterns -> <a href="../../patterns/quorum/">
    "#]],
    );
    check(
        "<img src=\"$0\">",
        &expect![[r#"
        ../log.svg |  | docs/messaging -> <img src="../log.svg">
    "#]],
    );
}

#[test]
fn offers_the_anchors_of_this_page_and_of_another() {
    check(
        "# Six copies\n## Reads\n[x](#$0)",
        &expect![[r"
            #six-copies | Six copies |  -> [x](#six-copies)
            #reads | Reads |  -> [x](#reads)
        "]],
    );
    check(
        "[x](../messaging/kafka.md#cha$0)",
        &expect![[r"
            #key-challenges | Key challenges |  -> [x](../messaging/kafka.md#key-challenges)
        "]],
    );
}

#[test]
fn offers_a_whole_link_behind_a_bracket() {
    check(
        "see [Kaf$0",
        &expect![[r"
            Apache Kafka | ../messaging/kafka.md | messaging -> see [Apache Kafka](../messaging/kafka.md)
        "]],
    );
    check(
        "see [Kaf$0] there",
        &expect![[r"
            Apache Kafka | ../messaging/kafka.md | messaging -> see [Apache Kafka](../messaging/kafka.md) there
        "]],
    );
}

#[test]
fn completes_labels_and_footnotes() {
    check(
        "see [x][q$0]\n\n[quorum]: ../patterns/quorum.md\n[^quoted]: note",
        &expect![[r"
            quorum | ../patterns/quorum.md |  -> see [x][quorum]
        "]],
    );
    check(
        "see [^q$0]\n\n[quorum]: ../patterns/quorum.md\n[^quoted]: note",
        &expect![[r"
            quoted | note |  -> see [^quoted]
        "]],
    );
}

#[test]
fn completes_definitions_angles_and_attributes() {
    check(
        "[log]: kaf$0",
        &expect![[r"
            ../messaging/kafka.md | Apache Kafka | messaging -> [log]: ../messaging/kafka.md
        "]],
    );
    check(
        "[log](<pulsa$0>)",
        &expect![[r"
            ../messaging/pulsar (old).md | Pulsar | messaging -> [log](<../messaging/pulsar (old).md>)
        "]],
    );
    check(
        "<a href=\"kaf$0\">x</a>",
        &expect![[r#"
            ../messaging/kafka.md | Apache Kafka | messaging -> <a href="../messaging/kafka.md">x</a>
        "#]],
    );
}

#[test]
fn is_silent_in_prose_in_code_on_the_web_and_in_tasks() {
    for page in ["Kaf$0", "`[x](kaf$0`", "[x](https://kaf$0)", "- [x$0] done", "[x](a.md) kaf$0"] {
        check(page, &expect![""]);
    }
}

#[test]
fn searches_all_headings_behind_two_hashes() {
    check(
        "[x](##challen$0)",
        &expect![[r"
            #key-challenges | Key challenges | messaging/kafka.md -> [x](../messaging/kafka.md#key-challenges)
        "]],
    );
}

const BOOK: &str = "
//- patterns/circuit-breaker.md
# Circuit Breaker
//- patterns/quorum.md
---
title: Quorum Consensus
category: coordination
---
//- case-studies/kafka.md
---
title: Apache Kafka
systems: [Kafka]
company: LinkedIn
status: done
---
";

/// What is offered at the cursor of a page of a book: labels with details, and the line that the first
/// leaves behind.
#[track_caller]
fn names(page: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("//- case-studies/at.md\n{page}\n{BOOK}"));
    let cx = fixture.snapshot();
    let found = super::completion(&cx, fixture.place(), true);
    let text = cx.page(fixture.place().id).map(|it| it.text.to_string()).unwrap_or_default();
    let drawn = drawn(&found, &text);
    expected.assert_eq(&drawn.lines().take(6).fold(String::new(), |all, it| all + it + "\n"));
}

#[test]
fn offers_patterns_in_the_lists_of_front_matter() {
    names(
        "---\npatterns:\n  - circ$0\n---\n",
        &expect![[r#"
        circuit-breaker | Circuit Breaker |  ->   - circuit-breaker
    "#]],
    );
    names(
        "---\npatterns_used:\n  gold:\n  - quo$0\n---\n",
        &expect![[r#"
        quorum | Quorum Consensus |  ->   - quorum
    "#]],
    );
    names(
        "---\npatterns: [quorum, bre$0]\n---\n",
        &expect![[r#"
        circuit-breaker | Circuit Breaker |  -> patterns: [quorum, circuit-breaker]
    "#]],
    );
}

#[test]
fn offers_tiers_in_use_below_a_field_of_patterns() {
    names(
        "---\npatterns_used:\n  si$0\n---\n//- case-studies/b.md\n---\npatterns_used: {gold: [quorum], silver: [quorum]}\n---\n",
        &expect![[r#"
            silver | 1 pattern |  ->   silver:
        "#]],
    );
}

#[test]
fn offers_the_values_in_use_and_the_keys_that_are_not() {
    names(
        "---\ncompany: $0\n---\n",
        &expect![[r#"
            LinkedIn | 1 page |  -> company: LinkedIn
        "#]],
    );
    names(
        "---\nsystems: [ka$0]\n---\n",
        &expect![[r#"
            Apache Kafka | Apache Kafka |  -> systems: [Apache Kafka]
            Kafka | Apache Kafka |  -> systems: [Kafka]
        "#]],
    );
    names(
        "---\ncompany: x\nst$0\n---\n",
        &expect![[r#"
            status | How far the page is: `draft`, `complete`. |  -> status: 
            current_status | Whether the system still runs. |  -> current_status: 
            systems | The systems that the study is about, by the names under which tables and prose mention them. |  -> systems: 
            system | The system that the study is about. |  -> system: 
            scale_category | The order of size that the system works at. |  -> scale_category: 
            description | One sentence for cards and lists. |  -> description: 
        "#]],
    );
}

#[test]
fn offers_fields_before_the_front_matter_is_closed() {
    let keys = |page: &str| {
        let fixture = Fixture::new(&format!("//- studies/aurora.md\n{page}\n{PAGES}"));
        let found = super::completion(&fixture.snapshot(), fixture.place(), false).items;
        found.into_iter().map(|it| it.label).collect::<Vec<_>>()
    };
    let found = keys("---\ntitle: Aurora\n$0");
    assert!(found.contains(&"company".to_owned()), "{found:?}");
    assert!(!found.contains(&"title".to_owned()), "it is there: {found:?}");
    assert_eq!(keys("---\ntype: case-study\ntier: sil$0"), ["silver"]);
    // A line that parts paragraphs opens nothing.
    assert_eq!(keys("---\n\nA log.\ncomp$0"), [""; 0]);
}

#[test]
fn offers_the_words_that_a_field_knows_though_no_page_uses_them() {
    names(
        "---\ntype: $0\n---\n",
        &expect![[r#"
        case-study |  |  -> type: case-study
        pattern |  |  -> type: pattern
        index |  |  -> type: index
    "#]],
    );
}

#[test]
fn offers_names_in_the_cells_of_their_columns() {
    names(
        "| System | Patterns |\n|---|---|\n| Kafka | Quorum Consensus, brea$0 |\n",
        &expect![[r#"
            Circuit Breaker | circuit-breaker |  -> | Kafka | Quorum Consensus, Circuit Breaker |
        "#]],
    );
    names(
        "| System | Patterns |\n|---|---|\n| **kaf$0** | |\n",
        &expect![[r#"
            Apache Kafka | Apache Kafka |  -> | **Apache Kafka** | |
            Kafka | Apache Kafka |  -> | **Kafka** | |
        "#]],
    );
    names("| System | Notes |\n|---|---|\n| Kafka | brea$0 |\n", &expect![[""]]);
}

/// Pages with names for running text.
const NAMED: &str = "
//- patterns/quorum.md
# Quorum Consensus
//- case-studies/kafka.md
# Apache Kafka
//- case-studies/kafka-streams.md
# Kafka Streams
";

/// What the cursor of `page` is offered among [`NAMED`], under these settings.
#[track_caller]
fn check_named(page: &str, settings: &str, asked: bool, expected: &Expect) {
    let settings = format!("//- casebook.toml\n{settings}\n");
    let fixture = Fixture::new(&format!("//- studies/at.md\n{page}\n{settings}{NAMED}"));
    let cx = fixture.snapshot();
    let found = super::completion(&cx, fixture.place(), asked);
    let text = cx.page(fixture.place().id).map(|it| it.text.to_string()).unwrap_or_default();
    expected.assert_eq(&drawn(&found, &text));
}

#[test]
fn offers_links_for_a_capitalised_name_in_running_text() {
    check_named(
        "We chose Kaf$0 here",
        "",
        true,
        &expect![[r#"
        Kafka | ../case-studies/kafka.md | case-studies/kafka.md -> We chose [Kafka](../case-studies/kafka.md) here
        Kafka Streams | ../case-studies/kafka-streams.md | case-studies/kafka-streams.md -> We chose [Kafka Streams](../case-studies/kafka-streams.md) here
    "#]],
    );
    check_named(
        "A write needs a Quorum Con$0.",
        "",
        true,
        &expect![[r#"
        Quorum Consensus | ../patterns/quorum.md | patterns/quorum.md -> A write needs a [Quorum Consensus](../patterns/quorum.md).
    "#]],
    );
}

#[test]
fn offers_links_for_the_short_name_of_a_study() {
    let page = "//- a.md\nWe chose Dyna$0\n//- case-studies/d.md\n# Amazon DynamoDB: A Deep Dive\n";
    let fixture = Fixture::new(page);
    let found = super::completion(&fixture.snapshot(), fixture.place(), true).items;
    let found: Vec<_> = found.into_iter().map(|it| it.with).collect();
    assert_eq!(found[0], "[DynamoDB](case-studies/d.md)");
}

#[test]
fn offers_no_links_for_small_letters_few_letters_code_or_headings() {
    for page in ["We chose kaf$0", "We chose Ka$0", "`Kaf$0`", "```\nKaf$0\n```\n", "# Kaf$0\n"] {
        check_named(page, "", true, &expect![[""]]);
    }
}

#[test]
fn offers_links_for_names_unasked_only_if_it_is_set() {
    check_named("A Quor$0", "", false, &expect![[""]]);
    check_named(
        "A Quor$0",
        "[completion]\nnames = true",
        false,
        &expect![[r"
            Quorum Consensus | ../patterns/quorum.md | patterns/quorum.md -> A [Quorum Consensus](../patterns/quorum.md)
        "]],
    );
}
