//! Our answers in the words of the protocol.

use std::str::FromStr;

use tower_lsp::ls_types::{
    CodeDescription, CompletionItem, CompletionItemKind, CompletionItemLabelDetails,
    CompletionList, CompletionTextEdit, Diagnostic, DiagnosticRelatedInformation,
    DiagnosticSeverity, DiagnosticTag, DocumentSymbol, GotoDefinitionResponse, Hover,
    HoverContents, Location, LocationLink, MarkupContent, MarkupKind, NumberOrString, Range,
    SymbolInformation, SymbolKind, TextEdit, Uri,
};

use super::{handshake::Abilities, session::View};
use crate::{
    features::{
        self, completion, definition::Definition, document_symbols, hover::Card, workspace_symbols,
    },
    model::{Level, Path, url},
    rules::{self, Finding},
    text::{Span, Text},
    world::{Document, Owner},
};

/// The address of a path; none if it is none.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    Uri::from_str(&url::of_path(path)).ok()
}

/// The editor's count of changes of an open page.
pub(super) fn version(document: &Document) -> Option<i32> {
    match document.owner {
        Owner::Editor { version } => Some(version),
        Owner::Disk => None,
    }
}

/// Findings in the file at `path`, which has this text.
pub(super) fn diagnostics(
    view: &View,
    path: &Path,
    text: &Text,
    all: &[Finding],
) -> Vec<Diagnostic> {
    let manual = &view.cx.settings(path).manual;
    let diagnostics = all.iter().map(|it| Diagnostic {
        range: view.encoding.range(text, it.span),
        severity: Some(match it.severity {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Info => DiagnosticSeverity::INFORMATION,
            Level::Hint | Level::Off => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(it.code.to_owned())),
        code_description: rules::href(it.code, manual)
            .and_then(|it| Uri::from_str(&it).ok())
            .map(|href| CodeDescription { href }),
        source: Some("casebook".to_owned()),
        message: it.said(1),
        related_information: related(view, it),
        tags: rules::is_unnecessary(it.code).then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: Some(serde_json::json!({ "suggestions": it.suggestions })),
    });
    diagnostics.collect()
}

/// The other places that a finding has to do with, as they are now.
fn related(view: &View, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    let places = finding.related.iter().filter_map(|it| {
        let document = view.cx.document(&it.path)?;
        let range = view.encoding.range(&document.text, it.span(document));
        let location = Location { uri: uri(&it.path)?, range };
        Some(DiagnosticRelatedInformation { location, message: it.message.clone() })
    });
    Some(places.collect::<Vec<_>>()).filter(|it| !it.is_empty())
}

/// A place in the workspace, which may be in a page that is not read.
pub(super) fn location(view: &View, at: &features::Location) -> Option<Location> {
    Some(Location { uri: uri(&at.path)?, range: range(view, &at.path, at.span) })
}

pub(super) fn range(view: &View, path: &Path, span: Span) -> Range {
    let document = view.cx.document(path);
    document.map(|it| view.encoding.range(&it.text, span)).unwrap_or_default()
}

pub(super) fn locations(view: &View, all: &[features::Location]) -> Vec<Location> {
    all.iter().filter_map(|it| location(view, it)).collect()
}

pub(super) fn definitions(
    view: &View,
    links: bool,
    from: &Uri,
    all: &[Definition],
) -> Option<GotoDefinitionResponse> {
    let document = view.document(from)?;
    if !links {
        let found = all.iter().filter_map(|it| location(view, &it.to)).collect();
        return Some(GotoDefinitionResponse::Array(found));
    }
    let found = all.iter().filter_map(|it| {
        let to = location(view, &it.to)?;
        Some(LocationLink {
            origin_selection_range: Some(view.encoding.range(&document.text, it.origin)),
            target_uri: to.uri,
            target_range: to.range,
            target_selection_range: to.range,
        })
    });
    Some(GotoDefinitionResponse::Link(found.collect()))
}

pub(super) fn hover(view: &View, document: &Document, card: Card, can: &Abilities) -> Hover {
    Hover {
        contents: HoverContents::Markup(markup(card.markdown, can.markdown_hover, can)),
        range: Some(view.encoding.range(&document.text, card.span)),
    }
}

/// Markdown as it is, or as plain text for an editor that shows nothing else. Links to pages are left out
/// where the editor would not open them: Neovim wraps the lines as if they were shown.
pub(super) fn markup(value: String, markdown: bool, can: &Abilities) -> MarkupContent {
    let value = if can.opens_links { value } else { features::preview::without_links(&value) };
    let kind = if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    MarkupContent { kind, value }
}

pub(super) fn document_symbols(
    view: &View,
    document: &Document,
    all: Vec<document_symbols::Symbol>,
) -> Vec<DocumentSymbol> {
    let symbols = all.into_iter().map(|it| {
        let children = document_symbols(view, document, it.children);
        #[allow(deprecated, reason = "the type has no other constructor")]
        DocumentSymbol {
            name: if it.name.trim().is_empty() { "(no text)".to_owned() } else { it.name },
            detail: None,
            kind: kind(it.level),
            tags: None,
            deprecated: None,
            range: view.encoding.range(&document.text, it.span),
            selection_range: view.encoding.range(&document.text, it.line),
            children: (!children.is_empty()).then_some(children),
        }
    });
    symbols.collect()
}

/// The symbols in the order of the text, for an editor that shows no trees.
pub(super) fn flat_symbols(
    uri: &Uri,
    container: Option<&str>,
    all: &[DocumentSymbol],
) -> Vec<SymbolInformation> {
    let mut flat = Vec::new();
    for it in all {
        let location = Location { uri: uri.clone(), range: it.range };
        flat.push(information(it.name.clone(), it.kind, location, container.map(str::to_owned)));
        flat.extend(flat_symbols(uri, Some(&it.name), it.children.as_deref().unwrap_or_default()));
    }
    flat
}

pub(super) fn workspace_symbols(
    view: &View,
    all: Vec<workspace_symbols::Symbol>,
) -> Vec<SymbolInformation> {
    let symbols = all.into_iter().filter_map(|it| {
        let location = location(view, &it.to)?;
        let container = (!it.container.is_empty()).then_some(it.container);
        Some(information(it.name, symbol_kind(it.kind), location, container))
    });
    symbols.collect()
}

fn information(
    name: String,
    kind: SymbolKind,
    location: Location,
    container_name: Option<String>,
) -> SymbolInformation {
    #[allow(deprecated, reason = "the type has no other constructor")]
    SymbolInformation { name, kind, tags: None, deprecated: None, location, container_name }
}

fn symbol_kind(kind: workspace_symbols::Kind) -> SymbolKind {
    match kind {
        workspace_symbols::Kind::Page => SymbolKind::FILE,
        workspace_symbols::Kind::System => SymbolKind::CLASS,
        workspace_symbols::Kind::Pattern => SymbolKind::INTERFACE,
        workspace_symbols::Kind::Heading => SymbolKind::STRING,
    }
}

fn kind(level: u8) -> SymbolKind {
    if level == 0 { SymbolKind::FILE } else { SymbolKind::STRING }
}

pub(super) fn completion(
    view: &View,
    document: &Document,
    abilities: &Abilities,
    found: completion::Completion,
) -> CompletionList {
    let items = found.items.into_iter().enumerate();
    let items = items.map(|(order, it)| completion_item(view, document, abilities, order, it));
    CompletionList { is_incomplete: found.incomplete, items: items.collect() }
}

fn completion_item(
    view: &View,
    document: &Document,
    abilities: &Abilities,
    order: usize,
    it: completion::Item,
) -> CompletionItem {
    let edit =
        TextEdit { range: view.encoding.range(&document.text, it.replaces), new_text: it.with };
    let some = |text: String| (!text.is_empty()).then_some(text);
    let details = CompletionItemLabelDetails {
        detail: some(it.detail.clone()).map(|it| format!("  {it}")),
        description: some(it.place.clone()),
    };
    let detail = [it.detail, it.place].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
    CompletionItem {
        label: it.label,
        label_details: abilities.label_details.then_some(details),
        kind: Some(match it.kind {
            completion::Kind::Page | completion::Kind::File => CompletionItemKind::FILE,
            completion::Kind::Folder => CompletionItemKind::FOLDER,
            completion::Kind::Name => CompletionItemKind::VALUE,
            completion::Kind::Field => CompletionItemKind::PROPERTY,
            completion::Kind::Anchor | completion::Kind::Label | completion::Kind::Link => {
                CompletionItemKind::REFERENCE
            }
        }),
        detail: some(detail.join(" — ")),
        sort_text: Some(format!("{order:04}")),
        filter_text: Some(it.filter),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        data: it.shows.map(|(path, anchor)| {
            serde_json::json!({ "path": path.as_str(), "anchor": anchor.as_deref() })
        }),
        ..CompletionItem::default()
    }
}
