use std::collections::BTreeMap;

use proptest::{prelude::*, sample::select};

use super::*;
use crate::rules::{Finding, findings};

const NAMES: &[&str] = &["/w/a.md", "/w/b.md", "/w/p/c.md", "/w/p/index.md", "/w/log.svg"];
const LINES: &[&str] = &[
    "# One",
    "## Two",
    "# One",
    "[x](a.md)",
    "[x](b.md#one)",
    "[x](p/c.md#two)",
    "[x](#one-1)",
    "[x](../b.md#two)",
    "[x](p/)",
    "[x](p)",
    "![x](log.svg)",
    "[x][ref]",
    "[ref]: p/c.md#one",
    "<a id=\"three\"></a> [x](#three)",
];

/// Something that happens to one page.
#[derive(Clone, Debug)]
enum Step {
    Edit(&'static str, String),
    Close(&'static str),
    Find(&'static str, String),
    Lose(&'static str),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let text = || proptest::collection::vec(select(LINES), 0..6).prop_map(|it| it.join("\n\n"));
    let page = || select(&NAMES[..4]);
    let step = prop_oneof![
        4 => (page(), text()).prop_map(|(name, text)| Step::Edit(name, text)),
        1 => page().prop_map(Step::Close),
        3 => (select(NAMES), text()).prop_map(|(name, text)| Step::Find(name, text)),
        2 => select(NAMES).prop_map(Step::Lose),
    ];
    proptest::collection::vec(step, 1..24)
}

/// What is on disk and what editors hold: the truth that the world is compared with.
#[derive(Default)]
struct Truth {
    disk: BTreeMap<&'static str, String>,
    held: BTreeMap<&'static str, String>,
}

impl Truth {
    /// Notes the step, and says what the world is told of it.
    fn take(&mut self, step: Step, version: i32) -> Change {
        match step {
            Step::Edit(name, text) => {
                self.held.insert(name, text.clone());
                Change::Edited { path: Path::new(name), version, text: text.as_str().into() }
            }
            Step::Close(name) => {
                self.held.remove(name);
                let disk = self.disk.get(name).cloned().map(Content::Text);
                Change::Closed { path: Path::new(name), disk }
            }
            Step::Find(name, text) => {
                self.disk.insert(name, text.clone());
                Change::Found(vec![draft(name, text)])
            }
            Step::Lose(name) => {
                self.disk.remove(name);
                Change::Lost(vec![Path::new(name)])
            }
        }
    }

    /// A world that learns it all at once.
    fn fresh(&self) -> World {
        let world = opened();
        for (name, text) in &self.held {
            let text = text.as_str().into();
            world.apply(Change::Edited { path: Path::new(name), version: 0, text });
        }
        let found = self.disk.iter().map(|(name, text)| draft(name, text.clone()));
        world.apply(Change::Found(found.collect()));
        world
    }
}

fn opened() -> World {
    let world = World::default();
    let sites = vec![Arc::new(Site::plain("/w"))];
    world.apply(Change::Roots { folders: vec![Path::new("/w")], sites });
    world
}

fn draft(name: &str, text: String) -> Draft {
    let path = Path::new(name);
    let content = if path.is_page() { Content::Text(text) } else { Content::Asset };
    Draft::new(Arc::new(Site::plain("/w")), path, content)
}

/// The findings of all pages; suggestions aside, which may name any page.
fn all_findings(cx: &Snapshot) -> BTreeMap<Path, Vec<Finding>> {
    cx.pages().map(|it| (it.path.clone(), plain(findings(cx, it)))).collect()
}

fn plain(found: Vec<Finding>) -> Vec<Finding> {
    found.into_iter().map(|it| Finding { suggestions: Vec::new(), ..it }).collect()
}

proptest! {
    /// Findings that are made anew only for the affected pages are those of a world made at once.
    #[test]
    fn what_is_kept_up_to_date_equals_what_is_made_from_scratch(steps in steps()) {
        let world = opened();
        let mut truth = Truth::default();
        let mut kept: BTreeMap<Path, Vec<Finding>> = BTreeMap::new();
        for (step, version) in steps.into_iter().zip(1..) {
            let affected = world.apply(truth.take(step, version));
            let cx = world.snapshot();
            kept.retain(|path, _| cx.document(path).is_some());
            for document in affected.0.iter().filter_map(|it| cx.page(*it)) {
                kept.insert(document.path.clone(), plain(findings(&cx, document)));
            }
            let fresh = truth.fresh().snapshot();
            prop_assert_eq!(&kept, &all_findings(&fresh));
            let paths = |cx: &Snapshot| cx.files().cloned().collect::<Vec<_>>();
            prop_assert_eq!(paths(&cx), paths(&fresh));
        }
    }
}

#[test]
fn a_snapshot_never_changes() {
    let world = opened();
    world.apply(Change::Found(vec![draft("/w/a.md", "# One".to_owned())]));
    let before = world.snapshot();
    world.apply(Change::Found(vec![draft("/w/a.md", "# Two".to_owned())]));
    let title = |cx: &Snapshot| cx.pages().map(|it| it.title().to_owned()).collect::<Vec<_>>();
    assert_eq!(
        (title(&before), title(&world.snapshot())),
        (vec!["One".into()], vec!["Two".into()])
    );
}

#[test]
fn only_pages_that_link_to_what_changed_are_affected() {
    let world = opened();
    let page = |text: &str| text.to_owned();
    world.apply(Change::Found(vec![
        draft("/w/a.md", page("# One")),
        draft("/w/b.md", page("[x](a.md#one)")),
        draft("/w/p/c.md", page("[x](../a.md)")),
    ]));
    let affected = |text: &str| {
        let text = text.into();
        let affected = world.apply(Change::Edited { path: Path::new("/w/a.md"), version: 1, text });
        let cx = world.snapshot();
        affected
            .0
            .iter()
            .filter_map(|it| cx.page(*it))
            .map(|it| it.path.name().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(affected("# One\n\nmore"), ["a.md"]);
    assert_eq!(affected("# Other"), ["a.md", "b.md"]);
}
