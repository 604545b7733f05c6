//! Front matter fields: names of systems and patterns, and figures.

use super::{Knowledge, LONGEST, Says, Source, Spot, entity, figures};
use crate::{
    model::{
        Key, Kind, Words,
        vocabulary::{Field, Means, parenthesis},
    },
    syntax::front_matter::{Node, Value},
    text::Span,
};

pub(super) fn read(source: Source<'_>, found: &mut Knowledge) {
    let Some(head) = &source.page.front_matter else { return };
    let own = Key::Page(source.path.clone());
    for (field, value) in pairs(&source.site.words, &head.root) {
        match field.means {
            Means::Refers(kind) => names(source, kind, value, "", &own, found),
            Means::Users => users(source, value, found),
            Means::Figures => measures(source, value, &own, found),
            _ => {}
        }
    }
}

/// The known fields of a front matter, with their values.
pub(super) fn pairs<'a>(words: &Words, root: &'a Node) -> Vec<(&'static Field, &'a Node)> {
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let known =
        entries.iter().filter_map(|(key, value)| Some((words.field(key.as_str()?)?, value)));
    known.collect()
}

/// The place of a scalar without its quotes.
pub(super) fn inner(text: &str, span: Span) -> Span {
    let source = text.get(span.range()).unwrap_or_default();
    let quoted = source.len() > 1 && source.starts_with(['"', '\'']);
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// What a name says that may be written as a path: `resilience/circuit-breaker.md`.
pub(super) fn last_part(name: &str) -> &str {
    let path = name.strip_suffix(".md").unwrap_or(name);
    let is_path = path.len() < name.len()
        || name.starts_with(['.', '/'])
        || (name.contains('/') && name.contains('-') && !name.contains(char::is_uppercase));
    if !is_path || name.contains(' ') {
        return name;
    }
    path.trim_end_matches('/').rsplit('/').next().unwrap_or(name)
}

/// Takes the names in a value: a name, a list of names, maps from a name to what it is used for, or
/// a map from tier to any of these.
fn names(
    source: Source<'_>,
    kind: Kind,
    value: &Node,
    tier: &str,
    own: &Key,
    found: &mut Knowledge,
) {
    match &value.value {
        Value::Null => {}
        Value::Scalar(text) => name(source, kind, (text, value.span), tier, "", own, found),
        Value::List(items) => {
            items.iter().for_each(|it| names(source, kind, it, tier, own, found));
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                let Some(text) = key.as_str() else { continue };
                match &value.value {
                    Value::Scalar(note) => {
                        name(source, kind, (text, key.span), tier, note, own, found);
                    }
                    Value::Null => name(source, kind, (text, key.span), tier, "", own, found),
                    _ => names(source, kind, value, text, own, found),
                }
            }
        }
    }
}

fn name(
    source: Source<'_>,
    kind: Kind,
    (text, span): (&str, Span),
    tier: &str,
    note: &str,
    own: &Key,
    found: &mut Knowledge,
) {
    let (text, inner_note) = parenthesis(text);
    let span = inner(source.text, span);
    let Some(key) = found.use_name(kind, last_part(text), span, Spot::Field) else { return };
    if kind == Kind::Pattern {
        let note = if note.is_empty() { inner_note.unwrap_or_default() } else { note };
        let tier = if tier.len() > LONGEST { "" } else { tier };
        let (tier, note) = (tier.into(), note.trim().into());
        found.fact(own, span, Says::Uses { pattern: key, tier, note });
    }
}

/// Takes who uses the pattern that the page is about.
fn users(source: Source<'_>, value: &Node, found: &mut Knowledge) {
    let Value::List(items) = &value.value else { return };
    let Some(pattern) =
        found.own().cloned().filter(|it| matches!(it, Key::Entity(Kind::Pattern, _)))
    else {
        return;
    };
    for item in items {
        let who = ["company", "system", "name"].iter().find_map(|it| item.get(it)).unwrap_or(item);
        let Some(text) = who.as_str() else { continue };
        let (text, inner_note) = parenthesis(text);
        let span = inner(source.text, who.span);
        // `Netflix Zuul serving billions of requests` is a sentence rather than a name.
        if text.split(' ').count() > 4 {
            continue;
        }
        let Some(about) = entity(Kind::System, text) else { continue };
        found.use_name(Kind::System, text, span, Spot::Field);
        let how =
            ["implementation", "use_case", "usage"].iter().find_map(|it| item.get(it)?.as_str());
        let note = how.or(inner_note).unwrap_or_default().into();
        found.fact(&about, span, Says::Uses { pattern: pattern.clone(), tier: "".into(), note });
        if let Some(scale) = item.get("scale").filter(|it| it.as_str().is_some()) {
            figures(source, &about, inner(source.text, scale.span), "", found);
        }
    }
}

/// Takes the figures of a map from what is measured to its value.
fn measures(source: Source<'_>, value: &Node, own: &Key, found: &mut Knowledge) {
    let Value::Map(entries) = &value.value else { return };
    for (key, value) in entries {
        let label = key.as_str().unwrap_or_default().replace('_', " ");
        if value.as_str().is_some() {
            let span = inner(source.text, value.span);
            let text = source.slice(span).into();
            let figure = crate::model::figure::figure(source.slice(span), &label);
            found.fact(own, span, Says::Figure { text, label: label.into(), figure });
        }
    }
}
