//! Pages that list other pages, and what stands in them.

use crate::{
    model::{Path, vocabulary::PageKind},
    syntax::{Form, Item},
    text::{Edit, Span, offset},
    world::{Document, Resolved, Snapshot, way},
};

/// The names of a folder's first page.
const FIRST: [&str; 3] = ["index", "readme", "_index"];

/// Whether a page lists others: the settings say which do, else the first page of a folder does.
pub(super) fn is_index(cx: &Snapshot, document: &Document) -> bool {
    let settings = cx.settings(&document.path);
    if settings.words.pages.index.is_empty() {
        return FIRST.iter().any(|it| it.eq_ignore_ascii_case(document.path.stem()));
    }
    settings.words.pages.index.matches(&settings.folder, &document.path)
}

/// Whether a page is a study: the settings say which are, else the page itself does.
pub(super) fn is_study(cx: &Snapshot, document: &Document) -> bool {
    let settings = cx.settings(&document.path);
    if is_index(cx, document) || document.is_stub() {
        return false;
    }
    if settings.words.pages.study.is_empty() {
        return cx.page_kind(document) == PageKind::Study;
    }
    settings.words.pages.study.matches(&settings.folder, &document.path)
}

/// Where what is wrong with a page as a whole is shown: its first heading, else its beginning.
pub(super) fn place(document: &Document) -> Span {
    let heading = document.page.headings.first().map(|it| it.span);
    let head = document.page.front_matter.as_ref().map(|it| Span::new(0, it.span.start + 3));
    heading.or(head).unwrap_or_else(|| document.text.line(0))
}

/// The line break of a page.
pub(super) fn ending(document: &Document) -> &'static str {
    let first = document.text.line(0).end;
    let rest = document.source(Span::new(first, first + offset(2)));
    if rest == "\r\n" { "\r\n" } else { "\n" }
}

/// An entry of a list: an item whose first link leads to a page.
pub(super) struct Entry<'a> {
    pub(super) item: &'a Item,
    /// The whole link.
    pub(super) link: Span,
    pub(super) page: &'a Document,
    /// Whether the link names a place in the page.
    pub(super) to_place: bool,
}

/// The entries of all lists of a page, in the order of the text. An entry begins with its link, but for
/// emphasis and pictures.
pub(super) fn entries<'a>(cx: &'a Snapshot, document: &'a Document) -> Vec<Entry<'a>> {
    let links = &document.page.links;
    let found = document.page.items.iter().filter_map(|item| {
        let first = links.partition_point(|it| it.span.start < item.text.start);
        let at = (first..links.len()).find(|at| links[*at].form != Form::Image)?;
        let link = links.get(at).filter(|it| item.text.contains(it.span))?;
        let before = document.source(Span::new(item.text.start, link.span.start));
        if before.chars().any(char::is_alphanumeric) {
            return None;
        }
        let Some(Resolved::Page(page, place)) = cx.resolve(document.outline.reference(at)?) else {
            return None;
        };
        Some(Entry { item, link: link.span, page, to_place: place.is_some() })
    });
    found.collect()
}

/// The page that lists the folder of `path`, if there is one.
pub(super) fn beside<'a>(cx: &'a Snapshot, path: &Path) -> Option<&'a Document> {
    let names = ["index.md", "README.md", "_index.md"].into_iter();
    let mut lists = names.map(|it| Path::new(&format!("{}/{it}", path.folder())));
    lists.find_map(|it| cx.document(&it)).map(AsRef::as_ref).filter(|it| is_index(cx, it))
}

/// The line that lists a page behind the last entry of its folder, written as that one is; none where no
/// entry is.
pub(super) fn listed(cx: &Snapshot, index: &Document, path: &Path, title: &str) -> Option<Edit> {
    let entries = entries(cx, index);
    let like = entries.iter().rev().find(|it| it.page.path.folder() == path.folder())?;
    let line = index.text.line(index.text.line_of(like.item.text.start));
    let lead = index.source(Span::new(line.start, like.link.start));
    let after = index.source(Span::new(like.link.end, line.end));
    let marks: String = after.chars().take_while(|it| matches!(it, '*' | '_')).collect();
    let to = way(&index.path, path);
    let last = index.text.line(index.text.line_of(like.item.span.end));
    let with = format!("{}{lead}[{title}]({to}){marks}", ending(index));
    Some(Edit { span: Span::empty(last.end), with })
}
