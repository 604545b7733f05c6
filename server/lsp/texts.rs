//! Texts that an editor has open: pages, and files of settings.

use std::sync::Arc;

use tower_lsp::ls_types::{DidChangeTextDocumentParams, TextDocumentItem, Uri};

use super::{
    answer,
    overtaken::edited,
    session::{Session, path},
    settings_file::Files,
};
use crate::{
    disk,
    text::Text,
    world::{Change, Owner},
};

pub(super) fn opened(session: &Session, opened: &TextDocumentItem) {
    let path = path(&opened.uri);
    session.overtaken.forget(&path);
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
        let text = edited(text, &params.content_changes, view.encoding);
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
    let now = (document.text.clone(), answer::version(document).unwrap_or(version));
    let change = (version, params.content_changes);
    let (text, version) = session.overtaken.after(&path, now, change, view.encoding);
    session.write(Change::Edited { path, version, text });
}

pub(super) fn closed(session: &Arc<Session>, uri: Uri) {
    let path = path(&uri);
    session.files.closed(session, &path);
    session.overtaken.forget(&path);
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
