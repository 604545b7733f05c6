//! Files that a person makes or deletes in the editor: a new study gets its parts, and what will be broken
//! is told.

use std::{collections::HashMap, str::FromStr, sync::Arc};

use tower_lsp::ls_types::{
    DocumentChanges, MessageType, OneOf, OptionalVersionedTextDocumentIdentifier, Range,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::{
    answer, edits,
    session::{Session, path},
};
use crate::{
    disk,
    features::moves::losing,
    model::{Path, url},
    rules,
    world::Content,
};

/// Fills new empty pages where studies are kept, if the editor makes edits that we ask for.
///
/// The edit cannot be the answer to `willCreateFiles`: by the protocol that one is made before there is
/// a file.
pub(super) async fn fill(session: Arc<Session>, uris: Vec<String>) {
    let can = session.abilities();
    if !can.applies_edits {
        return;
    }
    let edits = uris.into_iter().filter_map(|uri| {
        let uri = Uri::from_str(&uri).ok()?;
        let path = path(&uri);
        let cx = session.view().cx;
        let text = Some(&path)
            .filter(|it| cx.covers(it.as_str()))
            .and_then(|it| rules::template(&cx, it))?;
        let (empty, version) =
            match cx.document(&path).map(|it| (it.text.is_empty(), answer::version(it))) {
                Some((empty, Some(version))) => (empty, Some(version)),
                _ => (is_empty(&path, cx.settings(&path)), None),
            };
        let edit = TextEdit { range: Range::default(), new_text: text };
        empty.then_some((uri, version, edit))
    });
    let edits: Vec<_> = edits.collect();
    if edits.is_empty() {
        return;
    }
    let edit = if can.edits.versions() {
        let edits = edits.into_iter().map(|(uri, version, edit)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: vec![OneOf::Left(edit)],
        });
        let changes = Some(DocumentChanges::Edits(edits.collect()));
        WorkspaceEdit { document_changes: changes, ..WorkspaceEdit::default() }
    } else {
        #[allow(clippy::mutable_key_type, reason = "the protocol's type for it")]
        let changes: HashMap<Uri, Vec<TextEdit>> =
            edits.into_iter().map(|(uri, _, edit)| (uri, vec![edit])).collect();
        WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
    };
    if let Err(error) = session.client.apply_edit(edit).await {
        tracing::warn!("the editor did not fill the new study: {error}");
    }
}

fn is_empty(path: &Path, settings: &crate::model::Settings) -> bool {
    matches!(disk::read(path, settings), Some(Content::Text(text)) if text.is_empty())
}

/// Tells how many links lead to what is about to be deleted.
pub(super) async fn mourn(session: Arc<Session>, uris: Vec<String>) {
    if edits::loaded(&session, None).await.is_err() {
        return;
    }
    let gone: Vec<Path> = uris.iter().map(|it| url::to_path(it)).collect();
    let cx = session.view().cx;
    let (links, pages) = losing(&cx, &gone);
    if links == 0 {
        return;
    }
    let (links, lead) = if links == 1 {
        ("1 link".to_owned(), "leads")
    } else {
        (format!("{links} links"), "lead")
    };
    let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    let message = format!(
        "{links} on {pages} {lead} to what is deleted. Each is a finding afterwards, with the actions to point it elsewhere or to remove the link and keep its text."
    );
    session.client.show_message(MessageType::WARNING, message).await;
}
