//! The structure of a page in the protocol's words: its outline, folds and growing selections.

use tower_lsp::ls_types::{
    DocumentSymbolResponse, FoldingRange, FoldingRangeKind, Position, Range, SelectionRange, Uri,
};

use super::{answer, session::View};
use crate::{
    features::{
        Place, document_symbols,
        folding::{self, Kind},
        selection,
    },
    text::Span,
    world::Document,
};

/// The outline of a page, as a tree if the editor shows one.
pub(super) fn symbols(view: &View, uri: &Uri, nested: bool) -> Option<DocumentSymbolResponse> {
    let document = view.document(uri).filter(|it| it.path.navigation().is_none())?;
    let found = document_symbols::document_symbols(&view.cx, document.id);
    let symbols = answer::document_symbols(view, document, found);
    Some(if nested {
        DocumentSymbolResponse::Nested(symbols)
    } else {
        DocumentSymbolResponse::Flat(answer::flat_symbols(uri, None, &symbols))
    })
}

/// What can be folded on a page. Not even an empty answer for a navigation file: its own language, or
/// its indentation, says what can be folded there.
pub(super) fn folds(view: &View, uri: &Uri) -> Option<Vec<FoldingRange>> {
    let document = view.document(uri).filter(|it| it.path.navigation().is_none())?;
    let folds = folding::folding(&view.cx, document.id).into_iter().map(|it| FoldingRange {
        start_line: line(it.first),
        end_line: line(it.last),
        kind: match it.kind {
            Kind::Block => None,
            Kind::Comment => Some(FoldingRangeKind::Comment),
            Kind::Region => Some(FoldingRangeKind::Region),
        },
        ..FoldingRange::default()
    });
    Some(folds.collect())
}

fn line(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// The growing selection at each position, in their order; none at all where there is nothing to select.
pub(super) fn selections(
    view: &View,
    uri: &Uri,
    positions: &[Position],
) -> Option<Vec<SelectionRange>> {
    let document = view.document(uri)?;
    let chains = positions.iter().map(|it| {
        let at = view.encoding.offset(&document.text, *it);
        (*it, selection::selection(&view.cx, Place { id: document.id, at }))
    });
    let chains: Vec<(Position, Vec<Span>)> = chains.collect();
    if chains.iter().all(|it| it.1.is_empty()) {
        return Some(Vec::new());
    }
    Some(chains.iter().map(|it| nested(view, document, it.0, &it.1)).collect())
}

fn nested(view: &View, document: &Document, at: Position, chain: &[Span]) -> SelectionRange {
    let outward = chain.iter().rev().fold(None, |parent: Option<SelectionRange>, span| {
        let range = view.encoding.range(&document.text, *span);
        Some(SelectionRange { range, parent: parent.map(Box::new) })
    });
    // The protocol wants an answer for each position, so that the lists match.
    outward.unwrap_or(SelectionRange { range: Range::new(at, at), parent: None })
}
