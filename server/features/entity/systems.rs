//! What is known of a system or of a company: studies, figures, patterns.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    figures::{self, Stated},
    profile::{Line, Piece, Profile, plain},
};
use crate::{
    features::preview,
    model::{
        Key, Kind,
        knowledge::{Fact, Says},
        vocabulary::{self, slug},
    },
    world::{Document, Snapshot},
};

/// At most so many lines of each kind are shown: all of it fits on one screen.
const STUDIES: usize = 6;
const FIGURES: usize = 8;
const PATTERNS: usize = 8;
const REMARKS: usize = 4;
/// At most so many patterns of one tier.
const IN_TIER: usize = 12;

/// What is known of the system, or company, with this name.
pub(super) fn profile(cx: &Snapshot, slug: &str) -> Option<Profile> {
    let key = Key::Entity(Kind::System, slug.into());
    let company = Key::Entity(Kind::Company, slug.into());
    let entries = cx.entity(&key);
    let mut studies: Vec<&Arc<Document>> = entries.iter().map(|it| it.document).collect();
    let named = studies.len();
    for (document, _) in cx.uses_of(&company) {
        if !studies.iter().any(|it| it.id == document.id) {
            studies.push(document);
        }
    }
    let facts = cx.facts_about(&key);
    if studies.is_empty() && !cx.is_entity(&key) && facts.is_empty() {
        return None;
    }
    let written = entries.iter().map(|it| it.name).find(|it| *vocabulary::slug(it) == *slug);
    let name = match written {
        Some(name) => name.to_owned(),
        None => as_written(cx, &key).or_else(|| as_written(cx, &company))?,
    };
    let mut profile = Profile { name, ..Profile::default() };
    let is_company = entries.is_empty() && facts.is_empty() && !studies.is_empty();
    profile.tags.push(if is_company { "company" } else { "system" }.to_owned());
    let mut keys = vec![key];
    if studies.is_empty() {
        listed_only(cx, slug, &mut profile);
    } else if let [only] = &studies[..] {
        about(cx, only, &mut profile);
    } else {
        let lines = studies.iter().map(|it| study(cx, it)).collect();
        profile.group("Studies", lines, STUDIES);
    }
    let names = studies[..named].iter().flat_map(|it| cx.names_of(it)).map(|it| it.key);
    let names: Vec<Key> = names.collect();
    keys.extend(names.iter().filter(|it| cx.entity(it).len() == 1).cloned());
    fill(cx, &keys, &names, (&studies, named), &mut profile);
    Some(profile)
}

/// What is known of the system that a study is about.
pub(super) fn of_page(cx: &Snapshot, document: &Document) -> Profile {
    let mut profile = Profile { name: document.title().to_owned(), ..Profile::default() };
    profile.tags.push("study".to_owned());
    about(cx, document, &mut profile);
    let names: Vec<Key> = cx.names_of(document).into_iter().map(|it| it.key).collect();
    let keys: Vec<Key> = names.iter().filter(|it| cx.entity(it).len() == 1).cloned().collect();
    let shared = cx.document(&document.path).into_iter().collect::<Vec<_>>();
    fill(cx, &keys, &names, (&shared, 1), &mut profile);
    profile
}

/// The description, the company, the domain and the sections of the only study.
fn about(cx: &Snapshot, document: &Document, profile: &mut Profile) {
    if *slug(&profile.name) != *slug(document.title()) {
        profile.group("Study", vec![vec![Piece::page(document)]], 1);
    }
    profile.summary = described(cx, document, 300);
    for field in ["company", "domain", "category"] {
        profile.tags.extend(stated(document, field).filter(|it| *it != profile.name));
    }
    let mut seen = BTreeSet::new();
    profile.tags.retain(|it| seen.insert(it.clone()));
    sections(document, profile);
}

/// The sections of a page, in a line.
pub(super) fn sections(document: &Document, profile: &mut Profile) {
    let top = document
        .page
        .headings
        .iter()
        .filter(|it| it.level == 2 && !it.title.to_lowercase().contains("table of contents"));
    let mut line = Line::new();
    for heading in top.take(9) {
        if !line.is_empty() {
            line.push(Piece::text(" · "));
        }
        line.push(Piece::link(&*heading.title, document, heading.span));
    }
    if line.len() > 1 {
        profile.group("Sections", vec![line], 1);
    }
}

/// What an index says of a system whose page is not there.
fn listed_only(cx: &Snapshot, slug: &str, profile: &mut Profile) {
    let called = Key::Called(slug.into());
    for from in cx.definers(&called) {
        let calls = from.outline.knowledge.calls.iter();
        let mut listed = calls.filter(|it| it.key == called && it.listed.is_some());
        let Some((call, (_, said))) = listed.find_map(|it| Some((it, it.listed?))) else {
            continue;
        };
        let Some(link) = from.page.links.get(call.link as usize) else { continue };
        profile.summary = plain(&from.source(said), 300);
        let place = Piece::place(from, link.span);
        let missing = format!(", but `{}` is not there", link.target);
        profile.group("", vec![vec![Piece::text("Listed in "), place, Piece::text(missing)]], 1);
        return;
    }
}

/// A page and how it is described.
pub(super) fn study(cx: &Snapshot, document: &Document) -> Line {
    let described = described(cx, document, 110);
    let mut line = vec![Piece::page(document)];
    if !described.is_empty() {
        line.push(Piece::text(format!(" — {described}")));
    }
    line
}

/// What a page describes itself as, or what the index that lists it says.
pub(super) fn described(cx: &Snapshot, document: &Document, most: usize) -> String {
    let stated = stated(document, "description").map(|it| plain(&it, most));
    let listed = || {
        let (from, call) = cx.listings(document).next()?;
        let said = plain(&from.source(call.listed?.1), most);
        (!said.is_empty()).then_some(said)
    };
    let lead = || Some(plain(&document.source(document.page.lead?), most));
    stated.or_else(listed).or_else(lead).unwrap_or_default()
}

/// A front matter field, if it is one word or more.
pub(super) fn stated(document: &Document, field: &str) -> Option<String> {
    let value = document.page.front_matter.as_ref()?.get(field)?.as_str()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The name as it is written where it is used first.
pub(super) fn as_written(cx: &Snapshot, key: &Key) -> Option<String> {
    let place = super::introduction(cx, key)?;
    let text = cx.document(&place.path)?.source(place.span);
    Some(plain(&text, 80))
}

/// What is stated under the names, and what the studies state themselves.
pub(super) fn facts<'a>(
    cx: &'a Snapshot,
    keys: &[Key],
    studies: &[&'a Arc<Document>],
) -> Vec<(&'a Arc<Document>, &'a Fact)> {
    let mut facts: Vec<(&Arc<Document>, &Fact)> = Vec::new();
    for study in studies {
        let own = study.outline.knowledge.facts.iter();
        facts.extend(own.filter(|it| matches!(it.about, Key::Page(_))).map(|it| (*study, it)));
    }
    let mut known: Vec<&Key> = Vec::new();
    for key in keys {
        if !known.contains(&key) {
            facts.extend(cx.facts_about(key));
            known.push(key);
        }
    }
    facts
}

/// Adds what is stated under the names, and what the studies state themselves. Those who use one of the
/// other `names`, which others may share, mention them, too. Behind the `named` studies come those of
/// other systems of the company.
fn fill(
    cx: &Snapshot,
    keys: &[Key],
    names: &[Key],
    (studies, named): (&[&Arc<Document>], usize),
    profile: &mut Profile,
) {
    let facts = facts(cx, keys, studies);
    let figures = facts.iter().filter_map(|it| Stated::of(it.0, it.1));
    let figures: Vec<_> = figures.map(|it| it.unless_of(&studies[named..])).collect();
    profile.group("Figures", figures::lines(&figures), FIGURES);
    profile.group("Patterns", patterns(cx, &facts), PATTERNS);
    let remarks = facts.iter().filter_map(|(document, fact)| {
        let Says::Remark { label, text } = &fact.says else { return None };
        let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
        let text = Piece::text(format!("{label}{} ", plain(text, 110)));
        Some(vec![text, Piece::text("("), Piece::place(document, fact.span), Piece::text(")")])
    });
    profile.group("Also said", remarks.collect(), REMARKS);
    let from: BTreeSet<_> = studies
        .iter()
        .flat_map(|it| cx.referrers(&Key::Page(it.path.clone())))
        .filter(|it| !studies.iter().any(|own| own.id == it.id))
        .map(|it| it.id)
        .collect();
    let mentioned = super::mentioning(cx, &[keys, names].concat(), studies);
    profile.foot = match studies {
        [] => mentioned,
        [only] => foot(cx, only, from.len(), &mentioned),
        _ => joined(&format!("linked from {}", preview::number(from.len(), "page")), &mentioned),
    };
}

/// Where a page lies, from how many pages it is linked to, and in how many studies it is mentioned.
pub(super) fn foot(cx: &Snapshot, document: &Document, from: usize, mentioned: &str) -> String {
    let linked = format!("linked from {}", preview::number(from, "page"));
    joined(&format!("{} · {linked}", cx.shown(&document.path)), mentioned)
}

fn joined(a: &str, b: &str) -> String {
    if b.is_empty() { a.to_owned() } else { format!("{a} · {b}") }
}

/// The patterns of the facts: a line for each tier, those without a tier first. Each once.
fn patterns(cx: &Snapshot, facts: &[(&Arc<Document>, &Fact)]) -> Vec<Line> {
    let mut tiers: Vec<(&str, Line, usize)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (document, fact) in facts {
        let Says::Uses { pattern, tier, note } = &fact.says else { continue };
        let pattern = &cx.meant(pattern);
        let pages = cx.entity(pattern);
        let what = pages
            .first()
            .map_or(pattern, |it| it.document.outline.knowledge.own().unwrap_or(pattern));
        if !seen.insert(what.clone()) {
            continue;
        }
        let name = match pages.first() {
            Some(page) => Piece::name(page.document),
            None => Piece::link(plain(&name_in(document, fact), 60), document, fact.span),
        };
        let at = tiers.iter().position(|it| it.0 == &**tier).unwrap_or_else(|| {
            tiers.push((tier, Line::new(), 0));
            tiers.len() - 1
        });
        tiers[at].2 += 1;
        let (_, line, count) = &mut tiers[at];
        if *count > IN_TIER {
            continue;
        }
        line.push(Piece::text(match (line.is_empty(), tier.is_empty()) {
            (true, true) => String::new(),
            (true, false) => format!("{tier}: "),
            (false, _) => ", ".to_owned(),
        }));
        line.push(name);
        // `(Hystrix)` is short enough to stand here; a sentence is for the pattern's card.
        if !note.is_empty() && note.split(' ').count() <= 2 {
            line.push(Piece::text(format!(" ({note})")));
        }
    }
    tiers.sort_by_key(|it| !it.0.is_empty());
    let lines = tiers.into_iter().map(|(_, mut line, count)| {
        if count > IN_TIER {
            line.push(Piece::text(format!(" and {} more", count - IN_TIER)));
        }
        line
    });
    lines.collect()
}

/// The name of the pattern as the fact has it.
pub(super) fn name_in(document: &Document, fact: &Fact) -> String {
    document.source(fact.span)
}
