//! A whole workspace in one string.
//!
//! `//- aurora.md` begins a page, `$0` is the cursor, and a line of carets marks the line above it;
//! what stands behind the carets is what the test expects there.

use std::fmt::Write as _;

use crate::{
    features::Place,
    model::{
        Changes, Path,
        path::is_inside,
        site::{Source, discover},
    },
    rules, settings,
    text::{Offset, Span, offset},
    world::{Change, Content, Draft, Snapshot, World},
};

/// The folder that the pages of a fixture lie in.
pub(crate) const ROOT: &str = "/w";

/// A workspace from a string.
pub(crate) struct Fixture {
    pub(crate) world: World,
    pages: Vec<(Path, String, Vec<Mark>)>,
    cursor: Option<(Path, Offset)>,
}

/// A marked place: the span and the note behind the carets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) note: String,
}

impl Fixture {
    /// Reads a fixture and loads its pages into a world.
    #[track_caller]
    pub(crate) fn new(fixture: &str) -> Self {
        Self::looking_for(&[], fixture)
    }

    /// The same with rules turned on that are off.
    #[track_caller]
    pub(crate) fn looking_for(rules: &[&'static str], fixture: &str) -> Self {
        let mut pages: Vec<(Path, String, Vec<Mark>)> = Vec::new();
        let mut cursor = None;
        let mut last_line = 0;
        for line in fixture.strip_prefix('\n').unwrap_or(fixture).split_inclusive('\n') {
            if let Some(name) = line.strip_prefix("//- ") {
                pages.push((
                    Path::new(&format!("{ROOT}/{}", name.trim_end())),
                    String::new(),
                    Vec::new(),
                ));
                continue;
            }
            let (path, text, marks) = pages.last_mut().expect("a fixture begins with a page");
            let bare = line.trim_start();
            if bare.starts_with('^') && !bare.starts_with("^[") {
                let start = last_line + line.len() - bare.len();
                let carets = bare.chars().take_while(|it| *it == '^').count();
                let note = bare[carets..].trim().to_owned();
                marks.push(Mark { span: (start..start + carets).into(), note });
                continue;
            }
            last_line = text.len();
            match line.find("$0") {
                Some(at) => {
                    cursor = Some((path.clone(), offset(text.len() + at)));
                    text.push_str(&line.replacen("$0", "", 1));
                }
                None => text.push_str(line),
            }
        }
        let world = World::default();
        let root = Path::new(ROOT);
        let mut files: Vec<Path> = pages.iter().map(|it| it.0.clone()).collect();
        files.sort();
        let text = |path: &Path| pages.iter().find(|it| it.0 == *path).map(|it| it.1.clone());
        let folder = |it: &str| files.iter().any(|file| is_inside(file.as_str(), it));
        let source = Source { read: &text, folder: &folder };
        let file = pages.iter().find(|it| it.0.name() == settings::FILE_NAME).map(|it| &*it.1);
        let layer = settings::Layer { on: rules.to_vec(), ..settings::Layer::default() };
        let (set, _) = settings::read(ROOT, file, &layer);
        let sites = discover(&[(root.clone(), set.stated())], &files, &source);
        world.apply(Change::Roots { folders: vec![root], sites });
        world.apply(Change::Configured(vec![set.into()]));
        let drafts = pages.iter().map(|(path, text, _)| {
            let content = if path.is_read() { Content::Text(text.clone()) } else { Content::Asset };
            Draft::new(world.snapshot().site(path), path.clone(), content)
        });
        world.apply(Change::Found(drafts.collect()));
        Self { world, pages, cursor }
    }

    pub(crate) fn snapshot(&self) -> std::sync::Arc<Snapshot> {
        self.world.snapshot()
    }

    /// The page and the offset of `$0`.
    #[track_caller]
    pub(crate) fn place(&self) -> Place {
        let (path, at) = self.cursor.clone().expect("the fixture has a cursor");
        let id = self.snapshot().document(&path).expect("the cursor is on a page").id;
        Place { id, at }
    }

    /// Compares marks, page by page, with the carets of the fixture; prints both drawings if they
    /// differ.
    #[track_caller]
    pub(crate) fn expect(&self, found: impl IntoIterator<Item = (Path, Span, String)>) {
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort();
        let drawn = self.draw(|path| {
            let marks = found.iter().filter(|it| it.0 == *path);
            marks.map(|it| Mark { span: it.1, note: it.2.clone() }).collect()
        });
        let wanted = self.draw(|path| {
            let page = self.pages.iter().find(|it| it.0 == *path);
            let mut marks = page.map(|it| it.2.clone()).unwrap_or_default();
            marks.sort();
            marks
        });
        assert!(drawn == wanted, "found:\n{drawn}\nwanted:\n{wanted}");
    }

    fn draw(&self, marks: impl Fn(&Path) -> Vec<Mark>) -> String {
        let mut out = String::new();
        for (path, text, _) in &self.pages {
            let _ = writeln!(out, "//- {path}");
            let marks = marks(path);
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                out.push_str(line.trim_end_matches('\n'));
                out.push('\n');
                let end = at + line.len();
                for mark in marks.iter().filter(|it| (at..end).contains(&(it.span.start as usize)))
                {
                    let lead = " ".repeat(mark.span.start as usize - at);
                    let carets = "^".repeat(mark.span.len().max(1) as usize);
                    let _ = writeln!(out, "{}", format!("{lead}{carets} {}", mark.note).trim_end());
                }
                at = end;
            }
        }
        out
    }
}

/// What a workspace is after a change, as far as it is another: the pages as in a fixture, and edits
/// that a person has to confirm as `?` lines.
pub(crate) fn changed(cx: &Snapshot, changes: &Changes) -> String {
    let mut out = String::new();
    for (path, edits) in &changes.edits {
        let text = cx.document(path).map(|it| it.text.to_string()).unwrap_or_default();
        let _ = write!(out, "//- {}\n{}", cx.shown(path), rules::edited(&text, edits));
    }
    for (path, edits) in &changes.doubtful {
        let text = cx.document(path).map(|it| it.text.to_string()).unwrap_or_default();
        for edit in edits {
            let old = &text[edit.span.range()];
            let _ = writeln!(out, "? {}: {old} -> {}", cx.shown(path), edit.with);
        }
    }
    for (path, text) in &changes.creates {
        let _ = write!(out, "//- {} (new)\n{text}", cx.shown(path));
    }
    for (from, to) in &changes.moves {
        let _ = writeln!(out, "{} -> {}", cx.shown(from), cx.shown(to));
    }
    for path in &changes.deletes {
        let _ = writeln!(out, "{} goes", cx.shown(path));
    }
    out
}

/// How many cases a property is tried with: so many, unless `PROPTEST_CASES` says otherwise. Which cases
/// these are changes from run to run, unless `PROPTEST_RNG_SEED` says otherwise.
pub(crate) fn cases(usual: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok());
    let mut config = proptest::test_runner::Config::with_cases(asked.unwrap_or(usual));
    config.failure_persistence = None;
    config
}

/// Checks that a rule finds what the carets of the fixture mark, with these messages, and no more.
#[track_caller]
pub(crate) fn check_rule(code: &'static str, fixture: &str) {
    let fixture = Fixture::looking_for(&[code], fixture);
    let cx = fixture.snapshot();
    let pages = cx.documents().map(|it| (it.path.clone(), rules::findings(&cx, it)));
    let files = cx
        .all_settings()
        .iter()
        .filter_map(|it| Some((it.file.clone()?.path, rules::settings_findings(&cx, it))));
    let found = pages.chain(files).flat_map(|(path, all)| {
        let all = all.into_iter().filter(|it| it.code == code);
        all.map(|it| (path.clone(), it.span, it.message)).collect::<Vec<_>>()
    });
    fixture.expect(found.collect::<Vec<_>>());
}

/// Checks the repairs of the first finding of a rule: the title of each, and the pages as they are
/// after the first.
#[track_caller]
pub(crate) fn check_fix(code: &'static str, fixture: &str, expected: &expect_test::Expect) {
    let fixture = Fixture::looking_for(&[code], fixture);
    let cx = fixture.snapshot();
    let mut found = cx.documents().flat_map(|document| {
        let all = rules::findings(&cx, document).into_iter().filter(|it| it.code == code);
        all.map(|it| (document, it)).collect::<Vec<_>>()
    });
    let (document, finding) = found.next().expect("the rule finds something");
    let fixes = rules::fixes(&cx, document, &finding);
    let mut out = String::new();
    for fix in &fixes {
        let _ = writeln!(out, "{}{}", fix.title, if fix.safe { "" } else { " (?)" });
    }
    let first = fixes.first().expect("there is a repair");
    let mut paths: Vec<&Path> = first.edits.iter().map(|it| &it.0).collect();
    paths.dedup();
    for path in paths {
        let edits = first.edits.iter().filter(|it| it.0 == *path).map(|it| it.1.clone());
        let text = cx.document(path).expect("the page is there").text.to_string();
        let after = rules::edited(&text, &edits.collect::<Vec<_>>());
        let _ = write!(out, "//- {}\n{after}", cx.shown(path));
    }
    for (path, text) in &first.creates {
        let _ = write!(out, "//- {} (new)\n{text}", cx.shown(path));
    }
    expected.assert_eq(&out);
}
