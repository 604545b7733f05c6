//! What the editor can do, and what we offer it.

use tower_lsp::ls_types::{
    CallHierarchyServerCapability, ClientCapabilities, CodeActionKind, CodeActionOptions,
    CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    CompletionOptionsCompletionItem, DiagnosticOptions, DiagnosticServerCapabilities,
    DocumentLinkOptions, ExecuteCommandOptions, FoldingRangeProviderCapability,
    HoverProviderCapability, InitializeParams, LinkedEditingRangeServerCapabilities, MarkupKind,
    OneOf, RenameOptions, SelectionRangeProviderCapability, ServerCapabilities,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::{
    actions, commands, edits::CanEdit, position::Encoding, refresh::Refreshes, renaming, seeing,
};
use crate::model::{Path, url};

/// What the editor can do, as far as it matters to us.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the protocol")]
pub(super) struct Abilities {
    pub(super) encoding: Encoding,
    /// It asks for findings itself and can be told to ask again; else they are sent.
    pub(super) pulls: bool,
    /// It may be told that we know the findings of all pages. Neovim 0.12 then asks for no others when it is
    /// told to ask again, and those of open pages stay as they were.
    pulls_all: bool,
    pub(super) progress: bool,
    pub(super) configuration: bool,
    pub(super) watches: bool,
    pub(super) definition_links: bool,
    pub(super) nested_symbols: bool,
    pub(super) label_details: bool,
    pub(super) markdown_hover: bool,
    pub(super) markdown_documentation: bool,
    /// It says how it renders Markdown: only such an editor opens the links of a card.
    pub(super) opens_links: bool,
    pub(super) edits: CanEdit,
    /// It makes edits that we ask for.
    pub(super) applies_edits: bool,
    /// It asks for the edit of a code action when one is picked.
    pub(super) resolves_edits: bool,
    /// It wants to hear of our state: an extension of our own.
    pub(super) status: bool,
    /// It has a command that lists places: an extension of our own.
    pub(super) shows_references: bool,
    pub(super) refreshes: Refreshes,
}

impl Abilities {
    pub(super) fn new(params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, window, general, .. } =
            &params.capabilities;
        let (workspace, page) = (workspace.as_ref(), text_document.as_ref());
        let offered = general.as_ref().and_then(|it| it.position_encodings.as_deref());
        let refreshes = workspace.and_then(|it| it.diagnostics.as_ref()?.refresh_support);
        let item = page.and_then(|it| it.completion.as_ref()?.completion_item.as_ref());
        let hover = page.and_then(|it| it.hover.as_ref()?.content_format.as_deref());
        let documentation = item.and_then(|it| it.documentation_format.as_deref());
        let options = params.initialization_options.as_ref();
        let says = |name: &str| options.and_then(|it| it.get(name)?.as_bool()) == Some(true);
        let client = params.client_info.as_ref().map(|it| it.name.as_str());
        // Helix says that it watches, but only tells of files which it writes itself.
        let watches = workspace.and_then(|it| it.did_change_watched_files?.dynamic_registration)
            == Some(true);
        Self {
            encoding: Encoding::negotiated(offered),
            pulls: page.is_some_and(|it| it.diagnostic.is_some()) && refreshes == Some(true),
            pulls_all: client != Some("Neovim"),
            progress: window.as_ref().and_then(|it| it.work_done_progress) == Some(true),
            configuration: workspace.and_then(|it| it.configuration) == Some(true),
            watches: watches && client != Some("helix"),
            definition_links: page.and_then(|it| it.definition?.link_support) == Some(true),
            nested_symbols: page
                .and_then(|it| it.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                == Some(true),
            label_details: item.and_then(|it| it.label_details_support) == Some(true),
            markdown_hover: hover.is_none_or(|it| it.contains(&MarkupKind::Markdown)),
            markdown_documentation: documentation
                .is_none_or(|it| it.contains(&MarkupKind::Markdown)),
            opens_links: general.as_ref().is_some_and(|it| it.markdown.is_some()),
            edits: CanEdit::new(&params.capabilities),
            applies_edits: workspace.and_then(|it| it.apply_edit) == Some(true),
            resolves_edits: page
                .and_then(|it| it.code_action.as_ref()?.resolve_support.as_ref())
                .is_some_and(|it| it.properties.iter().any(|it| it == "edit")),
            status: says("status"),
            shows_references: says("showReferences"),
            refreshes: Refreshes::new(workspace),
        }
    }

    /// What we can do for this editor.
    pub(super) fn offer(&self) -> ServerCapabilities {
        let text = |it: &[&str]| Some(it.iter().map(|it| (*it).to_owned()).collect());
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(
                TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::INCREMENTAL),
                    ..TextDocumentSyncOptions::default()
                },
            )),
            completion_provider: Some(CompletionOptions {
                resolve_provider: Some(true),
                trigger_characters: text(&["(", "[", "/", "#", "<", "^", "\"", " "]),
                completion_item: Some(CompletionOptionsCompletionItem {
                    label_details_support: Some(true),
                }),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, actions::FIX_ALL]),
                resolve_provider: Some(self.resolves_edits),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("casebook".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: self.pulls_all,
                    work_done_progress_options: WorkDoneProgressOptions::default(),
                })
            }),
            document_highlight_provider: Some(OneOf::Left(true)),
            linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
            call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
            inlay_hint_provider: Some(OneOf::Left(true)),
            semantic_tokens_provider: Some(seeing::legend()),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: commands::NAMES.iter().map(|it| (*it).to_owned()).collect(),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: Some(renaming::operations()),
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// The folders the editor opened: `workspaceFolders`, else `rootUri`, else `rootPath`, else none.
pub(super) fn folders(params: &InitializeParams) -> Vec<Path> {
    if let Some(folders) = params.workspace_folders.as_ref().filter(|it| !it.is_empty()) {
        return folders.iter().filter_map(|it| folder(it.uri.as_str())).collect();
    }
    #[allow(deprecated, reason = "older editors send nothing else")]
    let (uri, path) = (&params.root_uri, &params.root_path);
    match (uri, path) {
        (Some(uri), _) => folder(uri.as_str()).into_iter().collect(),
        (None, Some(path)) => vec![trimmed(&Path::new(path))],
        (None, None) => Vec::new(),
    }
}

/// The path of a folder, if it is one on disk.
pub(super) fn folder(uri: &str) -> Option<Path> {
    uri.starts_with("file:").then(|| trimmed(&url::to_path(uri)))
}

fn trimmed(path: &Path) -> Path {
    Path::new(path.as_str().trim_end_matches('/'))
}
