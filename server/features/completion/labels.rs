//! Labels that the page defines.

use super::{Item, Kind};
use crate::{features::fuzzy::Fuzzy, text::Span, world::Document};

/// The labels of references, or of footnotes, that match what is typed.
pub(super) fn labels(
    document: &Document,
    typed: &str,
    replaces: Span,
    footnote: bool,
) -> Vec<Item> {
    let mut fuzzy = Fuzzy::new(typed);
    let definitions = document.page.definitions.iter().filter(|it| it.footnote == footnote);
    let items = definitions.filter_map(|it| {
        let label = document.source(it.label);
        fuzzy.score(&label)?;
        let line = document.source(it.span);
        let detail = line.split_once("]:").map_or("", |it| it.1).trim().chars().take(80).collect();
        Some(Item {
            kind: Kind::Label,
            label: label.clone(),
            detail,
            place: String::new(),
            replaces,
            with: label.clone(),
            filter: label,
            shows: None,
        })
    });
    items.collect()
}
