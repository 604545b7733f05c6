#![doc = include_str!("table_drift.md")]

use super::{Found, Related, There};
use crate::{
    model::{
        Key,
        knowledge::{Says, Spot},
    },
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
        if patterns.any(|it| it.key == *pattern || leads_alike(cx, &it.key, pattern)) {
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

/// Whether two names lead to the same page.
fn leads_alike(cx: &Snapshot, a: &Key, b: &Key) -> bool {
    let page = |it: &Key| cx.entity(it).first().map(|it| it.document.id);
    page(a).is_some() && page(a) == page(b)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

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
