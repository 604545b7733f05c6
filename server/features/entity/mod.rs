//! Systems, patterns, companies and domains: what is known of the one under the cursor, or by a name.

mod fields;
mod figures;
mod patterns;
pub mod profile;
mod systems;
mod topics;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub(super) use fields::values;
use profile::Profile;

use super::{Location, fuzzy::Fuzzy};
use crate::{
    model::{
        Key, Kind, PageKind,
        knowledge::{Name, Origin, Spot, entity},
    },
    text::{Offset, Span},
    world::{Document, Entry, Snapshot},
};

/// What is known of what `key` names; none where it is nothing but words.
pub fn profile(cx: &Snapshot, key: &Key) -> Option<Profile> {
    let Key::Entity(kind, slug) = key else { return None };
    match kind {
        Kind::System | Kind::Company => systems::profile(cx, slug),
        Kind::Pattern => patterns::profile(cx, key),
        Kind::Domain => topics::profile(cx, key),
    }
}

/// What is known of what a page is about; none for pages that are neither study nor pattern.
pub fn page_profile(cx: &Snapshot, document: &Document) -> Option<Profile> {
    let kind = match cx.page_kind(document) {
        PageKind::Study => Kind::System,
        PageKind::Pattern => Kind::Pattern,
        _ => return None,
    };
    match kind {
        Kind::Pattern => Some(patterns::of_page(cx, document)),
        _ => Some(systems::of_page(cx, document)),
    }
}

/// Everything that is called `name`: its systems, its patterns, its domains. A name that is a page's
/// path or file name is that page.
pub fn profiles(cx: &Snapshot, name: &str) -> Vec<Profile> {
    let kinds = [Kind::System, Kind::Pattern, Kind::Domain];
    let keys = kinds.into_iter().filter_map(|it| entity(it, name));
    let found: Vec<_> = keys.filter_map(|it| Some((profile(cx, &it)?, it))).collect();
    if !found.is_empty() {
        // Next to what has a page, a cell in which the word stands once is nothing.
        let has_page = |it: &Key| !cx.entity(it).is_empty();
        let any = found.iter().any(|it| has_page(&it.1));
        return found.into_iter().filter(|it| !any || has_page(&it.1)).map(|it| it.0).collect();
    }
    let file = name.trim_start_matches("./");
    let is_it = |it: &&Arc<Document>| {
        let shown = cx.shown(&it.path);
        shown == file || shown.ends_with(&format!("/{file}"))
    };
    cx.pages().filter(is_it).filter_map(|it| page_profile(cx, it)).collect()
}

/// The names that are like `name`, the likest first; a few.
pub fn near(cx: &Snapshot, name: &str) -> Vec<String> {
    if name.trim().is_empty() {
        return Vec::new();
    }
    let mut fuzzy = Fuzzy::new(name);
    let all = names(cx);
    let mut found: Vec<_> =
        all.iter().filter_map(|it| Some((fuzzy.score(&it.1)?, &it.1))).collect();
    found.sort_by_key(|it| (std::cmp::Reverse(it.0), it.1.len()));
    found.into_iter().take(3).map(|it| it.1.clone()).collect()
}

/// Every system, pattern and domain, by its best name; in the order of kinds and names.
pub fn names(cx: &Snapshot) -> Vec<(Key, String)> {
    let mut found: BTreeMap<Key, String> = BTreeMap::new();
    for document in cx.pages() {
        let knowledge = &document.outline.knowledge;
        if let Some(name) = knowledge.names.first() {
            found.entry(name.key.clone()).or_insert_with(|| name.text.to_string());
        }
        for name in &knowledge.names {
            let file = name.origin == Origin::FileName && !name.text.contains(char::is_uppercase);
            if name.origin <= Origin::Alias && !file {
                found.entry(name.key.clone()).or_insert_with(|| name.text.to_string());
            }
        }
        for call in knowledge.calls.iter().filter(|it| it.origin == Origin::Listing) {
            let Key::Called(slug) = &call.key else { continue };
            let kind = match call.listed.map(|it| it.0) {
                Some(PageKind::Study) => Kind::System,
                Some(PageKind::Pattern) => Kind::Pattern,
                _ => continue,
            };
            let key = Key::Entity(kind, slug.clone());
            found.entry(key).or_insert_with(|| call.text.to_string());
        }
    }
    for document in cx.pages() {
        for used in &document.outline.knowledge.refers {
            let known =
                found.contains_key(&used.key) || !cx.entity(&cx.meant(&used.key)).is_empty();
            if used.spot != Spot::Item
                && !known
                && !matches!(used.key, Key::Entity(Kind::Company, _))
            {
                let written = profile::plain(&document.source(used.span), 80);
                found.insert(used.key.clone(), written);
            }
        }
    }
    found.into_iter().collect()
}

/// Where a name leads: to its pages, best first, and to the studies of the company of that name; else to
/// where it is first used.
pub(super) fn places(cx: &Snapshot, key: &Key) -> Vec<Location> {
    let mut found: Vec<&Arc<Document>> = pages(cx, key).iter().map(|it| it.document).collect();
    found.extend(of_company(cx, key));
    let mut seen = BTreeSet::new();
    found.retain(|it| seen.insert(it.id));
    if found.is_empty() {
        return introduction(cx, key).into_iter().collect();
    }
    let start = |it: &&Arc<Document>| Location {
        path: it.path.clone(),
        span: it.page.headings.first().map_or(Span::default(), |it| it.span),
    };
    found.iter().map(start).collect()
}

/// The studies that a company of a system's name built.
fn of_company<'a>(cx: &'a Snapshot, key: &Key) -> Vec<&'a Arc<Document>> {
    let Key::Entity(Kind::System | Kind::Company, slug) = key else { return Vec::new() };
    let uses = cx.uses_of(&Key::Entity(Kind::Company, slug.clone())).into_iter();
    uses.map(|it| it.0).filter(|it| cx.page_kind(it) == PageKind::Study).collect()
}

/// The pages that a name leads to; for a company and a domain the pages that name it.
pub(super) fn pages<'a>(cx: &'a Snapshot, key: &Key) -> Vec<Entry<'a>> {
    let found = cx.entity(key);
    match key {
        // The page of a company is that of the system of its name.
        Key::Entity(Kind::Company, slug) if found.is_empty() => {
            cx.entity(&Key::Entity(Kind::System, slug.clone()))
        }
        _ => found,
    }
}

/// Where a name that has no page is used first: in a cell rather than in a list, in the order of paths.
pub(super) fn introduction(cx: &Snapshot, key: &Key) -> Option<Location> {
    let uses = cx.uses_of(key);
    let first = uses.iter().min_by_key(|it| it.1.spot as u8)?;
    Some(Location { path: first.0.path.clone(), span: first.1.span })
}

/// The names that lead where `key` leads.
fn all_names(cx: &Snapshot, key: &Key) -> Vec<Key> {
    let mut keys: Vec<Key> = match &pages(cx, key)[..] {
        [one] => cx.names_of(one.document).into_iter().map(|it| it.key).collect(),
        _ => Vec::new(),
    };
    keys.push(key.clone());
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Every place of a page where what is named at a place is named, under any of its names; none if nothing is.
pub(super) fn named_alike(cx: &Snapshot, document: &Arc<Document>, at: Offset) -> Vec<Span> {
    let Some((_, key)) = name_at(cx, document, at) else { return Vec::new() };
    let keys = all_names(cx, &key);
    let refers = document.outline.knowledge.refers.iter().map(|it| (cx.meant(&it.key), it.span));
    let mentions = cx.mentions(document).into_iter().map(|it| (it.key, it.span));
    let own = document.outline.knowledge.names.iter();
    let own = own.filter(|it| matches!(it.origin, Origin::Systems | Origin::Alias));
    let own = own.map(|it| (it.key.clone(), it.span));
    let named = refers.chain(mentions).chain(own).filter(|it| keys.contains(&it.0));
    let mut found: Vec<Span> = named.map(|it| it.1).collect();
    found.sort_unstable();
    // A name in a cell is one of running text, too.
    found.dedup_by(|later, kept| later.start < kept.end);
    found
}

/// Every use of the names that lead where `key` leads: in front matter, tables and lists.
pub(super) fn uses(cx: &Snapshot, key: &Key) -> Vec<Location> {
    let keys = all_names(cx, key);
    let places = keys.iter().flat_map(|it| cx.uses_meaning(it)).map(|it| (it.0, it.1.span));
    let places = places.chain(cx.mentioned(&keys));
    let mut found: Vec<Location> =
        places.map(|it| Location { path: it.0.path.clone(), span: it.1 }).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Every use, elsewhere, of the names that lead to a page.
pub(super) fn uses_of_page(cx: &Snapshot, document: &Document) -> Vec<Location> {
    let names = cx.names_of(document);
    let uses = names.iter().flat_map(|it| cx.uses_meaning(&it.key)).map(|it| (it.0, it.1.span));
    let keys: Vec<Key> = names.iter().map(|it| it.key.clone()).collect();
    let all = uses.chain(cx.mentioned(&keys));
    all.map(|it| Location { path: it.0.path.clone(), span: it.1 }).collect()
}

/// In how many studies one of `keys` is mentioned or one of `pages` is linked to, in words; nothing if in
/// none. The pages themselves do not count.
fn mentioning(cx: &Snapshot, keys: &[Key], pages: &[&Arc<Document>]) -> String {
    let uses = keys.iter().flat_map(|it| cx.uses_meaning(it)).map(|it| it.0);
    let prose = cx.mentioned(keys).into_iter().map(|it| it.0);
    let links = pages.iter().flat_map(|it| cx.referrers(&Key::Page(it.path.clone())));
    let all = uses.chain(prose).chain(links).filter(|it| !pages.iter().any(|own| own.id == it.id));
    let studies = all.filter(|it| cx.page_kind(it) == PageKind::Study).map(|it| it.id);
    match studies.collect::<BTreeSet<_>>().len() {
        0 => String::new(),
        1 => "mentioned in 1 study".to_owned(),
        count => format!("mentioned in {count} studies"),
    }
}

/// The card of the name, the figure, or the front matter field, at a place, with its span.
pub(super) fn card(cx: &Snapshot, document: &Document, at: Offset) -> Option<(Span, String)> {
    if let Some((span, profile)) = fields::card(cx, document, at) {
        return Some((span, profile.markdown()));
    }
    if let Some((span, key)) = name_at(cx, document, at) {
        return Some((span, profile(cx, &key)?.markdown()));
    }
    let is_link = document.page.links.iter().any(|it| it.span.touches(at));
    let (span, profile) = figures::at(cx, document, at).filter(|_| !is_link)?;
    Some((span, profile.markdown()))
}

/// Where the name at a place leads, with its span.
pub(super) fn definitions(
    cx: &Snapshot,
    document: &Document,
    at: Offset,
) -> Option<(Span, Vec<Location>)> {
    let (span, key) = name_at(cx, document, at)?;
    Some((span, places(cx, &key)))
}

/// Every use of the name at a place, and every link to the only page that it leads to; the page first if
/// asked. None if there is no name at that place.
pub(super) fn references(
    cx: &Snapshot,
    document: &Document,
    at: Offset,
    with_declaration: bool,
) -> Option<Vec<Location>> {
    let (_, key) = name_at(cx, document, at)?;
    let mut found = uses(cx, &key);
    let pages = pages(cx, &key);
    if let [only] = &pages[..] {
        found.extend(super::references::to_page(cx, only.document));
    }
    found.sort_unstable();
    found.dedup();
    if with_declaration {
        let own = places(cx, &key);
        found.retain(|it| !own.contains(it));
        found.splice(0..0, own);
    }
    Some(found)
}

/// The name at a place in front matter, a table, a list or running text, and what it names. Links go
/// before names.
pub(super) fn name_at(cx: &Snapshot, document: &Document, at: Offset) -> Option<(Span, Key)> {
    if document.page.links.iter().any(|it| it.span.touches(at)) {
        return None;
    }
    let knowledge = &document.outline.knowledge;
    let used = knowledge.refers.iter().filter(|it| it.span.touches(at));
    let used = used.min_by_key(|it| it.span.len()).map(|it| (it.span, cx.meant(&it.key)));
    let own = || {
        let stated = |it: &&Name| matches!(it.origin, Origin::Systems | Origin::Alias);
        let own = knowledge.names.iter().filter(stated).find(|it| it.span.touches(at));
        own.map(|it| (it.span, it.key.clone()))
    };
    let mentioned = || {
        let mentions = cx.mentions(cx.page(document.id)?);
        mentions.into_iter().find(|it| it.span.touches(at)).map(|it| (it.span, it.key))
    };
    used.or_else(own).or_else(mentioned)
}

#[cfg(test)]
mod tests;
