//! Labels of references and footnotes, and addresses on the web.

use crate::{
    model::Changes,
    syntax::{Form, normal_label},
    text::Span,
    world::{Document, Snapshot},
};

/// Gives a label of a page another name: its definitions and its uses.
pub(super) fn label(
    document: &Document,
    key: &str,
    footnote: bool,
    name: &str,
) -> Result<Changes, String> {
    let name = if footnote { name.trim_start_matches('^') } else { name };
    let mut escaped = false;
    let bracket = name.chars().any(|it| {
        let bare = !escaped && matches!(it, '[' | ']');
        escaped = it == '\\' && !escaped;
        bare
    });
    if bracket {
        return Err("a label cannot contain brackets".to_owned());
    }
    if footnote && name.contains(char::is_whitespace) {
        return Err("the label of a footnote cannot contain blanks".to_owned());
    }
    if !footnote && name.starts_with('^') {
        return Err("a label that begins with `^` would be that of a footnote".to_owned());
    }
    let new = normal_label(name);
    let of = |it: &str| {
        document.page.definitions.iter().any(|own| own.footnote == footnote && *own.key == *it)
    };
    if new != key && of(&new) {
        return Err(format!("`{name}` is already defined on this page"));
    }
    let uses = document.page.links.iter().filter(|it| {
        it.is_reference()
            && (it.form == Form::Footnote) == footnote
            && normal_label(&it.target) == key
    });
    let own = document.page.definitions.iter();
    let own = own.filter(|it| it.footnote == footnote && *it.key == *key).map(|it| it.label);
    let mut spans: Vec<Span> = uses.map(|it| it.dest).chain(own).collect();
    spans.sort_unstable();
    let mut changes = Changes::default();
    spans.into_iter().for_each(|it| changes.edit(&document.path, it, name));
    Ok(changes)
}

/// Writes another address wherever this one is linked.
pub(super) fn address(cx: &Snapshot, address: &str, name: &str) -> Changes {
    let mut changes = Changes::default();
    for document in cx.pages() {
        let links = document.page.links.iter();
        let same = links.filter(|it| !it.is_reference() && *it.target == *address);
        same.for_each(|it| changes.edit(&document.path, it.dest, name));
    }
    changes
}
