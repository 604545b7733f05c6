//! Names of systems, patterns, companies and domains: in front matter, tables, lists, titles and the texts
//! of links. A name that is a file's own, as slugs are, names the file: it moves.

use super::{Renamable, Rewritten, Subject, links_to};
use crate::{
    features::{Place, entity::name_at, moves::moves},
    model::{
        Changes, Key, Kind, Path,
        knowledge::{Origin, Spot, entity, name_in},
        vocabulary::{Means, parenthesis},
    },
    syntax::front_matter::{self, Value},
    text::{Edit, Offset, Span},
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

/// A scalar without its quotes.
fn inner(document: &Document, span: Span) -> Span {
    let source = document.source(span);
    let quoted = source.len() > 1 && source.starts_with(['"', '\'']);
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// The name in a stretch that may have a note behind it, or a path before it.
fn part(document: &Document, span: Span) -> Span {
    let source = document.source(span);
    let name = name_in(&source);
    let start = name.as_ptr() as usize - source.as_ptr() as usize;
    Span::from(start..start + name.len()).shifted(span.start)
}

/// Where a name stands in a text, as words of their own.
fn word(text: &str, name: &str) -> Option<Span> {
    let joins = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let found = text.match_indices(name).find(|(at, _)| {
        !joins(text[..*at].chars().next_back()) && !joins(text[at + name.len()..].chars().next())
    });
    found.filter(|_| !name.is_empty()).map(|(at, _)| Span::from(at..at + name.len()))
}

/// The new name in the way in which the old one is written here: in small letters, with hyphens, with
/// an ending.
fn like(written: &str, old: &str, new: &str) -> String {
    if written == old {
        return new.to_owned();
    }
    for end in ["s", " pattern", " patterns"] {
        let at = written.len().saturating_sub(end.len());
        if let Some((name, rest)) = written.split_at_checked(at)
            && rest.eq_ignore_ascii_case(end)
            && name.to_lowercase().replace('-', " ") == old.to_lowercase().replace('-', " ")
        {
            return format!("{}{rest}", like(name, old, new));
        }
    }
    let capitals = |it: &str| it.contains(char::is_uppercase);
    let mut new = match (capitals(written), capitals(old)) {
        (false, true) => new.to_lowercase(),
        (true, false) => new.split(['-', ' ']).map(capitalised).collect::<Vec<_>>().join(" "),
        _ => new.to_owned(),
    };
    if written.contains('-') && !old.contains('-') {
        new = new.replace(' ', "-");
    }
    new
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn hyphened(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

/// Replaces a name, which is part of `whole`, unless that is done.
fn replace(changes: &mut Changes, from: &Document, whole: Span, name: Span, with: &str) {
    let head = from.page.front_matter.as_ref().map_or(0, |it| it.span.end);
    let is_data = whole.end <= head || from.path.navigation().is_some();
    let edit = if is_data {
        scalar(from, whole, name, with)
    } else {
        Edit { span: name, with: with.to_owned() }
    };
    add(changes, &from.path, edit);
}

/// A name in a scalar of front matter replaced so that the scalar stays one.
fn scalar(document: &Document, whole: Span, name: Span, with: &str) -> Edit {
    let before = whole.start.checked_sub(1).map(|it| document.source(Span::new(it, it + 1)));
    match before.as_deref() {
        Some("\"") => {
            let with = with.replace('\\', "\\\\").replace('"', "\\\"");
            return Edit { span: name, with };
        }
        Some("'") => return Edit { span: name, with: with.replace('\'', "''") },
        _ => {}
    }
    let source = document.source(whole);
    let cut = |it: Offset| (it - whole.start) as usize;
    let all = format!("{}{with}{}", &source[..cut(name.start)], &source[cut(name.end)..]);
    let plain = front_matter::yaml(&format!("[{all}]")).is_ok_and(|it| {
        let all_of_it = |it: &front_matter::Node| it.as_str() == Some(&*all);
        matches!(&it.value, Value::List(items) if matches!(&items[..], [one] if all_of_it(one)))
    });
    if plain {
        return Edit { span: name, with: with.to_owned() };
    }
    let quoted = all.replace('\\', "\\\\").replace('"', "\\\"");
    Edit { span: whole, with: format!("\"{quoted}\"") }
}

fn add(changes: &mut Changes, path: &Path, edit: Edit) {
    let edits = changes.edits.entry(path.clone()).or_default();
    if edits.iter().all(|it| apart(it.span, edit.span)) {
        edits.push(edit);
    }
}

fn apart(a: Span, b: Span) -> bool {
    a.end <= b.start || b.end <= a.start
}

fn sort(changes: &mut Changes) {
    changes.edits.retain(|_, it| !it.is_empty());
    changes.edits.values_mut().for_each(|it| it.sort_by_key(|it| it.span));
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::{
        features::rename::{prepare, rename},
        model::Path,
        rules::edited,
        testing::{Fixture, changed},
    };

    /// What can be renamed at `$0`, and what changes when it becomes `name`.
    #[track_caller]
    fn check(name: &str, page: &str, expected: &Expect) {
        let fixture = Fixture::new(&format!("{page}{BOOK}"));
        let cx = fixture.snapshot();
        let was = prepare(&cx, fixture.place()).map_or("nothing".to_owned(), |it| it.name);
        let shown = match rename(&cx, fixture.place(), name) {
            Ok(changes) => changed(&cx, &changes),
            Err(why) => format!("refused: {why}\n"),
        };
        expected.assert_eq(&format!("`{was}`\n{shown}"));
    }

    const BOOK: &str = r#"
//- patterns/circuit-breaker.md
---
title: Circuit Breaker
aliases: [Fuse Box, "Trip"]
---
# Circuit Breaker
[up](#circuit-breaker)
//- patterns/bulkhead.md
---
title: Bulkhead
related_patterns: [circuit-breaker]
---
# Bulkhead
See [it](circuit-breaker.md#circuit-breaker).
//- patterns/index.md
# Patterns
- [Circuit Breaker](circuit-breaker.md) - stops
- [the breaker](circuit-breaker.md)
//- case-studies/netflix.md
---
title: Netflix
patterns_used:
  gold:
    circuit-breaker: for calls
  silver: ["Circuit Breaker (Hystrix)", bulkhead]
---
# Netflix
Many circuit breakers, one Circuit Breaker.
"#;

    #[test]
    fn renames_a_slug_with_the_file_that_it_names() {
        check(
            "fuse",
            "//- case-studies/uber.md\n---\npatterns: [circuit-$0breaker]\n---\n",
            &expect![[r#"
                `circuit-breaker`
                //- case-studies/netflix.md
                ---
                title: Netflix
                patterns_used:
                  gold:
                    fuse: for calls
                  silver: ["Circuit Breaker (Hystrix)", bulkhead]
                ---
                # Netflix
                Many circuit breakers, one Circuit Breaker.
                //- case-studies/uber.md
                ---
                patterns: [fuse]
                ---

                //- patterns/bulkhead.md
                ---
                title: Bulkhead
                related_patterns: [fuse]
                ---
                # Bulkhead
                See [it](fuse.md#circuit-breaker).
                //- patterns/index.md
                # Patterns
                - [Circuit Breaker](fuse.md) - stops
                - [the breaker](fuse.md)
                patterns/circuit-breaker.md -> patterns/fuse.md
            "#]],
        );
    }

    #[test]
    fn renames_a_name_in_titles_tables_lists_and_texts_of_links() {
        check(
            "Fuse: fast",
            "//- all.md\n| Pattern |\n| --- |\n| **Circuit$0 Breaker** |\n| [Circuit Breaker](patterns/circuit-breaker.md) |\n",
            &expect![[r#"
                `Circuit Breaker`
                //- all.md
                | Pattern |
                | --- |
                | **Fuse: fast** |
                | [Fuse: fast](patterns/circuit-breaker.md) |

                //- case-studies/netflix.md
                ---
                title: Netflix
                patterns_used:
                  gold:
                    circuit-breaker: for calls
                  silver: ["Fuse: fast (Hystrix)", bulkhead]
                ---
                # Netflix
                Many circuit breakers, one Circuit Breaker.
                //- patterns/bulkhead.md
                ---
                title: Bulkhead
                related_patterns: [circuit-breaker]
                ---
                # Bulkhead
                See [it](circuit-breaker.md#fuse-fast).
                //- patterns/circuit-breaker.md
                ---
                title: "Fuse: fast"
                aliases: [Fuse Box, "Trip"]
                ---
                # Fuse: fast
                [up](#fuse-fast)
                //- patterns/index.md
                # Patterns
                - [Fuse: fast](circuit-breaker.md) - stops
                - [the breaker](circuit-breaker.md)
                ? case-studies/netflix.md: circuit breakers -> fuse: fasts
                ? case-studies/netflix.md: Circuit Breaker -> Fuse: fast
            "#]],
        );
    }

    #[test]
    fn renames_an_alias() {
        check(
            "Breaker \"x\"",
            "//- all.md\n| Pattern |\n| --- |\n| T$0rip |\n| Fuse Box |\n",
            &expect![[r#"
                `Trip`
                //- all.md
                | Pattern |
                | --- |
                | Breaker "x" |
                | Fuse Box |

                //- patterns/circuit-breaker.md
                ---
                title: Circuit Breaker
                aliases: [Fuse Box, "Breaker \"x\""]
                ---
                # Circuit Breaker
                [up](#circuit-breaker)
            "#]],
        );
    }

    #[test]
    fn renames_a_name_that_has_no_page() {
        check(
            "Ride Hailing",
            "//- a.md\n---\ntype: case-study\ndomain: mobil$0ity\n---\n//- b.md\n---\ntype: case-study\ndomain: mobility\n---\n",
            &expect![[r#"
                `mobility`
                //- a.md
                ---
                type: case-study
                domain: Ride Hailing
                ---
                //- b.md
                ---
                type: case-study
                domain: Ride Hailing
                ---

            "#]],
        );
    }

    #[test]
    fn renames_a_title_and_the_heading_that_is_equal() {
        check(
            "The log",
            "//- a.md\n---\ntitle: 'Lo$0g'\n---\n# Log\n[x](#log)\n",
            &expect![[r#"
            `Log`
            //- a.md
            ---
            title: 'The log'
            ---
            # The log
            [x](#the-log)

        "#]],
        );
    }

    #[test]
    fn refuses_a_name_that_is_taken() {
        let cell = "//- all.md\n| Pattern |\n| --- |\n| Circuit$0 Breaker |\n";
        check(
            "Bulkheads",
            cell,
            &expect![[r#"
            `Circuit Breaker`
            refused: `Bulkheads` is already the name of `patterns/bulkhead.md`
        "#]],
        );
        check(
            "Trip",
            cell,
            &expect![[r#"
            `Circuit Breaker`
            refused: `Trip` is already another name of it
        "#]],
        );
        check(
            "-",
            cell,
            &expect![[r#"
            `Circuit Breaker`
            refused: a name has letters or digits
        "#]],
        );
        let slug = "//- case-studies/uber.md\n---\npatterns: [circuit-$0breaker]\n---\n";
        check(
            "bulkhead",
            slug,
            &expect![[r#"
            `circuit-breaker`
            refused: `bulkhead` is already the name of `patterns/bulkhead.md`
        "#]],
        );
        check(
            "a/b",
            slug,
            &expect![[r#"
            `circuit-breaker`
            refused: the name of a page's file has letters, digits and `-` only
        "#]],
        );
    }

    #[test]
    fn the_way_back_restores_every_byte() {
        let page = |slug: &str, name: &str| {
            format!(
                "//- case-studies/uber.md\n---\npatterns: [{slug}]\n---\n| Pattern |\n| --- |\n| {name} |\n| circuit breakers |\n"
            )
        };
        let ways = [
            (page("circuit-$0breaker", "Circuit Breaker"), "fuse", "[fuse]", "circuit-breaker"),
            (
                page("circuit-breaker", "Circuit$0 Breaker"),
                "Big Fuse",
                "| Big Fuse",
                "Circuit Breaker",
            ),
        ];
        for (page, new, find, old) in ways {
            let fixture = Fixture::new(&format!("{page}{BOOK}"));
            let before = texts(&fixture, &crate::model::Changes::default());
            let changes = rename(&fixture.snapshot(), fixture.place(), new).expect("a change");
            let there = texts(&fixture, &changes);
            assert_ne!(there, before);
            let marked = there.replacen(find, &find.replace(new, &format!("$0{new}")), 1);
            let fixture = Fixture::new(&marked);
            let changes = rename(&fixture.snapshot(), fixture.place(), old).expect("a change");
            assert_eq!(texts(&fixture, &changes), before);
        }
    }

    /// The workspace after a change, as a fixture.
    fn texts(fixture: &Fixture, changes: &crate::model::Changes) -> String {
        let cx = fixture.snapshot();
        let mut pages: Vec<(Path, String)> = Vec::new();
        for page in cx.pages() {
            let edits = changes.edits.get(&page.path).map(Vec::as_slice).unwrap_or_default();
            let to = changes.moves.iter().find(|it| it.0 == page.path).map(|it| it.1.clone());
            pages.push((to.unwrap_or(page.path.clone()), edited(&page.text.to_string(), edits)));
        }
        pages.sort();
        let shown = pages.iter().map(|(path, text)| format!("//- {}\n{text}", cx.shown(path)));
        shown.collect::<Vec<_>>().concat()
    }
}
