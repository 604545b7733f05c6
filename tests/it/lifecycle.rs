//! How a session begins and ends.

use serde_json::{Value, json};

use crate::wire::{Editor, abilities, folder, root};

fn shaken() -> Editor {
    let mut editor = Editor::spawn(&["lsp"]);
    editor.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    editor
}

#[test]
fn ends_with_0_after_shutdown_and_exit_although_its_input_stays_open() {
    let mut editor = shaken();
    assert_eq!(editor.request("shutdown", Value::Null), Value::Null);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait().code(), Some(0));
}

#[test]
fn ends_with_1_after_an_exit_without_shutdown() {
    let mut editor = shaken();
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait().code(), Some(1));
}

#[test]
fn ends_when_its_input_closes() {
    let mut editor = shaken();
    editor.hang_up();
    assert_eq!(editor.wait().code(), Some(1));
}

#[test]
fn ends_when_the_editor_dies() {
    let mut short_lived = std::process::Command::new("sleep").arg("100").spawn().unwrap();
    let mut editor = Editor::spawn(&["lsp"]);
    editor
        .initialize(json!({ "processId": short_lived.id(), "rootUri": null, "capabilities": {} }));
    short_lived.kill().unwrap();
    short_lived.wait().unwrap();
    assert_eq!(editor.wait().code(), Some(1));
}

#[test]
fn serves_without_a_word_when_its_input_is_no_terminal() {
    let mut editor = Editor::spawn(&[]);
    editor.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    assert_eq!(editor.offer["hoverProvider"], true);
}

#[test]
fn agrees_on_the_encoding_that_the_editor_offers() {
    for (offered, agreed) in [
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-16", "utf-32"]), "utf-32"),
        (json!(["utf-16"]), "utf-16"),
        (Value::Null, "utf-16"),
    ] {
        let mut editor = Editor::spawn(&["lsp"]);
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        editor.initialize(
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
        );
        assert_eq!(editor.offer["positionEncoding"], agreed);
    }
}

#[test]
fn falls_back_to_the_root_uri() {
    let folder = folder(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let mut editor = Editor::spawn(&["lsp"]);
    let uri = format!("file://{}", root(&folder).display());
    editor.initialize(json!({ "processId": null, "rootUri": uri, "capabilities": {} }));
    editor.wait_until_read(2);
}

#[test]
fn shows_how_many_pages_it_reads() {
    let editor = &mut Editor::open_folder(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let begin = editor.await_message("progress", |it| {
        it["method"] == "$/progress" && it["params"]["value"]["kind"] == "begin"
    });
    assert_eq!(begin["params"]["value"]["title"], "Indexing 2 pages");
    editor.await_message("the end of the progress", |it| {
        it["method"] == "$/progress" && it["params"]["value"]["kind"] == "end"
    });
}

#[test]
fn works_on_a_single_page_without_a_folder() {
    let folder = folder(&[("a.md", "")]);
    let mut editor = Editor::spawn(&["lsp"]);
    editor.initialize(json!({ "processId": null, "rootUri": null, "capabilities": abilities() }));
    let uri = format!("file://{}/a.md", root(&folder).display());
    let text = "# A\n[here](#a) [gone](#b) [who knows](b.md)\n";
    let page = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
    editor.notify("textDocument/didOpen", json!({ "textDocument": page }));
    assert_eq!(editor.findings(&uri, |_| true), ["no heading `#b` on this page"]);
}

#[test]
fn folders_come_and_go_while_it_runs() {
    let editor = &mut Editor::open_folder(&[("a.md", "[b](../other/b.md)")]);
    let other = folder(&[("b.md", "# B\n"), ("c.md", "# C\n")]);
    let entry = json!({ "uri": format!("file://{}", root(&other).display()), "name": "other" });
    let event = json!({ "added": [entry], "removed": [] });
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    editor.wait_until_read(3);
    let event = json!({ "added": [], "removed": [entry] });
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    editor.wait_until_read(1);
}

#[test]
fn cancelled_requests_are_answered_as_cancelled_or_as_usual() {
    let editor = &mut Editor::open_folder(&[("a.md", "# A\n")]);
    let id = editor.ask("workspace/symbol", json!({ "query": "a" }));
    editor.notify("$/cancelRequest", json!({ "id": id }));
    let answer = editor.answer(id);
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_array(), "{answer}");
    editor.notify("$/setTrace", json!({ "value": "verbose" }));
    assert!(editor.request("workspace/symbol", json!({ "query": "a" })).is_array());
}
