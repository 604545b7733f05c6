//! Moving files and folders so that every link leads where it led.
//!
//! Nothing is moved here: the answer is what to edit. Every link that has to do with a moved file, in
//! it or to it, is resolved as it will be afterwards; only where that is another file is it written
//! anew, in the way in which the author wrote it. No text is read but that of these links.

mod after;
mod deleted;
mod spelling;

use rayon::prelude::*;

use after::After;
pub use deleted::{elsewhere, losing, pointed, unlinked};
use spelling::{Ends, Spelled, respell};

use crate::{
    model::{Changes, Key, Path, Reference, Site, Target, resolve},
    syntax::{Form, Link},
    text::{Edit, Span},
    world::{Document, Resolved, Snapshot},
};

/// What changes when files and folders move, the moves included.
///
/// Refused, with a sentence that says why, where the move itself cannot be.
pub fn moves(cx: &Snapshot, pairs: &[(Path, Path)]) -> Result<Changes, String> {
    let pairs: Vec<(Path, Path)> = pairs.iter().map(|(from, to)| (bare(from), bare(to))).collect();
    let after = After::new(cx, &pairs);
    for (from, to) in pairs.iter().filter(|(from, to)| from != to) {
        possible(cx, &pairs, from, to)?;
    }
    let mut changes = relinked(cx, &after);
    changes.moves = pairs.into_iter().filter(|(from, to)| from != to).collect();
    Ok(changes)
}

/// What changes in the texts alone when these files are somewhere else, be they there or not.
pub(super) fn relink(cx: &Snapshot, pairs: &[(Path, Path)]) -> Changes {
    relinked(cx, &After::new(cx, pairs))
}

fn bare(path: &Path) -> Path {
    Path::new(path.as_str().trim_end_matches('/'))
}

fn possible(cx: &Snapshot, pairs: &[(Path, Path)], from: &Path, to: &Path) -> Result<(), String> {
    let (shown, new) = (cx.shown(from), cx.shown(to));
    let folder = |it: &Path| Path::new(&format!("{it}/"));
    if !cx.exists(from) && !cx.exists(&folder(from)) {
        return Err(format!("there is no `{shown}`"));
    }
    if to.inside(from.as_str()).is_some() {
        return Err(format!("`{shown}` cannot be moved into itself"));
    }
    if pairs.iter().filter(|it| it.1 == *to).count() > 1 {
        return Err(format!("two files cannot both become `{new}`"));
    }
    let leaves = pairs.iter().any(|it| it.0 == *to && it.0 != it.1);
    // Where letters differ in case only, a file system may take the two for one.
    let same = to.as_str().to_lowercase() == from.as_str().to_lowercase();
    if (cx.exists(to) || cx.exists(&folder(to))) && !leaves && !same {
        return Err(format!("there is already a `{new}`"));
    }
    Ok(())
}

fn relinked(cx: &Snapshot, after: &After<'_>) -> Changes {
    let pages: Vec<_> = cx.documents().collect();
    let edited = pages.par_iter().filter_map(|document| {
        let edits = edits(cx, after, document);
        (!edits.is_empty()).then(|| (document.path.clone(), edits))
    });
    Changes { edits: edited.collect(), ..Changes::default() }
}

/// The links of a page that have to be written anew.
fn edits(cx: &Snapshot, after: &After<'_>, document: &Document) -> Vec<Edit> {
    let own = after.of(&document.path);
    let mut site = None;
    let refers = document.outline.refers.iter();
    let concerned = refers.filter(|it| {
        own.is_some() || after.concerns(&it.candidates) || miscased(cx, after, it).is_some()
    });
    let edits = concerned.filter_map(|reference| {
        let from = own.as_ref().unwrap_or(&document.path);
        let site = site.get_or_insert_with(|| match &own {
            Some(own) => after.site(own),
            None => after.becomes(&document.site),
        });
        let link = document.page.links.get(reference.link as usize)?;
        let moved = Moved { cx, after, document, link, reference, from, site };
        moved.edit()
    });
    edits.collect()
}

/// The file that a link to nowhere names but for the case of letters, if it moves: on many disks the link
/// finds it.
fn miscased(cx: &Snapshot, after: &After<'_>, reference: &Reference) -> Option<Path> {
    if cx.lead(reference).is_some() {
        return None;
    }
    reference.candidates.iter().find_map(|key| match key {
        Key::Page(path) => cx.other_case(path).filter(|it| after.of(it).is_some()).cloned(),
        _ => None,
    })
}

/// A link that may have to be written anew.
struct Moved<'a> {
    cx: &'a Snapshot,
    after: &'a After<'a>,
    document: &'a Document,
    link: &'a Link,
    reference: &'a Reference,
    /// Where its page will be.
    from: &'a Path,
    /// The site that its page will belong to.
    site: &'a Site,
}

impl Moved<'_> {
    fn edit(&self) -> Option<Edit> {
        let led = self.cx.lead(self.reference);
        let before = led.as_ref().map(|it| it.1.clone()).or_else(|| self.aimed())?;
        let wanted = self.after.of(&before).unwrap_or_else(|| before.clone());
        let rank = led.as_ref().map_or(NOWHERE, |it| self.reference.rank(it.0));
        let fares = self.fares(&self.link.target, &wanted);
        let still = fares == Some(rank) || led.is_some() && fares.is_some_and(|it| it < rank);
        if still && *self.from == self.document.path {
            return None;
        }
        let source = self.document.source(self.link.dest);
        let (path, _) = self.link.parts(&source);
        let written = &source[..path.len() as usize];
        let (written, query) = written.split_at(written.find('?').unwrap_or(written.len()));
        let head = self.cx.document(&before).and_then(|it| it.page.front_matter.as_ref());
        let (site, from) = (&*self.document.site, &self.document.path);
        let old = Ends { site, from, to: &before, head };
        let new = Ends { site: self.site, from: self.from, to: &wanted, head };
        let (is_own, same, spelled) = respell(self.link, written, old, new);
        let rest =
            &self.link.target[self.link.path().find('?').unwrap_or(self.link.path().len())..];
        let span = Span::new(path.start, path.end);
        let is_unquoted = self.is_unquoted();
        let edit = |with: String| {
            let with = if is_unquoted { with.replace(' ', "%20") } else { with };
            (with != source[..path.len() as usize]).then_some(Edit { span, with })
        };
        let mut same = same.into_iter();
        let fares = |it: &Spelled| self.fares(&format!("{}{rest}", it.target), &wanted);
        if let Some(same) = same.find(|it| fares(it) == Some(rank)) {
            return edit(format!("{}{query}", same.written));
        }
        if still && !is_own {
            return None;
        }
        // In the author's own way, if it is no worse than it was; else neither better nor worse, if it
        // can be; else better, else at all.
        let (mut best, mut last) = (None, None);
        // A link that never opened may become better in any way.
        let least = if rank > 1 { 2 } else { 3 };
        let mut enough = if is_own { 2 } else { least };
        for it in spelled {
            let merit = fares(&it).map(|it| match it {
                it if it == rank => 3,
                it if it < rank => 2,
                it => u8::from(it != NOWHERE),
            });
            let merit = merit.filter(|it| *it > 0);
            if merit > best.as_ref().map(|it: &(u8, Spelled)| it.0) {
                best = merit.map(|merit| (merit, it.clone()));
            }
            last = Some(it);
            if merit >= Some(enough) {
                break;
            }
            enough = least;
        }
        let best = best.map(|it| it.1).or_else(|| last.filter(|_| led.is_some()))?;
        let slash = led.is_none() && written.ends_with('/') && !best.written.ends_with('/');
        let slash = if slash { "/" } else { "" };
        edit(format!("{}{slash}{query}", best.written))
    }

    /// Whether the destination is an attribute of raw HTML without quotes, which ends at a blank.
    fn is_unquoted(&self) -> bool {
        let start = self.link.dest.start;
        self.link.form == Form::Html
            && start > 0
            && self.document.source(Span::new(start - 1, start)) == "="
    }

    /// What a link that leads nowhere should lead to.
    fn aimed(&self) -> Option<Path> {
        if let Some(meant) = miscased(self.cx, self.after, self.reference) {
            return Some(meant);
        }
        match self.reference.candidates.first()? {
            Key::Page(path) => Some(path.clone()),
            _ => None,
        }
    }

    /// How good a link with this target will be if it leads to `wanted`; if it leads nowhere, but misses
    /// just that, [`NOWHERE`].
    fn fares(&self, target: &str, wanted: &Path) -> Option<u8> {
        let link = Link { target: target.into(), ..self.link.clone() };
        let Target::Local(aim) = resolve(self.site, self.from, &link) else { return None };
        let reference = Reference::new(self.site, self.reference.link, aim);
        if let Some((at, path)) = self.after.lead(&reference.candidates) {
            return (path == *wanted).then(|| reference.rank(at));
        }
        let missed = matches!(reference.candidates.first(), Some(Key::Page(it)) if it == wanted);
        missed.then_some(NOWHERE)
    }
}

/// How good a link is that leads nowhere.
const NOWHERE: u8 = u8::MAX;

/// What to edit in the links of a page, as far as `wanted` takes their destinations, when they stand on
/// the page `to` instead, which need not exist.
///
/// A link to a place that is itself among what is carried is left as it is.
pub(super) fn carried(
    cx: &Snapshot,
    document: &Document,
    to: &Path,
    wanted: impl Fn(Span) -> bool,
) -> Vec<Edit> {
    let after = After::new(cx, &[]);
    let site = cx.site(to);
    let refers = document.outline.refers.iter();
    let edits = refers.filter_map(|reference| {
        let link = document.page.links.get(reference.link as usize)?;
        let inner = matches!(
            cx.resolve(reference),
            Some(Resolved::Page(page, Some(place))) if page.id == document.id && wanted(place)
        );
        if inner || !wanted(link.dest) {
            return None;
        }
        let moved = Moved { cx, after: &after, document, link, reference, from: to, site: &site };
        moved.edit()
    });
    edits.collect()
}

/// The destination of a link on `from` that led to `old`, written so that it leads to `new`, which need
/// not exist, and to the place `id` there.
pub(super) fn to_page(
    cx: &Snapshot,
    from: &Document,
    link: &Link,
    old: &Path,
    new: &Path,
    id: Option<&str>,
) -> String {
    let source = from.source(link.dest);
    let (path, _) = link.parts(&source);
    let written = &source[..path.len() as usize];
    let site = cx.site(&from.path);
    let head = |path| cx.document(path).and_then(|it| it.page.front_matter.as_ref());
    let old = Ends { site: &site, from: &from.path, to: old, head: head(old) };
    let (is_own, _, spelled) =
        respell(link, written, old, Ends { to: new, head: head(new), ..old });
    // The first of those that fare best: raw HTML may need the address where another link needs the file.
    // An address ends with `/` unless the author writes it without.
    let merit = |it: &Spelled| {
        let rank = rank_of(&site, &from.path, link, &it.target, new);
        (rank, rank > 0 && !is_own && !it.target.ends_with('/'))
    };
    let best = spelled.min_by_key(merit);
    let path = best.map_or_else(|| new.name().to_owned(), |it| it.written);
    id.map_or_else(|| path.clone(), |id| format!("{path}#{id}"))
}

/// How good a link with this target is if it means `to`, be it there or not; [`NOWHERE`] if it does not.
fn rank_of(site: &Site, from: &Path, link: &Link, target: &str, to: &Path) -> u8 {
    let link = Link { target: target.into(), ..link.clone() };
    let Target::Local(aim) = resolve(site, from, &link) else { return NOWHERE };
    let reference = Reference::new(site, 0, aim);
    let at = reference.candidates.iter().position(|it| matches!(it, Key::Page(path) if path == to));
    at.map_or(NOWHERE, |it| reference.rank(it))
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
