//! A bare name of a system or a pattern as a link to its page.

use crate::{
    model::{Changes, Key, Kind, knowledge, url},
    syntax,
    text::Span,
    world::{Document, Snapshot, way},
};

pub(super) fn offer(cx: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let (_, _, title) = found(cx, document, span)?;
    Some(format!("Link to `{title}`"))
}

pub(super) fn apply(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let (name, to, _) = found(cx, document, span).ok_or("there is no name here")?;
    let mut changes = Changes::default();
    let to = url::quoted(&to, url::Quote::Bare);
    changes.edit(&document.path, name, format!("[{}]({to})", document.source(name)));
    Ok(changes)
}

pub(super) fn offer_all(cx: &Snapshot, document: &Document, span: Span) -> Option<String> {
    // What is offered must not wait until all pages have been read for names.
    if !cx.knows_mentions() {
        return None;
    }
    let (names, _, title) = all(cx, document, span)?;
    Some(format!("Link all {} mentions to `{title}`", names.len()))
}

pub(super) fn apply_all(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let (names, to, _) =
        all(cx, document, span).ok_or("there is no name here that occurs again")?;
    let mut changes = Changes::default();
    let to = url::quoted(&to, url::Quote::Bare);
    for name in names {
        changes.edit(&document.path, name, format!("[{}]({to})", document.source(name)));
    }
    Ok(changes)
}

/// The name at a place and every other mention of its page in the running text, if there are others.
fn all(cx: &Snapshot, document: &Document, span: Span) -> Option<(Vec<Span>, String, String)> {
    let (name, to, title) = found(cx, document, span)?;
    let leads = |key: &Key| match &cx.entity(key)[..] {
        [only] => way(&document.path, &only.document.path) == to,
        _ => false,
    };
    let mentions = cx.mentions(cx.document(&document.path)?);
    let others = mentions.into_iter().filter(|it| leads(&it.key)).map(|it| it.span);
    let others = others.filter(|it| it.end <= name.start || name.end <= it.start);
    let mut names: Vec<Span> = others.chain([name]).collect();
    names.sort();
    (names.len() > 1).then_some((names, to, title))
}

/// The name at a place, the way to its page, and what that is called. The longest name counts; one that
/// may mean two pages does not, nor does one in a link, in code or in the front matter.
fn found(cx: &Snapshot, document: &Document, span: Span) -> Option<(Span, String, String)> {
    let head = document.page.front_matter.as_ref().map_or(0, |it| it.span.end);
    let free = |it: Span| {
        it.start >= head
            && document
                .page
                .links
                .iter()
                .all(|link| it.end <= link.span.start || link.span.end <= it.start)
    };
    let candidates = if span.is_empty() { around(document, span.start) } else { vec![span] };
    let (name, page) = candidates.into_iter().filter(|it| free(*it)).find_map(|it| {
        let text = document.source(it);
        let kinds = [Kind::System, Kind::Pattern];
        let keys = kinds.into_iter().filter_map(|kind| knowledge::entity(kind, &text));
        let mut pages: Vec<_> =
            keys.flat_map(|it: Key| cx.entity(&it)).map(|it| it.document).collect();
        pages.dedup_by_key(|it| it.id);
        match pages[..] {
            [page] if page.id != document.id => Some((it, page)),
            _ => None,
        }
    })?;
    if syntax::is_code(&document.text.to_string(), &document.site.dialect, name.start) {
        return None;
    }
    Some((name, way(&document.path, &page.path), page.title().to_owned()))
}

/// Stretches of one to four words around a place, the longest first.
fn around(document: &Document, at: u32) -> Vec<Span> {
    let line = document.text.line(document.text.line_of(at));
    let text = document.source(line);
    let mut words: Vec<Span> = Vec::new();
    let mut start = None;
    for (index, it) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = it.is_alphanumeric() || matches!(it, '-' | '/' | '\'' | '’' | '.');
        match (inside, start) {
            (true, None) => start = Some(index),
            (false, Some(from)) => {
                let word = text[from..index].trim_end_matches('.');
                words.push(Span::from(from..from + word.len()).shifted(line.start));
                start = None;
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for number in (1..=4).rev() {
        let runs = words.windows(number).map(|it| Span::new(it[0].start, it[number - 1].end));
        found.extend(runs.filter(|it| it.touches(at)));
    }
    found
}
