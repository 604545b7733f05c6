//! Names of patterns and systems, values and keys of front matter, where they belong.

use std::collections::{HashMap, HashSet};

use super::{Item, Kind as Shown, MOST};
use crate::{
    features::{entity, fuzzy::Fuzzy, preview},
    model::{
        Key, Kind, PageKind, Path,
        knowledge::Says,
        vocabulary::{Column, FIELDS, Means, column, known_field},
    },
    syntax::front_matter::Value,
    text::{Offset, Span, offset},
    world::{Document, Snapshot},
};

/// What is typed, and what it may become.
struct Typed<'a> {
    text: &'a str,
    span: Span,
}

/// What can stand at `at`, between the two parts of its line, in front matter or in a table's cell.
pub(super) fn names(
    cx: &Snapshot,
    document: &Document,
    before: &str,
    after: &str,
    at: Offset,
) -> Vec<Item> {
    match head(document, at) {
        Some(head) => {
            let start = at - offset(before.len());
            let above = document.source(Span::new(head, start.max(head)));
            in_front_matter(cx, document, &above, before, after, at)
        }
        None if before.trim_start().starts_with('|') => in_cell(cx, document, before, after, at),
        None => Vec::new(),
    }
}

/// Where the front matter begins that the place stands in; its closing line may still be missing.
pub(super) fn head(document: &Document, at: Offset) -> Option<Offset> {
    if let Some(head) = &document.page.front_matter {
        return head.body.touches(at).then_some(head.body.start);
    }
    let first = document.text.line(0);
    let start = document.text.line(1).start;
    if document.source(first).trim_end() != "---" || at < start {
        return None;
    }
    let is_entry = |line: &str| {
        let key = line.split_once(':').map(|it| it.0);
        let is_key = |it: &str| {
            !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || "_-".contains(it))
        };
        line.starts_with([' ', '\t', '-', '#']) || key.is_some_and(is_key)
    };
    let above = Span::new(start, document.text.line(document.text.line_of(at)).start);
    document.source(above).lines().all(is_entry).then_some(start)
}

fn in_front_matter(
    cx: &Snapshot,
    document: &Document,
    above: &str,
    before: &str,
    after: &str,
    at: Offset,
) -> Vec<Item> {
    let indented = before.starts_with([' ', '\t', '-']);
    let rest = before.trim_start();
    if let Some((key, value)) = rest.split_once(':').filter(|_| !indented) {
        return values(cx, document, key.trim(), &typed(value, after, at));
    }
    if !indented {
        return keys(cx, document, above, &typed(before, after, at));
    }
    let is_key = |it: &&str| !it.starts_with([' ', '\t', '-', '#']) && it.contains(':');
    let Some(owner) = above.lines().rev().find(is_key) else { return Vec::new() };
    let field = owner.split(':').next().unwrap_or_default();
    let entry = rest.strip_prefix('-').unwrap_or(rest);
    // Behind a name stands what it is used for.
    if entry.contains(':') {
        return Vec::new();
    }
    let typed = typed(entry, after, at);
    // Below a field, not in a list, may stand a tier.
    let mut items =
        if rest.starts_with('-') { Vec::new() } else { tiers(cx, document, field, &typed) };
    items.extend(values(cx, document, field, &typed));
    items.truncate(MOST);
    items
}

/// The tiers in which pages list the patterns of a field, the most frequent first.
fn tiers(cx: &Snapshot, document: &Document, field: &str, typed: &Typed<'_>) -> Vec<Item> {
    let means = document.site.words.field(field).map(|it| it.means);
    if means != Some(Means::Refers(Kind::Pattern)) {
        return Vec::new();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for fact in cx.pages().flat_map(|it| &it.outline.knowledge.facts) {
        if let Says::Uses { tier, .. } = &fact.says
            && !tier.is_empty()
            && **tier != *typed.text
        {
            *counts.entry(tier).or_default() += 1;
        }
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let items = all.into_iter().map(|it| (it.0.to_owned(), preview::number(it.1, "pattern"), None));
    let mut items = ranked(items.collect(), typed);
    items.iter_mut().for_each(|it| it.with.push(':'));
    items
}

/// The last piece of what is typed, behind brackets, commas and quotes, with what belongs to it behind
/// the cursor.
fn typed<'a>(before: &'a str, after: &str, at: Offset) -> Typed<'a> {
    let start = before.rfind(['[', ',', '|']).map_or(0, |it| it + 1);
    let text = before[start..].trim_start_matches([' ', '\t', '*', '"', '\'']);
    let behind = after.find(|it: char| !it.is_alphanumeric() && it != '-').unwrap_or(after.len());
    Typed { text, span: Span::new(at - offset(text.len()), at + offset(behind)) }
}

/// The values that a field can have: names of patterns, names of systems, or what is in use.
fn values(cx: &Snapshot, document: &Document, field: &str, typed: &Typed<'_>) -> Vec<Item> {
    let Some(field) = document.site.words.field(field) else { return Vec::new() };
    match field.means {
        Means::Refers(Kind::Pattern) => {
            let pages =
                pages_of(cx, PageKind::Pattern).into_iter().filter(|it| it.id != document.id);
            let items = pages.map(|page| {
                let stem = page.path.stem();
                (stem.to_owned(), page.title().to_owned(), Some(page.path.clone()))
            });
            ranked(items.collect(), typed)
        }
        Means::Systems | Means::Users => ranked(systems(cx, document, typed), typed),
        Means::Refers(_) | Means::Choice | Means::Type => {
            let used = entity::values(cx, field.name).into_iter();
            let items = used.map(|(value, count)| (value, preview::number(count, "page"), None));
            let mut items: Vec<(String, String, Option<Path>)> = items.collect();
            for choice in field.choices() {
                if !items.iter().any(|it| it.0.eq_ignore_ascii_case(choice)) {
                    items.push((choice.to_owned(), String::new(), None));
                }
            }
            ranked(items, typed)
        }
        _ => Vec::new(),
    }
}

/// The keys of the page's kind that it does not have yet: those in use, the most frequent first, then
/// the others that are known.
fn keys(cx: &Snapshot, document: &Document, above: &str, typed: &Typed<'_>) -> Vec<Item> {
    let of =
        |document: &Document| match document.page.front_matter.as_ref().map(|it| &it.root.value) {
            Some(Value::Map(entries)) => {
                entries.iter().filter_map(|it| it.0.as_str()).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
    let mut own: HashSet<String> = of(document).into_iter().filter(|it| it != typed.text).collect();
    own.extend(above.lines().filter_map(|it| Some(it.split_once(':')?.0.to_owned())));
    let kind = cx.page_kind(document);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in cx.pages().filter(|it| cx.page_kind(it) == kind && it.id != document.id) {
        of(page).into_iter().for_each(|it| *counts.entry(it).or_default() += 1);
    }
    let mut all: Vec<(String, usize)> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let known = FIELDS.iter().filter(|it| it.of.is_none_or(|of| of == kind));
    let known = known.map(|it| (it.name.to_owned(), 0));
    let mut seen = own;
    let all = all.into_iter().chain(known).filter(|it| seen.insert(it.0.clone()));
    let items = all.map(|(key, _)| {
        let doc = known_field(&key).map_or("", |it| it.doc).to_owned();
        (key, doc, None)
    });
    let mut items = ranked(items.collect(), typed);
    for item in &mut items {
        item.kind = Shown::Field;
        item.with.push_str(": ");
    }
    items
}

/// The names for a cell, by the head of its column.
fn in_cell(cx: &Snapshot, document: &Document, before: &str, after: &str, at: Offset) -> Vec<Item> {
    let tables = document.page.tables.iter();
    // A row that is being typed may not be part of its table yet.
    let table = tables.rev().find(|it| it.span.start <= at);
    let Some(table) = table.filter(|it| {
        let between = document.text.line_of(at) - document.text.line_of(it.span.end.min(at));
        between <= 1
    }) else {
        return Vec::new();
    };
    let index = before.matches('|').count() - before.matches("\\|").count() - 1;
    let Some(head) = table.head.get(index) else { return Vec::new() };
    let after = after.split('|').next().unwrap_or_default();
    let typed = &typed(before, after, at);
    match column(&document.source(*head)) {
        Some(Column::Pattern) => {
            let pages = pages_of(cx, PageKind::Pattern).into_iter();
            let items = pages.map(|page| {
                let title = page.title().split([':', '(']).next().unwrap_or_default().trim();
                (title.to_owned(), page.path.stem().to_owned(), Some(page.path.clone()))
            });
            ranked(items.collect(), typed)
        }
        Some(Column::System) => ranked(systems(cx, document, typed), typed),
        _ => Vec::new(),
    }
}

/// Every system by its names: those of studies, and those that tables use.
fn systems(
    cx: &Snapshot,
    own: &Document,
    typed: &Typed<'_>,
) -> Vec<(String, String, Option<Path>)> {
    let names = entity::names(cx).into_iter();
    let names = names.filter(|it| matches!(it.0, Key::Entity(Kind::System, _)));
    let items = names.flat_map(|(key, name)| {
        let mut pages = cx.entity(&key);
        // What is just being typed is no name of the page yet.
        let had_any = !pages.is_empty();
        pages.retain(|it| it.document.id != own.id || name != typed.text);
        if had_any && pages.is_empty() {
            return Vec::new();
        }
        // A name of several pages is offered for each.
        let items: Vec<_> = pages
            .iter()
            .map(|it| {
                let page = it.document;
                (name.clone(), page.title().to_owned(), Some(page.path.clone()))
            })
            .collect();
        if items.is_empty() { vec![(name, String::new(), None)] } else { items }
    });
    items.collect()
}

fn pages_of(cx: &Snapshot, kind: PageKind) -> Vec<&Document> {
    cx.pages().filter(|it| cx.page_kind(it) == kind).map(AsRef::as_ref).collect()
}

/// The candidates that match, best first, what has no page last; all in their order as long as nothing is
/// typed. The name counts more than what is said of it.
fn ranked(all: Vec<(String, String, Option<Path>)>, typed: &Typed<'_>) -> Vec<Item> {
    let mut fuzzy = Fuzzy::new(typed.text);
    // What is just being typed is no name yet.
    let all = all.into_iter().filter(|it| it.2.is_some() || it.0 != typed.text);
    let scored = all.filter_map(|(name, detail, page)| {
        let filter = format!("{name} {detail}");
        let score = fuzzy.score(&filter)? + fuzzy.score(&name).unwrap_or_default();
        Some((std::cmp::Reverse(score), name, detail, page, filter))
    });
    let mut scored: Vec<_> = scored.collect();
    scored.sort_by_key(|it| (it.0, it.3.is_none()));
    let items = scored.into_iter().take(MOST).map(|(_, name, detail, page, filter)| Item {
        kind: Shown::Name,
        label: name.clone(),
        detail,
        place: String::new(),
        replaces: typed.span,
        with: name,
        filter,
        shows: page.map(|it| (it, None)),
    });
    items.collect()
}
