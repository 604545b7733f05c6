//! Tests of what happens to a rename while the author types on.

use tower_lsp::{LspService, ls_types::InitializeParams};

use super::*;
use crate::{
    features::{Place, rename},
    lsp::{handshake::Abilities, server::Server},
    model::Site,
    world::{Change, Content, Draft},
};

fn path(name: &str) -> Path {
    Path::new(&format!("/w/{name}"))
}

fn edited(session: &Session, name: &str, version: i32, text: &str) {
    session.write(Change::Edited { path: path(name), version, text: text.into() });
}

fn found(session: &Session, name: &str, text: &str) {
    let site = Arc::new(Site::plain("/w"));
    let draft = Draft::new(site, path(name), Content::Text(text.to_owned()));
    session.write(Change::Found(vec![draft]));
}

/// Renames the heading of `kafka.md`, which is open as `index.md` and `notes.md` are; `other.md` links to
/// it, too. Meanwhile something happens.
#[track_caller]
fn renamed(meanwhile: fn(&Session)) -> Result<Option<WorkspaceEdit>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let (service, _socket) = LspService::new(|client| Server(Arc::new(Session::new(client))));
    let session = Arc::clone(&service.inner().0);
    let edits =
        serde_json::json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let capabilities = serde_json::from_value(edits).expect("capabilities");
    let params = InitializeParams { capabilities, ..InitializeParams::default() };
    session.set_abilities(Abilities::new(&params));
    let sites = vec![Arc::new(Site::plain("/w"))];
    session.write(Change::Roots { folders: vec![Path::new("/w")], sites });
    edited(&session, "index.md", 3, "[log](kafka.md#log)\n");
    edited(&session, "kafka.md", 5, "# Log\n");
    edited(&session, "notes.md", 1, "# Notes\n");
    found(&session, "other.md", "[log](kafka.md#log)\n");
    session.set_loaded();
    let own = Arc::clone(&session);
    let answer = change(&session, None, move |view| {
        let id = view.cx.document(&path("kafka.md")).map(|it| it.id).ok_or("no page")?;
        let changes = rename::rename(&view.cx, Place { id, at: 2 }, "Journal");
        meanwhile(&own);
        changes
    });
    runtime.block_on(answer)
}

#[track_caller]
fn is_modified(meanwhile: fn(&Session)) {
    let error = renamed(meanwhile).expect_err("the text is another");
    assert_eq!(error.code, ErrorCode::ContentModified);
}

#[test]
fn names_the_versions_that_it_was_computed_for() {
    let edit = renamed(|_| {}).expect("an answer").expect("an edit");
    let edit = serde_json::to_value(edit).expect("JSON");
    let all = edit["documentChanges"].as_array().expect("changes").iter();
    let versions = all.map(|it| {
        let page = &it["textDocument"];
        format!("{} {}", page["uri"].as_str().unwrap_or_default(), page["version"])
    });
    let expected = ["file:///w/index.md 3", "file:///w/kafka.md 5", "file:///w/other.md null"];
    assert_eq!(versions.collect::<Vec<_>>(), expected);
}

#[test]
fn gives_way_to_an_edit_of_a_page_that_it_edits() {
    is_modified(|session| edited(session, "index.md", 4, "x [log](kafka.md#log)\n"));
    is_modified(|session| edited(session, "kafka.md", 6, "\n# Log\n"));
}

#[test]
fn gives_way_to_an_edit_of_a_page_that_may_link_there_by_now() {
    is_modified(|session| edited(session, "notes.md", 2, "# Notes\n[log](kafka.md#log)\n"));
}

#[test]
fn gives_way_to_a_change_on_disk_of_a_page_that_it_edits() {
    is_modified(|session| found(session, "other.md", "x [log](kafka.md#log)\n"));
    is_modified(|session| drop(session.write(Change::Lost(vec![path("other.md")]))));
}

#[test]
fn minds_no_change_of_pages_that_have_nothing_to_do_with_it() {
    let edit = renamed(|session| found(session, "new.md", "# New\n"));
    assert!(edit.expect("an answer").is_some());
}
