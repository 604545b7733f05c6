//! List items and links: entries of an index, figures of a system, users of a pattern, link texts.

use foldhash::HashSet;

use super::{Call, Fact, Knowledge, Origin, Says, Source, Spot, bare, entity, figures, forms};
use crate::{
    model::{
        Key, Kind, PageKind,
        vocabulary::{self, USERS, slug},
    },
    syntax::{Form, Item, Link},
    text::{Offset, Span, offset},
};

/// At most so many words the name at the beginning of an item has.
const WORDS: usize = 4;

pub(super) fn read(source: Source<'_>, found: &mut Knowledge) {
    let entries: Vec<_> = source.page.items.iter().filter_map(|it| entry(source, it)).collect();
    let is_index =
        found.kind == PageKind::Index || (found.kind == PageKind::Other && entries.len() >= 5);
    if is_index {
        let makes = lists(source);
        let folder = source.path.folder();
        for entry in &entries {
            // Of what lies elsewhere a list among the patterns does not make patterns.
            let inside =
                source.reference(entry.index).is_some_and(|it| match it.candidates.first() {
                    Some(Key::Page(path)) => path.inside(folder).is_some(),
                    _ => false,
                });
            list(source, entry, if inside { makes } else { PageKind::Other }, found);
        }
        let items = source.page.items.iter();
        items.for_each(|it| remark(source, it, found));
    } else if found.kind == PageKind::Pattern {
        entries.iter().for_each(|it| user(source, it, found));
    }
    let listed: HashSet<usize> =
        if is_index { entries.iter().map(|it| it.index).collect() } else { HashSet::default() };
    for (index, link) in source.page.links.iter().enumerate() {
        if !listed.contains(&index) {
            call(source, index, link, found);
        }
    }
}

/// An item that begins with a link to a page: `**[Kafka](kafka.md)** - A log.`
struct Entry<'a> {
    index: usize,
    link: &'a Link,
    /// What stands behind the link and its dash.
    rest: Span,
}

fn entry<'a>(source: Source<'a>, item: &Item) -> Option<Entry<'a>> {
    let (span, text) = bare(source.text, item.text);
    if !text.starts_with('[') {
        return None;
    }
    let (index, link) = source.link_in(Span::new(span.start, item.text.end))?;
    (link.span.start == span.start && source.reference(index)?.fragment.is_none()).then_some(())?;
    let marks = |it: char| it.is_whitespace() || "*_-–—:".contains(it);
    let tail = Span::new(link.span.end.min(item.text.end), item.text.end);
    let rest = source.slice(tail);
    let start = tail.start + offset(rest.len() - rest.trim_start_matches(marks).len());
    Some(Entry { index, link, rest: Span::new(start, item.text.end.max(start)) })
}

/// What an index makes of the pages that it lists.
fn lists(source: Source<'_>) -> PageKind {
    let folder = source.path.folder();
    let by_folder = vocabulary::kind_of_path(
        &source.site.docs,
        &crate::model::Path::new(&format!("{folder}/page.md")),
    );
    let title = source.page.headings.first().map(|it| it.title.to_lowercase()).unwrap_or_default();
    match by_folder {
        Some(kind) => kind,
        None if title.contains("stud") => PageKind::Study,
        None if title.contains("pattern") => PageKind::Pattern,
        None => PageKind::Other,
    }
}

/// Takes an entry of an index: names and figures of the page it lists.
fn list(source: Source<'_>, entry: &Entry<'_>, makes: PageKind, found: &mut Knowledge) {
    let Some(reference) = source.reference(entry.index) else { return };
    let (_, text) = bare(source.text, entry.link.text);
    let text = vocabulary::plain(text);
    let Ok(link) = u32::try_from(entry.index) else { return };
    for (form, origin) in forms(&text, Origin::Listing) {
        let slug = slug(form);
        if slug.is_empty() {
            continue;
        }
        found.calls.push(Call {
            key: Key::Called(slug),
            text: form.into(),
            link,
            to: reference.candidates.clone(),
            origin,
            listed: Some((makes, entry.rest)),
        });
    }
    if makes == PageKind::Study
        && let Some(about) = entity(Kind::System, &text)
    {
        figures(source, &about, entry.rest, "", found);
    }
}

/// Takes `Netflix: 260M+ users, 1B+ hours/month`: remarks and figures about a system.
fn remark(source: Source<'_>, item: &Item, found: &mut Knowledge) {
    let text = source.slice(item.text);
    let Some(colon) = text.get(..text.len().min(60)).and_then(|it| it.find(':')) else { return };
    let (span, name) = bare(source.text, Span::from(0..colon).shifted(item.text.start));
    let is_name = name.starts_with(char::is_alphabetic)
        && name.split(' ').count() <= WORDS
        && !name.contains(['[', '<', '(', '?', '!', '.']);
    // In `**Kafka: The Definitive Guide** - a book` the name goes on.
    let is_name = is_name
        && (text[..colon].matches("**").count().is_multiple_of(2)
            || text[colon + 1..].starts_with("**"));
    let rest = Span::new(item.text.start + offset(colon) + 1, item.text.end);
    let (rest, said) = bare(source.text, rest);
    if !is_name || said.is_empty() {
        return;
    }
    let Some(about) = found.use_name(Kind::System, name, span, Spot::Item) else { return };
    let before = found.facts.len();
    figures(source, &about, rest, "", found);
    if found.facts.len() == before && found.kind == PageKind::Index {
        found.fact(&about, rest, Says::Remark { label: "".into(), text: said.into() });
    }
}

/// What the list item at a place says of a system, as an index would have it.
pub(super) fn item_at(source: Source<'_>, at: Offset) -> Vec<Fact> {
    let mut found = Knowledge::default();
    let items = source.page.items.iter().filter(|it| it.text.touches(at));
    items.for_each(|it| remark(source, it, &mut found));
    found.facts
}

/// Takes an item below `Used by` on a pattern's page.
fn user(source: Source<'_>, entry: &Entry<'_>, found: &mut Knowledge) {
    let headings = &source.page.headings;
    let above = headings.partition_point(|it| it.span.start < entry.link.span.start);
    let above = above.checked_sub(1).map(|it| &headings[it]);
    if !above.is_some_and(|it| USERS.contains(&&*slug(&it.title))) {
        return;
    }
    let Some(pattern) = found.own().cloned() else { return };
    let (span, text) = bare(source.text, entry.link.text);
    let Some(about) = found.use_name(Kind::System, text, span, Spot::Item) else { return };
    let note = source.slice(entry.rest).trim().into();
    found.fact(&about, span, Says::Uses { pattern, tier: "".into(), note });
}

/// Takes the text of a link to a page as a name of that page.
fn call(source: Source<'_>, index: usize, link: &Link, found: &mut Knowledge) {
    if !matches!(link.form, Form::Inline | Form::Wiki) || link.image {
        return;
    }
    let Some(reference) = source.reference(index).filter(|it| it.fragment.is_none()) else {
        return;
    };
    let Some(Key::Page(path)) = reference.candidates.first() else { return };
    let (_, text) = bare(source.text, link.text);
    if text.is_empty() || text.len() > 50 || text.split(' ').count() > 5 {
        return;
    }
    let slug = slug(text);
    // The file's own name teaches nothing.
    let first = |it: &str| it.chars().find(|it| it.is_alphanumeric()).map(char::to_lowercase);
    let alike = |it: &str| first(it).is_some_and(|it| it.eq(first(text).into_iter().flatten()));
    if slug.is_empty() || (alike(path.stem()) && slug == vocabulary::slug(path.stem())) {
        return;
    }
    let Ok(link) = u32::try_from(index) else { return };
    let (text, to) = (text.into(), reference.candidates.clone());
    let origin = Origin::LinkText;
    found.calls.push(Call { key: Key::Called(slug), text, link, to, origin, listed: None });
}
