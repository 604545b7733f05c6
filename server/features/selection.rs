//! Growing a selection: from what stands between markers to the sections around it.
//!
//! The steps are those of VS Code's Markdown extension, so that two servers on one page agree. Single
//! words and the whole page are left to the editor, which has commands for both.

use super::Place;
use crate::{
    syntax::{
        Form, Link, Table,
        tree::{Construct, tree},
    },
    text::{Offset, Span},
    world::{Document, Snapshot},
};

/// The stretches around a place, from the smallest to the largest, each within the next.
pub fn selection(cx: &Snapshot, at: Place) -> Vec<Span> {
    let Some(document) = cx.page(at.id) else { return Vec::new() };
    let mut spans = Vec::new();
    sections(document, at.at, &mut spans);
    blocks(document, at.at, &mut spans);
    document.page.tables.iter().for_each(|it| table(document, it, at.at, &mut spans));
    document.page.links.iter().for_each(|it| link(document, it, &mut spans));
    spans.retain(|it| it.touches(at.at));
    spans.sort_by_key(|it| (it.len(), it.start));
    spans.dedup();
    let mut chain: Vec<Span> = Vec::new();
    for span in spans {
        if chain.last().is_none_or(|it| span.contains(*it)) {
            chain.push(span);
        }
    }
    chain
}

/// A section, what stands below its heading, and either of them up to the first heading within.
fn sections(document: &Document, at: Offset, spans: &mut Vec<Span>) {
    let headings = &document.page.headings;
    let mut closest = true;
    let above = (0..headings.len()).rev().filter(|it| headings[*it].span.start <= at);
    for index in above {
        let section = document.section(index);
        let end = before(document, section.end);
        if end < at {
            continue;
        }
        let content = after_line(document, headings[index].span.end);
        spans.push(Span::new(section.start, end));
        if content <= end {
            spans.push(Span::new(content, end));
        }
        let child = headings.get(index + 1).filter(|it| it.span.start < section.end);
        if let Some(child) = child.filter(|_| closest) {
            let end = before(document, child.span.start);
            let on_heading = at <= headings[index].span.end;
            let start = if on_heading { section.start } else { content };
            if start <= end {
                spans.push(Span::new(start, end));
            }
        }
        closest = false;
    }
}

fn blocks(document: &Document, at: Offset, spans: &mut Vec<Span>) {
    for node in tree(&document.text.to_string(), &document.site.dialect) {
        if node.construct == Construct::Marked {
            spans.extend([node.span, node.inner]);
            continue;
        }
        let whole = lines(document, node.span);
        if !whole.touches(at) {
            continue;
        }
        spans.push(whole);
        let (first, last) = (document.text.line_of(whole.start), document.text.line_of(whole.end));
        let cursor = document.text.line_of(at);
        match node.construct {
            Construct::Paragraph if last - first == 1 => spans.push(document.text.line(cursor)),
            Construct::Fence if last - first > 2 && cursor != first && cursor != last => {
                let (start, end) = (document.text.line(first + 1), document.text.line(last - 1));
                spans.push(Span::new(start.start, end.end));
            }
            _ => {}
        }
    }
}

/// A cell without its bars and with them, its row, the rows below the head.
fn table(document: &Document, table: &Table, at: Offset, spans: &mut Vec<Span>) {
    let row_of = |cells: &[Span]| {
        let (first, last) = (cells.first()?, cells.last()?);
        // A comment within a row may go over several lines.
        let line = lines(document, Span::new(first.start, last.end));
        let source = document.source(line);
        let before = &source[..(first.start - line.start) as usize];
        let start = before.find('|').map_or(first.start, |it| line.start + crate::text::offset(it));
        let end = line.start + crate::text::offset(source.trim_end().len());
        Some((Span::new(start, end.max(last.end)), line, source))
    };
    for cells in std::iter::once(&table.head).chain(&table.rows) {
        let Some((row, line, source)) = row_of(cells).filter(|it| it.1.touches(at)) else {
            continue;
        };
        spans.push(row);
        for cell in cells {
            let bar = |it: char| it == '|';
            let before = &source[..(cell.start - line.start) as usize];
            let behind = &source[(cell.end - line.start) as usize..];
            let start = before.rfind(bar).map(|it| line.start + crate::text::offset(it));
            let end = behind.find(bar).map(|it| cell.end + crate::text::offset(it));
            let inner = Span::new(start.map_or(row.start, |it| it + 1), end.unwrap_or(row.end));
            let outer = Span::new(start.unwrap_or(row.start), end.map_or(row.end, |it| it + 1));
            spans.extend([inner, outer]);
        }
    }
    if let [first, .., last] = &table.rows[..]
        && let (Some(first), Some(last)) = (first.first(), last.last())
    {
        spans.push(lines(document, Span::new(first.start, last.end)));
    }
}

/// Text, destination, title, what stands in the parentheses, the whole link.
fn link(document: &Document, link: &Link, spans: &mut Vec<Span>) {
    spans.push(link.span);
    match link.form {
        Form::Inline | Form::Image if link.text.end < link.span.end => {
            let round = Span::new(link.text.end + 1, link.span.end);
            let inner = Span::new(round.start + 1, round.end - 1);
            spans.extend([link.text, round, inner, link.dest]);
            if link.angle {
                spans.push(Span::new(link.dest.start - 1, link.dest.end + 1));
            }
            let behind = link.dest.end + u32::from(link.angle);
            let title = document.source(Span::new(behind, inner.end));
            if !title.trim().is_empty() {
                let blank = crate::text::offset(title.len() - title.trim_start().len());
                let end = crate::text::offset(title.trim_end().len());
                spans.push(Span::new(behind + blank, behind + end));
            }
        }
        Form::Definition => {
            let name = document.source(Span::new(link.span.start, link.dest.start));
            let label = name
                .find("]:")
                .map_or(link.dest.start, |it| link.span.start + crate::text::offset(it));
            let open = name.find('[').map_or(0, |it| crate::text::offset(it) + 1);
            spans.extend([Span::new(link.span.start + open, label), link.dest]);
        }
        _ => spans.extend([link.text, link.dest]),
    }
}

/// All of the lines that a block stands on.
fn lines(document: &Document, span: Span) -> Span {
    let first = document.text.line(document.text.line_of(span.start));
    let last = document.text.line(document.text.line_of(span.end));
    Span::new(first.start, last.end)
}

/// The end of the line before the one that begins at `at`; the end of the text for its end.
fn before(document: &Document, at: Offset) -> Offset {
    if at >= document.text.len() {
        return at;
    }
    document.text.line(document.text.line_of(at).saturating_sub(1)).end
}

/// The start of the line behind the one on which `at` stands.
fn after_line(document: &Document, at: Offset) -> Offset {
    document.text.line(document.text.line_of(at) + 1).start
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::selection;
    use crate::testing::Fixture;

    /// The stretches, smallest first; line breaks are shown as `|`.
    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        check_site("", text, expected);
    }

    #[track_caller]
    fn check_site(site: &str, text: &str, expected: &Expect) {
        let fixture = Fixture::new(&format!("{site}//- a.md\n{text}"));
        let cx = fixture.snapshot();
        let place = fixture.place();
        let document = cx.page(place.id).expect("it is there");
        let found = selection(&cx, place);
        let shown = found.iter().map(|it| document.source(*it).replace('\n', "|") + "\n");
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn grows_through_sections() {
        check(
            "# A\none\n## B\ntw$0o\n## C\nthree\n",
            &expect![[r#"
            two
            ## B|two
            one|## B|two|## C|three|
            # A|one|## B|two|## C|three|
        "#]],
        );
    }

    #[test]
    fn grows_from_a_heading_to_what_stands_directly_below_it() {
        check(
            "# A$0\none\n## B\ntwo\n",
            &expect![[r#"
            # A|one
            # A|one|## B|two|
        "#]],
        );
    }

    #[test]
    fn grows_through_a_row_that_is_too_short() {
        check(
            "|a|b|\n|-|-|\n|c$0c|\n",
            &expect![[r#"
            cc
            |cc|
            |a|b|||-|-|||cc|
        "#]],
        );
    }

    #[test]
    fn grows_through_a_row_that_a_comment_goes_through() {
        let site = "//- mkdocs.yml\ndocs_dir: .\nmarkdown_extensions: [tables]\n";
        check_site(
            site,
            "<!---->x <!--\n-->a|$0b\n-|-\n",
            &expect![[r#"
            b
            |b
            -->a|b|-|-
        "#]],
        );
    }

    #[test]
    fn grows_through_markers_links_and_items() {
        check(
            "- a\n- see **[the b$0reaker](b.md)** now\n",
            &expect![[r#"
            the breaker
            [the breaker](b.md)
            **[the breaker](b.md)**
            - see **[the breaker](b.md)** now
            - a|- see **[the breaker](b.md)** now
        "#]],
        );
        check(
            "[x](<a $0b.md> \"title\") y\n",
            &expect![[r#"
            a b.md
            <a b.md>
            <a b.md> "title"
            (<a b.md> "title")
            [x](<a b.md> "title")
            [x](<a b.md> "title") y
        "#]],
        );
    }

    #[test]
    fn grows_through_cells_and_rows() {
        check(
            "| a | b |\n|---|---|\n| c | d$0 |\n| e | f |\n",
            &expect![[r#"
             d 
            | d |
            | c | d |
            | c | d ||| e | f |
            | a | b |||---|---||| c | d ||| e | f |
        "#]],
        );
    }

    #[test]
    fn grows_from_code_to_its_fences() {
        check(
            "> ```\n> a\n> b$0\n> ```\n",
            &expect![[r#"
            > a|> b
            > ```|> a|> b|> ```
        "#]],
        );
    }
}
