//! Places in a page: headings and ids. What names them follows when their ids change.

use std::collections::HashMap;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::Subject;
use crate::{
    model::{Changes, Key, Path, Reference},
    rules::edited,
    syntax::{self, Form, Link, Page},
    text::{Edit, Offset, Span, offset},
    world::{Document, Resolved, Snapshot},
};

/// Gives a heading another text.
pub(super) fn heading(
    cx: &Snapshot,
    document: &Document,
    index: usize,
    name: &str,
) -> Result<Changes, String> {
    let heading = &document.page.headings[index];
    let edit = Edit { span: heading.text, with: name.to_owned() };
    let after = Rewritten::in_place(document, vec![edit])?;
    if heading.explicit.is_none() {
        unique(document, index, name)?;
    }
    let mut changes = after.changes(cx)?;
    let own = changes.edits.entry(document.path.clone()).or_default();
    own.extend(entries(cx, document, index, name));
    own.sort_by_key(|it| it.span);
    Ok(changes)
}

/// The entries of tables of contents on the page that read like a heading.
fn entries(cx: &Snapshot, document: &Document, index: usize, name: &str) -> Vec<Edit> {
    let heading = &document.page.headings[index];
    let page = syntax::parse(&format!("# {name}\n"), &document.site.dialect);
    let title = page.headings.first().map_or(name, |it| &it.title);
    let (old, new) = (document.source(heading.text), name);
    let links = document.page.links.iter().enumerate().filter(|(at, link)| {
        let leads = document.outline.reference(*at).and_then(|it| cx.resolve(it));
        let here = matches!(leads, Some(Resolved::Page(page, Some(place)))
            if page.id == document.id && place == heading.span);
        here && link.target.starts_with('#') && is_entry(document, link)
    });
    let edits = links.filter_map(|(_, link)| match document.source(link.text) {
        it if it == old => Some(Edit { span: link.text, with: new.to_owned() }),
        it if *it == *heading.title => Some(Edit { span: link.text, with: title.to_owned() }),
        _ => None,
    });
    edits.collect()
}

/// Whether a link is an entry of a table of contents: nothing else is said on its line, or in its cell, but
/// by other links; behind it may stand what it is about, after a dash, a colon or in brackets.
fn is_entry(document: &Document, link: &Link) -> bool {
    let line = document.text.line(document.text.line_of(link.span.start));
    // What other links say does not count.
    let bare = |span: Span| -> String {
        let source = document.source(span);
        let free = source.char_indices().filter(|(at, _)| {
            let at = span.start + offset(*at);
            document.page.links.iter().all(|it| at < it.span.start || it.span.end <= at)
        });
        free.map(|it| it.1).collect()
    };
    let says = |it: char| it.is_alphabetic();
    let before = bare(Span::new(line.start, link.span.start));
    let behind = bare(Span::new(link.span.end.min(line.end), line.end));
    let before = before.rsplit('|').next().unwrap_or_default();
    let behind = behind.split('|').next().unwrap_or_default().trim_start();
    let about = behind.starts_with(['—', '–', ':', '(']) || behind.starts_with("- ");
    !before.contains(says) && (about || !behind.contains(says))
}

/// Gives an id that is written out another name.
pub(super) fn id(
    cx: &Snapshot,
    document: &Document,
    span: Span,
    name: &str,
) -> Result<Changes, String> {
    let name = name.trim_start_matches('#');
    if let Some(bad) = name.chars().find(|it| it.is_whitespace() || "\"'{}<>=#".contains(*it)) {
        return Err(format!("an id cannot contain `{bad}`"));
    }
    Rewritten::in_place(document, vec![Edit { span, with: name.to_owned() }])?.changes(cx)
}

/// Changes the fragment of every link to a place that is not there.
pub(super) fn gone(cx: &Snapshot, page: &Path, fragment: &str, name: &str) -> Changes {
    let mut changes = Changes::default();
    let Some(document) = cx.document(page) else { return changes };
    for (from, reference, link) in links_to(cx, document) {
        if reference.fragment.as_deref() == Some(fragment) {
            refer(&mut changes, from, link, name.trim_start_matches('#'));
        }
    }
    changes
}

/// What is at the place of a page that a link leads to, and its name.
pub(super) fn named(document: &Document, place: Span) -> Option<(String, Subject<'_>)> {
    let page = &document.page;
    if let Some(index) = page.headings.iter().position(|it| it.span == place) {
        let heading = &page.headings[index];
        let (span, subject) = match heading.explicit {
            Some(span) => (span, Subject::Id(document, span)),
            None => (heading.text, Subject::Heading(document, index)),
        };
        return Some((document.source(span), subject));
    }
    let id = page.ids.iter().find(|it| it.span == place)?;
    Some((id.id.to_string(), Subject::Id(document, id.span)))
}

/// Refuses a name that would give two headings of the page the same id, but for a number.
fn unique(document: &Document, index: usize, name: &str) -> Result<(), String> {
    let alone = |text: &str| {
        let page = syntax::parse(&format!("# {text}\n"), &document.site.dialect);
        page.headings.first().and_then(|it| Some(document.site.anchor(it.anchor.as_deref()?)))
    };
    let new = alone(name);
    let old = alone(&document.source(document.page.headings[index].text));
    let Some(new) = new.filter(|it| Some(it) != old.as_ref()) else { return Ok(()) };
    let taken = places(&document.page)
        .position(|(_, id)| id.is_some_and(|it| document.site.anchor(it) == new));
    match taken.filter(|it| *it != index) {
        None => Ok(()),
        Some(_) => Err(format!("`#{new}` is already a place on this page")),
    }
}

/// A page whose text changes so that its places have other ids.
pub(in crate::features) struct Rewritten<'a> {
    document: &'a Document,
    edits: Vec<Edit>,
    /// For each place that changes, by the span that links lead to, its new id.
    ids: HashMap<Span, Box<str>>,
}

impl<'a> Rewritten<'a> {
    /// Refused where a place that links can lead to would be lost, or be another's.
    pub(super) fn in_place(document: &'a Document, edits: Vec<Edit>) -> Result<Self, String> {
        let own = edits.clone();
        Self::new(document, edits, |at| {
            let before = own.iter().filter(|it| it.span.end <= at);
            let grown = before.clone().map(|it| offset(it.with.len())).sum::<u32>();
            at + grown - before.map(|it| it.span.len()).sum::<u32>()
        })
    }

    /// The same where places move within the page: `to` is where each begins afterwards.
    pub(in crate::features) fn new(
        document: &'a Document,
        edits: Vec<Edit>,
        to: impl Fn(Offset) -> Offset,
    ) -> Result<Self, String> {
        let site = &document.site;
        let text = edited(&document.text.to_string(), &edits);
        let page = syntax::parse(&text, &site.dialect);
        let old: Vec<_> = places(&document.page).collect();
        let found: Vec<_> = places(&page).collect();
        if document.page.headings.len() != page.headings.len() || old.len() != found.len() {
            return Err("with this text a heading would be none any more".to_owned());
        }
        let new = old
            .iter()
            .map(|(span, _)| found.iter().find(|it| it.0.start == to(span.start)).copied());
        let new: Vec<(Span, Option<&str>)> =
            new.collect::<Option<_>>().ok_or("with this text a heading would be none any more")?;
        let firsts = |all: &[(Span, Option<&str>)]| {
            let mut found: HashMap<Box<str>, (Span, usize)> = HashMap::new();
            for (index, (span, id)) in all.iter().enumerate() {
                let Some(id) = id else { continue };
                let first = found.entry(site.anchor(id)).or_insert((*span, index));
                if span.start < first.0.start {
                    *first = (*span, index);
                }
            }
            found
        };
        let (first_before, first_after) = (firsts(&old), firsts(&new));
        let mut ids = HashMap::new();
        for (index, ((span, before), (_, after))) in old.iter().zip(&new).enumerate() {
            let Some(before) = before else { continue };
            if first_before.get(&site.anchor(before)).is_none_or(|it| it.1 != index) {
                continue;
            }
            let Some(after) = after else {
                return Err("with this text links could not lead to it".to_owned());
            };
            if first_after.get(&site.anchor(after)).is_none_or(|it| it.1 != index) {
                return Err(format!("`#{after}` is already a place on this page"));
            }
            if before != after {
                ids.insert(*span, (*after).into());
            }
        }
        Ok(Self { document, edits, ids })
    }

    pub(in crate::features) fn changes(self, cx: &Snapshot) -> Result<Changes, String> {
        let mut changes = Changes::default();
        if !self.ids.is_empty() {
            for (from, reference, link) in links_to(cx, self.document) {
                let Some(Resolved::Page(_, Some(place))) = cx.resolve(reference) else { continue };
                let Some(id) = self.ids.get(&place) else { continue };
                let own = from.id == self.document.id;
                let cover = self.edits.iter().find(|it| own && it.span.contains(link.dest));
                match cover {
                    None => refer(&mut changes, from, link, id),
                    // What is replaced by other text takes its links with it.
                    Some(edit) if !edit.with.contains(&from.source(link.span)) => {}
                    Some(_) => {
                        return Err("headings of the same text would change places".to_owned());
                    }
                }
            }
        }
        let own = changes.edits.entry(self.document.path.clone()).or_default();
        own.extend(self.edits);
        own.sort_by_key(|it| it.span);
        Ok(changes)
    }
}

/// The places of a page that can have an id: its headings, then the ids that are written out.
fn places(page: &Page) -> impl Iterator<Item = (Span, Option<&str>)> {
    let headings = page.headings.iter().map(|it| (it.span, it.anchor.as_deref()));
    headings.chain(page.ids.iter().map(|it| (it.span, Some(&*it.id))))
}

/// Every link that leads to a page or a place in it.
pub(in crate::features) fn links_to<'a>(
    cx: &'a Snapshot,
    document: &'a Document,
) -> Vec<(&'a Document, &'a Reference, &'a Link)> {
    let keys = document.outline.defines.iter().map(|it| &it.key);
    let keys = keys.filter(|it| !matches!(it, Key::Anchor(..)));
    let mut pages: Vec<&Document> =
        keys.flat_map(|it| cx.referrers(it)).map(AsRef::as_ref).collect();
    pages.sort_unstable_by_key(|it| it.id);
    pages.dedup_by_key(|it| it.id);
    let mut found = Vec::new();
    for from in pages {
        for reference in &from.outline.refers {
            let leads = cx.lead(reference).is_some_and(|it| it.1 == document.path);
            if let Some(link) = from.page.links.get(reference.link as usize).filter(|_| leads) {
                found.push((from, reference, link));
            }
        }
    }
    found
}

/// Makes a link name another place.
fn refer(changes: &mut Changes, from: &Document, link: &Link, id: &str) {
    let source = from.source(link.dest);
    let (_, Some(span)) = link.parts(&source) else { return };
    let written = from.source(span);
    // What begins a text to look for (`:~:text=`) stays.
    let kept = written.find(":~:").map_or("", |it| &written[it..]);
    let with = format!("{}{kept}", fragment(link, &written, id));
    if with != written {
        changes.edit(&from.path, span, with);
    }
}

/// An id as it must be written in a link whose fragment now reads `written`.
fn fragment(link: &Link, written: &str, id: &str) -> String {
    const STUMBLES: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'%').add(b'(').add(b')').add(b'<').add(b'>').add(b'\\');
    if matches!(link.form, Form::Wiki | Form::WikiEmbed | Form::Shortcode) {
        return id.to_owned();
    }
    let was_encoded = written.is_ascii()
        && written.contains('%')
        && !percent_decode_str(written).decode_utf8_lossy().is_ascii();
    if was_encoded {
        return utf8_percent_encode(id, STUMBLES).to_string();
    }
    let encoded = id.chars().map(|it| match it {
        it if it.is_ascii() => {
            utf8_percent_encode(it.encode_utf8(&mut [0; 4]), STUMBLES).to_string()
        }
        it => it.to_string(),
    });
    encoded.collect()
}
