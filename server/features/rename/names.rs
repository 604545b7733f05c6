//! Names of systems, patterns, companies and domains: in front matter, tables, lists, titles and the texts
//! of links. A name that is a file's own, as slugs are, names the file: it moves.

mod writing;

use writing::{add, apart, hyphened, inner, like, part, replace, scalar, sort, word};

use super::{Renamable, Rewritten, Subject, links_to};
use crate::{
    features::{Place, entity::name_at, moves::moves},
    model::{
        Changes, Key, Kind, Path,
        knowledge::{Origin, Spot, entity, name_in},
        vocabulary::{Means, parenthesis},
    },
    syntax::front_matter::Value,
    text::{Edit, Span},
    world::{Document, Snapshot},
};

/// The name at a place, if it is one.
pub(super) fn at<'a>(
    cx: &Snapshot,
    document: &'a Document,
    at: Place,
) -> Option<(Renamable, Subject<'a>)> {
    let uses = document.outline.knowledge.refers.iter().filter(|it| it.span.touches(at.at));
    let used = uses.min_by_key(|it| it.span.len()).map(|it| (it.span, it.key.clone()));
    let own = || stated(document).into_iter().find(|it| it.0.touches(at.at));
    let (span, key) = used.or_else(own).or_else(|| name_at(cx, document, at.at))?;
    let span = part(document, span);
    let name = document.source(span);
    cx.is_entity(&key).then_some((Renamable { span, name }, Subject::Name(key)))
}

/// The title in the front matter.
pub(super) fn title(document: &Document, span: Span) -> Option<(Renamable, Subject<'_>)> {
    let span = inner(document, span);
    let name = document.source(span);
    (!name.trim().is_empty()).then_some((Renamable { span, name }, Subject::Title(document)))
}

/// Gives what `key` names, here written `old`, another name.
pub(super) fn name(cx: &Snapshot, key: &Key, old: &str, new: &str) -> Result<Changes, String> {
    let pages: Vec<&Document> = cx.entity(key).iter().map(|it| &**it.document).collect();
    if let [page] = pages[..] {
        let only_file = origin(page, key) == Some(Origin::FileName);
        if old == page.path.stem() || only_file {
            return slug(cx, page, key, old, new);
        }
    }
    free(cx, key, &pages, new)?;
    let mut changes = Changes::default();
    for page in &pages {
        own(cx, &mut changes, page, Some(key), old, new, false)?;
    }
    uses(cx, &mut changes, key, &pages, old, new);
    sort(&mut changes);
    Ok(changes)
}

/// Gives a page another title, and what it is about the name that the title is.
pub(super) fn retitle(
    cx: &Snapshot,
    document: &Document,
    old: &str,
    new: &str,
) -> Result<Changes, String> {
    let (old_base, new_base) = (parenthesis(old).0, parenthesis(new).0);
    let key = kind(document).and_then(|it| entity(it, old_base));
    let key = key.filter(|key| cx.entity(key).iter().any(|it| it.document.id == document.id));
    let mut changes = Changes::default();
    if let Some(key) = &key {
        free(cx, key, &[document], new_base)?;
    }
    own(cx, &mut changes, document, key.as_ref(), old, new, true)?;
    if let Some(key) = &key {
        uses(cx, &mut changes, key, &[document], old_base, new_base);
    }
    sort(&mut changes);
    Ok(changes)
}

/// Gives the file that a slug names another, and the slug wherever it is used.
fn slug(
    cx: &Snapshot,
    page: &Document,
    key: &Key,
    old: &str,
    new: &str,
) -> Result<Changes, String> {
    let stem = if old == page.path.stem() { new.to_owned() } else { hyphened(new) };
    let fits = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.');
    if !stem.chars().all(fits) || stem.starts_with('.') {
        return Err("the name of a page's file has letters, digits and `-` only".to_owned());
    }
    free(cx, key, &[page], &stem)?;
    let extension = page.path.extension().unwrap_or("md");
    let to = Path::new(&format!("{}/{stem}.{extension}", page.path.folder()));
    let mut changes = moves(cx, &[(page.path.clone(), to)])?;
    // What the page says of itself leads to it still, however it is written.
    let only_file = origin(page, key) == Some(Origin::FileName);
    for (from, used) in cx.uses_of(key) {
        let span = part(from, used.span);
        let written = from.source(span);
        if written == page.path.stem() {
            replace(&mut changes, from, used.span, span, &stem);
        } else if only_file {
            replace(&mut changes, from, used.span, span, &like(&written, old, new));
        }
    }
    sort(&mut changes);
    Ok(changes)
}

/// Refuses a name that is another's.
fn free(cx: &Snapshot, key: &Key, pages: &[&Document], new: &str) -> Result<(), String> {
    let Key::Entity(kind, _) = key else { return Ok(()) };
    let taken = entity(*kind, new).ok_or("a name has letters or digits")?;
    if taken == *key {
        return Ok(());
    }
    let other = cx.entity(&taken).into_iter().map(|it| it.document);
    if let Some(other) = other.into_iter().find(|it| pages.iter().all(|own| own.id != it.id)) {
        return Err(format!("`{new}` is already the name of `{}`", cx.shown(&other.path)));
    }
    let own = pages.iter().filter_map(|it| origin(it, &taken));
    if own.into_iter().any(|it| matches!(it, Origin::Systems | Origin::Alias)) {
        return Err(format!("`{new}` is already another name of it"));
    }
    let uses = cx.uses_of(&taken);
    match uses.iter().find(|it| it.1.spot != Spot::Item) {
        Some((from, _)) if cx.entity(&taken).is_empty() => {
            Err(format!("`{new}` is already a name, in `{}`", cx.shown(&from.path)))
        }
        _ => Ok(()),
    }
}

/// Changes what a page says of itself, its anchors and the links to them included.
fn own(
    cx: &Snapshot,
    changes: &mut Changes,
    page: &Document,
    key: Option<&Key>,
    old: &str,
    new: &str,
    whole: bool,
) -> Result<(), String> {
    let names = page.outline.knowledge.names.iter();
    let known = key.and_then(|key| names.into_iter().find(|it| it.key == *key));
    // The letters in which the page writes it.
    let text = known.filter(|_| !whole).map_or(old, |it| &it.text);
    let with = if whole { new.to_owned() } else { like(text, old, new) };
    let title = page.page.front_matter.as_ref().and_then(|it| it.get("title"));
    let title = title.map(|it| inner(page, it.span));
    let mut edits = Vec::new();
    if let Some(span) = title
        && let Some(found) = word(&page.source(span), text)
    {
        edits.push(scalar(page, span, found.shifted(span.start), &with));
    }
    let heading = page.page.headings.iter().find(|it| it.level == 1);
    if let Some(heading) = heading.filter(|it| !it.text.is_empty()) {
        let source = page.source(heading.text);
        let equal = title.is_none_or(|it| page.source(it) == source) || source == text;
        if let Some(found) = word(&source, text).filter(|_| equal) {
            let span = found.shifted(heading.text.start);
            edits.push(Edit { span, with: with.clone() });
        }
    }
    for (span, stated) in stated(page) {
        if Some(&stated) == key {
            let name = part(page, span);
            edits.push(scalar(page, span, name, &like(&page.source(name), old, new)));
        }
    }
    edits.sort_by_key(|it| it.span);
    let followed = Rewritten::in_place(page, edits)?.changes(cx)?;
    for (path, edits) in followed.edits {
        edits.into_iter().for_each(|it| add(changes, &path, it));
    }
    // Links that say no more than the name.
    for (from, _, link) in links_to(cx, page) {
        let marks = |it: char| matches!(it, '*' | '_' | '`');
        let source = from.source(link.text);
        let lead = source.len() - source.trim_start_matches(marks).len();
        let bare = source.trim_matches(marks);
        if !bare.is_empty() && (bare == text || bare == old) {
            let span = Span::from(lead..lead + bare.len()).shifted(link.text.start);
            replace(changes, from, span, span, &like(bare, old, new));
        }
    }
    Ok(())
}

/// Changes a name in front matter, tables and lists; in running text only if a person says so.
fn uses(
    cx: &Snapshot,
    changes: &mut Changes,
    key: &Key,
    pages: &[&Document],
    old: &str,
    new: &str,
) {
    for (from, used) in cx.uses_of(key) {
        let span = part(from, used.span);
        let written = from.source(span);
        // The name of the file stays as it is, and so does what names it.
        let file = written != old && pages.iter().any(|it| it.path.stem() == written);
        if !file && (used.spot != Spot::Item || !pages.is_empty()) {
            replace(changes, from, used.span, span, &like(&written, old, new));
        }
    }
    for (from, span) in cx.mentioned(std::slice::from_ref(key)) {
        let edits = changes.edits.get(&from.path).map(Vec::as_slice).unwrap_or_default();
        if edits.iter().all(|it| apart(it.span, span)) {
            let edit = Edit { span, with: like(&from.source(span), old, new) };
            changes.doubtful.entry(from.path.clone()).or_default().push(edit);
        }
    }
}

/// The names that a page states of what it is about, in fields of its own.
fn stated(document: &Document) -> Vec<(Span, Key)> {
    let root = document.page.front_matter.as_ref().map(|it| &it.root.value);
    let (Some(Value::Map(entries)), Some(kind)) = (root, kind(document)) else {
        return Vec::new();
    };
    let fields = entries.iter().filter(|it| {
        let field = it.0.as_str().and_then(|it| document.site.words.field(it));
        field.is_some_and(|it| matches!(it.means, Means::Systems | Means::Names))
    });
    let names = fields.flat_map(|it| it.1.scalars()).filter_map(|it| {
        let span = inner(document, it.span);
        Some((span, entity(kind, name_in(&document.source(span)))?))
    });
    names.collect()
}

/// What the names of a page are names of.
fn kind(document: &Document) -> Option<Kind> {
    match document.outline.knowledge.own()? {
        Key::Entity(kind, _) => Some(*kind),
        _ => None,
    }
}

fn origin(document: &Document, key: &Key) -> Option<Origin> {
    document.outline.knowledge.names.iter().find(|it| it.key == *key).map(|it| it.origin)
}

#[cfg(test)]
mod tests;
