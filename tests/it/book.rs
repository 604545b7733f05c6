//! The fixture book: every study that its index lists is there, is whole, and is like no other.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use casebook::{
    syntax::{self, Dialect, Page},
    text::Span,
};

const PARTS: [&str; 5] = [
    "Architecture Overview",
    "Key Challenges",
    "Solutions Applied",
    "Lessons Learned",
    "Current State",
];

fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/casebook")
}

/// A page of the book.
struct Study {
    name: String,
    text: String,
    page: Page,
}

impl Study {
    fn read(name: &str) -> Option<Self> {
        let text = fs::read_to_string(book().join(name)).ok()?;
        let page = syntax::parse(&text, &Dialect::default());
        Some(Self { name: name.to_owned(), text, page })
    }

    fn source(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The files its links lead to, from the top of the book, without fragments.
    fn targets(&self) -> Vec<String> {
        let folder = Path::new(&self.name).parent().unwrap();
        let local = self.page.links.iter().filter(|it| !it.is_reference() && !it.path().is_empty());
        let resolved = local.map(|link| {
            let mut parts: Vec<String> = Vec::new();
            for part in folder.join(link.path()).components() {
                match part.as_os_str().to_str().unwrap() {
                    ".." => drop(parts.pop()),
                    part => parts.push(part.to_owned()),
                }
            }
            parts.join("/")
        });
        resolved.collect()
    }

    /// The texts of a front matter field.
    fn field(&self, name: &str) -> Vec<&str> {
        let field = self.page.front_matter.as_ref().and_then(|it| it.get(name));
        field.map(|it| it.scalars()).into_iter().flatten().filter_map(|it| it.as_str()).collect()
    }
}

fn index() -> Study {
    Study::read("index.md").unwrap()
}

/// The entries of the index, by its own order: `- **[Title](path)** - ...`.
fn entries() -> Vec<(String, String, String)> {
    let index = index();
    let entries = index.page.items.iter().filter_map(|item| {
        let entry = index.source(item.text).strip_prefix("**[")?;
        let (title, rest) = entry.split_once("](")?;
        let (path, said) = rest.split_once(")** - ")?;
        Some((title.to_owned(), path.to_owned(), said.to_owned()))
    });
    entries.collect()
}

fn studies() -> Vec<Study> {
    entries().iter().filter_map(|it| Study::read(&it.1)).collect()
}

fn patterns() -> Vec<Study> {
    let files = fs::read_dir(book().join("patterns")).unwrap();
    let names = files.map(|it| it.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.map(|it| format!("patterns/{it}")).collect();
    names.sort();
    names.iter().map(|it| Study::read(it).unwrap()).collect()
}

#[track_caller]
fn none(wrong: impl IntoIterator<Item = String>) {
    assert_eq!(wrong.into_iter().collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_entry_of_the_index_is_a_page_of_that_title() {
    assert_eq!(entries().len(), 83);
    none(entries().iter().filter_map(|(title, path, _)| {
        let Some(study) = Study::read(path) else { return Some(format!("{path} is missing")) };
        // A pattern of the same name keeps it; the study's then says more.
        let stated = study.field("title");
        let same = stated.len() == 1 && stated[0].starts_with(title.as_str());
        (!same).then(|| format!("{path} is called {stated:?}, not {title}"))
    }));
}

#[test]
fn no_study_is_left_out_of_the_index() {
    let listed: BTreeSet<String> = entries().into_iter().map(|it| it.1).collect();
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(book()).unwrap().map(|it| it.unwrap()) {
        let name = folder.file_name().into_string().unwrap();
        if folder.path().is_dir() && name != "patterns" {
            let files = fs::read_dir(folder.path()).unwrap();
            found.extend(
                files.map(|it| format!("{name}/{}", it.unwrap().file_name().to_str().unwrap())),
            );
        }
    }
    assert_eq!(found, listed);
}

#[test]
fn the_index_counts_itself_rightly() {
    let domains: BTreeSet<String> =
        entries().iter().map(|it| it.1.split('/').next().unwrap().to_owned()).collect();
    let stated = format!("{} case studies across {} domains", entries().len(), domains.len());
    assert!(index().text.contains(&stated), "{stated}");
}

#[test]
fn every_study_has_its_parts_and_its_measure() {
    none(studies().iter().filter_map(|study| {
        let second = study.page.headings.iter().filter(|it| it.level == 2).map(|it| &*it.title);
        let headings: Vec<&str> = second.collect();
        let lines = study.text.lines().count();
        let others = study.targets();
        let patterns: BTreeSet<&String> =
            others.iter().filter(|it| it.starts_with("patterns/")).collect();
        let own = others.iter().filter(|it| !it.starts_with("patterns/") && **it != study.name);
        let figures = !study.page.tables.is_empty() || study.page.items.len() > 2;
        let wrong = if headings.get(..5) != Some(&PARTS[..]) {
            "the five parts"
        } else if !headings.iter().any(|it| it.eq_ignore_ascii_case("further reading")) {
            "further reading"
        } else if !(35..=90).contains(&lines) {
            "its length"
        } else if own.count() < 3 {
            "three links to studies"
        } else if patterns.len() < 2 {
            "two links to patterns"
        } else if !figures {
            "a table or a list"
        } else {
            return None;
        };
        Some(format!("{}: {wrong}", study.name))
    }));
}

#[test]
fn every_study_says_in_front_what_it_is_about() {
    let slugs: BTreeSet<String> = patterns()
        .iter()
        .map(|it| Path::new(&it.name).file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    none(studies().iter().flat_map(|study| {
        let matter = study.page.front_matter.as_ref();
        let fields =
            ["title", "description", "company", "domain", "systems", "aliases", "patterns"];
        let mut wrong: Vec<String> = fields
            .iter()
            .filter(|it| study.field(it).is_empty())
            .map(|it| format!("{}: no {it}", study.name))
            .collect();
        if matter.is_none_or(|it| it.error.is_some() || it.get("scale").is_none()) {
            wrong.push(format!("{}: its front matter", study.name));
        }
        let strange = study.field("patterns").into_iter().filter(|it| !slugs.contains(*it));
        wrong.extend(strange.map(|it| format!("{}: no pattern {it}", study.name)));
        wrong
    }));
}

#[test]
fn every_pattern_of_the_table_has_one_page() {
    let pages = patterns();
    let mut called: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for page in &pages {
        for name in page.field("title").into_iter().chain(page.field("aliases")) {
            called.entry(name.to_lowercase()).or_default().push(&page.name);
        }
    }
    let index = index();
    let table = index.page.tables.iter().find(|it| index.source(it.head[1]).contains("Patterns"));
    let cells = table.unwrap().rows.iter().map(|it| index.source(it[1]));
    let names = cells.flat_map(|it| it.split(", "));
    let bare = names.map(|it| it.split(" (").next().unwrap().to_lowercase());
    let names: BTreeSet<String> = bare.collect();
    assert_eq!(names.len(), 37);
    none(names.into_iter().filter(|it| called.get(it).is_none_or(|it| it.len() != 1)));
}

#[test]
fn every_pattern_says_what_why_and_who() {
    none(patterns().iter().filter_map(|page| {
        let headings: Vec<&str> =
            page.page.headings.iter().filter(|it| it.level == 2).map(|it| &*it.title).collect();
        let lines = page.text.lines().count();
        let whole = ["Problem", "Solution", "Trade-offs", "Used by", "Related patterns"];
        (headings != whole || !(20..=50).contains(&lines))
            .then(|| format!("{}: {headings:?}, {lines} lines", page.name))
    }));
}

#[test]
fn every_figure_of_the_index_stands_in_a_study_of_its_system() {
    let (index, studies) = (index(), studies());
    let listed = index.page.items.iter().filter_map(|it| {
        let (system, figures) = index.source(it.text).split_once(": ")?;
        Some((system.to_owned(), figures.to_owned()))
    });
    let tables = index.page.tables.iter().flat_map(|it| &it.rows).map(|row| {
        (index.source(row[0]).trim_matches('*').to_owned(), index.source(row[1]).to_owned())
    });
    let said = entries().into_iter().map(|it| (it.0, it.2));
    none(listed.chain(tables).chain(said).flat_map(|(system, text)| {
        let about: Vec<&Study> = studies.iter().filter(|it| is_about(it, &system)).collect();
        let missing = figures(&text)
            .into_iter()
            .filter(|figure| !about.iter().any(|it| it.text.contains(figure.as_str())));
        missing.map(|it| format!("{system}: {it}")).collect::<Vec<_>>()
    }));
}

/// Whether a study is about a system of this name: it says so, or its title holds all the words.
fn is_about(study: &Study, system: &str) -> bool {
    let names =
        ["title", "systems", "aliases", "company"].into_iter().flat_map(|it| study.field(it));
    let mut names = names.map(str::to_lowercase);
    let words: Vec<String> = system.to_lowercase().split(' ').map(ToOwned::to_owned).collect();
    names.any(|name| words.iter().all(|word| name.contains(word.trim_end_matches('s'))))
}

/// The figures in a text, with their suffixes: `10T+`, `<150ms`, `99.999%`.
fn figures(text: &str) -> Vec<String> {
    let words = text.split(|it: char| it.is_whitespace() || it == '/' || it == ',');
    let words = words.map(|it| it.trim_start_matches(['<', '(']).trim_end_matches([')', '.', ';']));
    let counts = words.filter(|it| {
        it.len() > 1 && it.starts_with(|c: char| c.is_ascii_digit()) && !it.ends_with("th")
    });
    counts.map(ToOwned::to_owned).collect()
}

#[test]
fn no_two_studies_share_a_sentence() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut shared = Vec::new();
    for study in studies().iter().chain(&patterns()) {
        for line in study.text.lines().map(str::trim) {
            if line.len() <= 60 || line.starts_with(['|', '#']) {
                continue;
            }
            if let Some(other) = seen.insert(line.to_owned(), study.name.clone())
                && other != study.name
            {
                shared.push(format!("{other}, {}: {line}", study.name));
            }
        }
    }
    none(shared);
}

#[test]
fn check_finds_nothing_in_the_book() {
    let out =
        Command::new(env!("CARGO_BIN_EXE_casebook")).arg("check").arg(book()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stdout), "");
    assert_eq!(out.status.code(), Some(0));
}
