//! Texts that an editor has open: pages, and files of settings.

use std::sync::Arc;

use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, TextDocumentContentChangeEvent, TextDocumentItem, Uri,
};

use super::{
    position::Encoding,
    session::{Session, path},
    settings_file::Files,
};
use crate::{
    disk,
    text::{Edit, Text},
    world::{Change, Owner},
};

pub(super) fn opened(session: &Session, opened: &TextDocumentItem) {
    let path = path(&opened.uri);
    let text: Text = opened.text.as_str().into();
    if Files::takes(&path) {
        session.files.edited(session, path, opened.version, text);
        return;
    }
    if path.is_read() || matches!(opened.language_id.as_str(), "markdown" | "mdx") {
        session.write(Change::Edited { path, version: opened.version, text });
    }
}

pub(super) fn changed(session: &Session, params: DidChangeTextDocumentParams) {
    let path = path(&params.text_document.uri);
    let version = params.text_document.version;
    let view = session.view();
    if let Some(text) = session.files.text(&path) {
        let text = edited(text, params.content_changes, view.encoding);
        session.files.edited(session, path, version, text);
        return;
    }
    let known = view.cx.document(&path).filter(|it| it.owner != Owner::Disk);
    let Some(document) = known else {
        if !Files::takes(&path) {
            tracing::warn!("`{path}` changed, but was never opened");
        }
        return;
    };
    let text = edited(document.text.clone(), params.content_changes, view.encoding);
    session.write(Change::Edited { path, version, text });
}

/// The text after changes, which an editor makes one after the other.
fn edited(mut text: Text, all: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) -> Text {
    for change in all {
        match change.range {
            None => text = change.text.as_str().into(),
            Some(range) => {
                let span = encoding.span(&text, range);
                text.apply(&Edit { span, with: change.text });
            }
        }
    }
    text
}

pub(super) fn closed(session: &Arc<Session>, uri: Uri) {
    let path = path(&uri);
    session.files.closed(session, &path);
    let view = session.view();
    if view.document(&uri).is_none_or(|it| it.owner == Owner::Disk) {
        return;
    }
    // A page outside the workspace is known only as long as it is open.
    let cx = view.cx;
    let disk = cx.covers(path.as_str()).then(|| disk::read(&path, cx.settings(&path)));
    drop(cx);
    session.write(Change::Closed { path, disk: disk.flatten() });
    if !session.abilities().pulls {
        let session = Arc::clone(session);
        tokio::spawn(
            async move { session.client.publish_diagnostics(uri, Vec::new(), None).await },
        );
    }
}
