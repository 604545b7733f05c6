//! One short method a message.

use std::sync::Arc;

#[allow(clippy::wildcard_imports, reason = "nearly all of the protocol's messages are here")]
use tower_lsp::ls_types::*;
use tower_lsp::{
    LanguageServer,
    jsonrpc::{Error, ErrorCode, Result},
};

use super::{
    actions, answer, arrivals, commands, conversation,
    handshake::{self, Abilities},
    lenses, links, loader, publisher, pull, refresh, renaming, seeing,
    session::{Session, path},
    structure, texts,
};
use crate::{features, model::Path, settings::Layer};

/// At most so many symbols are listed for one query.
const SYMBOLS: usize = 256;

/// The messages of one session.
pub(super) struct Server(pub(super) Arc<Session>);

impl Server {
    /// Answers what was no message.
    #[allow(clippy::unused_async, reason = "the library calls methods of this form")]
    pub(super) async fn malformed(&self, reason: LSPAny) -> Result<LSPAny> {
        let mut error = Error::new(ErrorCode::ParseError);
        error.message = reason.as_str().unwrap_or("not a message").to_owned().into();
        Err(error)
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let abilities = Abilities::new(&params);
        let capabilities = abilities.offer();
        let offset_encoding = None;
        self.0.set_abilities(abilities);
        self.0.set_process_id(params.process_id);
        if let Some(options) = &params.initialization_options {
            self.0.set_layer(Layer::from(options.clone()));
        }
        self.0.loader.open(handshake::folders(&params));
        tokio::spawn(loader::run(Arc::clone(&self.0)));
        let server_info = Some(ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        });
        Ok(InitializeResult { capabilities, server_info, offset_encoding })
    }

    async fn initialized(&self, _: InitializedParams) {
        // Conversations with the editor never hold up a handler.
        tokio::spawn(publisher::run(Arc::clone(&self.0)));
        tokio::spawn(conversation::watch(Arc::clone(&self.0)));
        tokio::spawn(conversation::configure(Arc::clone(&self.0)));
    }

    async fn shutdown(&self) -> Result<()> {
        self.0.set_shut_down();
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        texts::opened(&self.0, &params.text_document);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        texts::changed(&self.0, params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        texts::closed(&self.0, params.text_document.uri);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.0.loader.changed(params.changes.iter().map(|it| path(&it.uri)));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let folders = |all: &[WorkspaceFolder]| {
            all.iter().filter_map(|it| handshake::folder(it.uri.as_str())).collect::<Vec<Path>>()
        };
        let (added, removed) = (folders(&params.event.added), folders(&params.event.removed));
        self.0.loader.exchange(added, &removed);
        if !self.0.abilities().watches {
            loader::watch(&self.0);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let session = Arc::clone(&self.0);
        tokio::spawn(async move {
            if session.abilities().configuration {
                conversation::configure(session).await;
            } else {
                let section = params.settings.get("casebook").unwrap_or(&params.settings);
                conversation::take_settings(&session, section).await;
            }
        });
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        if let Some(file) = self.0.files.open(&params.text_document_position) {
            return file.completion(&self.0).await;
        }
        let session = Arc::clone(&self.0);
        let answer = self.0.read(move |view| {
            let at = view.place(&params.text_document_position)?;
            let document = view.cx.page(at.id)?;
            let asked = params.context.as_ref().map(|it| it.trigger_kind);
            let asked = asked == Some(CompletionTriggerKind::INVOKED);
            let found = features::completion::completion(&view.cx, at, asked);
            let list = answer::completion(view, document, session.abilities(), found);
            Some(CompletionResponse::List(list))
        });
        answer.await
    }

    async fn completion_resolve(&self, mut item: CompletionItem) -> Result<CompletionItem> {
        let session = Arc::clone(&self.0);
        let answer = self.0.read(move |view| {
            let shown = item.data.as_ref().and_then(|data| {
                let path = Path::new(data.get("path")?.as_str()?);
                let anchor = data.get("anchor").and_then(LSPAny::as_str);
                features::completion::documentation(&view.cx, &path, anchor)
            });
            let can = session.abilities();
            item.documentation = shown.map(|it| {
                Documentation::MarkupContent(answer::markup(it, can.markdown_documentation, can))
            });
            item
        });
        answer.await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let session = Arc::clone(&self.0);
        self.0.read(move |view| actions::list(&session, view, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        actions::resolved(&self.0, action).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        if let Some(file) = self.0.files.open(&params.text_document_position_params) {
            return file.hover(&self.0).await;
        }
        let session = Arc::clone(&self.0);
        let answer = self.0.read(move |view| {
            let at = view.place(&params.text_document_position_params)?;
            let card = features::hover::hover(&view.cx, at)?;
            Some(answer::hover(view, view.cx.page(at.id)?, card, session.abilities()))
        });
        answer.await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let links = self.0.abilities().definition_links;
        let answer = self.0.read(move |view| {
            let at = view.place(&params.text_document_position_params)?;
            let found = features::definition::definition(&view.cx, at);
            let uri = &params.text_document_position_params.text_document.uri;
            answer::definitions(view, links, uri, &found)
        });
        answer.await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let answer = self.0.read(move |view| {
            let at = view.place(&params.text_document_position)?;
            let own = params.context.include_declaration;
            Some(answer::locations(view, &features::references::references(&view.cx, at, own)))
        });
        answer.await
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        let nested = self.0.abilities().nested_symbols;
        let uri = params.text_document.uri;
        self.0.read(move |view| structure::symbols(view, &uri, nested)).await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        let answer = self.0.read(move |view| {
            let found =
                features::workspace_symbols::workspace_symbols(&view.cx, &params.query, SYMBOLS);
            Some(WorkspaceSymbolResponse::Flat(answer::workspace_symbols(view, found)))
        });
        answer.await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.0.read(move |view| links::list(view, &params.text_document.uri)).await
    }

    async fn document_link_resolve(&self, link: DocumentLink) -> Result<DocumentLink> {
        self.0.read(move |view| links::resolved(view, link)).await?
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.0.read(move |view| structure::folds(view, &params.text_document.uri)).await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let answer = self.0.read(move |view| {
            structure::selections(view, &params.text_document.uri, &params.positions)
        });
        answer.await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.0.read(move |view| seeing::highlights(view, &at)).await
    }

    async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        let at = params.text_document_position_params;
        self.0.read(move |view| seeing::linked(view, &at)).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.0.read(move |view| seeing::hierarchy(view, &at)).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.0.read(move |view| Some(seeing::incoming(view, &params.item.uri))).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.0.read(move |view| Some(seeing::outgoing(view, &params.item.uri))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.0.read(move |view| lenses::list(view, &params.text_document.uri)).await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        let shows = self.0.abilities().shows_references;
        self.0.read(move |view| lenses::resolved(view, lens, shows)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let uri = params.text_document.uri;
        self.0.read(move |view| seeing::hints(view, &uri, params.range)).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let uri = params.text_document.uri;
        refresh::unless_asked_again(&self.0, &uri).await?;
        self.0.read(move |view| seeing::tokens(view, &uri, None).map(Into::into)).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let (uri, range) = (params.text_document.uri, Some(params.range));
        refresh::unless_asked_again(&self.0, &uri).await?;
        self.0.read(move |view| seeing::tokens(view, &uri, range).map(Into::into)).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        renaming::prepare(&self.0, params).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        renaming::rename(&self.0, params).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        renaming::will_rename(&self.0, params).await
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        let uris: Vec<String> = params.files.into_iter().map(|it| it.uri).collect();
        renaming::changed(&self.0, uris.iter().cloned());
        tokio::spawn(arrivals::fill(Arc::clone(&self.0), uris));
    }

    async fn will_delete_files(&self, params: DeleteFilesParams) -> Result<Option<WorkspaceEdit>> {
        let uris = params.files.into_iter().map(|it| it.uri).collect();
        tokio::spawn(arrivals::mourn(Arc::clone(&self.0), uris));
        Ok(None)
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let both = params.files.into_iter().flat_map(|it| [it.old_uri, it.new_uri]);
        renaming::changed(&self.0, both);
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        renaming::changed(&self.0, params.files.into_iter().map(|it| it.uri));
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let session = Arc::clone(&self.0);
        let answer = self.0.read(move |view| pull::page(&session, view, &params));
        Ok(DocumentDiagnosticReportResult::Report(answer.await?))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let session = Arc::clone(&self.0);
        let answer = self.0.read(move |view| pull::workspace(&session, view, params));
        let items = answer.await?;
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        commands::execute(&self.0, &params.command, params.arguments).await
    }
}
