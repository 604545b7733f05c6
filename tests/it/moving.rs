//! Renames and moves as they go over the wire. What they change is tested beside each feature.

use serde_json::{Value, json};

use crate::wire::{Editor, abilities};

const FILES: &[(&str, &str)] = &[
    ("index.md", "# Index\n\n[Kafka](messaging/kafka.md#the-log)\n"),
    ("messaging/kafka.md", "# Kafka\n\n## The log\n\n[up](../index.md)\n"),
];

/// An editor that can take edits of texts by version and move files.
fn opened() -> (Editor, String) {
    let mut abilities = abilities();
    abilities["workspace"]["workspaceEdit"] =
        json!({ "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] });
    let mut editor = Editor::open_folder_as(FILES, abilities);
    let uri = editor.open("index.md");
    (editor, uri)
}

fn with_name(mut params: Value, name: &str) -> Value {
    params["newName"] = name.into();
    params
}

#[test]
fn an_edit_of_an_open_page_names_its_version_and_one_of_a_closed_page_none() {
    let (mut editor, uri) = opened();
    editor.change(&uri, [0, 7, 0, 7], "!");
    let at = Editor::at(&uri, 2, 30);
    let found = editor.request("textDocument/prepareRename", at.clone());
    assert_eq!(found["placeholder"], "The log");
    assert_eq!(found["range"]["start"], json!({ "line": 2, "character": 27 }));
    let found = editor.request("textDocument/rename", with_name(at, "The journal"));
    let changes = found["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["textDocument"], json!({ "uri": uri, "version": 2 }));
    assert_eq!(changes[0]["edits"][0]["newText"], "the-journal");
    assert_eq!(changes[1]["textDocument"]["version"], Value::Null);
    assert_eq!(changes[1]["edits"][0]["newText"], "The journal");
}

#[test]
fn an_editor_that_moves_a_folder_is_told_what_to_edit_before() {
    let (mut editor, uri) = opened();
    let root = uri.strip_suffix("/index.md").unwrap().to_owned();
    let files = json!([{ "oldUri": format!("{root}/messaging"), "newUri": format!("{root}/a/b") }]);
    let found = editor.request("workspace/willRenameFiles", json!({ "files": files }));
    let changes = found["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[0]["edits"][0]["newText"], "a/b/kafka.md");
    assert_eq!(changes[1]["textDocument"]["uri"], format!("{root}/messaging/kafka.md"));
    assert_eq!(changes[1]["edits"][0]["newText"], "../../index.md");
}

#[test]
fn a_link_renames_its_file_after_the_texts() {
    let (mut editor, uri) = opened();
    let at = Editor::at(&uri, 2, 12);
    let found = editor.request("textDocument/rename", with_name(at, "messaging/log.md"));
    let kinds = found["documentChanges"].as_array().unwrap().iter().map(|it| it["kind"].clone());
    assert_eq!(kinds.collect::<Vec<_>>(), [Value::Null, json!("rename")]);
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence() {
    let (mut editor, uri) = opened();
    let at = Editor::at(&uri, 2, 12);
    let error = editor.request_error("textDocument/rename", with_name(at, "index.md"));
    assert_eq!(error["code"], -32803);
    assert_eq!(error["message"], "there is already a `index.md`");
    let nothing = editor.request("textDocument/prepareRename", Editor::at(&uri, 1, 0));
    assert_eq!(nothing, Value::Null);
}

#[test]
fn a_deletion_is_let_be_but_what_it_breaks_is_told() {
    let (mut editor, uri) = opened();
    let root = uri.strip_suffix("/index.md").unwrap().to_owned();
    let files = json!({ "files": [{ "uri": format!("{root}/messaging") }] });
    let found = editor.request("workspace/willDeleteFiles", files);
    assert_eq!(found, Value::Null);
    let said = editor.notification("window/showMessage");
    let said = said["message"].as_str().unwrap().to_owned();
    assert!(said.starts_with("1 link on 1 page leads to what is deleted."), "{said}");
}

#[test]
fn links_to_what_is_deleted_are_taken_away_if_the_author_says_so() {
    let mut abilities = abilities();
    abilities["workspace"]["applyEdit"] = true.into();
    let editor = &mut Editor::open_folder_as(FILES, abilities);
    let uri = editor.open("index.md");
    let files = json!({ "files": [{ "uri": editor.uri("messaging/kafka.md") }] });
    editor.request("workspace/willDeleteFiles", files);
    let asked = editor.await_message("an edit", |it| it["method"] == "workspace/applyEdit");
    let edit = &asked["params"]["edit"]["changes"][&uri][0];
    assert_eq!(edit["newText"], "Kafka");
    assert_eq!(edit["range"]["start"], json!({ "line": 2, "character": 0 }));
}

#[test]
fn links_to_what_is_deleted_lead_elsewhere_if_the_author_says_so() {
    let mut abilities = abilities();
    abilities["workspace"]["applyEdit"] = true.into();
    let more = [FILES, &[("messaging/README.md", "# Messaging\n")]].concat();
    let editor = &mut Editor::open_folder_as(&more, abilities);
    editor.picks = "Point to messaging/README.md".to_owned();
    let uri = editor.open("index.md");
    let files = json!({ "files": [{ "uri": editor.uri("messaging/kafka.md") }] });
    editor.request("workspace/willDeleteFiles", files);
    let asked = editor.await_message("an edit", |it| it["method"] == "workspace/applyEdit");
    assert_eq!(asked["params"]["edit"]["changes"][&uri][0]["newText"], "messaging/README.md");
}

#[test]
fn a_new_empty_study_is_filled_if_the_editor_makes_edits_on_request() {
    let mut abilities = abilities();
    abilities["workspace"]["applyEdit"] = true.into();
    let editor = &mut Editor::open_folder_as(FILES, abilities);
    editor.open("index.md");
    let made = ["case-studies/apache-kafka.md", "notes/plan.md", "case-studies/full.md"];
    let texts = ["", "", "# Full\n"];
    made.iter().zip(texts).for_each(|(name, text)| crate::wire::write(editor.folder(), name, text));
    let files: Vec<Value> = made.iter().map(|it| json!({ "uri": editor.uri(it) })).collect();
    editor.notify("workspace/didCreateFiles", json!({ "files": files }));
    let asked = editor.await_message("an edit", |it| it["method"] == "workspace/applyEdit");
    let changes = asked["params"]["edit"]["changes"].as_object().unwrap();
    assert_eq!(changes.len(), 1);
    let text = changes[&editor.uri(made[0])][0]["newText"].as_str().unwrap();
    assert!(
        text.starts_with("---\ntitle: \"Apache Kafka\"\n---\n\n# Apache Kafka\n\n## "),
        "{text}"
    );
}

#[test]
fn a_second_edit_waits_until_the_editor_has_made_the_first() {
    let (mut editor, uri) = opened();
    let at = Editor::at(&uri, 2, 30);
    editor.request("textDocument/rename", with_name(at, "The journal"));
    // Some editors ask again before they tell what they have done with the answer.
    let root = uri.strip_suffix("/index.md").unwrap().to_owned();
    let files = json!([{ "oldUri": format!("{root}/messaging"), "newUri": format!("{root}/a") }]);
    let asked = editor.ask("workspace/willRenameFiles", json!({ "files": files }));
    let renamed = FILES[1].1.replace("The log", "The journal");
    editor.open_with("messaging/kafka.md", &renamed);
    editor.change(&uri, [2, 27, 2, 34], "the-journal");
    let answer = editor.answer(asked)["result"].clone();
    let changes = answer["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["textDocument"], json!({ "uri": uri, "version": 2 }));
    assert_eq!(changes[0]["edits"][0]["newText"], "a/kafka.md");
}

#[test]
fn an_edit_that_the_editor_does_not_make_is_not_waited_for_for_ever() {
    let (mut editor, uri) = opened();
    let at = Editor::at(&uri, 2, 30);
    editor.request("textDocument/rename", with_name(at.clone(), "The journal"));
    let found = editor.request("textDocument/rename", with_name(at, "The diary"));
    assert_eq!(found["documentChanges"][0]["edits"][0]["newText"], "the-diary");
}

#[test]
fn what_has_just_moved_can_move_on() {
    let (mut editor, uri) = opened();
    let folder = editor.folder().path().to_owned();
    let moved = |from: &str, to: &str| {
        let uri = |it: &str| format!("{}/{it}", uri.strip_suffix("/index.md").unwrap());
        json!({ "files": [{ "oldUri": uri(from), "newUri": uri(to) }] })
    };
    std::fs::rename(folder.join("messaging/kafka.md"), folder.join("messaging/log.md")).unwrap();
    editor.change(&uri, [2, 18, 2, 23], "log");
    editor.notify("workspace/didRenameFiles", moved("messaging/kafka.md", "messaging/log.md"));
    let found = editor.request("workspace/willRenameFiles", moved("messaging/log.md", "log.md"));
    assert_eq!(found["documentChanges"][0]["edits"][0]["newText"], "log.md");
}
