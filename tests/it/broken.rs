//! The workspace that has one example of everything a rule finds, and the two edges that find it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use crate::wire::{Editor, abilities};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn casebook(arguments: &[&str], at: &Path) -> String {
    let run =
        Command::new(env!("CARGO_BIN_EXE_casebook")).args(arguments).arg(at).output().unwrap();
    String::from_utf8(run.stdout).unwrap()
}

/// A finding: the file, its place in characters, its code, its level.
type Found = (String, [u64; 4], String, String);

fn on_the_terminal(folder: &Path) -> BTreeSet<Found> {
    let said = casebook(&["check", "--format", "json", "--severity", "hint"], folder);
    let rows = said.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
    let found = rows.map(|it| {
        let at =
            ["line", "column", "end_line", "end_column"].map(|name| it[name].as_u64().unwrap() - 1);
        let text = |name: &str| it[name].as_str().unwrap().to_owned();
        (text("path"), at, text("code"), text("severity"))
    });
    found.collect()
}

fn codes() -> Vec<String> {
    let run =
        Command::new(env!("CARGO_BIN_EXE_casebook")).args(["rules", "--format", "json"]).output();
    let rules: Vec<Value> = serde_json::from_slice(&run.unwrap().stdout).unwrap();
    rules.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

/// The codes that comments in a page name.
fn named(text: &str) -> BTreeSet<String> {
    let comments = text.lines().filter_map(|it| {
        let it = it.trim();
        it.strip_prefix("<!-- ").and_then(|it| it.strip_suffix(" -->")).or(it.strip_prefix("# "))
    });
    let known = codes();
    let words = comments.flat_map(|it| it.split(", ").map(str::to_owned).collect::<Vec<_>>());
    words.filter(|it| known.contains(it)).collect()
}

#[test]
fn every_rule_has_an_example_a_manual_page_and_a_test() {
    let found: BTreeSet<String> =
        on_the_terminal(&fixtures().join("broken")).into_iter().map(|it| it.2).collect();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("server/rules");
    for code in codes() {
        assert!(found.contains(&code), "fixtures/broken has no example of {code}");
        let file = code.replace("utf-8", "utf8").replace('-', "_");
        assert!(rules.join(format!("{file}.md")).exists(), "{code} has no manual page");
        let source = fs::read_to_string(rules.join(format!("{file}.rs"))).unwrap();
        assert!(source.contains("#[test]"), "{code} has no test");
    }
}

#[test]
fn every_finding_of_the_examples_is_named_in_its_page_and_no_other_is() {
    let folder = fixtures().join("broken");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, _, code, _) in on_the_terminal(&folder) {
        found.entry(path).or_default().insert(code);
    }
    for (path, codes) in &found {
        let text = String::from_utf8_lossy(&fs::read(folder.join(path)).unwrap()).into_owned();
        assert_eq!(*codes, named(&text), "{path}");
    }
}

#[test]
fn the_examples_are_as_they_were_received() {
    let wrong = fs::read(fixtures().join("broken/latin-1.md")).unwrap();
    assert!(String::from_utf8(wrong).is_err());
}

/// What an editor that pulls hears of every page, and of the file of settings if there is news of it.
fn in_the_editor(folder: &Path, settings: bool) -> BTreeSet<Found> {
    let mut can = abilities();
    can["general"]["positionEncodings"] = json!(["utf-32"]);
    can["textDocument"]["diagnostic"] = json!({});
    can["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut editor = Editor::spawn(&["lsp"]);
    let root = fs::canonicalize(folder).unwrap();
    let uri = format!("file://{}", root.display());
    editor.initialize(json!({
        "workspaceFolders": [{ "uri": uri, "name": "w" }], "capabilities": can,
    }));
    editor.notification("workspace/diagnostic/refresh");
    let all = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let mut reports: Vec<Value> = all["items"].as_array().unwrap().clone();
    if settings {
        let file = editor.notification("textDocument/publishDiagnostics");
        reports.push(json!({ "uri": file["uri"], "items": file["diagnostics"] }));
    }
    let found = reports.iter().flat_map(|report| {
        let path =
            report["uri"].as_str().unwrap().strip_prefix(&uri).unwrap()[1..].replace("%20", " ");
        let items = report["items"].as_array().unwrap().iter();
        items.map(move |it| {
            let range = &it["range"];
            let at = [
                &range["start"]["line"],
                &range["start"]["character"],
                &range["end"]["line"],
                &range["end"]["character"],
            ];
            let levels = ["error", "warning", "info", "hint"];
            let level = levels[usize::try_from(it["severity"].as_u64().unwrap() - 1).unwrap()];
            let code = it["code"].as_str().unwrap().to_owned();
            (path.clone(), at.map(|it| it.as_u64().unwrap()), code, level.to_owned())
        })
    });
    found.collect()
}

#[test]
fn the_editor_and_the_command_line_find_the_same_in_every_fixture() {
    for entry in fs::read_dir(fixtures()).unwrap() {
        let folder = entry.unwrap().path();
        if folder.is_dir() {
            let terminal = on_the_terminal(&folder);
            let settings = terminal.iter().any(|it| it.0 == "casebook.toml");
            assert_eq!(in_the_editor(&folder, settings), terminal, "{}", folder.display());
        }
    }
}
