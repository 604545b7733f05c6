//! Links that say where they lead, and links that name a definition at the end of the page.

use crate::{
    model::Changes,
    syntax::{Form, Link, normal_label},
    text::{Edit, Span, offset},
    world::{Document, Snapshot},
};

/// The links of a form that the stretch touches; of an empty stretch the innermost.
fn links(document: &Document, span: Span, forms: &[Form]) -> Vec<Link> {
    let touched = document.page.links.iter().filter(|it| {
        forms.contains(&it.form) && it.span.touches(span.start.max(it.span.start.min(span.end)))
    });
    if span.is_empty() {
        return touched.min_by_key(|it| it.span.len()).cloned().into_iter().collect();
    }
    // Of links that lie in each other the outer one.
    let mut end = 0;
    let outer = touched.filter(|it| {
        let free = it.span.start >= end;
        end = if free { it.span.end } else { end };
        free
    });
    outer.cloned().collect()
}

pub(super) fn offer_reference(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let number = links(document, span, &[Form::Inline, Form::Image]).len();
    (number > 0).then(|| match number {
        1 => "Turn this link into a reference".to_owned(),
        _ => format!("Turn {number} links into references"),
    })
}

/// Each destination gets one definition at the end of the page; a definition that is there is used.
pub(super) fn reference(_: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let picked = links(document, span, &[Form::Inline, Form::Image]);
    if picked.is_empty() {
        return Err("there is no link here".to_owned());
    }
    let mut changes = Changes::default();
    let mut taken: Vec<String> =
        document.page.definitions.iter().map(|it| it.key.to_string()).collect();
    let mut new: Vec<(String, String)> = Vec::new();
    for link in document.page.links.iter().filter(|it| it.form == Form::Definition) {
        if let Some(own) = document.page.definitions.iter().find(|it| it.span == link.span) {
            new.push((tail(document, link, link.dest.start), document.source(own.label)));
        }
    }
    let old = new.len();
    for link in picked {
        let tail = tail(document, &link, link.dest.start);
        let known = new.iter().find(|it| it.0 == tail).map(|it| it.1.clone());
        let label = known.unwrap_or_else(|| {
            let label = free_label(&document.source(link.text), &taken);
            taken.push(normal_label(&label));
            new.push((tail, label.clone()));
            label
        });
        let behind = Span::new(link.text.end, link.span.end);
        changes.edit(&document.path, behind, format!("][{label}]"));
    }
    let ending = super::ending(document);
    let end = document.text.len();
    let added = new[old..]
        .iter()
        .fold(String::new(), |all, (tail, label)| all + &format!("[{label}]: {tail}{ending}"));
    if !added.is_empty() {
        let last = document.page.definitions.last();
        let joins =
            last.is_some_and(|it| document.source(Span::new(it.span.end, end)).trim().is_empty());
        super::append(document, &mut changes, &added, !joins);
    }
    Ok(changes)
}

/// Destination and title as they are written.
fn tail(document: &Document, link: &Link, dest: u32) -> String {
    let start = if link.angle { dest - 1 } else { dest };
    let end = if link.form == Form::Definition { link.span.end } else { link.span.end - 1 };
    document.source(Span::new(start, end)).trim().to_owned()
}

fn free_label(text: &str, taken: &[String]) -> String {
    let plain: String = text.chars().filter(|it| !"[]*_`\\!^\n\r".contains(*it)).collect();
    let plain = plain.split('(').next().unwrap_or_default().trim().to_lowercase();
    let base = if plain.is_empty() { "link".to_owned() } else { plain };
    let free = |it: &String| !taken.contains(&normal_label(it));
    let numbered = (2..).map(|it| format!("{base} {it}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}

pub(super) fn offer_inline(_: &Snapshot, document: &Document, span: Span) -> Option<String> {
    let forms = [Form::Reference, Form::Collapsed, Form::Shortcut];
    let number = links(document, span, &forms).len();
    (number > 0).then(|| match number {
        1 => "Write this link out".to_owned(),
        _ => format!("Write {number} links out"),
    })
}

/// Definitions that nothing names any more go.
pub(super) fn inline(_: &Snapshot, document: &Document, span: Span) -> Result<Changes, String> {
    let forms = [Form::Reference, Form::Collapsed, Form::Shortcut];
    let mut changes = Changes::default();
    let (mut keys, mut done) = (Vec::new(), Vec::new());
    for link in links(document, span, &forms) {
        let key = normal_label(&link.target);
        let dest = document.page.links.iter().find(|it| {
            it.form == Form::Definition && normal_label(&document.source(it.text)) == key
        });
        let Some(dest) = dest else { continue };
        let tail = tail(document, dest, dest.dest.start);
        let behind = Span::new(link.text.end, link.span.end);
        changes.edit(&document.path, behind, format!("]({tail})"));
        keys.push(key);
        done.push(link.span);
    }
    if done.is_empty() {
        return Err("nothing defines this label".to_owned());
    }
    let mut gone = Vec::new();
    for definition in document.page.definitions.iter().filter(|it| !it.footnote) {
        let used = document.page.links.iter().any(|it| {
            it.is_reference()
                && normal_label(&it.target) == *definition.key
                && !done.contains(&it.span)
        });
        if keys.contains(&definition.key.to_string()) && !used {
            gone.push(definition.span);
        }
    }
    let own = changes.edits.entry(document.path.clone()).or_default();
    own.extend(without(document, gone));
    if let Some(edits) = changes.edits.get_mut(&document.path) {
        edits.sort_by_key(|it| it.span);
    }
    Ok(changes)
}

/// The edits that take definitions away with their lines; at the end of the page with the empty lines before
/// them, too.
fn without(document: &Document, gone: Vec<Span>) -> Vec<Edit> {
    let text = document.text.to_string();
    let last = offset(text.trim_end_matches(['\n', '\r']).len());
    let mut end = last;
    let mut edits = Vec::new();
    for it in gone.into_iter().rev() {
        if text[it.end.min(end) as usize..end as usize].trim().is_empty() {
            end = offset(text[..it.start as usize].trim_end().len());
            continue;
        }
        let next = document.text.line(document.text.line_of(it.end) + 1).start;
        edits.push(Edit { span: Span::new(it.start, next.max(it.end)), with: String::new() });
    }
    if end < last {
        edits.push(Edit { span: Span::new(end, last), with: String::new() });
    }
    edits
}
