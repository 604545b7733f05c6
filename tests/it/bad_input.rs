//! Whatever an editor sends, the server lives on and loses nothing.

use serde_json::{Value, json};

use crate::wire::Editor;

#[track_caller]
fn still_well(editor: &mut Editor, uri: &str, text: &str) {
    assert_eq!(editor.command("casebook.text", json!([{ "uri": uri }])), text);
}

fn opened() -> (Editor, String) {
    let mut editor = Editor::open_folder(&[("a.md", "# A\n")]);
    let uri = editor.open("a.md");
    (editor, uri)
}

#[test]
fn survives_what_is_not_json_and_says_so() {
    let (mut editor, uri) = opened();
    editor.send_raw(b"Content-Length: 9\r\n\r\n{\"jsonrpc");
    let answer =
        editor.await_message("an error", |it| it["id"].is_null() && it.get("error").is_some());
    assert_eq!(answer["error"]["code"], -32700);
    editor.send_raw(b"nonsense\r\n\r\nContent-Length: many\r\n\r\n");
    still_well(&mut editor, &uri, "# A\n");
}

#[test]
fn survives_unknown_methods() {
    let (mut editor, uri) = opened();
    assert_eq!(editor.request_error("textDocument/horoscope", json!({}))["code"], -32601);
    editor.notify("$/unknown", json!({}));
    editor.notify("workspace/unknown", Value::Null);
    still_well(&mut editor, &uri, "# A\n");
}

#[test]
fn survives_malformed_and_foreign_addresses() {
    let (mut editor, uri) = opened();
    for other in
        ["git:/x/a.md?ref", "untitled:Untitled-1", "file://", "http://example.org/a.md", "::"]
    {
        let page =
            json!({ "uri": other, "languageId": "markdown", "version": 1, "text": "[x](y.md)" });
        editor.notify("textDocument/didOpen", json!({ "textDocument": page }));
        let id = editor.ask("textDocument/hover", Editor::at(other, 0, 0));
        editor.answer(id);
        editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": other } }));
    }
    still_well(&mut editor, &uri, "# A\n");
}

#[test]
fn cuts_positions_past_the_end() {
    let (mut editor, uri) = opened();
    assert_eq!(
        editor.request("textDocument/hover", Editor::at(&uri, 4_000_000_000, 7)),
        Value::Null
    );
    editor.change(&uri, [9, 9, 99, 99], "B");
    editor.change(&uri, [0, 99, 0, 0], "!");
    still_well(&mut editor, &uri, "# A!\nB");
}

#[test]
fn leaves_alone_what_was_never_opened() {
    let (mut editor, uri) = opened();
    let other = editor.uri("b.md");
    editor.change(&other, [0, 0, 0, 0], "text");
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": other } }));
    assert_eq!(editor.command("casebook.text", json!([{ "uri": other }])), Value::Null);
    still_well(&mut editor, &uri, "# A\n");
}

#[test]
fn complains_about_settings_that_make_no_sense_and_keeps_working() {
    let (mut editor, uri) = opened();
    // This editor has no settings of its own to ask for, so what is sent counts.
    let mut plain = Editor::spawn(&["lsp"]);
    plain.initialize(json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    let settings = json!({ "casebook": { "diagnostics": { "debounce": "soon" } } });
    plain.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    let message = plain.notification("window/showMessage");
    assert!(message["message"].as_str().unwrap().starts_with("`casebook.diagnostics.debounce` is"));
    for settings in [json!(null), json!(7), json!({ "casebook": [] })] {
        editor.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    }
    still_well(&mut editor, &uri, "# A\n");
}

#[test]
fn null_for_params_is_no_error() {
    let (mut editor, _) = opened();
    assert_eq!(editor.request("shutdown", Value::Null), Value::Null);
}
