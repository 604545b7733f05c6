#![doc = include_str!("conflicting_figure.md")]

use super::{Found, Related, There};
use crate::{
    model::{
        Key,
        knowledge::{Fact, Says},
    },
    world::{Document, Snapshot},
};

/// At most so many other places are shown.
const PLACES: usize = 5;

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let facts = document.outline.knowledge.facts.iter();
    let found = facts.filter_map(|fact| {
        let own = words(fact)?;
        let others = elsewhere(cx, document, &fact.about).into_iter().filter(|(page, other)| {
            // What stands in one line was written together, and is meant.
            let line = |it: &Fact| document.text.line_of(it.span.start);
            let together = page.id == document.id && line(other) == line(fact);
            !together && fact.contradicts(other)
        });
        let others: Vec<_> = others.take(PLACES).collect();
        let &(page, other) = others.first()?;
        let (place, said) = (place(cx, document, page), words(other)?);
        let message = format!("{place} says `{said}` of the same system, not `{own}`");
        let related = others.iter().filter_map(|(page, other)| {
            let words = words(other)?;
            Some(Related {
                path: page.path.clone(),
                at: There::Figure(other.about.clone(), words.into()),
                message: format!("`{words}`"),
            })
        });
        Some(Found { related: related.collect(), ..Found::new(fact.span, message) })
    });
    found.collect()
}

/// A figure as it is written.
fn words(fact: &Fact) -> Option<&str> {
    match &fact.says {
        Says::Figure { text, figure: Some(_), .. } => Some(text),
        _ => None,
    }
}

fn place(cx: &Snapshot, document: &Document, page: &Document) -> String {
    if page.id == document.id {
        return "this page also".to_owned();
    }
    format!("`{}`", cx.shown(&page.path))
}

/// What is stated of the same system by the same name, and by or of the only study of that name.
fn elsewhere<'a>(
    cx: &'a Snapshot,
    document: &'a Document,
    about: &Key,
) -> Vec<(&'a Document, &'a Fact)> {
    // A study and a name belong together if the study gives it to itself, and no other does.
    let is_of = |key: &Key, study: &Document| {
        let own = study.outline.knowledge.names.iter().any(|it| it.key == *key);
        own && matches!(&cx.entity(key)[..], [only] if only.document.id == study.id)
    };
    let stated = |key: &Key| cx.facts_about(key).into_iter().map(|it| (&**it.0, it.1));
    let own = |study: &'a Document| {
        let facts = study.outline.knowledge.facts.iter();
        facts.filter(|it| matches!(it.about, Key::Page(_))).map(move |it| (study, it))
    };
    match about {
        Key::Page(_) => {
            let names = document.outline.knowledge.names.iter().map(|it| &it.key);
            let named = names.filter(|it| is_of(it, document)).flat_map(stated);
            own(document).chain(named).collect()
        }
        // `- Duration: 6 weeks` is about no system.
        key if !cx.is_entity(key) => Vec::new(),
        key => {
            let mut all: Vec<_> = stated(key).collect();
            if let [only] = &cx.entity(key)[..]
                && is_of(key, only.document)
            {
                all.extend(own(only.document));
            }
            all
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        model::Path,
        testing::{Fixture, check_rule},
        world::{Change, Snapshot},
    };

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("conflicting-figure", fixture);
    }

    #[test]
    fn compares_tables_lists_and_metrics_of_one_system() {
        check(
            r"
//- index.md
- Aurora: 260M+ users, 1B+ hours/month
          ^^^^^^^^^^^ `studies/aurora.md` says `250M+ users` of the same system, not `260M+ users`
- Kafka: 260M+ users
//- other.md
| System | Scale      |
|--------|------------|
| Aurora | 1B+ hours/month, 900+ services |
//- studies/aurora.md
---
type: case-study
metrics: {scale: 250M+ users, cells: 70 cells}
                 ^^^^^^^^^^^ `index.md` says `260M+ users` of the same system, not `250M+ users`
---
# Aurora
",
        );
    }

    #[test]
    fn compares_two_places_of_one_page() {
        check(
            r"
//- index.md
- Aurora: 260M+ users
          ^^^^^^^^^^^ this page also says `300M+ users` of the same system, not `260M+ users`
- Duration: 6 weeks

| System | Scale                         |
|--------|-------------------------------|
| Aurora | 300M+ users, 5B rows, 2B rows |
           ^^^^^^^^^^^ this page also says `260M+ users` of the same system, not `300M+ users`

- Duration: 7 weeks
",
        );
    }

    #[test]
    fn the_other_place_is_found_where_it_stands_now() {
        let fixture = Fixture::new(
            "//- index.md\n| System | Scale |\n|---|---|\n| Aurora | 1B+ rows, 9M+ users |\n//- b.md\n| System | Scale |\n|---|---|\n| Aurora | 5M+ users |\n",
        );
        let index = Path::new("/w/index.md");
        let related = |cx: &Snapshot| {
            let page = cx.document(&Path::new("/w/b.md")).expect("it is there");
            let found = crate::rules::findings(cx, page);
            found.first().expect("it is found").related[0].clone()
        };
        let there = related(&fixture.snapshot());
        let text = "# Above\n\n| System | Scale |\n|---|---|\n| Aurora | 1B+ rows, 9M+ users |\n";
        fixture.world.apply(Change::Edited { path: index.clone(), version: 1, text: text.into() });
        let cx = fixture.snapshot();
        let page = cx.document(&index).expect("it is there");
        assert_eq!(page.source(there.span(page)), "9M+ users");
    }

    #[test]
    fn a_figure_that_changes_has_the_other_place_looked_at_again() {
        let study = "---\ntype: case-study\nmetrics: {scale: 250M+ users}\n---\n# Aurora\n";
        let list = "- [Aurora](aurora.md) - 250M+ users\n";
        let fixture = Fixture::new(&format!(
            "//- studies/index.md\n{list}//- studies/aurora.md\n{study}//- studies/b.md\n# B\n"
        ));
        let edited = |name: &str, text: &str| {
            let path = Path::new(&format!("/w/studies/{name}"));
            let text = text.replace("250", "260").as_str().into();
            let affected = fixture.world.apply(Change::Edited { path, version: 1, text }).0;
            let cx = fixture.snapshot();
            affected.iter().filter_map(|it| Some(cx.page(*it)?.path.name().to_owned())).collect()
        };
        let both: Vec<String> = edited("aurora.md", study);
        assert_eq!(both, ["index.md", "aurora.md"]);
        let both: Vec<String> = edited("index.md", list);
        assert_eq!(both, ["index.md", "aurora.md"]);
    }

    #[test]
    fn leaves_figures_of_two_studies_of_one_name_alone() {
        check(
            r"
//- index.md
- Aurora: 260M+ users
//- studies/a.md
---
systems: [Aurora]
metrics: {scale: 250M+ users}
---
//- studies/b.md
---
systems: [Aurora]
metrics: {scale: 240M+ users}
---
",
        );
    }
}
