//! Who links where, in the protocol's words: highlights, hierarchies, hints, tokens.

use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, DocumentHighlight,
    DocumentHighlightKind, InlayHint, InlayHintLabel, LinkedEditingRanges, Position, Range,
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensServerCapabilities, SymbolKind, TextDocumentPositionParams, Uri,
};

use super::{
    answer,
    session::{View, path},
};
use crate::{
    features::{
        call_hierarchy::{self, Call, Node},
        highlight, inlay_hints,
        semantic_tokens::{self, Token},
    },
    text::Span,
    world::Document,
};

pub(super) fn highlights(
    view: &View,
    at: &TextDocumentPositionParams,
) -> Option<Vec<DocumentHighlight>> {
    let at = view.place(at)?;
    let text = &view.cx.page(at.id)?.text;
    let found = highlight::highlights(&view.cx, at).into_iter().map(|it| DocumentHighlight {
        range: view.encoding.range(text, it.span),
        kind: Some(if it.defines {
            DocumentHighlightKind::WRITE
        } else {
            DocumentHighlightKind::READ
        }),
    });
    Some(found.collect())
}

pub(super) fn linked(view: &View, at: &TextDocumentPositionParams) -> Option<LinkedEditingRanges> {
    let at = view.place(at)?;
    let text = &view.cx.page(at.id)?.text;
    let found = highlight::linked(&view.cx, at);
    let ranges = found.iter().map(|it| view.encoding.range(text, *it)).collect();
    // What a label is made of: a blank does not end it, a bracket does.
    let word_pattern = Some(r"[^\[\]\r\n]+".to_owned());
    (!found.is_empty()).then_some(LinkedEditingRanges { ranges, word_pattern })
}

pub(super) fn hierarchy(
    view: &View,
    at: &TextDocumentPositionParams,
) -> Option<Vec<CallHierarchyItem>> {
    let node = call_hierarchy::prepare(&view.cx, view.place(at)?)?;
    Some(vec![item(view, &node)?])
}

pub(super) fn incoming(view: &View, of: &Uri) -> Vec<CallHierarchyIncomingCall> {
    let calls = call_hierarchy::incoming(&view.cx, &path(of)).into_iter().filter_map(|it| {
        let document = view.cx.document(&it.page.path)?;
        let from = item(view, &it.page)?;
        Some(CallHierarchyIncomingCall { from, from_ranges: ranges(view, document, &it) })
    });
    calls.collect()
}

pub(super) fn outgoing(view: &View, of: &Uri) -> Vec<CallHierarchyOutgoingCall> {
    let Some(document) = view.document(of) else { return Vec::new() };
    let calls = call_hierarchy::outgoing(&view.cx, &path(of)).into_iter().filter_map(|it| {
        let to = item(view, &it.page)?;
        Some(CallHierarchyOutgoingCall { to, from_ranges: ranges(view, document, &it) })
    });
    calls.collect()
}

fn ranges(view: &View, document: &Document, call: &Call) -> Vec<Range> {
    call.links.iter().map(|it| view.encoding.range(&document.text, *it)).collect()
}

fn item(view: &View, node: &Node) -> Option<CallHierarchyItem> {
    let text = &view.cx.document(&node.path)?.text;
    Some(CallHierarchyItem {
        name: node.title.clone(),
        kind: SymbolKind::FILE,
        tags: None,
        detail: Some(view.cx.shown(&node.path)),
        uri: answer::uri(&node.path)?,
        range: view.encoding.range(text, Span::new(0, text.len())),
        selection_range: view.encoding.range(text, node.heading),
        data: None,
    })
}

pub(super) fn hints(view: &View, uri: &Uri, range: Range) -> Option<Vec<InlayHint>> {
    let document = view.document(uri)?;
    let within = view.encoding.span(&document.text, range);
    let found = inlay_hints::inlay_hints(&view.cx, document.id, within).into_iter();
    let hints = found.map(|it| InlayHint {
        position: view.encoding.position(&document.text, it.at),
        label: InlayHintLabel::String(it.title),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    Some(hints.collect())
}

const TYPES: &[SemanticTokenType] = &[
    SemanticTokenType::PROPERTY,
    SemanticTokenType::CLASS,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::STRING,
];

/// What tokens we tell apart. A broken link is a link that a theme shows as deprecated.
pub(super) fn legend() -> SemanticTokensServerCapabilities {
    SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: TYPES.to_vec(),
            token_modifiers: vec![SemanticTokenModifier::DEPRECATED],
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    })
}

/// The tokens of a page, or of a range of it. No link counts as broken before the workspace is read.
pub(super) fn tokens(view: &View, uri: &Uri, range: Option<Range>) -> Option<SemanticTokens> {
    let document = view.document(uri)?;
    let text = &document.text;
    let whole = Span::new(0, text.len());
    let within = range.map_or(whole, |it| view.encoding.span(text, it));
    let mut last = Position::default();
    let found = semantic_tokens::semantic_tokens(&view.cx, document.id, within).into_iter();
    let data = found.map(|(span, token)| {
        let range = view.encoding.range(text, span);
        let delta_line = range.start.line - last.line;
        let before = if delta_line == 0 { last.character } else { 0 };
        last = range.start;
        SemanticToken {
            delta_line,
            delta_start: range.start.character - before,
            length: range.end.character - range.start.character,
            token_type: match token {
                Token::Field => 0,
                Token::System => 1,
                Token::Pattern => 2,
                Token::Link | Token::Broken => 3,
            },
            token_modifiers_bitset: u32::from(view.loaded && token == Token::Broken),
        }
    });
    Some(SemanticTokens { result_id: None, data: data.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lsp::position::Encoding, testing::Fixture};

    #[test]
    fn no_link_counts_as_broken_before_the_workspace_is_read() {
        let cx = Fixture::new("//- a.md\n[gone](gone.md)\n").snapshot();
        let uri = answer::uri(&cx.documents().next().expect("a page").path).expect("an address");
        let broken = |loaded| {
            let view = View { cx: cx.clone(), encoding: Encoding::default(), loaded };
            let found = tokens(&view, &uri, None).expect("tokens");
            found.data.iter().map(|it| it.token_modifiers_bitset).collect::<Vec<_>>()
        };
        assert_eq!(broken(false), [0]);
        assert_eq!(broken(true), [1]);
    }
}
