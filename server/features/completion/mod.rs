//! Completion of links: paths, titles, anchors, labels; and of names, where they belong.

mod anchors;
mod context;
mod entry;
mod labels;
mod names;
mod paths;
mod prose;

use context::{Context, context};
use entry::{entry, entry_of_toml};

use super::{Place, entity, preview};
use crate::{
    model::Path,
    text::Span,
    world::{Document, Snapshot},
};

/// What can stand at the cursor, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// At most [`MOST`].
    pub items: Vec<Item>,
    /// Whether more typing may bring up what is not among them.
    pub incomplete: bool,
}

/// At most so many items are offered.
pub const MOST: usize = 100;

/// One thing that can stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// What the popup shows.
    pub label: String,
    /// What the label does not say: the title of a page, the text of a heading.
    pub detail: String,
    /// Where it lies.
    pub place: String,
    /// What is replaced: what is typed before the cursor and what belongs to it behind.
    pub replaces: Span,
    /// What stands there afterwards.
    pub with: String,
    /// What an editor compares with the typed text.
    pub filter: String,
    /// What [`documentation`] shows.
    pub shows: Option<(Path, Option<Box<str>>)>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Page,
    /// A folder.
    Folder,
    /// A file that is not a page.
    File,
    /// A heading or another anchor.
    Anchor,
    /// A label of the page.
    Label,
    /// A whole link.
    Link,
    /// A name, or another value.
    Name,
    /// A key of front matter.
    Field,
}

/// What can stand at a place: in a link, in front matter, in a cell of systems or patterns; for a bare
/// name in running text only if the author `asked` for it, or the settings say so.
pub fn completion(cx: &Snapshot, at: Place, asked: bool) -> Completion {
    let Some(document) = cx.page(at.id) else { return Completion::default() };
    let line = document.text.line(document.text.line_of(at.at));
    let before = document.source(Span::new(line.start, at.at.max(line.start)));
    let after = document.source(Span::new(at.at, line.end));
    let context = if names::head(document, at.at).is_some() {
        None
    } else if document.path.navigation().is_some() {
        let above = document.source(Span::new(0, line.start));
        let is_toml = document.path.extension() == Some("toml");
        let read = if is_toml { entry_of_toml } else { entry };
        read(&above, &before, &after, at.at)
    } else {
        context(&before, &after, at.at)
    };
    let Some(context) = context else {
        let mut items = names::names(cx, document, &before, &after, at.at);
        if items.is_empty() && (asked || cx.settings(&document.path).complete_names) {
            items = prose::links(cx, document, &before, at.at);
        }
        return Completion { incomplete: items.len() >= MOST, items };
    };
    let mut items = match context {
        Context::Destination(typed) => match typed.before.split_once('#') {
            Some(("", query)) if query.starts_with('#') => {
                anchors::everywhere(cx, document, &typed)
            }
            Some((path, _)) => anchors::of_page(cx, document, path, &typed),
            None => paths::destinations(cx, document, &typed),
        },
        Context::Text { span, typed } => {
            let labels = labels::labels(document, &typed, Span::new(span.start + 1, at.at), false);
            labels.into_iter().chain(paths::whole_links(cx, document, &typed, span)).collect()
        }
        Context::Label { span, typed } => labels::labels(document, &typed, span, false),
        Context::Footnote { span, typed } => labels::labels(document, &typed, span, true),
        Context::Wiki { span, typed, embed } => match typed.split_once('#') {
            Some((name, query)) => anchors::of_named(cx, document, name, query, span),
            None => paths::wiki(cx, document, &typed, span, embed),
        },
    };
    let incomplete =
        items.len() >= MOST || matches!(items.first(), Some(it) if it.kind != Kind::Label);
    items.truncate(MOST);
    Completion { items, incomplete }
}

/// What an item leads to, as a reader would see it, in Markdown.
pub fn documentation(cx: &Snapshot, path: &Path, anchor: Option<&str>) -> Option<String> {
    let page = cx.document(path)?;
    let section = anchor.and_then(|it| page.anchor(&page.site.anchor(it)));
    Some(match section {
        Some(at) => preview::section(cx, page, at),
        None => entity::page_profile(cx, page)
            .map_or_else(|| preview::page(cx, page), |it| it.markdown()),
    })
}

/// Whether a page only sends its readers elsewhere: never something to link to.
fn is_stub(page: &Document) -> bool {
    page.page.front_matter.as_ref().is_some_and(|it| it.get("redirect_to").is_some())
}

#[cfg(test)]
mod tests;
