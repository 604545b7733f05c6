//! What holds for every rule.

use std::collections::BTreeSet;

use super::*;
use crate::testing::Fixture;

/// The examples of a manual page: what stands in its fences that are marked `bad` and `good`.
fn examples<'a>(docs: &'a str, mark: &str) -> Vec<&'a str> {
    let fences = docs.split("\n````").skip(1).step_by(2);
    let marked = fences.filter_map(|it| it.split_once('\n'));
    marked.filter(|(info, _)| info.split(' ').any(|it| it == mark)).map(|it| it.1).collect()
}

fn codes(fixture: &str) -> BTreeSet<&'static str> {
    let fixture = Fixture::new(&format!("{fixture}\n"));
    let cx = fixture.snapshot();
    let pages = cx.pages().flat_map(|it| findings(&cx, it));
    let files = cx.all_settings().iter().flat_map(|it| settings_findings(it));
    pages.chain(files).map(|it| it.code).collect()
}

#[test]
fn the_bad_examples_of_the_manual_are_found_and_the_good_ones_are_not() {
    for rule in RULES {
        let (bad, good) = (examples(rule.docs, "bad"), examples(rule.docs, "good"));
        // A test cannot write down bytes that are no text.
        assert!(!bad.is_empty() || rule.code == "not-utf-8", "{} has no bad example", rule.code);
        for it in bad {
            assert!(codes(it).contains(rule.code), "{} does not find:\n{it}", rule.code);
        }
        for it in good {
            assert!(!codes(it).contains(rule.code), "{} finds:\n{it}", rule.code);
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
