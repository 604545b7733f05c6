//! What holds for every rule.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection, prelude::*, sample::select};

use super::*;
use crate::{
    model::Site,
    settings::{self, Layer},
    testing::Fixture,
    world::{Change, Content, Draft, World},
};

/// The examples of a manual page: what stands in its fences that are marked `bad` and `good`.
fn examples<'a>(docs: &'a str, mark: &str) -> Vec<&'a str> {
    let fences = docs.split("\n````").skip(1).step_by(2);
    let marked = fences.filter_map(|it| it.split_once('\n'));
    marked.filter(|(info, _)| info.split(' ').any(|it| it == mark)).map(|it| it.1).collect()
}

/// What is found in an example of the manual page of a rule.
fn codes(rule: &Rule, fixture: &str) -> BTreeSet<&'static str> {
    let fixture = Fixture::looking_for(&[rule.code], &format!("{fixture}\n"));
    let cx = fixture.snapshot();
    let pages = cx.pages().flat_map(|it| findings(&cx, it));
    let files = cx.all_settings().iter().flat_map(|it| settings_findings(&cx, it));
    pages.chain(files).map(|it| it.code).collect()
}

#[test]
fn the_bad_examples_of_the_manual_are_found_and_the_good_ones_are_not() {
    for rule in RULES {
        let (bad, good) = (examples(rule.docs, "bad"), examples(rule.docs, "good"));
        // A test cannot write down bytes that are no text.
        assert!(!bad.is_empty() || rule.code == "not-utf-8", "{} has no bad example", rule.code);
        for it in bad {
            assert!(codes(rule, it).contains(rule.code), "{} does not find:\n{it}", rule.code);
        }
        for it in good {
            assert!(!codes(rule, it).contains(rule.code), "{} finds:\n{it}", rule.code);
        }
    }
}

#[test]
fn every_rule_is_named_like_its_files_and_described_in_its_manual_page() {
    for rule in RULES {
        assert!(rule.docs.starts_with(&format!("# {}\n\n", rule.code)), "{}", rule.code);
        assert!(!rule.title.ends_with('.'), "{}", rule.code);
    }
    let codes: BTreeSet<_> = RULES.iter().map(|it| it.code).collect();
    assert_eq!(codes.len(), RULES.len());
}

/// Lines that rules find something in, with the pages around them.
const LINES: &[&str] = &[
    "# One",
    "## Two & three",
    "#### Deep",
    "- [One](#one)\n- [Two](#two-three)\n- [Gone](#gone)\n- [Last](#last)",
    "[b](gone/b.md) and [c](../c.md#one)",
    "[b](B.md), [x]() and [itself](a.md)",
    "[text][label] and [^note]",
    "[label]: b.md\n[label]: c.md",
    "[unused]: https://example.org",
    "<!-- casebook-disable-next-line broken-link, broken-anchor -->",
    "<!-- casebook-disable empty-link -->",
    "<!-- casebook-enable -->",
    "caf\u{c3}\u{a9} \u{e2}\u{20ac}\u{201d} and `\u{c3}\u{a9}`",
    "<a id=\"x\"></a> <a id=\"x\"></a>",
    "- [B](b.md)\n- [C](p/c.md)\n- [B](b.md)",
    "Total: 7 studies across 4 domains",
    "| System | Patterns |\n|---|---|\n| One | Two, Three |",
    "1. [One](#one)\n2. [Two](#x-two)\n3. [Three](#three)",
    "| System | Patterns | Scale |\n|---|---|---|\n| One | Two, [C](p/c.md) | 9M+ users |\n| One | | |",
    "- One: 5M+ users, 3B rows/day",
    "They run One, and One again.",
    "[here](/b.md), [there](p/), [web](b/) and [[b]]",
];

fn generated() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let names = ["a.md", "b.md", "p/c.md", "index.md", "p/index.md"];
    let head = prop_oneof![
        3 => Just(""),
        1 => Just("---\ntitle: One: two\n---\n"),
        1 => Just("---\ntitle: One\ntype: case-study\npatterns: [two]\n---\n"),
        1 => Just("---\ntitle: Two\ntype: pattern\nyear: 5\n---\n"),
        1 => Just("---\nsystems: [One]\ncompany: X\npatterns_used:\n  gold:\n  - c: why\nmetrics: {scale: 7M+ users}\n---\n"),
    ];
    let ending = prop_oneof![Just("\n"), Just("\r\n")];
    let body = collection::vec(select(LINES), 0..7);
    let page = (head, body, ending).prop_map(|(head, body, ending)| {
        format!("{head}{}\n", body.join("\n\n")).replace('\n', ending)
    });
    collection::vec(page, names.len()).prop_map(move |pages| names.into_iter().zip(pages).collect())
}

/// Makes repairs until there are none: those of one rule, or of all.
fn repaired(world: &World, risk: Risk, only: Option<&str>) {
    for _ in 0..16 {
        let cx = world.snapshot();
        let wanted = |it: &Finding| only.is_none_or(|only| it.code == only);
        let plan = together(&cx, cx.pages().map(AsRef::as_ref), risk, wanted);
        if plan.is_empty() {
            return;
        }
        let drafts = plan.into_iter().map(|(path, edits)| {
            let page = cx.document(&path).expect("edits are of pages");
            let text = edited(&page.text.to_string(), &edits);
            Draft::new(page.site.clone(), path, Content::Text(text))
        });
        world.apply(Change::Found(drafts.collect()));
    }
    panic!("repairs come to no end");
}

/// How many errors each rule finds.
fn errors(cx: &Snapshot) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    let all = cx.pages().flat_map(|it| findings(cx, it)).filter(|it| it.severity == Level::Error);
    all.for_each(|it| *counts.entry(it.code).or_default() += 1);
    counts
}

proptest! {
    // Each case reads a workspace several times.
    #![proptest_config(crate::testing::cases(96))]

    #[test]
    fn repairs_come_to_an_end_and_break_nothing(
        pages in generated(),
        risky in any::<bool>(),
        only in proptest::option::of(0..RULES.len()),
    ) {
        let only = only.map(|it| RULES[it].code);
        let world = World::default();
        let site = std::sync::Arc::new(Site::plain("/w"));
        world.apply(Change::Roots { folders: vec![Path::new("/w")], sites: vec![site.clone()] });
        let on = RULES.iter().map(|it| it.code).collect();
        let file = "pages.requiredSections = ['Lessons']\npages.learnSections = true\npages.fields = { title = 'text' }";
        let (set, _) = settings::read("/w", Some(file), &Layer { on, ..Layer::default() });
        world.apply(Change::Configured(vec![set.into()]));
        let drafts = pages.into_iter().map(|(name, text)| {
            let path = Path::new(&format!("/w/{name}"));
            Draft::new(site.clone(), path, Content::Text(text))
        });
        world.apply(Change::Found(drafts.collect()));
        let before = errors(&world.snapshot());
        repaired(&world, if risky { Risk::Any } else { Risk::None }, only);
        let cx = world.snapshot();
        for (code, number) in errors(&cx) {
            let had = before.get(code).copied().unwrap_or_default();
            prop_assert!(number <= had, "{code}: {number} instead of {had}");
        }
        // What is done is done: another run finds nothing to do.
        let wanted = |it: &Finding| only.is_none_or(|only| it.code == only);
        let again = together(&cx, cx.pages().map(AsRef::as_ref), Risk::None, wanted);
        prop_assert!(again.is_empty(), "{again:?}");
    }
}
