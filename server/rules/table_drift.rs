#![doc = include_str!("table_drift.md")]

use super::{Finding, Fix, Found, Related, Row, There, rows::same};
use crate::{
    model::{
        Key,
        knowledge::{Says, Spot},
    },
    text::Edit,
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let facts = document.outline.knowledge.facts.iter();
    let found = facts.filter_map(|fact| {
        let (Says::Uses { pattern, .. }, Key::Entity(..)) = (&fact.says, &fact.about) else {
            return None;
        };
        // The page of a pattern that names systems says nothing of what a table holds.
        let mut cells = document.outline.knowledge.refers.iter().filter(|it| it.spot == Spot::Cell);
        if !cells.any(|it| it.key == *pattern && it.span == fact.span) {
            return None;
        }
        let [study] = &cx.entity(&fact.about)[..] else { return None };
        if study.document.id == document.id {
            return None;
        }
        let named =
            study.document.outline.knowledge.refers.iter().filter(|it| it.spot == Spot::Field);
        let mut patterns = named.filter(|it| is_same_kind(&it.key, pattern)).peekable();
        // A study that names no patterns does not say that there are none.
        patterns.peek()?;
        if patterns.any(|it| same(cx, &it.key, pattern)) {
            return None;
        }
        let shown = cx.shown(&study.document.path);
        let written = document.source(fact.span);
        let mut found = Found::new(
            fact.span,
            format!("`{shown}` does not name `{written}` among its patterns"),
        );
        found.related.push(Related {
            path: study.document.path.clone(),
            at: There::Page,
            message: "the study".to_owned(),
        });
        Some(found)
    });
    found.collect()
}

fn is_same_kind(a: &Key, b: &Key) -> bool {
    matches!((a, b), (Key::Entity(a, _), Key::Entity(b, _)) if a == b)
}

/// Has the row say what the study says, or the study what the row says.
pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let Some(row) = Row::at(cx, document, finding.span) else { return Vec::new() };
    let shown = cx.shown(&row.study.path);
    let mut fixes = Vec::new();
    let mut offer = |title: String, page: &Document, edits: Vec<Edit>| {
        let edits = edits.into_iter().map(|it| (page.path.clone(), it)).collect();
        fixes.push(Fix { title, safe: false, preferred: false, edits, creates: Vec::new() });
    };
    let filled = row.filled();
    if !filled.is_empty() {
        offer(format!("Fill the row from `{shown}`"), document, filled);
    }
    if let Some((names, edit)) = row.told(finding.span) {
        let title = format!("Name `{}` among the patterns of `{shown}`", names.join("`, `"));
        offer(title, row.study, vec![edit]);
    }
    fixes
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn has_the_row_say_what_the_study_says() {
        check_fix(
            "table-drift",
            r"
//- index.md
| System | Patterns         | Scale | Year |
|--------|------------------|-------|------|
| Aurora | *Quorum*, Gossip |       |      |
//- patterns/redo-log.md
# Redo Log
//- patterns/quorum.md
# Quorum
//- studies/aurora.md
---
type: case-study
year: 2015
patterns: [quorum, redo-log, tide-pools]
metrics: {regions: 3, throughput: 700K writes/second}
---
# Aurora
",
            &expect![[r#"
                Fill the row from `studies/aurora.md` (?)
                Name `Gossip` among the patterns of `studies/aurora.md` (?)
                //- index.md
                | System | Patterns         | Scale | Year |
                |--------|------------------|-------|------|
                | Aurora | *Quorum*, Redo Log, tide-pools | 3 regions, 700K writes/second | 2015 |
            "#]],
        );
    }

    #[test]
    fn marks_patterns_that_the_study_does_not_name() {
        check_rule(
            "table-drift",
            r"
//- casebook.toml
rules.table-drift = 'info'
//- index.md
| System | Patterns       |
|--------|----------------|
| Aurora | Quorum, Gossip |
                   ^^^^^^ `studies/aurora.md` does not name `Gossip` among its patterns
| Kafka  | Gossip         |
//- studies/aurora.md
---
type: case-study
patterns: [quorum]
---
# Aurora
//- studies/kafka.md
---
type: case-study
---
# Kafka
",
        );
    }

    #[test]
    fn leaves_the_systems_that_the_page_of_a_pattern_names_alone() {
        check_rule(
            "table-drift",
            r"
//- casebook.toml
rules.table-drift = 'info'
//- patterns/gossip.md
---
type: pattern
modern_examples:
  - company: Aurora
---
# Gossip
| Company | Use |
|---------|-----|
| Aurora  | All |
//- studies/aurora.md
---
type: case-study
patterns: [quorum]
---
# Aurora
",
        );
    }
}
