//! Tables with a column of systems or of patterns.

use super::{Knowledge, Says, Source, Spot, bare, figures, pieces};
use crate::{
    model::{
        Key, Kind,
        vocabulary::{Column, column, parenthesis, plain},
    },
    syntax::Table,
    text::{Span, offset},
};

/// A name in a cell.
struct Piece<'a> {
    name: &'a str,
    /// What stands in parentheses behind it.
    note: &'a str,
    span: Span,
}

/// At most so many words a name has; more are a sentence.
const WORDS: usize = 6;

/// At most so many names a cell lists. All systems of a row use all its patterns.
const NAMES: usize = 32;

/// At most so many bytes a head has that says what the cells below it are; more are a sentence.
const LABEL: usize = 200;

pub(super) fn read(source: Source<'_>, found: &mut Knowledge) {
    for table in &source.page.tables {
        let columns: Vec<_> = table.head.iter().map(|it| column(source.slice(*it))).collect();
        if columns.iter().any(|it| matches!(it, Some(Column::System | Column::Pattern))) {
            table.rows.iter().for_each(|row| read_row(source, table, &columns, row, found));
        }
    }
}

fn read_row(
    source: Source<'_>,
    table: &Table,
    columns: &[Option<Column>],
    row: &[Span],
    found: &mut Knowledge,
) {
    let names = |wanted: Column| {
        let cells = row.iter().zip(columns).filter(move |it| *it.1 == Some(wanted));
        let found = cells.flat_map(|(cell, _)| names_in(source, *cell));
        // In `Amazon, about 2002` only the first is one: several small words are no system.
        let is_name = |it: &Piece<'_>| {
            wanted != Column::System
                || !it.name.contains(' ')
                || it.name.contains(char::is_uppercase)
        };
        found.filter(is_name).collect::<Vec<_>>()
    };
    let mut systems = Vec::new();
    for it in names(Column::System) {
        systems.extend(found.use_name(Kind::System, it.name, it.span, Spot::Cell));
    }
    let mut patterns = Vec::new();
    for it in names(Column::Pattern) {
        let key = found.use_name(Kind::Pattern, it.name, it.span, Spot::Cell);
        patterns.extend(key.map(|key| (key, it.note, it.span)));
    }
    let own = found.own().filter(|it| matches!(it, Key::Entity(Kind::Pattern, _))).cloned();
    for about in &systems {
        for (pattern, note, span) in &patterns {
            let says =
                Says::Uses { pattern: pattern.clone(), tier: "".into(), note: (*note).into() };
            found.fact(about, *span, says);
        }
        // On a pattern's page a table of systems is one of its users.
        if let (Some(pattern), Some(&first)) = (&own, row.first())
            && patterns.is_empty()
        {
            let says = Says::Uses { pattern: pattern.clone(), tier: "".into(), note: "".into() };
            found.fact(about, first, says);
        }
    }
    let [about] = &systems[..] else { return };
    for ((cell, says), head) in row.iter().zip(columns).zip(&table.head) {
        let text = bare(source.text, *cell).1;
        if text.is_empty() {
            continue;
        }
        match says {
            Some(Column::Figures) => figures(source, about, *cell, "", found),
            None => {
                let label = source.slice(*head);
                let label = if label.len() > LABEL { "".into() } else { plain(label).into() };
                found.fact(about, *cell, Says::Remark { label, text: text.into() });
            }
            Some(_) => {}
        }
    }
}

/// The names in a cell, with commas between; a link stands for its text.
fn names_in(source: Source<'_>, cell: Span) -> Vec<Piece<'_>> {
    let found = pieces(source.text, cell).into_iter().filter_map(|piece| {
        let (span, text) = bare(source.text, piece);
        let (span, text) = match source.link_in(span) {
            Some((_, link)) if bare(source.text, link.span).0.start <= span.start => {
                bare(source.text, link.text)
            }
            _ => (span, text),
        };
        let (name, note) = parenthesis(text);
        let name = name.trim_end_matches(['*', '_', '`']);
        let is_name = name.chars().any(char::is_alphabetic) && name.split(' ').count() <= WORDS;
        let span = Span::new(span.start, span.start + offset(name.len()));
        is_name.then_some(Piece { name, note: note.unwrap_or_default(), span })
    });
    found.take(NAMES).collect()
}
