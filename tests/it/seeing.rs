//! Links, lenses and tokens as they go over the wire: asked for late, and asked for again.

use serde_json::{Value, json};

use crate::wire::{Editor, abilities, root};

const FILES: &[(&str, &str)] = &[
    ("casebook.toml", "codeLens.enabled = true\n"),
    ("index.md", "# Index\n\n[log](kafka.md#the-log) [gone](gone.md)\n"),
    ("kafka.md", "# Kafka\n\n## The log\n"),
];

fn page(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

#[test]
fn what_a_link_opens_is_told_when_it_is_clicked() {
    let mut editor = Editor::open_folder(FILES);
    let uri = editor.open("index.md");
    assert_eq!(editor.offer["documentLinkProvider"]["resolveProvider"], true);
    let found = editor.request("textDocument/documentLink", page(&uri));
    assert_eq!(found.as_array().unwrap().len(), 2);
    assert!(found[0].get("target").is_none(), "{found}");
    let opened = editor.request("documentLink/resolve", found[0].clone());
    assert_eq!(opened["target"], format!("{}#L3", editor.uri("kafka.md")));
    let broken = editor.request("documentLink/resolve", found[1].clone());
    assert!(broken.get("target").is_none(), "{broken}");
    // It stands elsewhere by now.
    editor.change(&uri, [0, 0, 0, 0], "\n");
    let error = editor.request_error("documentLink/resolve", found[0].clone());
    assert_eq!(error["code"], -32801);
}

#[test]
fn a_lens_lists_what_it_counts_where_the_editor_can_and_else_only_says_it() {
    for (options, command) in
        [(json!({}), ""), (json!({ "showReferences": true }), "casebook.showReferences")]
    {
        let folder = crate::wire::folder(FILES);
        let mut editor = Editor::spawn(&["lsp"]);
        let root = format!("file://{}", root(&folder).display());
        editor.initialize(json!({
            "processId": std::process::id(),
            "workspaceFolders": [{ "uri": root, "name": "w" }],
            "capabilities": abilities(),
            "initializationOptions": options,
        }));
        editor.wait_until_read(2);
        let uri = format!("{root}/kafka.md");
        let found = editor.request("textDocument/codeLens", page(&uri));
        assert!(found[1].get("command").is_none(), "{found}");
        let lens = editor.request("codeLens/resolve", found[1].clone());
        assert_eq!(lens["command"]["title"], "1 link");
        assert_eq!(lens["command"]["command"], command);
        if !command.is_empty() {
            let arguments = &lens["command"]["arguments"];
            assert_eq!(arguments[0], uri);
            assert_eq!(arguments[1], json!({ "line": 2, "character": 0 }));
            assert_eq!(arguments[2][0]["uri"], format!("{root}/index.md"));
        }
    }
}

#[test]
fn tokens_and_lenses_are_asked_for_again_when_another_page_makes_them_stale() {
    let mut abilities = abilities();
    for what in ["semanticTokens", "codeLens", "inlayHint"] {
        abilities["workspace"][what] = json!({ "refreshSupport": true });
    }
    let editor = &mut Editor::open_folder_as(FILES, abilities);
    let index = editor.open("index.md");
    let kafka = editor.open("kafka.md");
    let broken = |editor: &mut Editor| {
        let found = editor.request("textDocument/semanticTokens/full", page(&index));
        let found = found["data"].as_array().unwrap().clone();
        found.chunks(5).map(|it| it[4] == 1).collect::<Vec<_>>()
    };
    let refreshed = |editor: &mut Editor, what: &str| {
        let method = format!("workspace/{what}/refresh");
        editor.await_message(&method, |it| it["method"] == method);
    };
    // Once the workspace is read.
    refreshed(editor, "codeLens");
    assert_eq!(broken(editor), [false, true]);
    editor.change(&kafka, [2, 3, 2, 10], "The journal");
    refreshed(editor, "semanticTokens");
    refreshed(editor, "codeLens");
    assert_eq!(broken(editor), [true, true]);
    // A file comes on disk.
    crate::wire::write(editor.folder(), "gone.md", "# Found\n");
    let changes = json!([{ "uri": editor.uri("gone.md"), "type": 1 }]);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    // An earlier call to ask again may have been on its way.
    loop {
        refreshed(editor, "semanticTokens");
        if broken(editor) == [true, false] {
            break;
        }
    }
}
