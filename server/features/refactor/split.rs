//! A page split by its second-level headings: each section becomes a page, and a list of links stays.

use std::collections::HashMap;

use super::{
    ending,
    extract::{Home, definition, free_path, link, names, page},
};
use crate::{
    features::{moves::to_page, rename::links_to},
    model::{Changes, Path},
    rules::edited,
    syntax::{self, LinkDefinition},
    text::{Edit, Span},
    world::{Document, Resolved, Snapshot},
};

pub(super) fn offer(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let title = document.page.headings.first().filter(|it| it.level == 1)?;
    let number = sections(document).len();
    (number > 1 && title.span.touches(span.start))
        .then(|| format!("Split into {number} studies by second-level headings"))
}

/// A section that becomes a page.
struct Part {
    index: usize,
    section: Span,
    to: Path,
    text: String,
    /// The ids of its headings there.
    ids: HashMap<Span, Box<str>>,
}

pub(super) fn apply(cx: &Snapshot, document: &Document, _: Span) -> Result<Changes, String> {
    let mut parts: Vec<Part> = Vec::new();
    for index in sections(document) {
        let section = document.section(index);
        let to = free_path(cx, document, index)?;
        if parts.iter().any(|it| it.to == to) {
            return Err(format!("two sections would become `{}`", cx.shown(&to)));
        }
        let (text, ids) = page(cx, document, index, section, &to, &|_| None)?;
        parts.push(Part { index, section, to, text, ids });
    }
    let home = |place: Span| parts.iter().find(|it| it.section.contains(place));
    let mut changes = Changes::default();
    for (from, reference, link) in links_to(cx, document) {
        let Some(Resolved::Page(_, Some(place))) = cx.resolve(reference) else { continue };
        let Some(part) = home(place) else { continue };
        let Some(id) = part.ids.get(&place) else {
            return Err("a place that links lead to would be lost".to_owned());
        };
        if from.id != document.id || home(link.dest).is_none() {
            let with = to_page(cx, from, link, &document.path, &part.to, Some(id));
            changes.edit(&from.path, link.dest, with);
        }
    }
    let places = parts.iter().flat_map(|it| it.ids.iter().map(|(at, id)| (*at, (&it.to, id))));
    let places: HashMap<Span, (Path, Box<str>)> =
        places.map(|(at, (to, id))| (at, (to.clone(), id.clone()))).collect();
    let new_home = |place: Span| places.get(&place).cloned();
    let left = left(cx, document, &parts, &new_home);
    let old = edited(&document.text.to_string(), &left);
    let kept = document.page.headings.iter().filter(|it| home(it.span).is_none());
    let kept: Vec<_> = kept.map(|it| &it.anchor).collect();
    let after = syntax::parse(&old, &document.site.dialect);
    if !after.headings.iter().map(|it| &it.anchor).eq(kept) {
        return Err("what is left of the page would have other headings".to_owned());
    }
    for part in &mut parts {
        part.text = page(cx, document, part.index, part.section, &part.to, &new_home)?.0;
    }
    let own = changes.edits.entry(document.path.clone()).or_default();
    own.extend(left);
    own.sort_by_key(|it| it.span);
    changes.creates = parts.into_iter().map(|it| (it.to, it.text)).collect();
    Ok(changes)
}

/// The second-level headings of a page, by their indexes.
fn sections(document: &Document) -> Vec<usize> {
    let headings = document.page.headings.iter().enumerate();
    let own_line =
        |span: Span| document.text.line(document.text.line_of(span.start)).start == span.start;
    let second = headings.filter(|it| it.1.level == 2 && !it.1.title.is_empty());
    second.filter(|it| own_line(it.1.span)).map(|it| it.0).collect()
}

/// A link in place of each section. Definitions that what stays names stay, too.
fn left(cx: &Snapshot, document: &Document, parts: &[Part], home: Home<'_>) -> Vec<Edit> {
    let ending = ending(document);
    let moved = |span: Span| parts.iter().any(|it| it.section.contains(span));
    let named = |it: &LinkDefinition| {
        let mut stays = document.page.links.iter().filter(|it| !moved(it.span));
        stays.any(|link| names(link, it))
    };
    let edits = parts.iter().map(|part| {
        let mut with = format!("- {}{ending}", link(document, part.index, &part.to));
        let inside = document.page.definitions.iter().filter(|it| part.section.contains(it.span));
        for it in inside.filter(|it| named(it)) {
            let definition = definition(cx, document, it, &document.path, home);
            with.extend([ending, &definition, ending]);
        }
        let next = document.page.headings.iter().find(|it| it.span.start == part.section.end);
        if next.is_some_and(|it| it.level == 1) {
            with.push_str(ending);
        }
        Edit { span: part.section, with }
    });
    edits.collect()
}
