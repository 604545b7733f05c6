//! Rename, and files that come, move and go, in the protocol's words.

use std::sync::Arc;

use tower_lsp::{
    jsonrpc::{ErrorCode, Result},
    ls_types::{
        FileOperationFilter, FileOperationPattern, FileOperationRegistrationOptions,
        PrepareRenameResponse, RenameFilesParams, RenameParams, TextDocumentPositionParams,
        WorkspaceEdit, WorkspaceFileOperationsServerCapabilities,
    },
};

use super::{edits, session::Session};
use crate::{
    features::{moves, rename},
    model::{Path, url},
};

pub(super) async fn prepare(
    session: &Arc<Session>,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let answer = session.read(move |view| {
        let at = view.place(&params)?;
        let found = rename::prepare(&view.cx, at)?;
        let range = view.encoding.range(&view.cx.page(at.id)?.text, found.span);
        Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: found.name })
    });
    answer.await
}

pub(super) async fn rename(
    session: &Arc<Session>,
    params: RenameParams,
) -> Result<Option<WorkspaceEdit>> {
    let at = params.text_document_position;
    let uri = at.text_document.uri.clone();
    let answer = edits::change(session, Some(&uri), move |view| match view.place(&at) {
        Some(at) => rename::rename(&view.cx, at, &params.new_name),
        None => Err("this page is not known".to_owned()),
    });
    answer.await
}

/// How often we work out anew what a move changes, where the texts change meanwhile.
const TRIES: usize = 3;

/// What has to be edited before files move; the editor moves them itself.
///
/// It moves them even where this fails, so that, unlike a rename, it is worked out anew where a text has
/// changed meanwhile: what is asked does not depend on the texts.
pub(super) async fn will_rename(
    session: &Arc<Session>,
    params: RenameFilesParams,
) -> Result<Option<WorkspaceEdit>> {
    let pairs =
        params.files.iter().map(|it| (url::to_path(&it.old_uri), url::to_path(&it.new_uri)));
    let pairs: Arc<[(Path, Path)]> = pairs.collect();
    let mut tries = 0;
    loop {
        let pairs = Arc::clone(&pairs);
        let answer = edits::change(session, None, move |view| {
            let inside = |it: &&(Path, Path)| view.cx.covers(it.0.as_str());
            let pairs: Vec<_> = pairs.iter().filter(inside).cloned().collect();
            let mut changes = moves::moves(&view.cx, &pairs)?;
            changes.moves.clear();
            Ok(changes)
        });
        tries += 1;
        match answer.await {
            Err(error) if error.code == ErrorCode::ContentModified && tries < TRIES => {}
            answer => return answer,
        }
    }
}

/// Takes note that files came, moved or went.
pub(super) fn changed(session: &Arc<Session>, uris: impl Iterator<Item = String>) {
    session.loader.changed(uris.map(|it| url::to_path(&it)));
}

/// The file operations that we want to hear of.
pub(super) fn operations() -> WorkspaceFileOperationsServerCapabilities {
    let all = |glob: &str| {
        let pattern =
            FileOperationPattern { glob: glob.to_owned(), ..FileOperationPattern::default() };
        let filters = vec![FileOperationFilter { scheme: Some("file".to_owned()), pattern }];
        Some(FileOperationRegistrationOptions { filters })
    };
    WorkspaceFileOperationsServerCapabilities {
        will_rename: all("**/*"),
        did_rename: all("**/*"),
        will_delete: all("**/*"),
        did_create: all("**/*"),
        did_delete: all("**/*"),
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}
