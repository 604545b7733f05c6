//! What a front matter field is for, and which values are in use.

use std::collections::HashMap;

use super::profile::{Piece, Profile};
use crate::{
    model::vocabulary::{Field, Means},
    syntax::front_matter::{Node, Value},
    text::Offset,
    world::{Document, Snapshot},
};

const VALUES: usize = 10;

/// The known field whose key is at a place, with that key.
pub(super) fn field_at(document: &Document, at: Offset) -> Option<(&'static Field, &Node)> {
    let head = document.page.front_matter.as_ref()?;
    let Value::Map(entries) = &head.root.value else { return None };
    let (key, _) = entries.iter().find(|it| it.0.span.touches(at))?;
    Some((document.site.words.field(key.as_str()?)?, key))
}

/// What a field is for, and the values in use, the most frequent first.
pub(super) fn profile(cx: &Snapshot, field: &Field) -> Profile {
    let mut profile = Profile {
        name: field.name.to_owned(),
        tags: vec!["front matter field".to_owned()],
        summary: field.doc.to_owned(),
        ..Profile::default()
    };
    if matches!(field.means, Means::Choice | Means::Type | Means::Refers(_) | Means::Systems) {
        let values = values(cx, field.name);
        let lines = values
            .into_iter()
            .map(|(value, count)| vec![Piece::text(format!("{value} — {count}"))]);
        profile.group("Values in use", lines.collect(), VALUES);
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
