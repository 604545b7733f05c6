//! The list under the cursor in the order of what its items say.

use crate::{
    model::Changes,
    syntax::{tree, tree::Construct},
    text::{Edit, Span, offset},
    world::{Document, Snapshot},
};

pub(super) fn offer(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    sorted(document, span).map(|_| "Sort list".to_owned())
}

pub(super) fn apply(_: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let edit = sorted(document, span).ok_or("there is no list here that could be sorted")?;
    let mut changes = Changes::default();
    changes.edit(&document.path, edit.span, edit.with);
    Ok(changes)
}

/// The innermost list around the stretch with its items sorted; none if they are. Lists that are
/// numbered stay: their order says something.
fn sorted(document: &Document, span: Span) -> Option<Edit> {
    let items = &document.page.items;
    items.iter().find(|it| it.span.touches(span.start))?;
    let text = document.text.to_string();
    let nodes = tree::tree(&text, &document.site.dialect);
    let lists =
        nodes.iter().filter(|it| it.construct == Construct::List && it.span.touches(span.start));
    let list = lists.min_by_key(|it| it.span.len())?.span;
    let inside =
        nodes.iter().filter(|it| it.construct == Construct::Item && list.contains(it.span));
    let mut own: Vec<Span> = Vec::new();
    for item in inside {
        // Items of lists within items stay with them.
        if own.last().is_none_or(|last| item.span.start >= last.end) {
            // The line break behind the last item may be missing.
            let length = text[item.span.range()].trim_end().len();
            own.push(Span::new(item.span.start, item.span.start + offset(length)));
        }
    }
    let bullet = |it: &Span| text[it.range()].starts_with(['-', '*', '+']);
    if own.len() < 2 || !own.iter().all(bullet) {
        return None;
    }
    let mut order: Vec<usize> = (0..own.len()).collect();
    order.sort_by_cached_key(|it| key(&text[own[*it].range()]));
    if order.is_sorted() {
        return None;
    }
    // What stands between items stays where it is.
    let mut with = String::new();
    for (place, from) in order.iter().enumerate() {
        if place > 0 {
            with.push_str(&text[own[place - 1].end as usize..own[place].start as usize]);
        }
        with.push_str(&text[own[*from].range()]);
    }
    Some(Edit { span: Span::new(own[0].start, own[own.len() - 1].end), with })
}

/// What an item is sorted by: the text of its link, else its own.
fn key(item: &str) -> String {
    let text = item.split_once("](").and_then(|it| it.0.split_once('[')).map_or(item, |it| it.1);
    let kept = text.chars().filter(|it| it.is_alphanumeric() || it.is_whitespace());
    kept.flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}
