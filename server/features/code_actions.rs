//! What can be done about the findings at a place: repairs, and comments that suppress them.

use std::collections::BTreeMap;

use super::refactor;
use crate::{
    model::{Changes, Path},
    rules::{self, Finding, Fix, Marks, Risk},
    text::{Edit, Span, offset},
    world::{DocId, Document, Snapshot},
};

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does: a sentence without a full stop, a capital first.
    pub title: String,
    /// Whether it is the one that a person would most likely pick.
    pub preferred: bool,
    /// What it repairs, if that is one finding.
    pub finding: Option<Finding>,
    /// What to ask [`resolve`] for.
    pub choice: Choice,
    /// The files that it would bring into being.
    pub creates: bool,
}

/// What is to be done on a page. The place and the code of a finding name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The repair of a finding with this index.
    Fix(String, Span, usize),
    /// A comment above a finding.
    Suppress(String, Span),
    /// A comment for the whole page.
    SuppressPage(String),
    /// All safe repairs of one rule on the page.
    All(String),
    /// All safe repairs of one rule in the workspace.
    Everywhere(String),
    /// All safe repairs of the page.
    Everything,
    /// The refactoring of this name at a place.
    Refactor(String, Span),
}

/// What can be done about those of a page's findings that `span` touches.
pub fn code_actions(
    cx: &Snapshot,
    document: &Document,
    all: &[Finding],
    span: Span,
) -> Vec<Action> {
    let here = |it: &&Finding| it.span.touches(span.start) || span.touches(it.span.start);
    let mut actions = Vec::new();
    for finding in all.iter().filter(here) {
        let fixes = rules::fixes(cx, document, finding);
        for (index, fix) in fixes.iter().enumerate() {
            actions.push(Action {
                title: fix.title.clone(),
                preferred: fix.preferred,
                finding: Some(finding.clone()),
                choice: Choice::Fix(finding.code.to_owned(), finding.span, index),
                creates: !fix.creates.is_empty(),
            });
        }
    }
    let mut codes: Vec<&str> = all.iter().filter(here).map(|it| it.code).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let safe = |it: &&Finding| {
            it.code == code && rules::fixes(cx, document, it).first().is_some_and(|it| it.safe)
        };
        let number = all.iter().filter(safe).take(2).count();
        if number > 1 {
            let title = format!("Fix all `{code}` on this page that are safe to fix");
            actions.push(Action::whole(title, Choice::All(code.to_owned())));
        }
        if number > 0 {
            let title = format!("Fix all `{code}` on all pages that are safe to fix");
            actions.push(Action::whole(title, Choice::Everywhere(code.to_owned())));
        }
    }
    for finding in all.iter().filter(here) {
        let code = finding.code.to_owned();
        let title = format!("Suppress `{code}` here");
        let choice = Choice::Suppress(code.clone(), finding.span);
        let finding = Some(finding.clone());
        actions.push(Action { finding, ..Action::whole(title, choice) });
        let title = format!("Suppress `{code}` on this page");
        actions.push(Action::whole(title, Choice::SuppressPage(code)));
    }
    let mut seen = Vec::new();
    actions.retain(|it| {
        let new = !seen.contains(&it.choice);
        seen.push(it.choice.clone());
        new
    });
    actions
}

impl Action {
    fn whole(title: String, choice: Choice) -> Self {
        Self { title, preferred: false, finding: None, choice, creates: false }
    }
}

/// All safe repairs of a page as one action, if there are any.
pub fn fix_all(cx: &Snapshot, id: DocId) -> Option<Action> {
    let document = cx.page(id)?;
    let some = !rules::together(cx, [&**document], Risk::None, |_| true).is_empty();
    some.then(|| Action::whole("Fix all that is safe to fix".to_owned(), Choice::Everything))
}

/// What can be made of a stretch of a page, with the kind of each.
pub fn refactorings(cx: &Snapshot, id: DocId, span: Span) -> Vec<(refactor::Kind, Action)> {
    let offered = refactor::offered(cx, id, span).into_iter().map(|(it, title)| {
        let choice = Choice::Refactor(it.name.to_owned(), span);
        (it.kind, Action { creates: it.creates, ..Action::whole(title, choice) })
    });
    offered.collect()
}

/// What an action changes, worked out anew from what is known now; none if there is nothing to do.
///
/// Refused, with a sentence that says why, where what was offered cannot be.
pub fn resolve(cx: &Snapshot, id: DocId, choice: &Choice) -> Result<Option<Changes>, String> {
    match choice {
        Choice::Refactor(name, span) => refactor::apply(cx, id, name, *span).map(Some),
        _ => Ok(repair(cx, id, choice)),
    }
}

fn repair(cx: &Snapshot, id: DocId, choice: &Choice) -> Option<Changes> {
    let document = cx.page(id)?;
    let finding = |code: &str, span: Span| {
        rules::findings(cx, document).into_iter().find(|it| it.code == code && it.span == span)
    };
    let page = |edit: Edit| Changes {
        edits: BTreeMap::from([(document.path.clone(), vec![edit])]),
        ..Changes::default()
    };
    match choice {
        Choice::Fix(code, span, index) => {
            let fixes = rules::fixes(cx, document, &finding(code, *span)?);
            fixes.into_iter().nth(*index).map(changes)
        }
        Choice::Suppress(code, span) => match Marks::at(document, span.start) {
            Some(marks) => Some(suppression(document, code, *span, marks)),
            None => repair(cx, id, &Choice::SuppressPage(code.clone())),
        },
        Choice::SuppressPage(code) => {
            let head = document.page.front_matter.as_ref();
            let at = head.map_or(0, |it| it.span.end);
            let comment = Marks::at(document, at).unwrap_or(Marks::Html);
            let comment = comment.comment(&format!("casebook-disable-file {code}"));
            let ending = ending(document);
            let with = if at > 0 {
                format!("{ending}{ending}{comment}")
            } else {
                format!("{comment}{ending}{ending}")
            };
            Some(page(Edit { span: Span::empty(at), with }))
        }
        Choice::All(code) => together(cx, document, |it| it.code == code),
        Choice::Everywhere(code) => {
            let pages = cx.pages().map(AsRef::as_ref);
            let edits = rules::together(cx, pages, Risk::None, |it| it.code == code);
            Some(Changes { edits, ..Changes::default() })
        }
        Choice::Everything => together(cx, document, |_| true),
        Choice::Refactor(..) => None,
    }
}

fn changes(fix: Fix) -> Changes {
    let mut edits: BTreeMap<Path, Vec<Edit>> = BTreeMap::new();
    fix.edits.into_iter().for_each(|(path, edit)| edits.entry(path).or_default().push(edit));
    Changes { edits, creates: fix.creates, ..Changes::default() }
}

/// Repairs stay on the page: what is done on save must not change other files.
fn together(
    cx: &Snapshot,
    document: &Document,
    wanted: impl Fn(&Finding) -> bool,
) -> Option<Changes> {
    let mut edits = rules::together(cx, [document], Risk::None, wanted);
    edits.retain(|path, _| *path == document.path);
    (!edits.is_empty()).then(|| Changes { edits, ..Changes::default() })
}

/// Comments around the block that the finding stands in: above it where the finding is on its first
/// line, else above and below, so that no list or table is torn apart.
fn suppression(document: &Document, code: &str, span: Span, marks: Marks) -> Changes {
    let text = &document.text;
    let blank = |line: usize| document.source(text.line(line)).trim().is_empty();
    let line = text.line_of(span.start);
    let first = (0..line).rev().find(|it| blank(*it)).map_or(0, |it| it + 1);
    let last = (line..text.lines()).find(|it| blank(*it)).unwrap_or(text.lines());
    let ending = ending(document);
    let first = if marks == Marks::Hash { line } else { first };
    let start = text.line(first).start;
    let source = document.source(text.line(first));
    let indent = &source[..source.len() - source.trim_start().len()];
    let above = |what: &str| Edit {
        span: Span::empty(start),
        with: format!("{indent}{}{ending}", marks.comment(&format!("casebook-{what} {code}"))),
    };
    let edits = if line == first {
        vec![above("disable-next-line")]
    } else {
        let end = text.line(last.saturating_sub(1)).end;
        let closing = marks.comment(&format!("casebook-enable {code}"));
        let with = format!("{ending}{ending}{indent}{closing}");
        let mut opening = above("disable");
        opening.with.push_str(ending);
        vec![opening, Edit { span: Span::empty(end), with }]
    };
    Changes { edits: BTreeMap::from([(document.path.clone(), edits)]), ..Changes::default() }
}

/// The line break of a page.
fn ending(document: &Document) -> &'static str {
    let first = document.text.line(0).end;
    let rest = document.source(Span::new(first, first + offset(2)));
    if rest == "\r\n" { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::testing::Fixture;

    /// The cursor is `$0`; the titles that are offered, and what the action of this title makes of the
    /// page.
    #[track_caller]
    fn check(fixture: &str, title: &str, expected: &Expect) {
        let fixture = Fixture::new(fixture);
        let (cx, place) = (fixture.snapshot(), fixture.place());
        let mut actions = {
            let document = cx.page(place.id).expect("it is there");
            let all = rules::findings(&cx, document);
            code_actions(&cx, document, &all, Span::empty(place.at))
        };
        actions.extend(fix_all(&cx, place.id));
        let titles = actions.iter().map(|it| {
            let preferred = if it.preferred { "* " } else { "  " };
            format!("{preferred}{}\n", it.title)
        });
        let mut out: String = titles.collect();
        let action = actions.iter().find(|it| it.title == title).expect("it is offered");
        let changes = resolve(&cx, place.id, &action.choice).expect("it can be").expect("a change");
        for (path, edits) in changes.edits {
            let text = cx.document(&path).expect("it is there").text.to_string();
            let _ = write!(out, "//- {}\n{}", cx.shown(&path), rules::edited(&text, &edits));
        }
        expected.assert_eq(&out);
    }

    #[test]
    fn offers_repairs_before_comments_and_the_certain_one_as_preferred() {
        check(
            r"
//- a.md
# A

See [q](gone/qu$0orum.md) and [r](gone/quorum.md).
//- p/quorum.md
# Quorum
",
            "Fix all that is safe to fix",
            &expect![[r#"
                * Change to `p/quorum.md`
                  Create `gone/quorum.md`
                  Fix all `broken-link` on this page that are safe to fix
                  Fix all `broken-link` on all pages that are safe to fix
                  Suppress `broken-link` here
                  Suppress `broken-link` on this page
                  Fix all that is safe to fix
                //- a.md
                # A

                See [q](p/quorum.md) and [r](p/quorum.md).
            "#]],
        );
    }

    #[test]
    fn repairs_the_same_on_all_pages() {
        check(
            "//- a.md\ncaf\u{c3}$0\u{a9}\n//- b.md\nSix \u{e2}\u{20ac}\u{201d} copies, [c](gone/c.md)\n//- p/c.md\n",
            "Fix all `mojibake` on all pages that are safe to fix",
            &expect![[r#"
                * Write `é`
                  Fix all `mojibake` on all pages that are safe to fix
                  Suppress `mojibake` here
                  Suppress `mojibake` on this page
                  Fix all that is safe to fix
                //- a.md
                café
                //- b.md
                Six — copies, [c](gone/c.md)
            "#]],
        );
    }

    #[test]
    fn suppresses_above_the_first_line_of_a_block() {
        check(
            "//- a.md\n# A\n\n  See [q](gon$0e.md)\n  and more.\n",
            "Suppress `broken-link` here",
            &expect![[r#"
                  Create `gone.md`
                  Suppress `broken-link` here
                  Suppress `broken-link` on this page
                //- a.md
                # A

                  <!-- casebook-disable-next-line broken-link -->
                  See [q](gone.md)
                  and more.
            "#]],
        );
    }

    #[test]
    fn suppresses_around_a_block_that_must_not_be_torn() {
        check(
            "//- a.md\n# A\n\n- one\n- [q](gon$0e.md)\n- two\n\nThree\n",
            "Suppress `broken-link` here",
            &expect![[r#"
                  Create `gone.md`
                  Suppress `broken-link` here
                  Suppress `broken-link` on this page
                //- a.md
                # A

                <!-- casebook-disable broken-link -->

                - one
                - [q](gone.md)
                - two

                <!-- casebook-enable broken-link -->

                Three
            "#]],
        );
    }

    #[test]
    fn suppresses_in_front_matter_and_navigation_as_comments_are_written_there() {
        check(
            "//- a.md\n---\ntitle: A\nrelated: gon$0e.md\n---\n# A\n",
            "Suppress `broken-field` here",
            &expect![[r#"
                  Create `gone.md`
                  Suppress `broken-field` here
                  Suppress `broken-field` on this page
                //- a.md
                ---
                title: A
                # casebook-disable-next-line broken-field
                related: gone.md
                ---
                # A
            "#]],
        );
        check(
            "//- mkdocs.yml\nnav:\n  - gon$0e.md\n//- docs/index.md\n# A\n",
            "Suppress `broken-link` here",
            &expect![[r#"
                  Create `docs/gone.md`
                  Suppress `broken-link` here
                  Suppress `broken-link` on this page
                //- mkdocs.yml
                nav:
                  # casebook-disable-next-line broken-link
                  - gone.md
            "#]],
        );
    }

    #[test]
    fn suppresses_in_mdx_as_its_compiler_can_read() {
        check(
            "//- docusaurus.config.js\n//- docs/a.mdx\n# A\n\n[q](gon$0e.md)\n",
            "Suppress `broken-link` here",
            &expect![[r#"
                  Create `docs/gone.md`
                  Suppress `broken-link` here
                  Suppress `broken-link` on this page
                //- docs/a.mdx
                # A

                {/* casebook-disable-next-line broken-link */}
                [q](gone.md)
            "#]],
        );
    }

    #[test]
    fn suppresses_for_a_page_below_its_front_matter() {
        check(
            "//- a.md\n---\ntitle: A\n---\n[q](gon$0e.md)\n",
            "Suppress `broken-link` on this page",
            &expect![[r#"
                  Create `gone.md`
                  Suppress `broken-link` here
                  Suppress `broken-link` on this page
                //- a.md
                ---
                title: A
                ---

                <!-- casebook-disable-file broken-link -->
                [q](gone.md)
            "#]],
        );
    }
}
