//! What always holds: no refactoring takes a link elsewhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use proptest::prelude::*;

use super::{REFACTORINGS, apply};
use crate::{
    features::under,
    model::{Changes, Path},
    rules::edited,
    testing::{Fixture, cases},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// The texts of a workspace by their paths from the root.
type Texts = BTreeMap<String, String>;

/// Where links lead, by what they say: `n1` to the mark behind a heading.
type Ends = BTreeMap<String, BTreeSet<String>>;

fn world(texts: &Texts) -> std::sync::Arc<Snapshot> {
    let pages = texts.iter().map(|(path, text)| format!("//- {path}\n{text}"));
    Fixture::new(&pages.collect::<String>()).snapshot()
}

fn after(cx: &Snapshot, texts: &Texts, changes: &Changes) -> Texts {
    let stay = texts.iter().map(|(path, text)| {
        let edits = changes.edits.get(&Path::new(&format!("/w/{path}")));
        (path.clone(), edited(text, edits.map(Vec::as_slice).unwrap_or_default()))
    });
    let come = changes.creates.iter().map(|(path, text)| (cx.shown(path), text.clone()));
    stay.chain(come).collect()
}

fn ends(cx: &Snapshot) -> Ends {
    let mut found = Ends::new();
    for page in cx.pages() {
        for (index, link) in page.page.links.iter().enumerate() {
            let said = page.source(link.text);
            if said.starts_with('n') && said.len() > 1 {
                let end = match under::target(cx, page, index) {
                    Some(Resolved::Page(to, Some(place))) => mark(to, place),
                    Some(Resolved::Page(to, None)) => cx.shown(&to.path),
                    _ => "nothing".to_owned(),
                };
                found.entry(said).or_default().insert(end);
            }
        }
    }
    found
}

/// What marks a place, however it is called: the line behind a heading, or the id itself.
fn mark(page: &Document, place: Span) -> String {
    if page.page.headings.iter().all(|it| it.span != place) {
        return page.source(place);
    }
    let text = page.text.to_string();
    let behind = text[place.end as usize..].lines().find(|it| !it.trim().is_empty());
    behind.unwrap_or_default().to_owned()
}

const HEADINGS: &[&str] = &["Log", "The *log*", "Log", "Part", "Part {#log}"];
const ENDS: &[&str] =
    &["#log", "#log-1", "#log-2", "#the-log", "#part", "#part-1", "#id0", "#id2", "#top", ""];

#[derive(Clone, Debug)]
struct Section {
    level: usize,
    heading: usize,
    id: bool,
    /// To which page, to which place, in which way.
    links: Vec<(usize, usize, usize)>,
}

fn section() -> impl Strategy<Value = Section> {
    let links = prop::collection::vec((0..2_usize, 0..ENDS.len(), 0..5_usize), 0..4);
    (2..4_usize, 0..HEADINGS.len(), any::<bool>(), links)
        .prop_map(|(level, heading, id, links)| Section { level, heading, id, links })
}

fn written(page: usize, sections: &[Section]) -> String {
    let (mut text, mut last) = (format!("# Top\n\nmark-{page}\n\n"), String::new());
    let add = |to: &mut String, more: std::fmt::Arguments<'_>| {
        let _ = to.write_fmt(more);
    };
    for (at, section) in sections.iter().enumerate() {
        let (marks, title) = ("#".repeat(section.level), HEADINGS[section.heading]);
        add(&mut text, format_args!("{marks} {title}\n\nmark-{page}-{at}\n\n"));
        if section.id {
            add(&mut text, format_args!("<a id=\"id{at}\"></a>\n\n"));
        }
        for (number, (to, end, way)) in section.links.iter().enumerate() {
            let name = format!("{page}{at}{number}");
            let dest = match (*to == page, ENDS[*end]) {
                (true, "") => "#top".to_owned(),
                (true, end) => end.to_owned(),
                (false, end) => format!("{}.md{end}", ["a", "b"][*to]),
            };
            match way {
                0 => add(&mut text, format_args!("See [n{name}]({dest}).\n\n")),
                1 => add(&mut text, format_args!("[n{name}]({dest})\n\n")),
                2 => add(&mut text, format_args!("[n{name}][l{name}]\n\n[l{name}]: {dest}\n\n")),
                3 => {
                    add(
                        &mut text,
                        format_args!("[n{name}][l{name}] [n{name}x](<{dest}> \"t\")\n\n"),
                    );
                    add(&mut last, format_args!("[l{name}]: {dest}\n"));
                }
                _ => {
                    add(&mut text, format_args!("- [n{name}]({dest})\n\n"));
                    add(&mut last, format_args!("\n[n{name}y][m{name}]\n\n[m{name}]: {dest}\n"));
                }
            }
        }
    }
    text.push_str(&last);
    text
}

prop_compose! {
    fn workspace()(
        a in prop::collection::vec(section(), 1..6),
        b in prop::collection::vec(section(), 0..3),
    ) -> Texts {
        let texts = [("a.md", written(0, &a)), ("b.md", written(1, &b))];
        texts.into_iter().map(|(path, text)| (path.to_owned(), text)).collect()
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn no_refactoring_takes_a_link_elsewhere(
        texts in workspace(), which in 0..REFACTORINGS.len(), at in any::<prop::sample::Index>(),
    ) {
        let cx = world(&texts);
        let page = cx.document(&Path::new("/w/a.md")).expect("a page");
        let headings = page.page.headings.iter().map(|it| Span::empty(it.span.start));
        let links = page.page.links.iter().map(|it| Span::empty(it.span.start));
        let mut spans: Vec<Span> = headings.chain(links).collect();
        spans.push(Span::new(0, page.text.len()));
        let name = REFACTORINGS[which].name;
        let Ok(changes) = apply(&cx, page.id, name, spans[at.index(spans.len())]) else {
            return Ok(());
        };
        let new = after(&cx, &texts, &changes);
        let (before, after) = (ends(&cx), ends(&world(&new)));
        let lost = before.keys().filter(|it| !after.contains_key(*it)).count();
        prop_assert!(lost <= usize::from(matches!(name, "remove-link" | "inline-section")), "{new:#?}");
        // A link that led nowhere may find its place in what was copied.
        let nothing = BTreeSet::from(["nothing".to_owned()]);
        let found = |said: &String| name == "inline-section" && before.get(said) == Some(&nothing);
        for (said, to) in after.into_iter().filter(|it| !found(&it.0)) {
            prop_assert_eq!(Some(&to), before.get(&said), "{} by {}\n{:#?}", said, name, new);
        }
    }
}
