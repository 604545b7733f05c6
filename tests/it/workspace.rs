//! Pages that change, come and go: in the editor and on disk.

use std::fs;

use serde_json::{Value, json};

use crate::wire::{Editor, abilities, write};

/// An editor that does not watch files: the server does so itself.
fn unwatching() -> Value {
    let mut can = abilities();
    can["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] = json!(false);
    can
}

fn tell(editor: &mut Editor, name: &str, kind: u8) {
    let change = json!({ "uri": editor.uri(name), "type": kind });
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
}

#[test]
fn a_heading_that_changes_breaks_the_links_of_other_open_pages_and_mends_them() {
    let editor =
        &mut Editor::open_folder(&[("a.md", "[w](b.md#writes)\n"), ("b.md", "# B\n## Writes\n")]);
    let (a, b) = (editor.open("a.md"), editor.open("b.md"));
    editor.findings(&a, <[_]>::is_empty);
    editor.change(&b, [1, 3, 1, 9], "Reads");
    let found = editor.findings(&a, |it| !it.is_empty());
    assert_eq!(found, ["no heading `#writes` in `b.md`"]);
    editor.change(&b, [1, 3, 1, 8], "Writes");
    editor.findings(&a, <[_]>::is_empty);
}

#[test]
fn the_unsaved_text_counts_until_the_page_is_closed() {
    let editor = &mut Editor::open_folder(&[("a.md", "[b](b.md#b)\n"), ("b.md", "# B\n")]);
    let a = editor.open("a.md");
    let b = editor.open_with("b.md", "# Other\n");
    editor.findings(&a, |it| it == ["no heading `#b` in `b.md`"]);
    tell(editor, "b.md", 2);
    assert_eq!(editor.command("casebook.text", json!([{ "uri": b }])), "# Other\n");
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": b } }));
    assert_eq!(editor.command("casebook.text", json!([{ "uri": b }])), "# B\n");
    editor.findings(&b, <[_]>::is_empty);
    editor.findings(&a, <[_]>::is_empty);
}

#[test]
fn hears_from_the_editor_what_changes_on_disk() {
    let editor = &mut Editor::open_folder(&[("a.md", "[b](b.md)\n")]);
    let a = editor.open("a.md");
    editor.findings(&a, |it| it == ["no file `b.md`"]);
    write(editor.folder(), "b.md", "# B\n");
    tell(editor, "b.md", 1);
    editor.findings(&a, <[_]>::is_empty);
    fs::rename(editor.folder().path().join("b.md"), editor.folder().path().join("c.md")).unwrap();
    tell(editor, "b.md", 3);
    tell(editor, "c.md", 1);
    editor.findings(&a, |it| it.len() == 1);
    editor.wait_until_read(2);
}

#[test]
fn sees_by_itself_what_changes_on_disk_where_the_editor_does_not_watch() {
    let editor =
        &mut Editor::open_folder_as(&[("a.md", "[b](new/b.md)\n"), ("c.md", "")], unwatching());
    let a = editor.open("a.md");
    editor.findings(&a, |it| it == ["no file `new/b.md`"]);
    write(editor.folder(), "new/b.md", "# B\n");
    editor.findings(&a, <[_]>::is_empty);
    fs::remove_dir_all(editor.folder().path().join("new")).unwrap();
    editor.findings(&a, |it| it.len() == 1);
}

#[test]
fn a_thousand_files_that_change_at_once_are_all_taken_in() {
    let editor = &mut Editor::open_folder(&[("a.md", "# A\n")]);
    let names: Vec<String> = (0..1_000).map(|it| format!("p/{it}.md")).collect();
    names.iter().for_each(|it| write(editor.folder(), it, "# Page\n[a](../a.md)\n"));
    let changes: Vec<Value> =
        names.iter().map(|it| json!({ "uri": editor.uri(it), "type": 1 })).collect();
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    editor.wait_until_read(1_001);
}

#[test]
fn an_editor_that_pulls_gets_what_it_asks_for_and_is_told_to_ask_again() {
    let mut can = abilities();
    can["textDocument"]["diagnostic"] = json!({});
    can["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let editor =
        &mut Editor::open_folder_as(&[("a.md", "[b](b.md)\n"), ("c.md", "[d](d.md)")], can);
    assert_eq!(editor.offer["diagnosticProvider"]["workspaceDiagnostics"], true);
    let a = editor.open("a.md");
    editor.notification("workspace/diagnostic/refresh");
    let ask = |editor: &mut Editor, id: Value| {
        let params = json!({ "textDocument": { "uri": a }, "previousResultId": id });
        editor.request("textDocument/diagnostic", params)
    };
    let first = ask(editor, Value::Null);
    assert_eq!(first["items"][0]["message"], "no file `b.md`");
    assert_eq!(ask(editor, first["resultId"].clone())["kind"], "unchanged");
    let all = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    editor.open_with("b.md", "# B\n");
    editor.notification("workspace/diagnostic/refresh");
    assert_eq!(ask(editor, first["resultId"].clone())["items"], json!([]));
}

#[test]
fn neovim_is_not_told_of_the_findings_of_all_pages_for_it_would_forget_those_of_open_ones() {
    let mut editor = Editor::spawn(&["lsp"]);
    let mut can = abilities();
    can["textDocument"]["diagnostic"] = json!({});
    can["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    editor.initialize(json!({ "clientInfo": { "name": "Neovim" }, "capabilities": can }));
    assert_eq!(editor.offer["diagnosticProvider"]["workspaceDiagnostics"], false);
}

#[test]
fn settings_in_the_folder_take_effect_when_they_are_saved() {
    let editor = &mut Editor::open_folder(&[("a.md", "[b](b.md)\n")]);
    let a = editor.open("a.md");
    editor.findings(&a, |it| it == ["no file `b.md`"]);
    write(editor.folder(), "casebook.toml", "rules.broken-link = \"off\"\nrulez = 1\n");
    tell(editor, "casebook.toml", 1);
    editor.findings(&a, <[_]>::is_empty);
    let file = editor.uri("casebook.toml");
    let wrong = editor.findings(&file, |it| it.len() == 1);
    assert!(wrong[0].starts_with("there is no setting `rulez`: there is `rules`, "), "{wrong:?}");
    fs::remove_file(editor.folder().path().join("casebook.toml")).unwrap();
    tell(editor, "casebook.toml", 3);
    editor.findings(&a, |it| it.len() == 1);
    editor.findings(&file, <[_]>::is_empty);
}

#[test]
fn an_open_file_of_settings_is_explained_completed_and_checked_as_it_is_typed() {
    let editor = &mut Editor::open_folder(&[
        ("a.md", "[b](b.md)\n"),
        ("casebook.toml", "[rules]\nbroken-link = \"info\"\n"),
    ]);
    let a = editor.open("a.md");
    let file = editor.open("casebook.toml");
    let card = editor.request("textDocument/hover", Editor::at(&file, 1, 3));
    assert!(card["contents"]["value"].as_str().unwrap().contains("`rules.broken-link`"), "{card}");

    editor.change(&file, [1, 15, 1, 19], "o");
    let found = editor.findings(&file, |it| it.len() == 1);
    assert!(found[0].contains("is `\"o\"`, not one of"), "{found:?}");
    let offered = editor.request("textDocument/completion", Editor::at(&file, 1, 16));
    let items = offered["items"].as_array().unwrap();
    let off = items.iter().find(|it| it["label"] == "\"off\"").unwrap();
    let quotes =
        json!({ "start": { "line": 1, "character": 14 }, "end": { "line": 1, "character": 17 } });
    assert_eq!(off["textEdit"], json!({ "range": quotes, "newText": "\"off\"" }));

    // What is not saved says nothing of pages.
    editor.change(&file, [1, 14, 1, 17], "\"off\"");
    editor.findings(&file, <[_]>::is_empty);
    assert_eq!(editor.command("casebook.check", json!([]))["problems"], 1);
    editor.change(&file, [1, 0, 1, 11], "broken-lnik");
    editor.findings(&file, |it| it.len() == 1);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": file } }));
    editor.findings(&file, <[_]>::is_empty);
    editor.findings(&a, |it| it.len() == 1);
}
