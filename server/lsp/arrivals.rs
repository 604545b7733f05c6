//! Files that a person makes or deletes in the editor: a new study gets its parts, and what will be broken
//! is told.

use std::{collections::HashMap, str::FromStr, sync::Arc};

use tower_lsp::ls_types::{
    DocumentChanges, MessageActionItem, MessageType, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::{
    answer, edits,
    session::{Session, path},
};
use crate::{
    disk,
    features::moves::{elsewhere, losing, pointed, unlinked},
    model::{Path, url},
    rules,
    text::Span,
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
        let view = session.view();
        let cx = &view.cx;
        let text = Some(&path)
            .filter(|it| cx.covers(it.as_str()))
            .and_then(|it| rules::template(cx, it))?;
        // An editor may take an empty page for one of an empty line.
        let open = cx.document(&path).and_then(|it| Some((it, answer::version(it)?)));
        let (empty, version, range) = match open {
            Some((page, version)) => {
                let text = page.text.to_string();
                let range = view.encoding.range(&page.text, Span::new(0, page.text.len()));
                (text.trim().is_empty(), Some(version), range)
            }
            None => (is_empty(&path, cx.settings(&path)), None, Range::default()),
        };
        empty.then_some((uri, version, TextEdit { range, new_text: text }))
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

/// What an author can answer who is told of links to what is deleted; between the two, where they could lead
/// instead.
const LEAVE: &str = "Leave";
const REMOVE: &str = "Unlink";

/// Tells how many links lead to what is about to be deleted; offers to let them lead elsewhere or to take them
/// away, if the editor makes edits that we ask for.
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
    let elsewhere = elsewhere(&cx, &gone).into_iter();
    let elsewhere: Vec<(String, Path)> =
        elsewhere.map(|it| (format!("Point to {}", cx.shown(&it)), it)).collect();
    drop(cx);
    let (links, lead) = if links == 1 {
        ("1 link".to_owned(), "leads")
    } else {
        (format!("{links} links"), "lead")
    };
    let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    let message = format!("{links} on {pages} {lead} to what is deleted.");
    if !session.abilities().applies_edits {
        let message = format!(
            "{message} Each is a finding afterwards, with the actions to point it elsewhere or to remove the link and keep its text."
        );
        session.client.show_message(MessageType::WARNING, message).await;
        return;
    }
    // The titles are short, for they are buttons.
    let message = format!("{message} To unlink keeps the text.");
    let titles = std::iter::once(LEAVE).chain(elsewhere.iter().map(|it| &*it.0)).chain([REMOVE]);
    let choices = titles
        .map(|title| MessageActionItem { title: title.to_owned(), properties: HashMap::new() })
        .collect();
    let asked = session.client.show_message_request(MessageType::WARNING, message, Some(choices));
    let Ok(Some(picked)) = asked.await else { return };
    let to = elsewhere.into_iter().find(|it| it.0 == picked.title).map(|it| it.1);
    if to.is_none() && picked.title != REMOVE {
        return;
    }
    // The author may have taken a while.
    let edit = edits::change(&session, None, move |view| {
        Ok(match to {
            Some(to) => pointed(&view.cx, &gone, &to),
            None => unlinked(&view.cx, &gone),
        })
    });
    let done = match edit.await {
        Ok(Some(edit)) => session.client.apply_edit(edit).await.map(drop),
        other => other.map(drop),
    };
    if let Err(error) = done {
        let message = format!("The links were left as they are: {}.", error.message);
        session.client.show_message(MessageType::WARNING, message).await;
    }
}
