//! Folding: sections, list items, quotes, code, tables, raw HTML, comments, regions, front matter; where
//! the site has them, admonitions, details and tabs.

use crate::{
    syntax::{
        containers,
        tree::{Construct, tree},
    },
    text::Span,
    world::{DocId, Document, Snapshot},
};

/// What is folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A section or a block.
    Block,
    /// A comment.
    Comment,
    /// Between `<!-- #region -->` and `<!-- #endregion -->`, as in VS Code.
    Region,
}

/// Lines that fold into the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The first line, from 0; it stays visible.
    pub first: usize,
    /// The last line.
    pub last: usize,
    /// What it is.
    pub kind: Kind,
}

/// What can be folded on a page, in the order of lines.
///
/// One empty line before what follows stays visible, as in VS Code.
pub fn folding(cx: &Snapshot, id: DocId) -> Vec<Fold> {
    let Some(document) = cx.page(id) else { return Vec::new() };
    let mut folds = Vec::new();
    let mut add = |first, last, kind| {
        if last > first {
            folds.push(Fold { first, last, kind });
        }
    };
    if let Some(matter) = &document.page.front_matter {
        add(0, document.text.line_of(matter.span.end), Kind::Block);
    }
    for heading in 0..document.page.headings.len() {
        let section = document.section(heading);
        let mut last = document.text.line_of(section.end);
        if section.end < document.text.len() {
            last = last.saturating_sub(1);
        }
        let first = document.text.line_of(section.start);
        add(first, but_one(document, first, last), Kind::Block);
    }
    for span in containers(&document.text.to_string(), &document.site.dialect) {
        add(document.text.line_of(span.start), document.text.line_of(span.end), Kind::Block);
    }
    let mut regions = Vec::new();
    for node in tree(&document.text.to_string(), &document.site.dialect) {
        let (first, last) =
            (document.text.line_of(node.span.start), document.text.line_of(node.span.end));
        match node.construct {
            Construct::Item => {
                let last = with_empty(document, last);
                add(first, but_one(document, first, last), Kind::Block);
            }
            Construct::Quote | Construct::Fence | Construct::Table => add(first, last, Kind::Block),
            Construct::Html => match comment(&document.source(node.span)) {
                None => add(first, last, Kind::Block),
                Some(Comment::Opens) => regions.push(first),
                Some(Comment::Closes) => {
                    if let Some(first) = regions.pop() {
                        add(first, last, Kind::Region);
                    }
                }
                Some(Comment::Says) => add(first, last, Kind::Comment),
            },
            _ => {}
        }
    }
    folds.sort_unstable();
    folds.dedup();
    folds
}

enum Comment {
    Opens,
    Closes,
    Says,
}

/// What a block of HTML is, if it is a comment.
fn comment(source: &str) -> Option<Comment> {
    let inner = source.trim_start().strip_prefix("<!--")?.trim_start();
    let names = |name: &str| {
        inner.strip_prefix(name).is_some_and(|it| !it.starts_with(char::is_alphanumeric))
    };
    Some(if names("#region") {
        Comment::Opens
    } else if names("#endregion") {
        Comment::Closes
    } else {
        Comment::Says
    })
}

/// The last of the empty lines that follow a line, or the line itself.
fn with_empty(document: &Document, line: usize) -> usize {
    let after = (line + 1..document.text.lines()).take_while(|it| is_empty(document, *it)).count();
    // Behind the last line break of a text there is no line.
    let end = document.text.lines() - usize::from(is_empty(document, document.text.lines() - 1));
    (line + after).min(end.max(line + 1) - 1)
}

/// The last line but one, if the last is empty.
fn but_one(document: &Document, first: usize, last: usize) -> usize {
    if last > first && is_empty(document, last) { last - 1 } else { last }
}

fn is_empty(document: &Document, line: usize) -> bool {
    let span: Span = document.text.line(line);
    document.source(span).trim().is_empty()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::folding;
    use crate::testing::Fixture;

    /// Each fold is shown as its first and last line, counted from 1.
    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let fixture = Fixture::new(&format!("//- a.md\n$0{text}"));
        let found = folding(&fixture.snapshot(), fixture.place().id);
        let shown =
            found.iter().map(|it| format!("{}-{} {:?}\n", it.first + 1, it.last + 1, it.kind));
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn folds_sections_and_leaves_one_empty_line() {
        check(
            "# A\nx\n\n\n## B\ny\n\n# C\nz\n",
            &expect![[r#"
            1-6 Block
            5-6 Block
            8-9 Block
        "#]],
        );
    }

    #[test]
    fn folds_blocks() {
        check(
            "- a\n  b\n\n> q\n> r\n\n```\nc\n```\n\n| a |\n|---|\n| b |\n\n<div>\n</div>\n",
            &expect![[r#"
                1-2 Block
                4-5 Block
                7-9 Block
                11-13 Block
                15-16 Block
            "#]],
        );
    }

    #[test]
    fn folds_front_matter_comments_and_regions() {
        check(
            "---\na: b\n---\n<!-- one\ntwo -->\n\n<!-- #region x -->\ntext\n\n<!-- #endregion -->\n",
            &expect![[r#"
                1-3 Block
                4-5 Comment
                7-10 Region
            "#]],
        );
    }

    #[test]
    fn folds_admonitions_details_and_tabs_where_the_site_has_them() {
        let text = "!!! note\n    a\n\n    b\n\n    ??? tip \"t\"\n        c\n\nx\n\n=== \"A\"\n    d\n=== \"B\"\n    e\n\n```\n!!! no\n    f\n```\n";
        let site = "//- mkdocs.yml\nmarkdown_extensions: [admonition, pymdownx.details, pymdownx.tabbed, pymdownx.superfences]\n";
        let fixture = Fixture::new(&format!("{site}//- docs/a.md\n$0{text}"));
        let found = folding(&fixture.snapshot(), fixture.place().id);
        let shown = found.iter().map(|it| format!("{}-{}\n", it.first + 1, it.last + 1));
        expect![[r#"
            1-7
            6-7
            11-12
            13-14
            16-19
        "#]]
        .assert_eq(&shown.collect::<String>());
        let other = Fixture::new(&format!("//- a.md\n$0{text}"));
        let found = folding(&other.snapshot(), other.place().id);
        assert!(found.iter().all(|it| it.first != 0 && it.first != 10));
    }

    #[test]
    fn folds_nothing_of_a_single_line() {
        check("text\n- a\n- b\n\n# A\n", &expect![[r#""#]]);
    }
}
