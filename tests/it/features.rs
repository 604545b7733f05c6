//! What an author sees, as it goes over the wire. What it says is tested beside each feature.

use serde_json::{Value, json};

use crate::wire::Editor;

const FILES: &[(&str, &str)] = &[
    (
        "index.md",
        "# Index\n\n- [Kafka](messaging/kafka.md#challenges)\n- [gone](messaging/gone.md)\n",
    ),
    (
        "messaging/kafka.md",
        "---\ntitle: Apache Kafka\n---\n# Kafka\n\nA log.\n\n## Challenges\n\nMany.\n",
    ),
];

fn opened() -> (Editor, String) {
    let mut editor = Editor::open_folder(FILES);
    let uri = editor.open("index.md");
    (editor, uri)
}

#[test]
fn a_broken_link_is_underlined_where_its_destination_stands() {
    let (mut editor, uri) = opened();
    let found = editor.notification("textDocument/publishDiagnostics");
    assert_eq!(found["uri"], uri);
    assert_eq!(found["version"], 1);
    let found = &found["diagnostics"][0];
    assert_eq!(found["code"], "broken-link");
    assert_eq!(
        found["range"],
        json!({ "start": { "line": 3, "character": 9 }, "end": { "line": 3, "character": 26 } })
    );
    assert_eq!(found["data"]["suggestions"], json!([]));
}

#[test]
fn completion_offers_a_study_by_title_and_shows_it_only_when_asked() {
    let (mut editor, uri) = opened();
    editor.change(&uri, [4, 0, 4, 0], "[x](kaf");
    let found = editor.request("textDocument/completion", Editor::at(&uri, 4, 7));
    assert_eq!(found["isIncomplete"], true);
    let item = found["items"][0].clone();
    assert_eq!(item["label"], "messaging/kafka.md");
    assert_eq!(item["labelDetails"]["detail"], "  Apache Kafka");
    assert_eq!(item["textEdit"]["newText"], "messaging/kafka.md");
    assert_eq!(item["textEdit"]["range"]["start"], json!({ "line": 4, "character": 4 }));
    assert!(item.get("documentation").is_none());
    let resolved = editor.request("completionItem/resolve", item);
    assert!(resolved["documentation"]["value"].as_str().unwrap().contains("A log."));
}

#[test]
fn hover_definition_and_references_agree_on_a_heading() {
    let (mut editor, uri) = opened();
    let at = Editor::at(&uri, 2, 30);
    let card = editor.request("textDocument/hover", at.clone());
    assert!(card["contents"]["value"].as_str().unwrap().contains("## Challenges"));
    let found = editor.request("textDocument/definition", at.clone());
    let line =
        json!({ "start": { "line": 7, "character": 0 }, "end": { "line": 7, "character": 13 } });
    assert_eq!(found[0]["targetRange"], line);
    assert_eq!(found[0]["targetUri"], editor.uri("messaging/kafka.md"));
    assert_eq!(found[0]["originSelectionRange"]["start"], json!({ "line": 2, "character": 28 }));
    let mut params = at;
    params["context"] = json!({ "includeDeclaration": false });
    let found = editor.request("textDocument/references", params);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["uri"], uri);
}

#[test]
fn symbols_are_listed() {
    let (mut editor, uri) = opened();
    let page = json!({ "textDocument": { "uri": uri } });
    assert_eq!(editor.request("textDocument/documentSymbol", page)[0]["name"], "Index");
    let found = editor.request("workspace/symbol", json!({ "query": "kafka" }));
    let names: Vec<_> = found.as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
    assert_eq!(names, ["Apache Kafka", "Kafka"]);
}

#[test]
fn a_link_to_the_heading_at_the_cursor_can_be_copied() {
    let (mut editor, _) = opened();
    let kafka = editor.uri("messaging/kafka.md");
    let at = json!([{ "uri": kafka, "position": { "line": 9, "character": 0 } }]);
    let link = editor.command("casebook.linkToHeading", at);
    assert_eq!(link["markdown"], "[Challenges](messaging/kafka.md#challenges)");
}

#[test]
fn after_a_check_the_findings_of_pages_that_are_not_open_are_kept_up_to_date() {
    let mut editor = Editor::open_folder(FILES);
    let uri = editor.uri("index.md");
    let counted = editor.command("casebook.check", json!([]));
    assert_eq!(counted, json!({ "pages": 2, "problems": 1 }));
    editor.findings(&uri, |it| it.len() == 1);
    crate::wire::write(editor.folder(), "messaging/gone.md", "# Found");
    let gone = editor.uri("messaging/gone.md");
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": gone, "type": 1 }] }),
    );
    editor.findings(&uri, <[String]>::is_empty);
}

#[test]
fn entries_of_a_navigation_are_links_and_the_rest_is_left_to_its_own_language() {
    let mut editor = Editor::open_folder(&[
        ("mkdocs.yml", "site_name: S\nnav:\n  - Kafka: kafka.md\n  - gone.md\n"),
        ("docs/kafka.md", "# Kafka\n\nA log.\n"),
    ]);
    let nav = editor.open("mkdocs.yml");
    editor.findings(&nav, |it| it.len() == 1 && it[0].contains("gone.md"));
    let card = editor.request("textDocument/hover", Editor::at(&nav, 2, 14));
    assert!(card["contents"]["value"].as_str().unwrap().contains("A log."), "{card}");
    let found = editor.request("textDocument/definition", Editor::at(&nav, 2, 14));
    assert!(found.to_string().contains("docs/kafka.md"), "{found}");
    editor.change(&nav, [3, 4, 3, 11], "kaf");
    let offered = editor.request("textDocument/completion", Editor::at(&nav, 3, 7));
    assert_eq!(offered["items"][0]["textEdit"]["newText"], "kafka.md");
    let of = json!({ "textDocument": { "uri": nav } });
    assert_eq!(editor.request("textDocument/foldingRange", of.clone()), Value::Null);
    assert_eq!(editor.request("textDocument/documentSymbol", of), Value::Null);
}
