//! Figures of one system, those of the same measure side by side.

use super::profile::{Line, Piece};
use crate::{
    model::{
        Figure,
        figure::Measure,
        knowledge::{Fact, Says},
        vocabulary::slug,
    },
    world::Document,
};

/// At most so many places of one value are shown.
const PLACES: usize = 2;

/// A figure where it is stated.
#[derive(Clone, Debug)]
pub(super) struct Stated<'a> {
    text: &'a str,
    label: &'a str,
    figure: Option<&'a Figure>,
    fact: &'a Fact,
    document: &'a Document,
}

impl<'a> Stated<'a> {
    /// The figure of a fact, if it is one.
    pub(super) fn of(document: &'a Document, fact: &'a Fact) -> Option<Self> {
        let Says::Figure { text, label, figure } = &fact.says else { return None };
        Some(Self { text, label, figure: figure.as_ref(), fact, document })
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
        self.narrowed() == other.narrowed() && !self.same_value(other)
    }
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
