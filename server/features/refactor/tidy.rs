//! Definitions in the order of their labels, and bare addresses as links.

use crate::{
    model::Changes,
    syntax,
    text::{Edit, Span, offset},
    world::{Document, Snapshot},
};

pub(super) fn offer_sort(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    sorted(document, span).map(|_| "Sort definitions".to_owned())
}

pub(super) fn sort(_: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let edit = sorted(document, span).ok_or("there are no definitions to be sorted")?;
    Ok(replaced(document, edit))
}

pub(super) fn offer_wrap(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    bare(document, span).map(|_| "Put the address in angle brackets".to_owned())
}

pub(super) fn wrap(_: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let span = bare(document, span).ok_or("there is no bare address here")?;
    Ok(replaced(document, Edit { span, with: format!("<{}>", document.source(span)) }))
}

fn replaced(document: &Document, edit: Edit) -> Changes {
    let mut changes = Changes::default();
    changes.edit(&document.path, edit.span, edit.with);
    changes
}

/// The block of definitions around a place with its lines in the order of their labels; none if they
/// are. Two of one label keep their order, for the first of them counts.
fn sorted(document: &Document, span: Span) -> Option<Edit> {
    let text = document.text.to_string();
    let all = document.page.definitions.iter().filter(|it| !it.footnote);
    let all: Vec<(Span, &str)> = all
        .map(|it| (Span::new(it.span.start, it.span.start + trimmed(&text, it.span)), &*it.key))
        .collect();
    let is_one = |a: Span, b: Span| {
        matches!(text.get(a.end as usize..b.start as usize), Some("\n" | "\r\n"))
    };
    let at = all.iter().position(|it| it.0.touches(span.start))?;
    let (mut first, mut last) = (at, at);
    while first > 0 && is_one(all[first - 1].0, all[first].0) {
        first -= 1;
    }
    while last + 1 < all.len() && is_one(all[last].0, all[last + 1].0) {
        last += 1;
    }
    let block = &all[first..=last];
    let mut order: Vec<usize> = (0..block.len()).collect();
    order.sort_by_key(|it| block[*it].1);
    if order.is_sorted() {
        return None;
    }
    let lines: Vec<&str> = order.iter().map(|it| &text[block[*it].0.range()]).collect();
    let span = Span::new(block[0].0.start, block[block.len() - 1].0.end);
    Some(Edit { span, with: lines.join(super::ending(document)) })
}

/// How long a stretch is without the blanks at its end.
fn trimmed(text: &str, span: Span) -> u32 {
    offset(text[span.range()].trim_end().len())
}

/// The address at a place that is neither a link nor in code, HTML or the front matter.
fn bare(document: &Document, span: Span) -> Option<Span> {
    let line = document.text.line(document.text.line_of(span.start));
    let source = document.source(line);
    let starts = ["http://", "https://"].into_iter().flat_map(|it| source.match_indices(it));
    let found = starts.filter_map(|(start, _)| {
        let stop = |it: char| it.is_whitespace() || "<>\"`|".contains(it);
        let end = source[start..].find(stop).map_or(source.len(), |it| start + it);
        let mut address = &source[start..end];
        // What ends a sentence is no part of the address, nor is a bracket that opens outside of it.
        loop {
            let closes = address.ends_with(')') && !address.contains('(');
            let ends = address.ends_with(['.', ',', ';', ':', '!', '?', '*', '_', '\'', ']']);
            if !closes && !ends {
                break;
            }
            address = &address[..address.len() - 1];
        }
        let found = Span::from(start..start + address.len()).shifted(line.start);
        let free = !source[..start].ends_with(['<', '"', '\'', '=', '/']);
        (free && found.touches(span.start) && address.len() > "https://".len()).then_some(found)
    });
    let found = found.max_by_key(|it| it.len())?;
    let head = document.page.front_matter.as_ref().map_or(0, |it| it.span.end);
    // Some renderers take bare addresses for links; they stay bare for all that.
    let is_link = |it: &syntax::Link| {
        it.form != syntax::Form::Autolink || document.source(it.span).starts_with('<')
    };
    let in_link =
        |it: &syntax::Link| found.start < it.span.end && it.span.start < found.end && is_link(it);
    let text = document.text.to_string();
    let is_bare = found.start >= head
        && !document.page.links.iter().any(in_link)
        && !syntax::is_code(&text, &document.site.dialect, found.start);
    is_bare.then_some(found)
}
