//! How a name is written: within a scalar or a sentence, in small letters, with hyphens, in quotes.

use crate::{
    model::{Changes, Path, knowledge::name_in},
    syntax::front_matter::{self, Value},
    text::{Edit, Offset, Span},
    world::Document,
};

/// A scalar without its quotes.
pub(super) fn inner(document: &Document, span: Span) -> Span {
    let source = document.source(span);
    let quoted = source.len() > 1 && source.starts_with(['"', '\'']);
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// The name in a stretch that may have a note behind it, or a path before it.
pub(super) fn part(document: &Document, span: Span) -> Span {
    let source = document.source(span);
    let name = name_in(&source);
    let start = name.as_ptr() as usize - source.as_ptr() as usize;
    Span::from(start..start + name.len()).shifted(span.start)
}

/// Where a name stands in a text, as words of their own.
pub(super) fn word(text: &str, name: &str) -> Option<Span> {
    let joins = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let found = text.match_indices(name).find(|(at, _)| {
        !joins(text[..*at].chars().next_back()) && !joins(text[at + name.len()..].chars().next())
    });
    found.filter(|_| !name.is_empty()).map(|(at, _)| Span::from(at..at + name.len()))
}

/// The new name in the way in which the old one is written here: in small letters, with hyphens, with
/// an ending.
pub(super) fn like(written: &str, old: &str, new: &str) -> String {
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

pub(super) fn hyphened(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

/// Replaces a name, which is part of `whole`, unless that is done.
pub(super) fn replace(changes: &mut Changes, from: &Document, whole: Span, name: Span, with: &str) {
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
pub(super) fn scalar(document: &Document, whole: Span, name: Span, with: &str) -> Edit {
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

pub(super) fn add(changes: &mut Changes, path: &Path, edit: Edit) {
    let edits = changes.edits.entry(path.clone()).or_default();
    if edits.iter().all(|it| apart(it.span, edit.span)) {
        edits.push(edit);
    }
}

pub(super) fn apart(a: Span, b: Span) -> bool {
    a.end <= b.start || b.end <= a.start
}

pub(super) fn sort(changes: &mut Changes) {
    changes.edits.retain(|_, it| !it.is_empty());
    changes.edits.values_mut().for_each(|it| it.sort_by_key(|it| it.span));
}
