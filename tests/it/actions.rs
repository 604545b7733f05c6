//! Code actions as they go over the wire. What they do is tested beside each rule.

use serde_json::{Value, json};

use crate::wire::{Editor, abilities};

const FILES: &[(&str, &str)] =
    &[("a.md", "# A\n\n[q](gone/quorum.md)\n"), ("p/quorum.md", "# Quorum\n")];

fn modern() -> Value {
    let mut can = abilities();
    can["workspace"]["workspaceEdit"] = json!({
        "documentChanges": true,
        "resourceOperations": ["create", "rename", "delete"],
        "changeAnnotationSupport": { "groupsOnLabel": true },
    });
    can["textDocument"]["codeAction"] = json!({
        "dataSupport": true, "isPreferredSupport": true,
        "resolveSupport": { "properties": ["edit"] },
    });
    can
}

fn ask(editor: &mut Editor, uri: &str, only: Value) -> Vec<Value> {
    let at = json!({ "line": 2, "character": 6 });
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [], "only": only },
    });
    editor.request("textDocument/codeAction", params).as_array().unwrap().clone()
}

#[test]
fn a_repair_is_worked_out_when_it_is_picked_and_names_the_version_it_is_for() {
    let editor = &mut Editor::open_folder_as(FILES, modern());
    let uri = editor.open("a.md");
    let actions = ask(editor, &uri, Value::Null);
    assert_eq!(actions[0]["title"], "Change to `p/quorum.md`");
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["kind"], "quickfix");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "broken-link");
    assert!(actions[0].get("edit").is_none(), "{}", actions[0]);
    let resolved = editor.request("codeAction/resolve", actions[0].clone());
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": uri, "version": 1 }));
    assert_eq!(change["edits"][0]["newText"], "p/quorum.md");
    editor.change(&uri, [0, 0, 0, 0], "\n");
    let error = editor.request_error("codeAction/resolve", actions[0].clone());
    assert_eq!(error["code"], -32801);
}

#[test]
fn all_safe_repairs_are_made_on_save_when_asked() {
    let editor = &mut Editor::open_folder_as(FILES, modern());
    let uri = editor.open("a.md");
    let actions = ask(editor, &uri, json!(["source.fixAll"]));
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["kind"], "source.fixAll.casebook");
    let resolved = editor.request("codeAction/resolve", actions[0].clone());
    assert_eq!(resolved["edit"]["documentChanges"][0]["edits"][0]["newText"], "p/quorum.md");
    let others = ask(editor, &uri, json!(["refactor"]));
    assert!(others.iter().all(|it| it["kind"].as_str().unwrap().starts_with("refactor.")));
}

#[test]
fn an_editor_that_cannot_wait_gets_the_edit_at_once_in_the_form_it_knows() {
    let editor = &mut Editor::open_folder(FILES);
    let uri = editor.open("a.md");
    let actions = ask(editor, &uri, Value::Null);
    assert_eq!(actions[0]["edit"]["changes"][&uri][0]["newText"], "p/quorum.md");
}

#[test]
fn what_turns_out_to_be_impossible_when_picked_says_why() {
    let files = &[
        ("a.md", "# A\n\n## Quorum\n\nText.\n"),
        ("quorum.md", "# Quorum\n"),
        ("a-quorum.md", "# Quorum\n"),
    ];
    let editor = &mut Editor::open_folder_as(files, modern());
    let uri = editor.open("a.md");
    let actions = ask(editor, &uri, json!(["refactor.extract"]));
    assert_eq!(actions[0]["title"], "Extract section to a new study");
    let error = editor.request_error("codeAction/resolve", actions[0].clone());
    assert_eq!(error["code"], -32803);
    assert_eq!(error["message"], "there is already a `quorum.md`");
}
