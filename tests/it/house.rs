//! The layers of the house hold: who may use whom, in one table.

use std::{fs, path::Path};

/// A room, and the rooms of this crate and the outside crates that it may use. `std` is everyone's.
const HOUSE: &[(&str, &[&str], &[&str])] = &[
    ("text", &[], &["memchr", "ropey"]),
    (
        "syntax",
        &["text"],
        &[
            "pulldown_cmark",
            "saphyr_parser",
            "toml",
            "html_escape",
            "unicode_normalization",
            "memchr",
            "emojis",
            "foldhash",
        ],
    ),
    (
        "model",
        &["text", "syntax"],
        &["percent_encoding", "globset", "ignore", "foldhash", "memchr"],
    ),
    ("world", &["text", "syntax", "model"], &["aho_corasick", "imbl", "foldhash", "memchr"]),
    (
        "rules",
        &["text", "syntax", "model", "world"],
        &["dashmap", "strsim", "percent_encoding", "encoding_rs"],
    ),
    (
        "features",
        &["text", "syntax", "model", "world", "rules"],
        &["nucleo_matcher", "percent_encoding", "rayon"],
    ),
    ("settings", &["text", "model", "rules"], &["serde_json", "strsim", "toml"]),
    ("disk", &["text", "model", "world", "settings"], &["ignore", "rayon", "tracing"]),
    (
        "lsp",
        &["text", "model", "world", "rules", "features", "settings", "disk"],
        &["tower_lsp", "tokio", "serde", "serde_json", "notify", "rayon", "rustix", "tracing"],
    ),
    (
        "cli",
        &["text", "model", "world", "rules", "features", "settings", "disk"],
        &[
            "clap",
            "annotate_snippets",
            "html_escape",
            "notify",
            "rayon",
            "serde",
            "serde_json",
            "similar",
            "strsim",
            "tracing_subscriber",
        ],
    ),
];

/// At most so many lines a file has without its tests.
const LONGEST: usize = 400;

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let name = path.strip_prefix(root().join("server")).unwrap().display().to_string();
            found.push((name.replace('\\', "/"), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&root().join("server"), &mut found);
    found.sort();
    found
}

fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap()
}

#[test]
fn every_file_opens_with_what_it_is() {
    let bare = all().into_iter().filter(|(name, text)| {
        !name.ends_with("tests.rs")
            && !text.starts_with("//! ")
            && !text.starts_with("#![doc = include_str!")
    });
    assert_eq!(bare.map(|it| it.0).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn no_file_is_too_long() {
    let long = all().into_iter().filter(|(name, text)| {
        !name.ends_with("tests.rs") && without_tests(text).lines().count() > LONGEST
    });
    assert_eq!(long.map(|it| it.0).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_room_uses_only_what_it_may() {
    let mut wrong = Vec::new();
    for (name, text) in all() {
        let room = name.split('/').next().unwrap().trim_end_matches(".rs");
        let Some((_, rooms, crates)) = HOUSE.iter().find(|it| it.0 == room) else { continue };
        if name.ends_with("tests.rs") {
            continue;
        }
        for used in used(without_tests(&text)) {
            let allowed = match used.strip_prefix("crate::") {
                Some(other) => other == room || rooms.contains(&other),
                None => crates.contains(&used.as_str()),
            };
            if !allowed {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert_eq!(wrong, Vec::<String>::new());
}

/// The rooms and outside crates that a file uses, by its `use` lines and by paths that begin with
/// `crate::`.
fn used(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|it| !it.trim_start().starts_with("//"))
        .fold(String::new(), |all, line| all + line + "\n");
    let mut found = Vec::new();
    for part in code.split("use ").skip(1) {
        let tree = part.split(';').next().unwrap();
        let first = tree.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap();
        if tree.starts_with("crate::{") {
            let inner = &tree["crate::{".len()..tree.rfind('}').unwrap_or(tree.len())];
            let mut depth = 0;
            let parts = inner.split(|it: char| {
                depth += i32::from(it == '{') - i32::from(it == '}');
                it == ',' && depth == 0
            });
            let names = parts.map(|it| it.trim().split("::").next().unwrap());
            found.extend(names.filter(|it| !it.is_empty()).map(|it| format!("crate::{it}")));
        } else if !["std", "super", "self", "crate"].contains(&first) && part.contains("::") {
            found.push(first.to_owned());
        }
    }
    for part in code.split("crate::").skip(1) {
        let name = part.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap();
        if !name.is_empty() {
            found.push(format!("crate::{name}"));
        }
    }
    found.retain(|it| it.chars().all(|it| it.is_alphanumeric() || it == '_' || it == ':'));
    // A local `use` of an enum's variants, or of a sibling module, begins with neither.
    found.retain(|it| {
        it.starts_with("crate::")
            || HOUSE.iter().any(|room| room.2.contains(&it.as_str()))
            || is_dependency(it)
    });
    found
}

fn is_dependency(name: &str) -> bool {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let listed = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    listed.lines().any(|it| it.split('=').next().unwrap().trim().replace('-', "_") == name)
}
