//! What there is in a workspace, counted; and samples to judge it by.

use std::collections::{BTreeMap, BTreeSet};

use super::entity;
use crate::{
    model::{
        Key, Kind, PageKind,
        knowledge::{Origin, Spot},
    },
    syntax::front_matter::Value,
    text::Span,
    world::{Document, Snapshot},
};

/// A line of the count: what, how many, and what of them, if that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub what: String,
    /// How many there are.
    pub count: usize,
    /// Parts of them, or examples.
    pub of: Vec<(String, usize)>,
}

/// Pages by kind, systems, patterns, links, uses of names, ambiguous names.
pub fn stats(cx: &Snapshot) -> Vec<Count> {
    let mut found = vec![pages(cx)];
    let names = entity::names(cx);
    for (kind, what) in
        [(Kind::System, "systems"), (Kind::Pattern, "patterns"), (Kind::Domain, "domains")]
    {
        let all = names.iter().filter(|it| matches!(&it.0, Key::Entity(of, _) if *of == kind));
        let with_page: BTreeSet<_> = all
            .clone()
            .filter_map(|it| cx.entity(&it.0).first().map(|it| it.document.id))
            .collect();
        let without = all.filter(|it| cx.entity(&it.0).is_empty()).count();
        let of = vec![("with a page".to_owned(), with_page.len()), ("without".to_owned(), without)];
        let of = if kind == Kind::Domain { Vec::new() } else { of };
        found.push(Count { what: what.to_owned(), count: with_page.len() + without, of });
    }
    found.push(links(cx));
    found.extend(uses(cx));
    let several = |it: &&(Key, String)| cx.entity(&it.0).len() > 1;
    let ambiguous: Vec<_> = names.iter().filter(several).collect();
    let of = ambiguous.iter().take(10).map(|it| (it.1.clone(), cx.entity(&it.0).len())).collect();
    found.push(Count { what: "ambiguous names".to_owned(), count: ambiguous.len(), of });
    let mentions = cx.pages().map(|it| (it, cx.mentions(it)));
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, mentions) in mentions {
        for mention in mentions {
            let Key::Entity(kind, _) = mention.key else { continue };
            *of.entry(if kind == Kind::Pattern { "patterns" } else { "systems" }).or_default() += 1;
        }
    }
    let count = of.values().sum();
    let of = of.into_iter().map(|it| (it.0.to_owned(), it.1)).collect();
    found.push(Count { what: "mentions in running text".to_owned(), count, of });
    found
}

fn pages(cx: &Snapshot) -> Count {
    let mut kinds: BTreeMap<PageKind, usize> = BTreeMap::new();
    cx.pages().for_each(|it| *kinds.entry(cx.page_kind(it)).or_default() += 1);
    let named = |it: PageKind| match it {
        PageKind::Study => "studies",
        PageKind::Pattern => "patterns",
        PageKind::Index => "indexes",
        PageKind::Stub => "moved elsewhere",
        PageKind::Other => "others",
    };
    let of = kinds.into_iter().map(|it| (named(it.0).to_owned(), it.1)).collect();
    Count { what: "pages".to_owned(), count: cx.count(), of }
}

fn links(cx: &Snapshot) -> Count {
    let (mut count, mut resolved) = (0, 0);
    let mut forms: BTreeMap<String, usize> = BTreeMap::new();
    for document in cx.pages() {
        for reference in &document.outline.refers {
            count += 1;
            resolved += usize::from(cx.resolve(reference).is_some());
            if let Some(link) = document.page.links.get(reference.link as usize) {
                *forms.entry(format!("{:?}", link.form).to_lowercase()).or_default() += 1;
            }
        }
    }
    let mut of = vec![("resolved".to_owned(), resolved), ("broken".to_owned(), count - resolved)];
    of.extend(forms);
    Count { what: "links to pages and files".to_owned(), count, of }
}

/// Uses of names in front matter fields, tables and lists: what they resolve by.
fn uses(cx: &Snapshot) -> Vec<Count> {
    let mut all: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for used in every_use(cx) {
        let counts = all.entry(format!("names in {}", used.place)).or_default();
        counts[match used.origin {
            Some(Origin::LinkText) => 1,
            Some(_) => 0,
            None => 2,
        }] += 1;
    }
    let counts = all.into_iter().map(|(what, [by_name, by_text, none])| {
        let of = [("by name", by_name), ("by text of links", by_text), ("to no page", none)];
        let of = of.into_iter().map(|it| (it.0.to_owned(), it.1)).collect();
        Count { what, count: by_name + by_text + none, of }
    });
    counts.collect()
}

struct Used<'a> {
    document: &'a Document,
    span: Span,
    place: String,
    origin: Option<Origin>,
    page: Option<&'a Document>,
}

fn every_use(cx: &Snapshot) -> Vec<Used<'_>> {
    let mut found = Vec::new();
    for document in cx.pages() {
        for used in &document.outline.knowledge.refers {
            let Key::Entity(kind, _) = &used.key else { continue };
            if matches!(kind, Kind::Company | Kind::Domain) || used.spot == Spot::Item {
                continue;
            }
            let entry = cx.entity(&cx.meant(&used.key)).into_iter().next();
            let place = match (used.spot, kind) {
                (Spot::Field, _) => format!("`{}`", field(document, used.span)),
                (_, Kind::Pattern) => "cells of patterns".to_owned(),
                _ => "cells of systems".to_owned(),
            };
            found.push(Used {
                document,
                span: used.span,
                place,
                origin: entry.as_ref().map(|it| it.origin),
                page: entry.map(|it| it.document.as_ref()),
            });
        }
    }
    found
}

/// The front matter field that a place is in.
fn field(document: &Document, span: Span) -> String {
    let head = document.page.front_matter.as_ref();
    let Some(Value::Map(entries)) = head.map(|it| &it.root.value) else { return String::new() };
    let before = entries.iter().rev().find(|it| it.0.span.start <= span.start);
    before.and_then(|it| it.0.as_str()).unwrap_or_default().to_owned()
}

/// What a sample is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Names of systems in running text.
    Systems,
    /// Names of patterns in running text.
    Patterns,
    /// Names in front matter and tables, with the page that each leads to.
    Names,
    /// Names in front matter and tables that lead to no page.
    Lost,
}

/// One of a sample: the place, the name, the page it leads to, the line around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The file and the line.
    pub place: String,
    /// The name as written.
    pub name: String,
    /// The page, and how it was found.
    pub leads_to: String,
    /// The text around it.
    pub around: String,
}

/// Which examples are taken.
#[derive(Clone, Copy, Debug)]
pub struct Sampling<'a> {
    /// How many.
    pub most: usize,
    /// Others for each number, as long as there are any.
    pub seed: usize,
    /// Of names in front matter and tables only those in this field.
    pub field: Option<&'a str>,
}

/// Examples, spread evenly over all there are in the order of paths.
pub fn sample(cx: &Snapshot, of: Of, how: Sampling<'_>) -> Vec<Example> {
    let Sampling { most, seed, field } = how;
    let uses = || {
        let place = field.map(|it| format!("`{it}`"));
        let uses = every_use(cx).into_iter();
        uses.filter(move |it| place.as_ref().is_none_or(|place| it.place == *place))
    };
    let all: Vec<Example> = match of {
        Of::Names => {
            let uses = uses();
            let resolved = uses.filter_map(|it| {
                let to = format!("{} (by {})", cx.shown(&it.page?.path), it.origin?.shown());
                Some(example(cx, it.document, it.span, to))
            });
            resolved.collect()
        }
        Of::Lost => {
            let lost = uses().filter(|it| it.page.is_none());
            lost.map(|it| example(cx, it.document, it.span, it.place)).collect()
        }
        of => {
            let wanted = if of == Of::Systems { Kind::System } else { Kind::Pattern };
            let all = cx.pages().flat_map(|document| {
                let mentions = cx.mentions(document).into_iter();
                let mentions =
                    mentions.filter(|it| matches!(&it.key, Key::Entity(of, _) if *of == wanted));
                let one = |it: crate::world::Mention| {
                    let pages = cx.entity(&it.key);
                    let more = match pages.len() {
                        0 | 1 => String::new(),
                        count => format!(" and {} more", count - 1),
                    };
                    let first = pages.first().map(|it| cx.shown(&it.document.path) + &more);
                    let to = first.unwrap_or_default();
                    example(cx, document, it.span, to)
                };
                mentions.map(one).collect::<Vec<_>>()
            });
            all.collect()
        }
    };
    let step = (all.len() / most.max(1)).max(1);
    all.into_iter().skip(seed % step).step_by(step).take(most).collect()
}

fn example(cx: &Snapshot, document: &Document, span: Span, leads_to: String) -> Example {
    let line = document.text.line_of(span.start);
    let around = document.source(document.text.line(line));
    let at = (span.start - document.text.line(line).start) as usize;
    let start = around.char_indices().map(|it| it.0).rfind(|it| *it + 60 <= at).unwrap_or(0);
    Example {
        place: format!("{}:{}", cx.shown(&document.path), line + 1),
        name: document.source(span),
        leads_to,
        around: around[start..].chars().take(130).collect(),
    }
}
