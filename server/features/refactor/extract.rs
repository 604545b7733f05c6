//! A section as a page of its own, with a link in its place.

use std::collections::HashMap;

use super::{contents, ending, heading};
use crate::{
    features::{
        moves::{carried, to_page},
        rename::links_to,
    },
    model::{Changes, Path},
    rules::edited,
    syntax::{self, Form, Link, LinkDefinition, normal_label},
    text::{Edit, Offset, Span},
    world::{Document, Resolved, Snapshot},
};

pub(super) fn offer(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let index = heading(document, span)?;
    let heading = &document.page.headings[index];
    (heading.level > 1 && !heading.title.is_empty())
        .then(|| "Extract section to a new study".to_owned())
}

pub(super) fn apply(cx: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let index = heading(document, span).ok_or("there is no heading here")?;
    let section = document.section(index);
    let to = free_path(cx, document, index)?;
    let (_, ids) = page(cx, document, index, section, &to, &|_| None)?;
    let home = |place: Span| Some((to.clone(), ids.get(&place)?.clone()));
    // What is left of the page, where its headings may be numbered in another way.
    let left = rest(cx, document, index, section, &to, &home)?;
    let old = edited(&document.text.to_string(), &left);
    let parsed = syntax::parse(&old, &document.site.dialect);
    let kept = |it: &Span| !section.contains(*it);
    let mut stay: HashMap<Span, Box<str>> = HashMap::new();
    let before: Vec<_> = document.page.headings.iter().filter(|it| kept(&it.span)).collect();
    if before.len() != parsed.headings.len() {
        return Err("without the section the page would have other headings".to_owned());
    }
    for (old, new) in before.into_iter().zip(&parsed.headings) {
        if let Some(anchor) = new.anchor.clone().filter(|_| old.anchor != new.anchor) {
            stay.insert(old.span, anchor);
        }
    }
    let here = |place: Span| Some((document.path.clone(), stay.get(&place)?.clone()));
    let home = |place: Span| home(place).or_else(|| here(place));
    let left = rest(cx, document, index, section, &to, &home)?;
    let (text, _) = page(cx, document, index, section, &to, &home)?;
    let mut changes = Changes::default();
    for (from, reference, link) in links_to(cx, document) {
        let Some(Resolved::Page(_, Some(place))) = cx.resolve(reference) else { continue };
        let own = from.id == document.id;
        if own && (section.contains(link.span) || left.iter().any(|it| it.span.contains(link.dest)))
        {
            continue;
        }
        if let Some(id) = ids.get(&place) {
            let with = to_page(cx, from, link, &document.path, &to, Some(id));
            changes.edit(&from.path, link.dest, with);
        } else if let Some(id) = stay.get(&place) {
            let source = from.source(link.dest);
            let at = source.find('#').map_or(source.len(), |it| it + 1);
            changes.edit(&from.path, link.dest, format!("{}{id}", &source[..at]));
        }
    }
    let own = changes.edits.entry(document.path.clone()).or_default();
    own.extend(left);
    own.sort_by_key(|it| it.span);
    changes.creates.push((to, text));
    Ok(changes)
}

pub(super) fn free_path(cx: &Snapshot, document: &Document, index: usize) -> Result<Path, String> {
    let title = &document.page.headings[index].title;
    let mut name = String::new();
    for it in title.chars().flat_map(char::to_lowercase) {
        if it.is_alphanumeric() {
            name.push(it);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_matches('-');
    if name.is_empty() {
        return Err("the heading has no text to name a file by".to_owned());
    }
    // Many pages have sections of the same name.
    let names = [name.to_owned(), format!("{}-{name}", document.path.stem())];
    let mut paths =
        names.iter().map(|it| Path::new(&format!("{}/{it}.md", document.path.folder())));
    let free = paths.clone().find(|it| !cx.exists(it));
    free.ok_or_else(|| {
        let taken = paths.next().map(|it| cx.shown(&it)).unwrap_or_default();
        format!("there is already a `{taken}`")
    })
}

/// Where a place of the page comes to be: on which page, under which id; none if it stays.
pub(super) type Home<'a> = &'a dyn Fn(Span) -> Option<(Path, Box<str>)>;

/// The new page: its text, and the ids of the places that go there.
pub(super) fn page(
    cx: &Snapshot,
    document: &Document,
    index: usize,
    section: Span,
    to: &Path,
    home: Home<'_>,
) -> Result<(String, HashMap<Span, Box<str>>), String> {
    let inner = document.page.headings.iter().filter(|it| section.contains(it.span));
    let shallower = document.page.headings[index].level - 1;
    let mut edits = rewritten(cx, document, section, to, home);
    for heading in inner.clone() {
        let start = heading.span.start;
        if document.source(Span::new(start, start + 1)) == "#" {
            let span = Span::new(start, start + Offset::from(shallower));
            edits.push(Edit { span, with: String::new() });
        }
    }
    edits.retain(|it| section.contains(it.span));
    edits.iter_mut().for_each(|it| {
        it.span = Span::new(it.span.start - section.start, it.span.end - section.start);
    });
    edits.sort_by_key(|it| it.span);
    let ending = ending(document);
    let mut text = edited(&document.source(section), &edits).trim_end().to_owned();
    text.push_str(ending);
    let definitions = needed(document, section);
    if !definitions.is_empty() {
        text.push_str(ending);
    }
    for it in definitions {
        text.push_str(&definition(cx, document, it, to, home));
        text.push_str(ending);
    }
    let parsed = syntax::parse(&text, &document.site.dialect);
    let old: Vec<_> = inner.collect();
    if old.len() != parsed.headings.len() {
        return Err("the section would have other headings as a page".to_owned());
    }
    let ids = old.iter().zip(&parsed.headings);
    let ids = ids.filter_map(|(old, new)| Some((old.span, new.anchor.clone()?)));
    // An id that is written out stays what it is.
    let written = document.page.ids.iter().filter(|it| section.contains(it.span));
    let written = written.filter(|own| parsed.ids.iter().any(|it| it.id == own.id));
    Ok((text, ids.chain(written.map(|it| (it.span, it.id.clone()))).collect()))
}

/// A definition as it is to be written on the page `to`.
pub(super) fn definition(
    cx: &Snapshot,
    document: &Document,
    it: &LinkDefinition,
    to: &Path,
    home: Home<'_>,
) -> String {
    let whole = it.span;
    let mut edits = rewritten(cx, document, whole, to, home);
    edits.sort_by_key(|it| it.span);
    edits.iter_mut().for_each(|it| {
        it.span = Span::new(it.span.start - whole.start, it.span.end - whole.start);
    });
    edited(&document.source(whole), &edits)
}

/// What to edit in the links of a stretch of the page when it stands on the page `to`.
fn rewritten(
    cx: &Snapshot,
    document: &Document,
    stretch: Span,
    to: &Path,
    home: Home<'_>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    if *to != document.path {
        edits = carried(cx, document, to, |span| stretch.contains(span));
    }
    for reference in &document.outline.refers {
        let Some(link) = document.page.links.get(reference.link as usize) else { continue };
        let Some(Resolved::Page(page, Some(place))) = cx.resolve(reference) else { continue };
        if page.id != document.id || !stretch.contains(link.dest) {
            continue;
        }
        let Some((page, id)) = home(place) else { continue };
        edits.retain(|it| !link.dest.contains(it.span));
        let same = |it: &str| document.site.anchor(it) == document.site.anchor(&id);
        if page != *to {
            let with = to_page(cx, document, link, &document.path, &page, Some(&id));
            edits.push(Edit { span: link.dest, with });
        } else if !link.target.strip_prefix('#').is_some_and(same) {
            edits.push(Edit { span: link.dest, with: format!("#{id}") });
        }
    }
    edits
}

/// Whether a link names a definition.
pub(super) fn names(link: &Link, it: &LinkDefinition) -> bool {
    link.is_reference()
        && (link.form == Form::Footnote) == it.footnote
        && normal_label(&link.target) == *it.key
}

/// The definitions outside the section that links in it name.
fn needed(document: &Document, section: Span) -> Vec<&LinkDefinition> {
    let links = || document.page.links.iter().filter(|it| section.contains(it.span));
    let outside = document.page.definitions.iter().filter(|it| !section.contains(it.span));
    outside.filter(|it| links().any(|link| names(link, it))).collect()
}

/// The edits that leave a link in place of the section. Definitions that only the section names go, and
/// those in it that others name stay.
fn rest(
    cx: &Snapshot,
    document: &Document,
    index: usize,
    section: Span,
    to: &Path,
    home: Home<'_>,
) -> Result<Vec<Edit>, String> {
    let ending = ending(document);
    let named = |it: &LinkDefinition| {
        let mut links = document.page.links.iter().filter(|it| !section.contains(it.span));
        links.any(|link| names(link, it))
    };
    let line = document.text.line_of(section.start);
    let above = line.checked_sub(1).map(|it| document.source(document.text.line(it)));
    // In a paragraph of its own.
    let gap = if above.is_none_or(|it| it.trim().is_empty()) { "" } else { ending };
    let mut with = format!("{gap}{}{ending}", link(document, index, to));
    for it in document.page.definitions.iter().filter(|it| section.contains(it.span)) {
        if named(it) {
            let definition = definition(cx, document, it, &document.path, home);
            with.extend([ending, &definition, ending]);
        }
    }
    if section.end < document.text.len() {
        with.push_str(ending);
    }
    let mut edits = vec![Edit { span: section, with }];
    for it in needed(document, section) {
        let line = document.text.line_of(it.span.end);
        let next = document.text.line(line + 1).start.max(it.span.end);
        if it.footnote && document.source(document.text.line(line + 1)).starts_with([' ', '\t']) {
            return Err("a footnote of more than one line cannot be taken along".to_owned());
        }
        if !named(it) {
            edits.push(Edit { span: Span::new(it.span.start, next), with: String::new() });
        }
    }
    edits.sort_by_key(|it| it.span);
    Ok(edits)
}

/// A link to the page that a section has become.
pub(super) fn link(document: &Document, index: usize, to: &Path) -> String {
    let heading = &document.page.headings[index];
    let links = document.page.links.iter().any(|it| heading.text.contains(it.span));
    // A link cannot stand in another.
    let text =
        if links { contents::escaped(&heading.title) } else { document.source(heading.text) };
    format!("[{text}]({})", to.name())
}
