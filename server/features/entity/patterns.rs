//! What is known of a pattern: what it is, who uses it and what for, what is related to it.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    profile::{Line, Piece, Profile, plain},
    systems::{as_written, described, foot, sections, stated, study},
};
use crate::{
    model::{
        Key, Kind, PageKind, Path,
        knowledge::{Fact, Origin, Says},
        vocabulary::slug,
    },
    text::Span,
    world::{Document, Snapshot},
};

const USERS: usize = 8;
const RELATED: usize = 8;
const ALIASES: usize = 6;

/// What is known of the pattern with this name.
pub(super) fn profile(cx: &Snapshot, key: &Key) -> Option<Profile> {
    let entries = cx.entity(key);
    if let [only] = &entries[..] {
        return Some(of_page(cx, only.document));
    }
    if entries.is_empty() && !cx.is_entity(key) {
        return None;
    }
    let name = entries.first().map(|it| it.name.to_owned()).or_else(|| as_written(cx, key))?;
    let mut profile = Profile { name, tags: vec!["pattern".to_owned()], ..Profile::default() };
    let pages = entries.iter().map(|it| study(cx, it.document));
    profile.group("Pages", pages.collect(), 6);
    if entries.is_empty() {
        let first = super::introduction(cx, key)?;
        let from = cx.document(&first.path)?;
        let name = format!("{}:{}", cx.shown(&first.path), from.text.line_of(first.span.start) + 1);
        let line = vec![
            Piece::text("It has no page; first named in "),
            Piece::link(name, from, first.span),
        ];
        profile.group("", vec![line], 1);
    }
    let keys = std::slice::from_ref(key);
    users(cx, keys, None, &mut profile);
    let own: Vec<_> = entries.iter().map(|it| it.document).collect();
    profile.foot = super::mentioning(cx, keys, &own);
    Some(profile)
}

/// What is known of the pattern that a page is about.
pub(super) fn of_page(cx: &Snapshot, document: &Document) -> Profile {
    let title = document.title().to_owned();
    let mut profile = Profile { name: title, ..Profile::default() };
    // A page on something else may be all there is on a pattern.
    if cx.page_kind(document) == PageKind::Pattern {
        profile.tags.push("pattern".to_owned());
    }
    for field in ["category", "excellence_tier", "tier", "pattern_status"] {
        profile.tags.extend(stated(document, field));
    }
    profile.summary = described(cx, document, 300);
    for (title, starts) in [("Problem", "problem"), ("Solution", "solution")] {
        if let Some(text) = under(document, starts) {
            profile.group(title, vec![vec![Piece::text(text)]], 1);
        }
    }
    let names = cx.names_of(document);
    let keys: Vec<Key> = names.iter().map(|it| it.key.clone()).collect();
    users(cx, &keys, Some(document), &mut profile);
    related(cx, document, &mut profile);
    let aliases = names.iter().filter(|it| {
        let stem = slug(document.path.stem());
        it.origin >= Origin::Alias && !matches!(&it.key, Key::Entity(_, slug) if *slug == stem)
    });
    let mut line = Line::new();
    for name in
        aliases.filter(|it| !matches!(it.origin, Origin::Shortened | Origin::Clipped)).take(ALIASES)
    {
        let before = if line.is_empty() { "" } else { ", " };
        let origin = if name.origin == Origin::LinkText { " (in links)" } else { "" };
        line.push(Piece::text(format!("{before}{}{origin}", name.text)));
    }
    if !line.is_empty() {
        profile.group("Also called", vec![line], 1);
    }
    let from = cx.referrers(&Key::Page(document.path.clone()));
    let from = from.iter().filter(|it| it.id != document.id).count();
    sections(document, &mut profile);
    let own = cx.document(&document.path).into_iter().collect::<Vec<_>>();
    profile.foot = foot(cx, document, from, &super::mentioning(cx, &keys, &own));
    profile
}

/// The first paragraph below a heading that begins with a word.
fn under(document: &Document, word: &str) -> Option<String> {
    let headings = &document.page.headings;
    let index = headings.iter().position(|it| {
        let title = it.title.to_lowercase();
        title.trim_start_matches(|it: char| !it.is_alphabetic()).starts_with(word)
    })?;
    let end = headings.get(index + 1).map_or(document.text.len(), |it| it.span.start);
    let body = document.source(Span::new(headings[index].span.end, end));
    let paragraph = body.split("\n\n").map(str::trim).find(|it| !it.is_empty())?;
    let is_text = paragraph.starts_with(|it: char| it.is_alphanumeric() || "*_[\"'".contains(it));
    (is_text && !paragraph.contains('|') && !paragraph.ends_with(':'))
        .then(|| plain(paragraph, 160))
}

/// A system that uses the pattern, and what for.
struct User<'a> {
    name: Piece,
    page: Option<Path>,
    tier: &'a str,
    note: String,
}

fn users(cx: &Snapshot, keys: &[Key], page: Option<&Document>, profile: &mut Profile) {
    let mut found: Vec<User<'_>> = Vec::new();
    let mut seen: BTreeSet<(Path, Span)> = BTreeSet::new();
    let pages = keys
        .iter()
        .flat_map(|it| cx.referrers(it))
        .chain(page.and_then(|it| cx.document(&it.path)));
    let mut asked = BTreeSet::new();
    for document in pages {
        if !asked.insert(document.id) {
            continue;
        }
        for fact in &document.outline.knowledge.facts {
            let Says::Uses { pattern, tier, note } = &fact.says else { continue };
            if !(keys.contains(pattern) || keys.contains(&cx.meant(pattern)))
                || !seen.insert((document.path.clone(), fact.span))
            {
                continue;
            }
            let note = match (note.is_empty(), page) {
                (true, Some(page)) => what_for(cx, document, page),
                _ => plain(note, 100),
            };
            add(&mut found, user(cx, document, fact, tier, note));
        }
    }
    found.sort_by_key(|it| it.note.is_empty());
    let lines = found.into_iter().map(|it| {
        let mut line = vec![it.name];
        if !it.tier.is_empty() {
            line.push(Piece::text(format!(" ({})", it.tier)));
        }
        if !it.note.is_empty() {
            line.push(Piece::text(format!(" — {}", it.note)));
        }
        line
    });
    profile.group("Used by", lines.collect(), USERS);
}

/// Adds a user, or what is new of one that is known.
fn add<'a>(found: &mut Vec<User<'a>>, user: User<'a>) {
    let same = |it: &&mut User<'_>| {
        (it.page.is_some() && it.page == user.page)
            || *slug(&it.name.text) == *slug(&user.name.text)
    };
    let Some(known) = found.iter_mut().find(same) else {
        found.push(user);
        return;
    };
    if known.tier.is_empty() {
        known.tier = user.tier;
    }
    if !known.note.contains(&user.note) {
        let joined = known.note.is_empty() || known.note.len() + user.note.len() > 110;
        known.note = if joined {
            if known.note.is_empty() { user.note } else { std::mem::take(&mut known.note) }
        } else {
            format!("{}; {}", known.note, user.note)
        };
    }
}

fn user<'a>(
    cx: &Snapshot,
    document: &Arc<Document>,
    fact: &Fact,
    tier: &'a str,
    note: String,
) -> User<'a> {
    if let Key::Page(_) = fact.about {
        return User { name: Piece::name(document), page: Some(document.path.clone()), tier, note };
    }
    let pages = cx.entity(&fact.about);
    let refers = document.outline.knowledge.refers.iter().filter(|it| it.key == fact.about);
    // Of several uses of the name on the page, the one before the pattern.
    let near = refers.min_by_key(|it| it.span.start.abs_diff(fact.span.start));
    let written = near.map_or(String::new(), |it| plain(&document.source(it.span), 60));
    match &pages[..] {
        [only] => {
            let to = Piece::link(written, only.document, Span::default());
            User { name: to, page: Some(only.document.path.clone()), tier, note }
        }
        [first, ..] => {
            let name = Piece::link(written, first.document, Span::default());
            User { name, page: None, tier, note }
        }
        [] => User { name: Piece::link(written, document, fact.span), page: None, tier, note },
    }
}

/// What a study says of its use of a pattern: the item of a list that begins with a link to it.
fn what_for(cx: &Snapshot, study: &Document, pattern: &Document) -> String {
    let items = study.page.items.iter();
    let said = items.filter_map(|item| {
        let text = study.source(item.text);
        let link = study.page.links.iter().position(|it| item.text.contains(it.span))?;
        let before = Span::new(item.text.start, study.page.links[link].span.start);
        if !study.source(before).trim_matches(['*', '_', ' ']).is_empty() {
            return None;
        }
        let to = cx.resolve(study.outline.reference(link)?)?;
        let crate::world::Resolved::Page(page, _) = to else { return None };
        let rest = &text[(study.page.links[link].span.end - item.text.start) as usize..];
        let rest =
            rest.trim_start_matches(|it: char| !it.is_alphanumeric() && !"(`[<>~".contains(it));
        (page.id == pattern.id).then(|| plain(rest, 100))
    });
    said.into_iter().next().unwrap_or_default()
}

/// The patterns that a page links to below `Related`, and those of its front matter.
fn related(cx: &Snapshot, document: &Document, profile: &mut Profile) {
    let knowledge = &document.outline.knowledge;
    let stated =
        knowledge.refers.iter().filter(|it| matches!(it.key, Key::Entity(Kind::Pattern, _)));
    let stated = stated.filter_map(|it| cx.entity(&it.key).first().map(|it| it.document));
    let headings = &document.page.headings;
    let is_related = |at: u32| {
        let above = headings.iter().rev().find(|it| it.span.start <= at);
        above.is_some_and(|it| it.title.to_lowercase().contains("related"))
    };
    let links = document.page.links.iter().enumerate().filter(|it| is_related(it.1.span.start));
    let linked =
        links.filter_map(|(index, _)| match cx.resolve(document.outline.reference(index)?)? {
            crate::world::Resolved::Page(page, _) => Some(page),
            _ => None,
        });
    let mut seen = BTreeSet::from([document.id]);
    let mut line = Line::new();
    for page in stated.chain(linked) {
        if cx.page_kind(page) != PageKind::Pattern
            || !seen.insert(page.id)
            || seen.len() > RELATED + 1
        {
            continue;
        }
        if !line.is_empty() {
            line.push(Piece::text(", "));
        }
        line.push(Piece::name(page));
    }
    if !line.is_empty() {
        profile.group("Related", vec![line], 1);
    }
}
