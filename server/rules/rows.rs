//! The row of a system in a table, and the front matter of its study: what each says, put into the other.

use std::sync::Arc;

use crate::{
    model::{
        Key, Kind,
        knowledge::{NameUse, Says, Spot, entity, pieces},
        url,
        vocabulary::{Column, Means, column, plain, slug},
    },
    syntax::{
        Table,
        front_matter::{FrontMatter, Node, Value},
    },
    text::{Edit, Span, offset},
    world::{Document, Snapshot, way},
};

/// A row of a table about a system that one study, on another page, is about.
pub struct Row<'a> {
    cx: &'a Snapshot,
    document: &'a Document,
    table: &'a Table,
    cells: &'a [Span],
    /// The study.
    pub study: &'a Arc<Document>,
}

impl<'a> Row<'a> {
    /// The row that a stretch of a page lies in.
    pub fn at(cx: &'a Snapshot, document: &'a Document, span: Span) -> Option<Self> {
        let table = document.page.tables.iter().find(|it| it.span.contains(span))?;
        let line = |it: Span| document.text.line_of(it.start);
        let rows = table.rows.iter().filter(|it| !it.is_empty());
        let cells = rows.clone().find(|it| line(it[0]) == line(span))?;
        let mut systems = uses(document, cells, Kind::System);
        let system = systems.next().filter(|_| systems.next().is_none())?;
        let [study] = &cx.entity(&system.key)[..] else { return None };
        let study = study.document;
        (study.id != document.id).then_some(Self { cx, document, table, cells, study })
    }

    /// From its first cell to its last.
    pub fn span(&self) -> Span {
        let start = self.cells.first().map_or(0, |it| it.start);
        Span::new(start, self.cells.last().map_or(start, |it| it.end))
    }

    /// What makes the row say what the study says: its patterns in the cell of patterns, and other
    /// fields and its figures in the cells that are empty and headed so.
    pub fn filled(&self) -> Vec<Edit> {
        let cells = self.table.head.iter().zip(self.cells);
        let edits = cells.filter_map(|(head, cell)| {
            let head = self.document.source(*head);
            let empty = self.document.source(*cell).trim().is_empty();
            let with = match column(&head) {
                Some(Column::Pattern) => self.patterns(*cell)?,
                Some(Column::Figures) if empty => self.figures(),
                None if empty => self.field(&head)?,
                _ => return None,
            };
            (!with.is_empty()).then(|| self.written(*cell, &with))
        });
        edits.collect()
    }

    /// The cell of patterns, if it does not name those that the study does: what is there already stays
    /// as it is written.
    fn patterns(&self, cell: Span) -> Option<String> {
        let text = self.document.text.to_string();
        let here: Vec<(&NameUse, Span)> = pieces(&text, cell)
            .into_iter()
            .filter_map(|piece| Some((uses(self.document, &[piece], Kind::Pattern).next()?, piece)))
            .collect();
        let named: Vec<&NameUse> = self.named().collect();
        let alike = |a: &NameUse, b: &NameUse| same(self.cx, &a.key, &b.key);
        let agreed = here.iter().all(|it| named.iter().any(|named| alike(it.0, named)))
            && named.iter().all(|named| here.iter().any(|it| alike(it.0, named)));
        if named.is_empty() || agreed {
            return None;
        }
        let linked = text[cell.range()].contains("](");
        let mut with: Vec<String> = Vec::new();
        for named in named {
            let kept = here.iter().find(|it| alike(it.0, named));
            let one = match kept {
                Some((_, piece)) => text[piece.range()].trim().to_owned(),
                None => self.pattern(named, linked),
            };
            if !with.contains(&one) {
                with.push(one);
            }
        }
        Some(with.join(", "))
    }

    /// The patterns that the front matter of the study names.
    fn named(&self) -> impl Iterator<Item = &'a NameUse> {
        let refers = self.study.outline.knowledge.refers.iter();
        refers.filter(|it| it.spot == Spot::Field && is_of(&it.key, Kind::Pattern))
    }

    fn pattern(&self, named: &NameUse, linked: bool) -> String {
        let pages = self.cx.entity(&named.key);
        // The title of the page, unless it could mean another.
        let titled = pages.first().and_then(|it| entity(Kind::Pattern, it.document.title()));
        let alike = titled.is_some_and(|it| same(self.cx, &it, &named.key));
        match &pages[..] {
            _ if !alike => plain(&self.study.source(named.span)),
            [only, ..] if linked => {
                let to =
                    url::quoted(&way(&self.document.path, &only.document.path), url::Quote::Bare);
                format!("[{}]({to})", only.document.title())
            }
            [only, ..] => only.document.title().to_owned(),
            [] => plain(&self.study.source(named.span)),
        }
    }

    fn figures(&self) -> String {
        let facts = self.study.outline.knowledge.facts.iter();
        let own = facts.filter(|it| matches!(it.about, Key::Page(_)));
        let figures = own.filter_map(|it| match &it.says {
            Says::Figure { text, label, .. }
                if text.contains(char::is_alphabetic) || label.is_empty() =>
            {
                Some(text.to_string())
            }
            Says::Figure { text, label, .. } => Some(format!("{text} {label}")),
            _ => None,
        });
        figures.collect::<Vec<_>>().join(", ")
    }

    /// The value of the field that a column is headed with.
    fn field(&self, head: &str) -> Option<String> {
        let name = plain(head).to_lowercase().replace(' ', "_");
        let value = self.study.page.front_matter.as_ref()?.get(&name)?;
        value.as_str().map(|it| it.trim().to_owned()).filter(|it| !it.contains('\n'))
    }

    fn written(&self, cell: Span, with: &str) -> Edit {
        let with = with.replace('|', "\\|");
        if !cell.is_empty() {
            return Edit { span: cell, with };
        }
        // Takes the place of all blanks of the cell.
        let line = self.document.text.line(self.document.text.line_of(cell.start));
        let (before, after) = (Span::new(line.start, cell.start), Span::new(cell.end, line.end));
        let (before, after) = (self.document.source(before), self.document.source(after));
        let lead = before.len() - before.trim_end_matches([' ', '\t']).len();
        let tail = after.len() - after.trim_start_matches([' ', '\t']).len();
        let span = Span::new(cell.start - offset(lead), cell.end + offset(tail));
        Edit { span, with: format!(" {with} ") }
    }

    /// What makes the front matter of the study name the patterns of the row, as far as it does not:
    /// those in `span`. The names as they are written, and the edit of the study.
    pub fn told(&self, span: Span) -> Option<(Vec<String>, Edit)> {
        let named: Vec<&NameUse> = self.named().collect();
        let cells = uses(self.document, self.cells, Kind::Pattern)
            .filter(|it| it.span.touches(span.start) || span.contains(it.span));
        let missing =
            cells.filter(|it| !named.iter().any(|named| same(self.cx, &named.key, &it.key)));
        let names: Vec<String> = missing.map(|it| plain(&self.document.source(it.span))).collect();
        if names.is_empty() {
            return None;
        }
        let edit = added(self.study, &names)?;
        // What cannot be read back is not offered.
        let after = super::edited(&self.study.text.to_string(), std::slice::from_ref(&edit));
        let page = crate::syntax::parse(&after, &self.study.site.dialect);
        let head = page.front_matter.filter(|it| it.error.is_none())?;
        let words: Vec<_> = field(self.study, &head).map(all_names).unwrap_or_default();
        let reads = |it: &String| words.iter().any(|word| *word == slug(it));
        names.iter().all(reads).then_some((names, edit))
    }
}

/// The names of a kind in some cells.
fn uses<'a>(
    document: &'a Document,
    cells: &[Span],
    kind: Kind,
) -> impl Iterator<Item = &'a NameUse> {
    let cells = cells.to_vec();
    let refers = document.outline.knowledge.refers.iter();
    let own = refers.filter(move |it| it.spot == Spot::Cell && is_of(&it.key, kind));
    own.filter(move |it| cells.iter().any(|cell| cell.contains(it.span)))
}

fn is_of(key: &Key, kind: Kind) -> bool {
    matches!(key, Key::Entity(it, _) if *it == kind)
}

/// Whether two names are one, or lead to the same page.
pub(super) fn same(cx: &Snapshot, a: &Key, b: &Key) -> bool {
    let page = |it: &Key| cx.entity(it).first().map(|it| it.document.id);
    a == b || (page(a).is_some() && page(a) == page(b))
}

/// The field of a study that names its patterns.
fn field<'a>(study: &Document, head: &'a FrontMatter) -> Option<&'a Node> {
    let Value::Map(entries) = &head.root.value else { return None };
    let is = |key: &Node| {
        let field = key.as_str().and_then(|it| study.site.words.field(it));
        field.is_some_and(|it| it.means == Means::Refers(Kind::Pattern))
    };
    entries.iter().find(|it| is(&it.0)).map(|it| &it.1)
}

/// Every name in a value, as names are compared.
fn all_names(value: &Node) -> Vec<Box<str>> {
    match &value.value {
        Value::Null => Vec::new(),
        Value::Scalar(text) => vec![slug(text)],
        Value::List(items) => items.iter().flat_map(all_names).collect(),
        Value::Map(entries) => {
            entries.iter().flat_map(|it| [all_names(&it.0), all_names(&it.1)].concat()).collect()
        }
    }
}

/// The front matter with more names of patterns: behind the last of a list, or in a field of its own.
fn added(study: &Document, names: &[String]) -> Option<Edit> {
    let head = study.page.front_matter.as_ref().filter(|it| it.error.is_none())?;
    let Some(mut value) = field(study, head) else {
        let yaml = study.source(Span::new(head.span.start, head.span.start + 3)) == "---";
        let with =
            format!("patterns: [{}]{}", written(names, false), super::listing::ending(study));
        return yaml.then(|| Edit { span: Span::empty(head.body.end), with });
    };
    // A map from tier to a list.
    if let Value::Map(tiers) = &value.value {
        value = &tiers.last()?.1;
    }
    let Value::List(items) = &value.value else { return None };
    let source = study.source(value.span);
    let last = items.last()?;
    let slugs = items.iter().filter_map(first_name).all(is_slug);
    if source.starts_with('[') {
        let with = format!(", {}", written(names, slugs));
        return Some(Edit { span: Span::empty(last.span.end), with });
    }
    let text = &study.text;
    let first = study.source(text.line(text.line_of(last.span.start)));
    let indent = &first[..first.find('-')?];
    if !indent.trim().is_empty() {
        return None;
    }
    let end = study.source(Span::new(last.span.start, last.span.end)).trim_end().len();
    let line = text.line_of(last.span.start + offset(end));
    let ending = super::listing::ending(study);
    let with = names
        .iter()
        .map(|it| format!("{ending}{indent}- {}", written(std::slice::from_ref(it), slugs)));
    Some(Edit { span: Span::empty(text.line(line).end), with: with.collect() })
}

/// The name that an entry of a list begins with.
fn first_name(item: &Node) -> Option<&str> {
    match &item.value {
        Value::Map(entries) => entries.first()?.0.as_str(),
        _ => item.as_str(),
    }
}

fn is_slug(name: &str) -> bool {
    name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-')
}

/// Names as YAML, with commas between; those in small letters and hyphens where the others are.
fn written(names: &[String], slugs: bool) -> String {
    let one = |name: &String| {
        let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        let slugged = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
        let safe = name.starts_with(char::is_alphabetic)
            && name.chars().all(|it| it.is_alphanumeric() || " -_/.".contains(it));
        match (slugs, safe) {
            (true, _) => slugged,
            (false, true) => name.clone(),
            (false, false) => format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")),
        }
    };
    names.iter().map(one).collect::<Vec<_>>().join(", ")
}
