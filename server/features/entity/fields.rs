//! What a front matter field is for, and which values are in use.

use std::collections::HashMap;

use super::profile::{Line, Piece, Profile};
use crate::{
    features::preview,
    model::vocabulary::{Field, Means},
    syntax::front_matter::Value,
    text::{Offset, Span},
    world::{Document, Snapshot},
};

const VALUES: usize = 10;

/// The card of the field whose key is at a place, with the place of the key.
pub(super) fn card(cx: &Snapshot, document: &Document, at: Offset) -> Option<(Span, Profile)> {
    let head = document.page.front_matter.as_ref()?;
    let Value::Map(entries) = &head.root.value else { return None };
    let (key, _) = entries.iter().find(|it| it.0.span.touches(at))?;
    let name = key.as_str()?;
    let card = match document.site.words.field(name) {
        Some(field) => profile(cx, field),
        None => unknown(cx, name),
    };
    Some((key.span, card))
}

/// What is known of a field of the author's own: on how many pages it is, and what it says more than once.
fn unknown(cx: &Snapshot, name: &str) -> Profile {
    let head = |it: &Document| Some(it.page.front_matter.as_ref()?.get(name).is_some());
    let pages = cx.pages().filter(|it| head(it) == Some(true)).count();
    let mut profile = Profile {
        name: name.to_owned(),
        tags: vec!["front matter field".to_owned()],
        summary: format!("A field of your own, on {}.", preview::number(pages, "page")),
        ..Profile::default()
    };
    let values = values(cx, name).into_iter().filter(|it| it.1 > 1);
    profile.group("Values in use", lines(values), VALUES);
    profile
}

fn lines(values: impl Iterator<Item = (String, usize)>) -> Vec<Line> {
    values.map(|(value, count)| vec![Piece::text(format!("{value} — {count}"))]).collect()
}

/// What a field is for, and the values in use, the most frequent first.
fn profile(cx: &Snapshot, field: &Field) -> Profile {
    let mut profile = Profile {
        name: field.name.to_owned(),
        tags: vec!["front matter field".to_owned()],
        summary: field.doc.to_owned(),
        ..Profile::default()
    };
    if matches!(field.means, Means::Choice | Means::Type | Means::Refers(_) | Means::Systems) {
        profile.group("Values in use", lines(values(cx, field.name).into_iter()), VALUES);
    }
    profile
}

/// The values of a field on all pages with how often each occurs, the most frequent first.
pub(in crate::features) fn values(cx: &Snapshot, field: &str) -> Vec<(String, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for document in cx.pages() {
        let head = document.page.front_matter.as_ref().and_then(|it| it.get(field));
        for value in head.iter().flat_map(|it| it.scalars()).filter_map(|it| it.as_str()) {
            let value = value.trim();
            if !value.is_empty() && value.len() < 80 {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let mut found: Vec<_> =
        counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found
}
