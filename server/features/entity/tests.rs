//! Cards and places of names, on small books and on the book of fixtures.

use std::{fs, path::Path as FsPath};

use expect_test::{Expect, expect};

use super::*;
use crate::{features::Place, features::hover::hover, testing::Fixture};

const BOOK: &str = r"
//- index.md
# Case studies
- **[Apache Kafka](kafka.md)** - a log of 7T+ messages/day
- **[Netflix Streaming](netflix.md)** - video
- Netflix: 260M+ concurrent users, 1B+ hours/month

| Company/System | Key Patterns Used |
|---|---|
| **Netflix** | Circuit Breaker (Hystrix), Tide Pools |
| **Kafka** | Zero-copy |

| System | Scale Metrics | Architecture |
|---|---|---|
| **Netflix** | 250M+ concurrent users | 700+ services |
//- kafka.md
---
title: Apache Kafka
company: LinkedIn
domain: Messaging
patterns_used:
  gold:
  - zero-copy: sendfile
metrics: {throughput: 7T messages/day}
---
# Apache Kafka
## Log
//- netflix.md
---
systems: [Netflix]
company: Netflix
description: Video for everyone.
---
# Netflix Streaming
- **[Breaker](patterns/breaker.md)** keeps one failure from becoming many.
//- netflix-chaos.md
---
systems: [Netflix]
patterns: [circuit-breaker]
---
# Netflix Chaos
//- patterns/breaker.md
---
title: Circuit Breaker
category: resilience
---
# Circuit Breaker
## Problem
Callers wait.
## Related
[Copy](zero-copy.md)
//- patterns/zero-copy.md
---
type: pattern
description: Bytes that never visit the program.
---
# Zero-copy
";

/// The card at the cursor of `page`, a page among those of [`BOOK`].
#[track_caller]
fn check(page: &str, expected: &Expect) {
    let fixture = Fixture::new(&format!("//- at.md\n{page}\n{}", BOOK.trim_start()));
    let card = hover(&fixture.snapshot(), fixture.place());
    expected.assert_eq(&card.map(|it| it.markdown + "\n").unwrap_or_default());
}

/// Where the name at the cursor of `page` leads.
#[track_caller]
fn leads(page: &str, expected: &[&str]) {
    let fixture = Fixture::new(&format!("//- at.md\n{page}\n{}", BOOK.trim_start()));
    let cx = fixture.snapshot();
    let found = crate::features::definition::definition(&cx, fixture.place());
    let found = found.iter().map(|it| {
        let line = cx.document(&it.to.path).map_or(0, |page| page.text.line_of(it.to.span.start));
        format!("{}:{}", cx.shown(&it.to.path), line + 1)
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn a_system_shows_its_studies_and_puts_conflicting_figures_side_by_side() {
    check(
        "| System | Scale |\n|---|---|\n| Net$0flix | |\n",
        &expect![[r#"
            **Netflix** · system

            **Studies**

            - [Netflix Streaming](file:///w/netflix.md) — Video for everyone.
            - [Netflix Chaos](file:///w/netflix-chaos.md)

            **Figures**

            - 260M+ concurrent users ([index.md:4](file:///w/index.md#L4)) ≠ 250M+ concurrent users ([index.md:13](file:///w/index.md#L13))
            - 1B+ hours/month ([index.md:4](file:///w/index.md#L4))

            **Patterns** [Circuit Breaker](file:///w/patterns/breaker.md), [Tide Pools](file:///w/index.md#L8)

            **Also said** Architecture: 700+ services ([index.md:13](file:///w/index.md#L13))

            linked from 1 page
        "#]],
    );
}

#[test]
fn a_system_of_one_study_shows_what_the_study_says() {
    check(
        "| System | Scale |\n|---|---|\n| Kaf$0ka | |\n",
        &expect![[r#"
            **Kafka** · system · LinkedIn · Messaging

            a log of 7T+ messages/day

            **Study** [Apache Kafka](file:///w/kafka.md)

            **Figures** 7T+ messages/day ([kafka.md:8](file:///w/kafka.md#L8), [index.md:2](file:///w/index.md#L2))

            **Patterns** gold: [Zero-copy](file:///w/patterns/zero-copy.md) (sendfile)

            kafka.md · linked from 1 page
        "#]],
    );
}

#[test]
fn a_pattern_shows_who_uses_it_and_what_for() {
    check(
        "---\npatterns: [circuit-brea$0ker]\n---\n",
        &expect![[r#"
            **Circuit Breaker** · pattern · resilience

            Callers wait.

            **Problem** Callers wait.

            **Used by**

            - [Netflix](file:///w/netflix.md) — Hystrix
            - [at](file:///w/at.md)
            - [Netflix Chaos](file:///w/netflix-chaos.md)

            **Related** [Zero-copy](file:///w/patterns/zero-copy.md)

            **Sections** [Problem](file:///w/patterns/breaker.md#L6) · [Related](file:///w/patterns/breaker.md#L8)

            patterns/breaker.md · linked from 1 page · mentioned in 2 studies
        "#]],
    );
}

#[test]
fn a_page_on_something_else_shows_who_uses_it_as_a_pattern() {
    let book = "//- studies/hulu.md\n---\ntype: case-study\npatterns_used: [chaos-drill]\n---\n# Hulu\n//- testing/drills.md\n# Chaos Drills\nBreak it on purpose.\n";
    let cards = profiles(&Fixture::new(book).snapshot(), "chaos-drill");
    let card = &cards[0];
    assert_eq!(card.tags, Vec::<String>::new(), "it is no pattern's page");
    assert!(said(card).contains("Hulu"), "{card:?}");
}

#[test]
fn a_pattern_without_a_page_says_where_it_is_named_first() {
    check(
        "| System | Patterns |\n|---|---|\n| x | Tide Po$0ols |\n",
        &expect![[r#"
        **Tide Pools** · pattern

        It has no page; first named in [at.md:3](file:///w/at.md#L3)

        **Used by**

        - [x](file:///w/at.md#L3)
        - [Netflix](file:///w/netflix.md)
    "#]],
    );
    leads("| Patterns |\n|---|\n| Tide Po$0ols |\n", &["at.md:3"]);
}

#[test]
fn a_domain_shows_its_studies() {
    check(
        "---\ndomain: mess$0aging\n---\n",
        &expect![[r#"
            **messaging** · domain

            **Studies**

            - [at](file:///w/at.md)
            - [Apache Kafka](file:///w/kafka.md) — a log of 7T+ messages/day
        "#]],
    );
}

#[test]
fn a_field_says_what_it_is_for_and_which_values_are_in_use() {
    check(
        "---\ncompa$0ny: x\n---\n",
        &expect![[r#"
        **company** · front matter field

        Who built the system.

        **Values in use**

        - LinkedIn — 1
        - Netflix — 1
        - x — 1
    "#]],
    );
}

#[test]
fn a_link_to_a_study_shows_what_is_known_of_it() {
    check(
        "[log](kaf$0ka.md)\n",
        &expect![[r#"
            **Apache Kafka** · study · LinkedIn · Messaging

            a log of 7T+ messages/day

            **Figures** 7T+ messages/day ([kafka.md:8](file:///w/kafka.md#L8), [index.md:2](file:///w/index.md#L2))

            **Patterns** gold: [Zero-copy](file:///w/patterns/zero-copy.md) (sendfile)

            kafka.md · linked from 2 pages
        "#]],
    );
}

#[test]
fn a_name_in_running_text_leads_to_its_page_and_has_its_card() {
    leads("We put Apache Kaf$0ka there.\n", &["kafka.md:10"]);
    check(
        "We put Apache Kaf$0ka there.\n",
        &expect![[r#"
        **Apache Kafka** · system · LinkedIn · Messaging

        a log of 7T+ messages/day

        **Figures** 7T+ messages/day ([kafka.md:8](file:///w/kafka.md#L8), [index.md:2](file:///w/index.md#L2))

        **Patterns** gold: [Zero-copy](file:///w/patterns/zero-copy.md) (sendfile)

        kafka.md · linked from 1 page
    "#]],
    );
}

#[test]
fn words_that_are_no_name_have_no_card() {
    check("| System | Scale |\n|---|---|\n| x | seven$0 |\n", &expect![[""]]);
}

#[test]
fn a_name_of_several_studies_leads_to_all_of_them() {
    leads(
        "| System | Scale |\n|---|---|\n| Net$0flix | |\n",
        &["netflix.md:6", "netflix-chaos.md:5"],
    );
    // The company built one.
    leads("| System | Scale |\n|---|---|\n| Linked$0In | |\n", &["kafka.md:10"]);
    leads("---\npatterns: [circuit-brea$0ker]\n---\n", &["patterns/breaker.md:5"]);
}

#[test]
fn references_are_the_uses_of_all_its_names_and_the_links_to_its_page() {
    let fixture = Fixture::new(&BOOK.replace("| Zero-copy |", "| Zero-co$0py |"));
    let cx = fixture.snapshot();
    let found = crate::features::references::references(&cx, fixture.place(), true);
    let found = found.iter().map(|it| {
        let page = cx.document(&it.path).expect("a page");
        format!("{} {}", cx.shown(&it.path), page.source(it.span))
    });
    expect![[r#"
        patterns/zero-copy.md # Zero-copy
        index.md Zero-copy
        kafka.md zero-copy
        patterns/breaker.md zero-copy.md"#]]
    .assert_eq(&found.collect::<Vec<_>>().join("\n"));
}

/// The book of fixtures, loaded as any workspace is.
fn book() -> Arc<Snapshot> {
    load().snapshot()
}

fn load() -> crate::world::World {
    let world = crate::world::World::default();
    let root = FsPath::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/casebook");
    let root = crate::disk::absolute(&root).expect("a folder");
    let layer = crate::settings::Layer::default();
    crate::disk::load(&world, std::slice::from_ref(&root), &layer, |_, _| {});
    world
}

/// The text of the book's index.
fn index() -> String {
    let path = FsPath::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/casebook/index.md");
    fs::read_to_string(path).expect("the index")
}

/// The rows of the table below a head that begins so, cell by cell, without emphasis.
fn rows(index: &str, head: &str) -> Vec<Vec<String>> {
    let lines = index.lines().skip_while(|it| !it.starts_with(head)).skip(2);
    let rows = lines.take_while(|it| it.starts_with('|'));
    let cells = |row: &str| {
        row.trim_matches('|').split('|').map(|it| it.replace("**", "").trim().to_owned()).collect()
    };
    rows.map(cells).collect()
}

/// The items `Name: what is said` below `By Problem Domain`.
fn items(index: &str) -> Vec<(String, String)> {
    let lines = index.lines().skip_while(|it| !it.contains("By Problem Domain")).skip(1);
    let section = lines.take_while(|it| !it.starts_with("## "));
    let items = section.filter_map(|it| it.strip_prefix("- ")?.split_once(": "));
    items.map(|(name, said)| (name.to_owned(), said.to_owned())).collect()
}

/// The entries of the index: title, path, description.
fn entries(index: &str) -> Vec<(String, String, String)> {
    let found = index.lines().filter_map(|it| {
        let (title, rest) = it.strip_prefix("- **[")?.split_once("](")?;
        let (path, said) = rest.split_once(")** - ")?;
        Some((title.to_owned(), path.to_owned(), said.to_owned()))
    });
    found.collect()
}

/// What a card says, in one line.
fn said(profile: &Profile) -> String {
    let lines = profile.groups.iter().flat_map(|it| &it.lines);
    let words: Vec<&str> = lines.flatten().map(|it| it.text.as_str()).collect();
    format!("{} {} {}", profile.name, profile.summary, words.join(" "))
}

#[test]
fn every_pattern_of_the_index_resolves_to_one_page() {
    let (cx, mut wrong, mut count) = (book(), Vec::new(), 0);
    for row in rows(&index(), "| Company/System") {
        for name in row[1].split(',').map(str::trim) {
            count += 1;
            let name = name.split(" (").next().expect("a name");
            let key = entity(Kind::Pattern, name).expect("a name");
            if cx.entity(&key).len() != 1 {
                wrong.push(name.to_owned());
            }
        }
    }
    assert!(count >= 37, "{count}");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_system_of_the_index_has_a_card_with_its_figures_and_patterns() {
    let (cx, index) = (book(), index());
    let mut wrong = Vec::new();
    for row in rows(&index, "| Company/System") {
        let cards = profiles(&cx, &row[0]);
        for pattern in row[1].split(',') {
            let pattern = pattern.trim().split(" (").next().expect("a name");
            let key = entity(Kind::Pattern, pattern).expect("a name");
            let pages = cx.entity(&key);
            let title = pages.first().map_or(pattern, |it| it.document.title());
            if !cards.iter().any(|it| said(it).contains(title)) {
                wrong.push(format!("{}: {pattern}", row[0]));
            }
        }
    }
    let scales = rows(&index, "| System").into_iter().flat_map(|row| {
        let name = row[0].clone();
        row[1].split(',').map(|it| (name.clone(), it.trim().to_owned())).collect::<Vec<_>>()
    });
    let listed = items(&index).into_iter().flat_map(|(name, said)| {
        said.split(',').map(|it| (name.clone(), it.trim().to_owned())).collect::<Vec<_>>()
    });
    for (name, figure) in scales.chain(listed) {
        if !states(&cx, &name, &figure) {
            wrong.push(format!("{name}: {figure}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Whether what is known of a system, shown or cut off, states a figure or a remark, in these words or
/// in shorter ones of the same value.
fn states(cx: &Snapshot, name: &str, figure: &str) -> bool {
    let profile = profiles(cx, name).into_iter().next();
    let stated = entity(Kind::System, name).map(|it| cx.facts_about(&it)).unwrap_or_default();
    profile.is_some() && stated.iter().any(|(page, it)| page.source(it.span).contains(figure))
}

#[test]
fn every_study_of_the_index_is_reached_by_its_name_and_hovers_with_its_description() {
    let (cx, mut wrong, mut count) = (book(), Vec::new(), 0);
    let index_path = cx.pages().find(|it| it.path.name() == "index.md").expect("the index");
    for (title, path, _) in entries(&index()) {
        count += 1;
        let key = entity(Kind::System, &title).expect("a name");
        let reached = cx.entity(&key).iter().any(|it| it.document.path.as_str().ends_with(&path));
        let at = index_path.text.to_string().find(&format!("]({path})")).expect("the link");
        let at = Place { id: index_path.id, at: crate::text::offset(at + 3) };
        let card = hover(&cx, at).map(|it| it.markdown).unwrap_or_default();
        let page = cx.pages().find(|it| it.path.as_str().ends_with(&format!("/{path}")));
        let description = page.and_then(|it| it.description()).unwrap_or_default();
        let first: String = description.chars().take(60).collect();
        let shown = !first.is_empty() && card.contains(&crate::features::preview::escape(&first));
        let led = crate::features::definition::definition(&cx, at);
        let led = led.iter().any(|it| it.to.path.as_str().ends_with(&path));
        if !(reached && shown && led) {
            wrong.push(format!("{title}: reached {reached}, shown {shown}, led {led}"));
        }
    }
    assert_eq!((count, wrong), (83, Vec::<String>::new()));
}

/// An index as it may come alone: entries whose pages are not there, headings whose pictures were
/// spoilt, lists and tables of systems.
const ALONE: &str = r"
//- case-studies-index.md
# Case Studies

## üìö Studies by Field

### üóÑÔ∏è Stores
- **[Amazon DynamoDB](stores/dynamodb.md)** - Tables without a limit
- **[Stripe Payments](money/stripe.md)** - Money that moves once

### Scale Challenges
- Netflix: 250M+ members, 3B+ hours/quarter
- DynamoDB: 10T+ requests/day

## üìä Who Uses What

| Company/System | Key Patterns Used |
|----------------|-------------------|
| **Netflix** | Circuit Breaker (Hystrix), Tide Pools |
| **Stripe** | Idempotency Keys, Circuit Breaker |

## Scale Comparison

| System | Scale Metrics | Architecture Highlights |
|--------|---------------|-------------------------|
| **Netflix** | 260M members, 90PB+ data | 700+ services |
";

/// The cards of `name` on [`ALONE`], as a terminal shows them.
fn alone(name: &str) -> String {
    let cx = Fixture::new(ALONE).snapshot();
    profiles(&cx, name).iter().map(|it| it.terminal(&cx)).collect()
}

#[test]
fn an_index_alone_tells_the_figures_and_the_patterns_of_a_system() {
    expect![[r#"
        Netflix · system

        Figures
          250M+ members (case-studies-index.md:10) ≠ 260M members (case-studies-index.md:24)
          3B+ hours/quarter (case-studies-index.md:10)
          90PB+ data (case-studies-index.md:24)

        Patterns
          Circuit Breaker (Hystrix), Tide Pools

        Also said
          Architecture Highlights: 700+ services (case-studies-index.md:24)
    "#]]
    .assert_eq(&alone("Netflix"));
}

#[test]
fn an_index_alone_tells_the_systems_of_a_pattern_and_where_it_is_named_first() {
    expect![[r#"
        Circuit Breaker · pattern

          It has no page; first named in case-studies-index.md:17

        Used by
          Netflix — Hystrix [case-studies-index.md]
          Stripe [case-studies-index.md]
    "#]]
    .assert_eq(&alone("Circuit Breaker"));
}

#[test]
fn figures_of_two_systems_of_one_company_do_not_conflict() {
    let study = |name: &str, users: &str| {
        format!(
            "//- case-studies/{name}.md\n---\ncompany: Zoo\nmetrics: {{users: {users}}}\n---\n# {name}\n"
        )
    };
    let pages = study("Lion", "5M users") + &study("Tiger", "9M users");
    let cx = Fixture::new(&pages).snapshot();
    let [card] = &profiles(&cx, "Zoo")[..] else { panic!("one card") };
    let card = card.terminal(&cx);
    assert!(card.contains("5M users") && card.contains("9M users"), "{card}");
    assert!(!card.contains('≠'), "{card}");
}

#[test]
fn small_words_in_a_cell_of_systems_are_no_system() {
    let table = "| System | Notes |\n|---|---|\n| Zoo, about 2002, 2014 on | a |\n| etcd | b |\n";
    let cx = Fixture::new(&format!("//- a.md\n{table}")).snapshot();
    let names: Vec<_> = names(&cx).into_iter().map(|it| it.1).collect();
    assert_eq!(names, ["etcd", "Zoo"]);
}

#[test]
fn an_index_alone_leads_from_a_pattern_to_the_cell_that_names_it_first() {
    let fixture = Fixture::new(&ALONE.replace(", Circuit Breaker |", ", Circuit Brea$0ker |"));
    let cx = fixture.snapshot();
    let found = crate::features::definition::definition(&cx, fixture.place());
    let [only] = &found[..] else { panic!("{found:?}") };
    let page = cx.document(&only.to.path).expect("a page");
    assert_eq!(
        page.source(page.text.line(page.text.line_of(only.to.span.start))).split(',').next(),
        Some("| **Netflix** | Circuit Breaker (Hystrix)")
    );
    assert_eq!(page.source(only.to.span), "Circuit Breaker");
}

#[test]
fn every_study_of_the_index_is_offered_by_its_title_and_by_its_file_name() {
    let world = load();
    let path = crate::model::Path::new(&format!("{}/at.md", world.snapshot().roots()[0].as_str()));
    let offered = |written: &str, wanted: &str| {
        let (path, text) = (path.clone(), crate::text::Text::from(written));
        let at = crate::text::offset(written.len());
        world.apply(crate::world::Change::Edited { path: path.clone(), version: 1, text });
        let cx = world.snapshot();
        let id = cx.document(&path).expect("the page").id;
        let items = crate::features::completion::completion(&cx, Place { id, at }, false).items;
        items.iter().take(5).any(|it| it.with.contains(wanted))
    };
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (title, path, _) in entries(&index()) {
        count += 1;
        let stem = crate::model::Path::new(&path).stem().to_owned();
        for written in [format!("See [{title}"), format!("See [it]({stem}")] {
            if !offered(&written, &path) {
                wrong.push(written);
            }
        }
    }
    assert_eq!((count, wrong), (83, Vec::<String>::new()));
}

#[test]
fn a_figure_shows_what_it_measures_and_where_else_the_same_is_stated() {
    check(
        "| System | Scale |\n|---|---|\n| Netflix | 255M concurr$0ent users |\n",
        &expect![[r#"
        **255M concurrent users** · figure · Netflix

        Measures: user

        **Also stated**

        - ≠ 260M+ concurrent users ([index.md:4](file:///w/index.md#L4))
        - ≠ 250M+ concurrent users ([index.md:13](file:///w/index.md#L13))
    "#]],
    );
    check(
        "| System | Scale |\n|---|---|\n| Netflix | 2B+ ho$0urs/month |\n",
        &expect![[r#"
        **2B+ hours/month** · figure · Netflix

        Measures: hour per month

        **Also stated** ≠ 1B+ hours/month ([index.md:4](file:///w/index.md#L4))
    "#]],
    );
}

#[test]
fn a_figure_in_a_list_item_of_any_page_is_one_of_the_system_before_the_colon() {
    check(
        "# Notes\n- **Netflix**: 255M concurr$0ent users\n- Latency: 5ms\n",
        &expect![[r#"
        **255M concurrent users** · figure · Netflix

        Measures: user

        **Also stated**

        - ≠ 260M+ concurrent users ([index.md:4](file:///w/index.md#L4))
        - ≠ 250M+ concurrent users ([index.md:13](file:///w/index.md#L13))
    "#]],
    );
    check("# Notes\n- Netflix: 255M concurrent users\n- Latency: 5$0ms\n", &expect![""]);
}

#[test]
fn a_figure_in_front_matter_is_one_of_its_study() {
    check(
        "---\ntype: case-study\nscale: {users: 5M$0 users}\n---\n# Hulu\n",
        &expect![[r#"
        **5M users** · figure · Hulu · users

        Measures: user
    "#]],
    );
}

/// The settings of the tests below.
const WORDS: &str = r#"
//- casebook.toml
[vocabulary]
fields = { techniques = "patterns" }
names = { "Ringpop" = "case-studies/uber.md" }
ignore = ["Analytics"]
[pages]
study = ["case-studies/**"]
//- case-studies/uber.md
---
techniques: [sharding]
---
# Uber
//- studies/hulu.md
# Hulu
//- patterns/sharding.md
# Sharding
//- patterns/analytics.md
# Analytics
"#;

#[test]
fn the_settings_name_fields_and_pages_and_words_that_are_no_names() {
    let cx = Fixture::new(WORDS).snapshot();
    let pages = |name: &str| -> Vec<String> {
        let keys = [Kind::System, Kind::Pattern].into_iter().filter_map(|it| entity(it, name));
        let found = keys.flat_map(|it| pages(&cx, &it));
        found.map(|it| cx.shown(&it.document.path)).collect()
    };
    assert_eq!(pages("ringpop"), ["case-studies/uber.md"]);
    assert_eq!(pages("Analytics"), Vec::<String>::new());
    assert_eq!(pages("Hulu"), Vec::<String>::new(), "not among the pages that are studies");
    let cards = profiles(&cx, "Sharding");
    assert!(said(&cards[0]).contains("Uber"), "{cards:?}");
}

#[test]
fn new_settings_count_for_pages_that_are_loaded() {
    let fixture = Fixture::new(&WORDS.replace("[vocabulary]", "[other]"));
    let key = entity(Kind::Pattern, "Analytics").expect("a name");
    assert_eq!(fixture.snapshot().entity(&key).len(), 1);
    let root = crate::model::Path::new("/w");
    let file = "[vocabulary]\nignore = [\"Analytics\"]\n";
    let (set, problems) =
        crate::settings::read("/w", Some(file), &crate::settings::Layer::default());
    assert_eq!(problems, Vec::<String>::new());
    let source = crate::model::site::Source { read: &|_| None, folder: &|_| false };
    let sites = crate::model::site::discover(&[(root.clone(), set.stated())], &[], &source);
    fixture.world.apply(crate::world::Change::Roots { folders: vec![root], sites });
    assert_eq!(fixture.snapshot().entity(&key).len(), 0);
}
