//! Anchors behind `#`, of this page and of others.

use percent_encoding::percent_decode_str;

use super::{Item, Kind, context::Typed};
use crate::{
    features::{fuzzy::Fuzzy, workspace_symbols},
    model::{Path, Reference, Target, resolve, url::quoted},
    syntax::{Form, Link},
    text::{Span, offset},
    world::{Document, Resolved, Snapshot, way},
};

/// The anchors of the page that `path` names; of the page itself if that is empty.
pub(super) fn of_page(cx: &Snapshot, document: &Document, path: &str, typed: &Typed) -> Vec<Item> {
    if typed.image {
        return Vec::new();
    }
    let Some(target) = page(cx, document, path, Form::Inline) else { return Vec::new() };
    let query = typed.before[path.len() + 1..].to_owned();
    let start = typed.span.start + offset(path.len()) + 1;
    listed(
        target,
        &percent_decode_str(&query).decode_utf8_lossy(),
        Span::new(start, typed.span.end),
    )
}

/// The anchors of the page that a wiki link calls so.
pub(super) fn of_named(
    cx: &Snapshot,
    document: &Document,
    name: &str,
    query: &str,
    span: Span,
) -> Vec<Item> {
    let Some(target) = page(cx, document, name, Form::Wiki) else { return Vec::new() };
    listed(target, query, Span::new(span.start + offset(name.len()) + 1, span.end))
}

/// The page that a half-typed path names.
fn page<'a>(
    cx: &'a Snapshot,
    document: &'a Document,
    path: &str,
    form: Form,
) -> Option<&'a Document> {
    if path.is_empty() {
        return Some(document);
    }
    let link = Link {
        form,
        span: Span::default(),
        text: Span::default(),
        dest: Span::default(),
        target: path.into(),
        angle: false,
        image: false,
        unread: false,
    };
    let Target::Local(aim) = resolve(&document.site, &document.path, &link) else { return None };
    let reference = Reference::new(&document.site, 0, aim);
    match cx.resolve(&reference)? {
        Resolved::Page(page, _) => Some(page),
        _ => None,
    }
}

fn listed(page: &Document, query: &str, replaces: Span) -> Vec<Item> {
    let mut fuzzy = Fuzzy::new(query);
    let mut scored: Vec<(u32, usize, Item)> = Vec::new();
    for (order, (anchor, title)) in anchors(page).into_iter().enumerate() {
        let Some(score) = fuzzy.score(&anchor).max(fuzzy.score(title)) else { continue };
        let item = Item {
            kind: Kind::Anchor,
            label: format!("#{anchor}"),
            detail: title.to_owned(),
            place: String::new(),
            replaces,
            filter: format!("{anchor} {title}"),
            shows: Some((page.path.clone(), Some(anchor.clone().into()))),
            with: anchor,
        };
        scored.push((score, order, item));
    }
    scored.sort_by_key(|it| (std::cmp::Reverse(it.0), it.1));
    scored.into_iter().map(|it| it.2).collect()
}

/// Every anchor of a page once, as it is written, with the text of its heading.
fn anchors(page: &Document) -> Vec<(String, &str)> {
    let headings = page.page.headings.iter();
    let headings = headings.filter_map(|it| Some((it.anchor.as_deref()?.to_owned(), &*it.title)));
    let ids = page.page.ids.iter().map(|it| (it.id.to_string(), ""));
    let mut seen = std::collections::HashSet::new();
    headings.chain(ids).filter(|it| seen.insert(it.0.clone())).collect()
}

/// The headings of all pages, behind `##`.
pub(super) fn everywhere(cx: &Snapshot, document: &Document, typed: &Typed) -> Vec<Item> {
    if typed.image {
        return Vec::new();
    }
    let query = typed.before.trim_start_matches('#');
    let headings = Some(workspace_symbols::Kind::Heading);
    let symbols = workspace_symbols::among(cx, query, headings, super::MOST).into_iter();
    let items = symbols.filter_map(|it| {
        let page = cx.document(&it.to.path)?;
        let heading = page.page.headings.iter().find(|heading| heading.span == it.to.span)?;
        let anchor = heading.anchor.as_deref()?;
        let path =
            if page.id == document.id { String::new() } else { path(document, &it.to.path, typed) };
        Some(Item {
            kind: Kind::Anchor,
            label: format!("#{anchor}"),
            detail: it.name.clone(),
            place: cx.shown(&it.to.path),
            replaces: typed.span,
            with: format!("{path}#{anchor}"),
            filter: format!("{} {anchor} {}", typed.before, it.name),
            shows: Some((it.to.path, Some(anchor.into()))),
        })
    });
    let ids = document.page.ids.iter().map(|it| Item {
        kind: Kind::Anchor,
        label: format!("#{}", it.id),
        detail: String::new(),
        place: String::new(),
        replaces: typed.span,
        with: format!("#{}", it.id),
        filter: format!("{} {}", typed.before, it.id),
        shows: None,
    });
    let matching = ids.filter(|it| query.is_empty() || it.with.contains(query));
    matching.chain(items).collect()
}

fn path(document: &Document, to: &Path, typed: &Typed) -> String {
    quoted(&way(&document.path, to), typed.quote)
}
