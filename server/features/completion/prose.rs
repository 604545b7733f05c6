//! Links for names of studies and patterns in running text.

use super::{Item, Kind as Shown, MOST, paths::Base};
use std::collections::HashSet;

use crate::{
    features::{entity, preview},
    model::{
        Key,
        knowledge::Origin,
        url::{Quote, quoted},
    },
    syntax,
    text::{Offset, Span, offset},
    world::{Document, Snapshot},
};

/// At most so many words of the line before the cursor are taken for one name.
const WORDS: usize = 4;

/// So few letters say too little.
const LEAST: usize = 3;

/// Links to the pages whose name begins with the capitalised words before the cursor; the longest words
/// that begin a name count.
pub(super) fn links(cx: &Snapshot, document: &Document, before: &str, at: Offset) -> Vec<Item> {
    if !is_prose(document, at) {
        return Vec::new();
    }
    let mut names = entity::names(cx);
    let known: HashSet<Key> = names.iter().map(|it| it.0.clone()).collect();
    // Short names, too: `DynamoDB`, `CDN`.
    let all = cx.pages().flat_map(|it| &it.outline.knowledge.names);
    let short = all.filter(|it| matches!(it.origin, Origin::Shortened | Origin::Parenthesis));
    let short = short.filter(|it| !known.contains(&it.key));
    names.extend(short.map(|it| (it.key.clone(), it.text.to_string())));
    names.sort_unstable();
    names.dedup_by(|a, b| a.0 == b.0);
    for typed in beginnings(before) {
        let lower = typed.to_lowercase();
        let matching = names.iter().filter(|it| it.1.to_lowercase().starts_with(&lower));
        let span = Span::new(at - offset(typed.len()), at);
        let items = matching.flat_map(|(key, name)| {
            let pages = cx.entity(key).into_iter().map(|it| it.document);
            let pages = pages.filter(|it| it.id != document.id);
            pages.map(|page| link(cx, document, name, page, span)).collect::<Vec<_>>()
        });
        let mut items: Vec<Item> = items.take(MOST).collect();
        items.sort_by_key(|it| it.label.len());
        if !items.is_empty() {
            return items;
        }
    }
    Vec::new()
}

fn link(cx: &Snapshot, document: &Document, name: &str, page: &Document, replaces: Span) -> Item {
    let way = Base::new(document, "").write(page.path.as_str());
    let way = quoted(&way, Quote::Bare);
    Item {
        kind: Shown::Link,
        label: name.to_owned(),
        detail: way.clone(),
        place: cx.shown(&page.path),
        replaces,
        with: format!("[{}]({way})", preview::escape(name)),
        filter: name.to_owned(),
        shows: Some((page.path.clone(), None)),
    }
}

/// Whether names are read as words at a place.
fn is_prose(document: &Document, at: Offset) -> bool {
    let text = document.text.to_string();
    syntax::prose::prose(&text, &document.page).iter().any(|it| it.start < at && at <= it.end)
}

/// What may be the beginning of a name at the end of `before`: the last words, the longest first, that
/// begin with a capital.
fn beginnings(before: &str) -> Vec<&str> {
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '-' | '/' | '.');
    let mut found = Vec::new();
    let mut at = before.len();
    for _ in 0..WORDS {
        let rest = before[..at].trim_end_matches(is_word);
        let typed = &before[rest.len()..];
        if rest.len() == at {
            break;
        }
        let letters = typed.chars().filter(|it| it.is_alphanumeric()).count();
        if letters >= LEAST && typed.starts_with(char::is_uppercase) {
            found.insert(0, typed);
        }
        let Some(previous) = rest.strip_suffix(' ') else { break };
        at = previous.len();
    }
    found
}
