//! What always holds: whatever stands in a page, and wherever an author points, there is an answer, and
//! what it would change lies in the texts that it changes.

use proptest::prelude::*;

use super::{
    Place, call_hierarchy, code_actions, code_lens, completion, definition, document_links,
    document_symbols, folding, highlight, hover, inlay_hints, references, rename, selection,
    semantic_tokens,
};
use crate::{
    model::{Changes, Path},
    rules,
    syntax::tests::PIECES,
    testing::Fixture,
    text::{Span, offset},
    world::{Change, DocId, Snapshot},
};

/// What the other pages of the workspace are called, and ways to name them.
const NAMES: &[&str] =
    &["Aurora", "quorum", "[q](patterns/quorum.md#why)", "../", "#why", "# Why\n", "12M users"];

const OTHERS: &str = "
//- patterns/quorum.md
# Quorum

## Why

See [a page](../a.md), [a place](../a.md#why) and Aurora.
//- case-studies/aurora.md
---
systems: [Aurora]
patterns_used: [quorum]
metrics: {scale: 12M users}
---
# Aurora
//- a.md
";

/// How a site of each kind is told of.
const SITES: &[&str] = &[
    "",
    MKDOCS,
    "//- book.toml\n[book]\nsrc = \".\"\n//- SUMMARY.md\n- [A](a.md)\n",
    "//- hugo.toml\ncontentDir = \".\"\n",
    "//- docusaurus.config.js\nexport default {};\n",
    "//- _config.yml\ntitle: A\n",
    "//- .vitepress/config.ts\nexport default {};\n",
    "//- docfx.json\n{}\n//- toc.yml\n- name: A\n  href: a.md\n",
    "//- .obsidian/app.json\n{}\n",
];

const MKDOCS: &str = "//- mkdocs.yml
docs_dir: .
nav: [a.md, patterns/quorum.md]
markdown_extensions: [admonition, attr_list, md_in_html, pymdownx.details, pymdownx.tabbed]
";

/// Whether every edit lies in its text, and none meets another.
fn sound(cx: &Snapshot, changes: &Changes) -> Result<(), String> {
    for (path, edits) in changes.edits.iter().chain(&changes.doubtful) {
        let Some(page) = cx.document(path) else { return Err(format!("no page `{path:?}`")) };
        let text = page.text.to_string();
        let mut spans: Vec<Span> = edits.iter().map(|it| it.span).collect();
        spans.sort_unstable();
        if let Some(lost) = spans.iter().find(|it| text.get(it.range()).is_none()) {
            return Err(format!("{lost:?} lies outside of {text:?}"));
        }
        if let Some(both) = spans.windows(2).find(|it| it[0].end > it[1].start) {
            return Err(format!("{both:?} meet in {text:?}"));
        }
    }
    Ok(())
}

/// Asks everything that can be asked about a place; the spans within its page that the answers name.
fn ask(cx: &Snapshot, at: Place) -> Result<Vec<Span>, String> {
    let mut spans = selection::selection(cx, at);
    if let Some(pair) = spans.windows(2).find(|it| !it[1].contains(it[0])) {
        return Err(format!("{pair:?} do not lie in each other"));
    }
    spans.extend(hover::hover(cx, at).map(|it| it.span));
    spans.extend(definition::definition(cx, at).iter().map(|it| it.origin));
    spans.extend(highlight::highlights(cx, at).iter().map(|it| it.span));
    spans.extend(highlight::linked(cx, at));
    references::references(cx, at, true);
    call_hierarchy::prepare(cx, at);
    completion::completion(cx, at, true);
    if rename::prepare(cx, at).is_some() {
        for name in ["New name", "x/y.md", "", "é #"] {
            rename::rename(cx, at, name).map_or(Ok(()), |it| sound(cx, &it))?;
        }
    }
    let (document, here) = (cx.page(at.id).ok_or("no page")?, Span::empty(at.at));
    let findings = rules::findings(cx, document);
    let actions = code_actions::code_actions(cx, document, &findings, here).into_iter();
    let refactorings = code_actions::refactorings(cx, at.id, here).into_iter().map(|it| it.1);
    for action in actions.chain(refactorings).chain(code_actions::fix_all(cx, at.id)) {
        if let Ok(Some(changes)) = code_actions::resolve(cx, at.id, &action.choice) {
            sound(cx, &changes).map_err(|it| format!("{}: {it}", action.title))?;
        }
    }
    Ok(spans)
}

/// Asks everything that can be asked about a page; the spans within it that the answers name.
fn survey(cx: &Snapshot, id: DocId, whole: Span) -> Vec<Span> {
    let mut spans: Vec<Span> =
        semantic_tokens::semantic_tokens(cx, id, whole).into_iter().map(|it| it.0).collect();
    spans.extend(code_lens::lenses(cx, id).iter().map(|it| it.0));
    let document = cx.page(id).expect("a page");
    spans.extend(document_links::document_links(document).map(|it| it.1));
    spans.extend(inlay_hints::inlay_hints(cx, id, whole).iter().map(|it| Span::empty(it.at)));
    document_symbols::document_symbols(cx, id);
    folding::folding(cx, id);
    spans
}

proptest! {
    #![proptest_config(crate::testing::cases(300))]

    #[test]
    fn every_question_about_any_text_has_an_answer(
        parts in prop::collection::vec(
            prop::sample::select(PIECES.iter().chain(NAMES).copied().collect::<Vec<_>>()),
            0..40,
        ),
        places in prop::collection::vec(any::<prop::sample::Index>(), 4),
        site in prop::sample::select(SITES),
    ) {
        let text = parts.concat();
        let fixture = Fixture::new(&format!("{site}{}", OTHERS.trim_start()));
        let path = Path::new("/w/a.md");
        fixture.world.apply(Change::Edited { path: path.clone(), version: 1, text: text.as_str().into() });
        let cx = fixture.snapshot();
        let id = cx.document(&path).expect("it is there").id;
        let mut spans = survey(&cx, id, Span::from(0..text.len()));
        let ends: Vec<usize> = text.char_indices().map(|it| it.0).chain([text.len()]).collect();
        for place in places {
            let at = offset(*place.get(&ends));
            let asked = ask(&cx, Place { id, at });
            prop_assert!(asked.is_ok(), "{:?} at {at} of {text:?}", asked.err());
            spans.extend(asked.unwrap_or_default());
        }
        for span in spans {
            prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
        }
    }
}
