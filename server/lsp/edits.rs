//! Changes of the workspace in the protocol's words, never for texts that are others by now.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{
        AnnotatedTextEdit, ChangeAnnotation, ClientCapabilities, CreateFile, CreateFileOptions,
        DeleteFile, DocumentChangeOperation, DocumentChanges, OneOf,
        OptionalVersionedTextDocumentIdentifier, Position, Range, RenameFile, ResourceOp,
        ResourceOperationKind, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
    },
};

use super::{
    answer, given,
    session::{Session, View},
};
use crate::{
    model::{Changes, Path},
    text::Edit,
    world::{Document, Owner, Snapshot},
};

/// The name of the annotation of what a person must confirm.
const CONFIRM: &str = "confirm";

/// What changes an editor can make.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the protocol")]
pub(super) struct CanEdit {
    /// Of texts of a certain version.
    versions: bool,
    /// Some of which its author confirms one by one.
    confirms: bool,
    /// Of files that come into being.
    creates: bool,
    /// Of files that move.
    moves: bool,
    /// Of files that go.
    deletes: bool,
}

impl CanEdit {
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        let edits = capabilities.workspace.as_ref().and_then(|it| it.workspace_edit.as_ref());
        let operations = edits.and_then(|it| it.resource_operations.as_deref());
        // Neovim only says that it takes operations on files, which stand nowhere else.
        let versions = edits.and_then(|it| it.document_changes) == Some(true)
            || operations.is_some_and(|it| !it.is_empty());
        let has = |kind| versions && operations.is_some_and(|it| it.contains(&kind));
        Self {
            versions,
            confirms: versions && edits.is_some_and(|it| it.change_annotation_support.is_some()),
            creates: has(ResourceOperationKind::Create),
            moves: has(ResourceOperationKind::Rename),
            deletes: has(ResourceOperationKind::Delete),
        }
    }

    /// Whether it asks a person about changes that are marked.
    pub(super) fn confirms(self) -> bool {
        self.confirms
    }

    /// Whether it takes edits for a version of a text.
    pub(super) fn versions(self) -> bool {
        self.versions
    }

    /// Whether it can make files.
    pub(super) fn creates(self) -> bool {
        self.creates
    }

    /// Whether the editor can make all of a change.
    pub(super) fn allows(self, changes: &Changes) -> bool {
        (self.creates || changes.creates.is_empty())
            && (self.moves || changes.moves.is_empty())
            && (self.deletes || changes.deletes.is_empty())
    }
}

/// Answers with a change of the workspace, or with a sentence that says why there is none.
///
/// It rests on the whole workspace, so the answer waits until that has been read once. Where a text that
/// it rests on is another when it is ready, the answer is that it was modified.
pub(super) async fn change<F>(
    session: &Arc<Session>,
    about: Option<&Uri>,
    ask: F,
) -> Result<Option<WorkspaceEdit>>
where
    F: FnOnce(&View) -> std::result::Result<Changes, String> + Send + 'static,
{
    settled(session, about).await?;
    let can = session.abilities().edits;
    let answer = session.read(move |view| {
        let changes = ask(view)?;
        if !can.allows(&changes) {
            return Err("this editor cannot create, move or delete files on request".to_owned());
        }
        Ok((workspace_edit(view, can, &changes), Rests::new(view, &changes)))
    });
    let (edit, rests) = answer.await?.map_err(refused)?;
    rests.hold(session)?;
    Ok(edit)
}

/// Waits until the workspace has been read, and all changes that the editor knows of have come: what it was
/// asked to edit, and what the disk has. Where the page that is asked about is another by then, the answer
/// is that it was modified.
async fn settled(session: &Session, about: Option<&Uri>) -> Result<()> {
    let asked = about.and_then(|it| session.view().document(it).cloned());
    session.until_loaded().await;
    given::back(session).await;
    unless_other(session, asked.as_ref())
}

/// The texts that an answer rests on: those that it edits, and all that a person has open, for one of those
/// may name by now what the answer gives another name.
pub(super) struct Rests {
    edited: Vec<Arc<Document>>,
    open: Vec<Arc<Document>>,
}

impl Rests {
    pub(super) fn new(view: &View, changes: &Changes) -> Self {
        let edited = changes.files().filter_map(|it| view.cx.document(it));
        let open = view.cx.documents().filter(|it| it.owner != Owner::Disk);
        Self { edited: edited.cloned().collect(), open: open.cloned().collect() }
    }

    /// Refuses the answer where one of them is another by now; else the editor has it.
    pub(super) fn hold(self, session: &Session) -> Result<()> {
        let now = session.world.snapshot();
        if self.edited.iter().chain(&self.open).any(|it| is_other(it, &now)) {
            return Err(Error::content_modified());
        }
        session.given.note(self.edited);
        Ok(())
    }
}

/// Waits until the workspace has been read once. Where the page that is asked about is another by then,
/// the answer is that it was modified.
pub(super) async fn loaded(session: &Session, about: Option<&Uri>) -> Result<()> {
    if session.is_loaded() {
        return Ok(());
    }
    let asked = about.and_then(|it| session.view().document(it).cloned());
    session.until_loaded().await;
    unless_other(session, asked.as_ref())
}

fn unless_other(session: &Session, asked: Option<&Arc<Document>>) -> Result<()> {
    if asked.is_some_and(|it| is_other(it, &session.world.snapshot())) {
        return Err(Error::content_modified());
    }
    Ok(())
}

/// Whether the text of a page is another by now.
fn is_other(document: &Arc<Document>, now: &Snapshot) -> bool {
    match (now.page(document.id), document.owner) {
        (None, _) => true,
        (Some(it), Owner::Editor { .. }) => it.owner != document.owner,
        // Read anew it may well be the same.
        (Some(it), Owner::Disk) => {
            !Arc::ptr_eq(it, document) && (it.owner != Owner::Disk || it.text != document.text)
        }
    }
}

/// An error answer that shows an author why something cannot be.
pub(super) fn refused(why: String) -> Error {
    // `RequestFailed`: the request was sound, what it asks for cannot be.
    let mut error = Error::new(ErrorCode::ServerError(-32803));
    error.message = why.into();
    error
}

/// A change in the protocol's words; none if nothing changes.
pub(super) fn workspace_edit(
    view: &View,
    can: CanEdit,
    changes: &Changes,
) -> Option<WorkspaceEdit> {
    if changes.is_empty() {
        return None;
    }
    if !can.versions {
        let pages = changes.edits.iter().filter_map(|(path, edits)| {
            let document = view.cx.document(path)?;
            Some((answer::uri(path)?, text_edits(view, document, edits).collect()))
        });
        #[allow(clippy::mutable_key_type, reason = "the protocol's type for it")]
        let changes: HashMap<Uri, Vec<TextEdit>> = pages.collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let mut operations = Vec::new();
    // All of a text in one: editors make one after the other, and each would move what follows.
    let files: BTreeSet<&Path> = changes.files().collect();
    for path in files {
        let Some(document) = view.cx.document(path) else { continue };
        let of = |all: &BTreeMap<Path, Vec<Edit>>| {
            let edits = all.get(path).map(Vec::as_slice).unwrap_or_default();
            text_edits(view, document, edits).collect::<Vec<_>>()
        };
        let sure = of(&changes.edits).into_iter().map(OneOf::Left);
        let doubtful = of(&changes.doubtful).into_iter().filter(|_| can.confirms);
        let doubtful = doubtful.map(|text_edit| {
            OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: CONFIRM.to_owned() })
        });
        let edits: Vec<_> = sure.chain(doubtful).collect();
        if !edits.is_empty() {
            operations.extend(document_edit(document, edits));
        }
    }
    let needs_confirmation = can.confirms && !changes.doubtful.is_empty();
    operations.extend(changes.creates.iter().filter_map(|(at, text)| created(at, text)).flatten());
    operations.extend(changes.moves.iter().filter_map(|(from, to)| moved(from, to)));
    operations.extend(changes.deletes.iter().filter_map(deleted));
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Operations(operations)),
        change_annotations: needs_confirmation.then(|| {
            let annotation = ChangeAnnotation {
                label: "Changes elsewhere".to_owned(),
                needs_confirmation: Some(true),
                description: Some("look at each before it is made".to_owned()),
            };
            HashMap::from([(CONFIRM.to_owned(), annotation)])
        }),
        ..WorkspaceEdit::default()
    })
}

fn text_edits<'a>(
    view: &'a View,
    document: &'a Document,
    edits: &'a [Edit],
) -> impl Iterator<Item = TextEdit> + 'a {
    edits.iter().map(|it| TextEdit {
        range: view.encoding.range(&document.text, it.span),
        new_text: it.with.clone(),
    })
}

fn document_edit(
    document: &Document,
    edits: Vec<OneOf<TextEdit, AnnotatedTextEdit>>,
) -> Option<DocumentChangeOperation> {
    let uri = answer::uri(&document.path)?;
    let version = answer::version(document);
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
    Some(DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits }))
}

fn created(path: &Path, text: &str) -> Option<[DocumentChangeOperation; 2]> {
    let uri = answer::uri(path)?;
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(false) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
    // All of the file that there is: Neovim takes an empty one for an empty line, which is to go.
    let range = Range::new(Position::new(0, 0), Position::new(1, 0));
    let whole = TextEdit { range, new_text: text.to_owned() };
    let edit = TextDocumentEdit { text_document, edits: vec![OneOf::Left(whole)] };
    Some([
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(edit),
    ])
}

fn moved(from: &Path, to: &Path) -> Option<DocumentChangeOperation> {
    let (old_uri, new_uri) = (answer::uri(from)?, answer::uri(to)?);
    let rename = RenameFile { old_uri, new_uri, options: None, annotation_id: None };
    Some(DocumentChangeOperation::Op(ResourceOp::Rename(rename)))
}

fn deleted(path: &Path) -> Option<DocumentChangeOperation> {
    let delete = DeleteFile { uri: answer::uri(path)?, options: None, annotation_id: None };
    Some(DocumentChangeOperation::Op(ResourceOp::Delete(delete)))
}

#[cfg(test)]
mod tests;
