//! Figures of one system, those of the same measure side by side.

use std::sync::Arc;

use super::profile::{Line, Piece, Profile};
use crate::{
    model::{
        Figure, Key, Knowledge,
        figure::Measure,
        knowledge::{Fact, Says},
        vocabulary::slug,
    },
    text::{Offset, Span},
    world::{Document, Snapshot},
};

/// At most so many places of one value are shown.
const PLACES: usize = 2;

/// At most so many other statements of a measure are shown.
const STATEMENTS: usize = 12;

/// A figure where it is stated.
#[derive(Clone, Debug)]
pub(super) struct Stated<'a> {
    text: &'a str,
    label: &'a str,
    figure: Option<&'a Figure>,
    fact: &'a Fact,
    document: &'a Document,
    /// Whether it is of another system of the same company: nothing that is stated elsewhere conflicts
    /// with it.
    apart: bool,
}

impl<'a> Stated<'a> {
    /// The figure of a fact, if it is one.
    pub(super) fn of(document: &'a Document, fact: &'a Fact) -> Option<Self> {
        let Says::Figure { text, label, figure } = &fact.says else { return None };
        Some(Self { text, label, figure: figure.as_ref(), fact, document, apart: false })
    }

    /// The same figure; of another system if its page is one of `others` and states it of itself.
    pub(super) fn unless_of(self, others: &[&Arc<Document>]) -> Self {
        let is_own = matches!(self.fact.about, Key::Page(_));
        let apart = is_own && others.iter().any(|it| it.id == self.document.id);
        Self { apart, ..self }
    }

    pub(super) fn measure(&self) -> Option<&'a Measure> {
        self.figure.map(|it| &it.measure).filter(|it| !it.thing.is_empty())
    }

    /// What narrows down the measure: adjectives, and a label that is not the measured thing itself.
    fn narrowed(&self) -> (String, &'a str) {
        let label = slug(self.label);
        let itself = self.measure().is_some_and(|it| it.thing == label);
        let label = if itself { String::new() } else { label.into() };
        (label, self.figure.map_or("", |it| &it.narrowed))
    }

    fn same_value(&self, other: &Self) -> bool {
        match (self.figure, other.figure) {
            (Some(a), Some(b)) => (a.value - b.value).abs() <= a.value.abs() * 1e-9,
            _ => slug(self.text) == slug(other.text),
        }
    }

    /// Whether two figures of one measure cannot both be right.
    fn conflicts(&self, other: &Self) -> bool {
        let is_apart = (self.apart || other.apart) && self.document.id != other.document.id;
        !is_apart && self.narrowed() == other.narrowed() && !self.same_value(other)
    }
}

/// The figure at a place: what it measures of which system, and what else is stated of the same measure.
pub(super) fn at(cx: &Snapshot, document: &Document, at: Offset) -> Option<(Span, Profile)> {
    let document = cx.page(document.id)?;
    let Document { site, path, page, .. } = &**document;
    let item = Knowledge::figures_in_item(site, path, page, &document.text.to_string(), at);
    let facts = document.outline.knowledge.facts.iter().chain(&item);
    let stated = facts.filter(|it| it.span.touches(at)).filter_map(|it| Stated::of(document, it));
    let own = stated.min_by_key(|it| it.fact.span.len())?;
    let measure = own.measure()?;
    let (name, keys, studies) = subject(cx, document, &own.fact.about)?;
    let all = super::systems::facts(cx, &keys, &studies);
    let all = all.iter().filter_map(|it| Stated::of(it.0, it.1));
    let others = all.filter(|it| {
        let itself = it.document.id == document.id && it.fact.span == own.fact.span;
        !itself && it.measure() == Some(measure)
    });
    let mut tags = vec!["figure".to_owned(), name];
    tags.extend((!own.label.is_empty()).then(|| own.label.to_owned()));
    let name = super::profile::plain(own.text, 80);
    let mut profile = Profile { name, tags, summary: measured(measure), ..Profile::default() };
    let lines = others.map(|it| {
        let sign = if own.conflicts(&it) { "≠ " } else { "" };
        let said = Piece::text(format!("{sign}{} (", words(&it)));
        vec![said, Piece::place(it.document, it.fact.span), Piece::text(")")]
    });
    profile.group("Also stated", lines.collect(), STATEMENTS);
    Some((own.fact.span, profile))
}

/// A system: what it is called, its names, its studies.
type Subject<'a> = (String, Vec<Key>, Vec<&'a Arc<Document>>);

/// The system that a fact is about.
fn subject<'a>(cx: &'a Snapshot, document: &'a Arc<Document>, about: &Key) -> Option<Subject<'a>> {
    let (name, studies) = match about {
        Key::Page(_) => (document.title().to_owned(), vec![document]),
        key => {
            let entries = cx.entity(key);
            let name = entries.first().map(|it| it.name.to_owned());
            let name = name.or_else(|| super::systems::as_written(cx, key))?;
            (name, entries.into_iter().map(|it| it.document).collect())
        }
    };
    let names = studies.iter().flat_map(|it| cx.names_of(it)).map(|it| it.key);
    let mut keys: Vec<Key> = names.filter(|it| cx.entity(it).len() == 1).collect();
    keys.push(about.clone());
    keys.retain(|it| matches!(it, Key::Entity(..)));
    Some((name, keys, studies))
}

/// What a figure measures, in words.
fn measured(measure: &Measure) -> String {
    let unit = match &*measure.unit {
        "" => String::new(),
        "s" => " in seconds".to_owned(),
        "B" => " in bytes".to_owned(),
        "%" => " in percent".to_owned(),
        unit => format!(" in {unit}"),
    };
    let per = match &*measure.per {
        "" => String::new(),
        "s" => " per second".to_owned(),
        per => format!(" per {per}"),
    };
    format!("Measures: {}{unit}{per}", measure.thing)
}

/// A line for each measure; where statements differ in value, `≠` stands between them, and the line
/// goes first.
pub(super) fn lines(all: &[Stated<'_>]) -> Vec<Line> {
    let mut measures: Vec<Vec<&Stated<'_>>> = Vec::new();
    for stated in all {
        let same = |it: &&mut Vec<&Stated<'_>>| match stated.measure() {
            Some(measure) => it[0].measure() == Some(measure),
            None => it[0].measure().is_none() && slug(it[0].text) == slug(stated.text),
        };
        match measures.iter_mut().find(same) {
            Some(measure) => measure.push(stated),
            None => measures.push(vec![stated]),
        }
    }
    let conflicting = |all: &[&Stated<'_>]| all.iter().any(|a| all.iter().any(|b| a.conflicts(b)));
    // Then what is stated more than once, then the rest; figures before words.
    measures.sort_by_key(|it| (!conflicting(it), it[0].figure.is_none(), it.len() == 1));
    measures.iter().map(|it| line(it)).collect()
}

/// The statements of one measure: each value once, in its shortest words, with where it is stated.
fn line(measure: &[&Stated<'_>]) -> Line {
    let mut values: Vec<Vec<&Stated<'_>>> = Vec::new();
    for stated in measure {
        match values.iter_mut().find(|it| it[0].same_value(stated)) {
            Some(value) => value.push(stated),
            None => values.push(vec![stated]),
        }
    }
    let mut line = Line::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            let earlier = values[..index].iter().flatten();
            let conflict = earlier.into_iter().any(|a| value.iter().any(|b| a.conflicts(b)));
            line.push(Piece::text(if conflict { " ≠ " } else { " · " }));
        }
        let shortest = value.iter().map(|it| words(it)).min_by_key(|it| it.chars().count());
        line.push(Piece::text(shortest.unwrap_or_default()));
        line.push(Piece::text(" ("));
        for (index, stated) in value.iter().take(PLACES).enumerate() {
            line.extend((index > 0).then(|| Piece::text(", ")));
            line.push(Piece::place(stated.document, stated.fact.span));
        }
        let more = value.len().saturating_sub(PLACES);
        line.push(Piece::text(if more > 0 {
            format!(" and {more} more)")
        } else {
            ")".to_owned()
        }));
    }
    line
}

/// The figure as it is written, with what is measured where it does not say so itself.
fn words(stated: &Stated<'_>) -> String {
    let says_itself = stated.label.is_empty() || slug(stated.text).contains(&*slug(stated.label));
    let text = super::profile::plain(stated.text, 80);
    if says_itself { text } else { format!("{}: {text}", stated.label) }
}
