use std::collections::BTreeMap;

use proptest::{prelude::*, sample::select};

use super::*;
use crate::{
    rules::{Finding, findings},
    syntax::bombs::PIECES,
};

const NAMES: &[&str] =
    &["/w/a.md", "/w/b.md", "/w/p/c.md", "/w/p/index.md", "/w/log.svg", "/w/p/pic.svg"];
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
    "[x](P/C.md)",
    "[x](p)",
    "![x](log.svg)",
    "[x][ref]",
    "[ref]: p/c.md#one",
    "<a id=\"three\"></a> [x](#three)",
    "[[a]] [[index#one]]",
    "[[p/c#two]]",
    "![[log.svg]] [[P/Index]] [[pic.svg]]",
];

/// What knowledge is read from, to be thrown together with pieces of Markdown.
const ANYTHING: &[&str] = &[
    "---\ntype: case-study\ntitle: \"É (x): y\"\npatterns: [quorum, \"生, b\"]\n---\n",
    "---\ntype: pattern\nmodern_examples:\n- company: É\n  scale: 7T msgs\n---\n",
    "| System | Patterns |\n|---|---|\n| É (x) | Two, [Three](b.md) |\n",
    "- **É生**: 7M/s, 99.9% \u{a0}of it\n",
    "\n## Key metrics\n\n",
    "1.5 M\u{b5}s",
];

/// Lines that give, use and teach names of systems and patterns.
const KNOWING: &[&str] = &[
    "---\ntype: case-study\ntitle: Apache Kafka\naliases: [Log]\npatterns: [quorum, pub-sub]\n---",
    "---\ntype: pattern\ntitle: Quorum (QR)\nmodern_examples:\n- company: Kafka\n  scale: 7T messages\n---",
    "---\ntype: pattern\ntitle: Publish-Subscribe\n---",
    "---\nredirect_to: a.md\n---",
    "# Case studies",
    "- **[Kafka](a.md)** - A log of 7T messages",
    "- **[Redis](b.md)** - A store",
    "- Kafka: 7T messages/day",
    "[Pub/Sub](p/c.md)",
    "[Pub/Sub](b.md)",
    "[QR](a.md)",
    "| System | Patterns | Scale |\n|---|---|---|\n| Kafka | Quorum, Pub/Sub | 7T messages |",
    "| System | Patterns |\n|---|---|\n| Redis | QR, Quora |",
    "- Kafka: 8T messages/day",
    "[Redis](b.md)",
    "[Pub/Sub](gone/c.md)",
    "[Log](gone/b.md)",
    "---\ntype: case-study\ntitle: Apache Kafka\naliases: [Log]\npatterns: [pub-sub: why]\n---",
];

/// Something that happens to one page.
#[derive(Clone, Debug)]
enum Step {
    Edit(&'static str, String),
    Close(&'static str),
    Find(&'static str, String),
    Lose(&'static str),
}

fn steps(lines: &'static [&str]) -> impl Strategy<Value = Vec<Step>> {
    let text =
        move || proptest::collection::vec(select(lines), 0..6).prop_map(|it| it.join("\n\n"));
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
    /// Whether these are notes with wiki links.
    notes: bool,
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

    /// A world that knows of nothing yet.
    fn opened(&self) -> World {
        let mut site = Site::plain("/w");
        site.dialect.reads.wiki_links = self.notes;
        let world = World::default();
        let sites = vec![Arc::new(site)];
        world.apply(Change::Roots { folders: vec![Path::new("/w")], sites });
        world
    }

    /// A world that learns it all at once.
    fn fresh(&self) -> World {
        let world = self.opened();
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
    Truth::default().opened()
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
    found.into_iter().map(|it| Finding { suggestions: Vec::new(), sure: false, ..it }).collect()
}

proptest! {
    #![proptest_config(crate::testing::cases(256))]

    /// Findings that are made anew only for the affected pages are those of a world made at once.
    #[test]
    fn what_is_kept_up_to_date_equals_what_is_made_from_scratch(
        steps in steps(LINES), notes in any::<bool>(),
    ) {
        let mut truth = Truth { notes, ..Truth::default() };
        let world = truth.opened();
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

    /// The same for what the names on a page lead to, and what is stated about what they name.
    #[test]
    fn what_names_lead_to_is_kept_up_to_date(steps in steps(KNOWING)) {
        let world = opened();
        let mut truth = Truth::default();
        let mut kept: BTreeMap<Path, Vec<String>> = BTreeMap::new();
        for (step, version) in steps.into_iter().zip(1..) {
            let affected = world.apply(truth.take(step, version));
            let cx = world.snapshot();
            kept.retain(|path, _| cx.document(path).is_some());
            for document in affected.0.iter().filter_map(|it| cx.page(*it)) {
                kept.insert(document.path.clone(), known(&cx, document));
            }
            let fresh = truth.fresh().snapshot();
            let all: BTreeMap<_, _> =
                fresh.pages().map(|it| (it.path.clone(), known(&fresh, it))).collect();
            prop_assert_eq!(&kept, &all);
        }
    }
}

/// What a rule may ask about the names on a page: no spans and no text of other pages.
fn known(cx: &Snapshot, document: &Document) -> Vec<String> {
    let knowledge = &document.outline.knowledge;
    let keys =
        knowledge.refers.iter().map(|it| &it.key).chain(knowledge.names.iter().map(|it| &it.key));
    let asked = keys.map(|key| {
        let pages = cx.entity(key);
        let pages: Vec<_> = pages.iter().map(|it| (it.document.path.as_str(), it.origin)).collect();
        let facts: Vec<_> =
            cx.facts_about(key).into_iter().map(|it| (&it.0.path, &it.1.says)).collect();
        let uses: Vec<_> = cx.uses_of(key).into_iter().map(|it| (&it.0.path, it.1.spot)).collect();
        let own = cx.entity(key).into_iter().flat_map(|it| &it.document.outline.knowledge.facts);
        let own: Vec<_> =
            own.filter(|it| matches!(it.about, Key::Page(_))).map(|it| &it.says).collect();
        format!("{key:?}: {pages:?} {own:?} {facts:?} {uses:?}")
    });
    asked.chain([format!("{:?}", cx.page_kind(document))]).collect()
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

/// The pages that an edit of a page affects, by name.
#[track_caller]
fn affected(world: &World, name: &str, text: &str) -> Vec<String> {
    let path = Path::new(name);
    let affected = world.apply(Change::Edited { path, version: 1, text: text.into() });
    let cx = world.snapshot();
    affected.0.iter().filter_map(|it| cx.page(*it)).map(|it| it.path.name().to_owned()).collect()
}

#[test]
fn pages_that_use_a_name_are_affected_by_what_is_stated_about_it() {
    let world = opened();
    let row = |figure: &str| format!("| System | Scale |\n|---|---|\n| Kafka | {figure} |");
    world.apply(Change::Found(vec![
        draft("/w/a.md", row("7T messages")),
        draft("/w/b.md", "---\nsystems: [Kafka]\nscale: {peak: 7T}\n---".to_owned()),
        draft("/w/p/c.md", "# Other".to_owned()),
    ]));
    assert_eq!(affected(&world, "/w/a.md", &row("8T messages")), ["a.md", "b.md"]);
    assert_eq!(affected(&world, "/w/a.md", &format!("\n{}", row("8T messages"))), ["a.md"]);
    let study = "---\nsystems: [Kafka]\nscale: {peak: 8T}\n---";
    assert_eq!(affected(&world, "/w/b.md", study), ["a.md", "b.md"]);
}

#[test]
fn a_page_is_affected_when_an_index_begins_to_list_it() {
    let world = opened();
    world.apply(Change::Found(vec![
        draft("/w/index.md", "# Studies\n\n[Redis](b.md)".to_owned()),
        draft("/w/b.md", "# Redis".to_owned()),
    ]));
    let listed = "# Studies\n\n- [Redis](b.md) - a store";
    assert_eq!(affected(&world, "/w/index.md", listed), ["index.md", "b.md"]);
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
    assert_eq!(affected(&world, "/w/a.md", "# One\n\nmore"), ["a.md"]);
    assert_eq!(affected(&world, "/w/a.md", "# Other"), ["a.md", "b.md"]);
}

proptest! {
    #![proptest_config(crate::testing::cases(512))]

    #[test]
    fn any_text_is_reduced_to_what_lies_in_it(
        parts in proptest::collection::vec(prop_oneof![select(ANYTHING), select(PIECES)], 0..30),
    ) {
        let text = parts.concat();
        for dialect in crate::syntax::tests::dialects() {
            let site = Arc::new(Site { dialect, ..Site::plain("/w") });
            let path = Path::new("/w/a.md");
            let draft = Draft::new(site, path.clone(), Content::Text(text.clone()));
            let world = World::default();
            world.apply(Change::Found(vec![draft]));
            let cx = world.snapshot();
            let outline = &cx.document(&path).expect("the page is there").outline;
            let (defines, knowledge) = (&outline.defines, &outline.knowledge);
            let spans = defines.iter().map(|it| it.span);
            let spans = spans.chain(knowledge.names.iter().map(|it| it.span));
            let spans = spans.chain(knowledge.refers.iter().map(|it| it.span));
            for span in spans.chain(knowledge.facts.iter().map(|it| it.span)) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
            }
        }
    }
}
