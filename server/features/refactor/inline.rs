//! A copy of a section in place of a line that only links to it. The section stays where it is: others may
//! link to it.

use super::ending;
use crate::{
    features::moves::carried,
    model::Changes,
    rules::edited,
    syntax::{self, Form, Heading, Page, normal_label},
    text::{Edit, Span, offset},
    world::{Document, Resolved, Snapshot},
};

pub(super) fn offer(cx: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let (_, from, section) = found(cx, document, span)?;
    let title = from.page.headings.iter().find(|it| it.span.start == section.start);
    Some(format!(
        "Put a copy of `{}` here in place of the link",
        title.map_or(from.title(), |it| &it.title)
    ))
}

pub(super) fn apply(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let (line, from, section) = found(cx, document, span)
        .ok_or("there is no line here that is only a link to a section")?;
    let inner = |span: Span| section.contains(span);
    let mut edits = carried(cx, from, &document.path, inner);
    edits.extend(levels(document, from, line, section)?);
    edits.sort_by_key(|it| it.span);
    let shifted = |edits: Vec<Edit>, by: u32| -> Vec<Edit> {
        let moved = edits
            .into_iter()
            .map(|it| Edit { span: Span::new(it.span.start - by, it.span.end - by), ..it });
        moved.collect()
    };
    let mut text = edited(&from.source(section), &shifted(edits, section.start));
    text.truncate(text.trim_end().len());
    let mut changes = Changes::default();
    let ending = ending(document);
    let mut definitions = String::new();
    let used = from.page.links.iter().filter(|it| it.is_reference() && inner(it.span));
    let used: Vec<String> = used.map(|it| normal_label(&it.target)).collect();
    let outside = from.page.definitions.iter().filter(|it| !inner(it.span));
    for it in outside.filter(|it| used.iter().any(|key| **key == *it.key)) {
        let whole = it.span;
        let edits = carried(cx, from, &document.path, |span| whole.contains(span));
        let with = edited(&from.source(whole), &shifted(edits, whole.start));
        let own = document.page.definitions.iter().find(|own| own.key == it.key);
        match own.map(|own| document.source(own.span)) {
            None => definitions.extend([&*with, ending]),
            Some(own) if own == with => {}
            Some(_) => return Err(format!("`{}` is already defined on this page", it.key)),
        }
    }
    let copy = Span::new(line.start, line.start + offset(text.len()));
    changes.edit(&document.path, line, text);
    if !definitions.is_empty() {
        super::append(document, &mut changes, &definitions, true);
    }
    let edits = &changes.edits[&document.path];
    let after = syntax::parse(&edited(&document.text.to_string(), edits), &document.site.dialect);
    keeps(document, &after, copy)?;
    leads(cx, from, section, &after, copy)?;
    Ok(changes)
}

/// The line, the page and the section that the only link on the line leads to.
fn found<'a>(
    cx: &'a Snapshot,
    document: &Document,
    span: Span,
) -> Option<(Span, &'a Document, Span)> {
    let line = document.text.line(document.text.line_of(span.start));
    let links = document.page.links.iter().enumerate();
    let (index, link) = links.into_iter().find(|(_, it)| {
        matches!(it.form, Form::Inline | Form::Wiki) && !it.image && it.span.touches(span.start)
    })?;
    let blank = |at: Option<usize>| {
        at.filter(|it| *it < document.text.lines())
            .is_none_or(|it| document.source(document.text.line(it)).trim().is_empty())
    };
    let number = document.text.line_of(line.start);
    let alone = link.span.start == line.start
        && document.source(Span::new(link.span.end, line.end)).trim().is_empty()
        && blank(number.checked_sub(1))
        && blank(Some(number + 1));
    let Some(Resolved::Page(from, place)) =
        cx.resolve(document.outline.reference(index).filter(|_| alone)?)
    else {
        return None;
    };
    if from.id == document.id {
        return None;
    }
    let headings = &from.page.headings;
    let first = match place {
        Some(place) => headings.iter().position(|it| it.span == place)?,
        None => 0,
    };
    // Without a fragment all of the page, but its front matter.
    let section = from.section(first);
    let end = if place.is_none() { from.text.len() } else { section.end };
    let whole = Span::new(headings.get(first)?.span.start, end);
    Some((Span::new(line.start, link.span.end), from, whole))
}

/// The edits that make the section's headings fit below the heading they come to stand under.
fn levels(
    document: &Document,
    from: &Document,
    line: Span,
    section: Span,
) -> Result<Vec<Edit>, String> {
    let above = document.page.headings.iter().rev().find(|it| it.span.end <= line.start);
    let inner = || from.page.headings.iter().filter(|it| section.contains(it.span));
    let Some(top) = inner().map(|it| it.level).min() else { return Ok(Vec::new()) };
    let wanted = above.map_or(1, |it| it.level + 1);
    if inner().any(|it| it.level + wanted > 6 + top) {
        return Err("the headings of the section would be too deep here".to_owned());
    }
    let edits = inner().filter(|_| wanted != top).map(|it| {
        let start = it.span.start;
        let marks = Span::new(start, start + u32::from(it.level));
        let is_atx = from.source(marks).chars().all(|it| it == '#');
        let with = "#".repeat(usize::from(it.level + wanted - top));
        is_atx.then_some(Edit { span: marks, with })
    });
    edits.collect::<Option<_>>().ok_or_else(|| {
        "the section has headings that are underlined, whose level cannot be changed".to_owned()
    })
}

/// Refuses what would give places of the page other ids.
fn keeps(document: &Document, after: &Page, copy: Span) -> Result<(), String> {
    let known = |it: &Heading| (it.title.clone(), it.level, it.anchor.clone());
    let own = document.page.headings.iter().map(known);
    let others = after.headings.iter().filter(|it| !copy.contains(it.span)).map(known);
    if own.eq(others) {
        Ok(())
    } else {
        Err("headings of the page would get other anchors".to_owned())
    }
}

/// Refuses a copy whose links to its own headings would lead to others, as those of the page have the ids.
fn leads(
    cx: &Snapshot,
    from: &Document,
    section: Span,
    after: &Page,
    copy: Span,
) -> Result<(), String> {
    let old = from.page.headings.iter().filter(|it| section.contains(it.span));
    let new = after.headings.iter().filter(|it| copy.contains(it.span));
    let mut moved = old.zip(new).filter(|it| it.0.anchor != it.1.anchor).map(|it| it.0);
    let inner = from.outline.refers.iter().filter(|it| {
        from.page.links.get(it.link as usize).is_some_and(|it| section.contains(it.dest))
    });
    let ends: Vec<Span> = inner
        .filter_map(|it| match cx.resolve(it)? {
            Resolved::Page(page, place) if page.id == from.id => place,
            _ => None,
        })
        .collect();
    match moved.find(|it| ends.contains(&it.span)) {
        Some(it) => Err(format!(
            "`{}` would get another anchor here, and a link in the section leads to it",
            it.title
        )),
        None => Ok(()),
    }
}
