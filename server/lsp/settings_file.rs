//! The files of settings in an editor: what is wrong in them, published where they lie, open or not; what
//! their keys mean, and which there are.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tower_lsp::{
    jsonrpc::Result,
    ls_types::{
        CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit,
        Diagnostic, Documentation, Hover, HoverContents, Position, TextDocumentPositionParams,
        TextEdit, Uri,
    },
};

use super::{
    answer,
    session::{Session, View, path},
};
use crate::{
    model::Path,
    rules::settings_findings,
    settings::{self, FILE_NAME, Offer, Shape},
    text::Text,
    world::Affected,
};

/// The files of settings that an editor has open, and what was last published of each file. The settings
/// of a text count once it is saved: half of a setting would change what is said of every page.
#[derive(Default)]
pub(super) struct Files {
    open: Mutex<HashMap<Path, (i32, Text)>>,
    told: Mutex<HashMap<Path, Told>>,
}

/// What is published of a file: of which version of its text, if it is open, and what.
type Told = (Option<i32>, Vec<Diagnostic>);

impl Files {
    /// Whether a file is one of settings, wherever it lies.
    pub(super) fn takes(path: &Path) -> bool {
        path.name() == FILE_NAME
    }

    /// The text of an open file.
    pub(super) fn text(&self, path: &Path) -> Option<Text> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(path).map(|it| it.1.clone())
    }

    /// An editor opened a file or changed its text.
    pub(super) fn edited(&self, session: &Session, path: Path, version: i32, text: Text) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(path, (version, text));
        session.bell.ring(&Affected::default());
    }

    /// An editor closed a file, or something else.
    pub(super) fn closed(&self, session: &Session, path: &Path) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.remove(path).is_some() {
            session.bell.ring(&Affected::default());
        }
    }

    /// The open file that is asked about, if it is one.
    pub(super) fn open(&self, at: &TextDocumentPositionParams) -> Option<OpenFile> {
        let text = self.text(&path(&at.text_document.uri))?;
        Some(OpenFile { text, position: at.position })
    }

    /// What is to be published, because it is not what was published before.
    pub(super) fn news(
        &self,
        session: &Session,
        view: &View,
    ) -> Vec<(Uri, Option<i32>, Vec<Diagnostic>)> {
        let mut now: HashMap<Path, Told> = HashMap::new();
        for settings in view.cx.all_settings() {
            let path = Path::new(&format!("{}/{FILE_NAME}", settings.folder));
            let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            let open = open.get(&path).cloned();
            let (version, settings) = match open {
                Some((version, text)) => {
                    let text = text.to_string();
                    let read = settings::read(&settings.folder, Some(&text), &session.layer()).0;
                    (Some(version), Arc::new(read))
                }
                None => (None, Arc::clone(settings)),
            };
            let Some(file) = settings.file.as_ref() else { continue };
            let (found, text) = (settings_findings(&view.cx, &settings), (&*file.text).into());
            let found = answer::diagnostics(view, &path, &text, &found);
            now.insert(path, (version, found));
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = told.keys().filter(|it| !now.contains_key(*it));
        let gone = gone.map(|it| (it.clone(), (None, Vec::new())));
        let changed = now.iter().filter(|(path, it)| match told.get(*path) {
            Some(before) => before != *it,
            None => !it.1.is_empty(),
        });
        let news = gone.chain(changed.map(|(path, it)| (path.clone(), it.clone())));
        let news = news
            .filter_map(|(path, (version, it))| Some((answer::uri(&path)?, version, it)))
            .collect();
        *told = now;
        news
    }
}

/// A place in an open file.
pub(super) struct OpenFile {
    text: Text,
    position: Position,
}

impl OpenFile {
    pub(super) async fn completion(
        self,
        session: &Arc<Session>,
    ) -> Result<Option<CompletionResponse>> {
        let own = Arc::clone(session);
        let answer = session.read(move |view| {
            let at = view.encoding.offset(&self.text, self.position);
            let found = settings::offers(&self.text.to_string(), at).into_iter().enumerate();
            let items = found.map(|(order, it)| self.item(view, &own, order, it)).collect();
            Some(CompletionResponse::List(CompletionList { is_incomplete: false, items }))
        });
        answer.await
    }

    fn item(&self, view: &View, session: &Session, order: usize, it: Offer) -> CompletionItem {
        let can = session.abilities();
        let range = view.encoding.range(&self.text, it.replaces);
        let doc = answer::markup(it.doc, can.markdown_documentation, can);
        CompletionItem {
            filter_text: Some(it.with.clone()),
            label: it.label,
            kind: Some(match it.shape {
                Shape::Table => CompletionItemKind::MODULE,
                Shape::Key => CompletionItemKind::PROPERTY,
                Shape::Value => CompletionItemKind::VALUE,
            }),
            detail: Some(it.detail).filter(|it| !it.is_empty()),
            documentation: Some(Documentation::MarkupContent(doc)),
            sort_text: Some(format!("{order:04}")),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: it.with })),
            ..CompletionItem::default()
        }
    }

    pub(super) async fn hover(self, session: &Arc<Session>) -> Result<Option<Hover>> {
        let own = Arc::clone(session);
        let answer = session.read(move |view| {
            let at = view.encoding.offset(&self.text, self.position);
            let (span, card) = settings::explain(&self.text.to_string(), at)?;
            let can = own.abilities();
            let contents = HoverContents::Markup(answer::markup(card, can.markdown_hover, can));
            Some(Hover { contents, range: Some(view.encoding.range(&self.text, span)) })
        });
        answer.await
    }
}
