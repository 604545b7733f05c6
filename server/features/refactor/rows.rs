//! The row of a system in a table from the front matter of its study, and the reverse.

use crate::{
    model::Changes,
    rules::Row,
    text::Span,
    world::{Document, Snapshot},
};

pub(super) fn offer_fill(cx: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let row = Row::at(cx, document, span).filter(|it| !it.filled().is_empty())?;
    Some(format!("Fill the row from `{}`", cx.shown(&row.study.path)))
}

pub(super) fn fill(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let row = Row::at(cx, document, span).ok_or("there is no row of a system with a study here")?;
    let mut changes = Changes::default();
    for edit in row.filled() {
        changes.edit(&document.path, edit.span, edit.with);
    }
    Ok(changes)
}

pub(super) fn offer_tell(cx: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let row = Row::at(cx, document, span)?;
    let (names, _) = row.told(row.span())?;
    let names = names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    Some(format!("Name {names} among the patterns of `{}`", cx.shown(&row.study.path)))
}

pub(super) fn tell(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let row = Row::at(cx, document, span).ok_or("there is no row of a system with a study here")?;
    let (_, edit) = row.told(row.span()).ok_or("the study names every pattern of the row")?;
    let mut changes = Changes::default();
    changes.edit(&row.study.path, edit.span, edit.with);
    Ok(changes)
}
