//! `casebook show --outline`: the headings of pages with the ids that their site gives them, and their
//! links.

use std::{
    fmt::Write as _,
    path::{Path as FsPath, PathBuf},
};

use serde::Serialize;

use super::{FAILED, complain, format::clean, print, workspace::Workspace};
use crate::{
    settings::Layer,
    text::{Offset, Span},
    world::{Document, Snapshot},
};

/// Prints the page at `path`, or every page of the folder there: as an indented list with the ids, or
/// as one JSON object a page.
pub(super) fn run(path: &FsPath, json: bool) -> u8 {
    let workspace = match Workspace::open(&[PathBuf::from(path)], &Layer::default()) {
        Ok(workspace) => workspace,
        Err(error) => {
            complain(&error);
            return FAILED;
        }
    };
    let cx = workspace.world.snapshot();
    let pages = workspace.pages(&cx);
    let several = pages.len() > 1;
    for document in pages {
        let shown = if json { object(&cx, document) } else { list(&cx, document, several) };
        print(&shown);
    }
    std::mem::forget((workspace, cx));
    0
}

fn list(cx: &Snapshot, document: &Document, several: bool) -> String {
    let mut out = String::new();
    if several {
        let _ = writeln!(out, "{}", cx.shown(&document.path));
    }
    let title = |level: u8, title: &str| {
        let indent = usize::from(level.saturating_sub(1)) * 2;
        format!("{:indent$}{}", "", if title.is_empty() { "(empty)" } else { title })
    };
    let headings = &document.page.headings;
    let width = headings.iter().map(|it| title(it.level, &it.title).chars().count()).max();
    let width = width.unwrap_or_default().min(60);
    for it in headings {
        let anchor = it.anchor.as_deref().map_or("no id".to_owned(), |it| format!("#{it}"));
        let _ = writeln!(out, "{:width$}  {anchor}", title(it.level, &it.title));
    }
    if several {
        out.push('\n');
    }
    clean(&out)
}

/// A page for programs. Lines and columns count from 1, columns in characters; offsets in bytes.
#[derive(Serialize)]
struct Outline<'a> {
    path: String,
    headings: Vec<ShownHeading<'a>>,
    /// Ids that are written out, or made for something else than a heading.
    ids: Vec<&'a str>,
    links: Vec<ShownLink<'a>>,
}

#[derive(Serialize)]
struct ShownHeading<'a> {
    level: u8,
    title: &'a str,
    anchor: Option<&'a str>,
    line: usize,
    span: (Offset, Offset),
}

#[derive(Serialize)]
struct ShownLink<'a> {
    form: &'static str,
    target: &'a str,
    line: usize,
    column: usize,
    span: (Offset, Offset),
    /// Whether the generator leaves it as text.
    unread: bool,
}

fn object(cx: &Snapshot, document: &Document) -> String {
    let page = &document.page;
    let line = |at: Offset| document.text.line_of(at) + 1;
    let column = |at: Offset| {
        let start = document.text.line(document.text.line_of(at)).start;
        document.text.slice(Span::new(start, at)).chars().count() + 1
    };
    let pair = |span: Span| (span.start, span.end);
    let headings = page.headings.iter().map(|it| ShownHeading {
        level: it.level,
        title: &it.title,
        anchor: it.anchor.as_deref(),
        line: line(it.span.start),
        span: pair(it.span),
    });
    let links = page.links.iter().map(|it| ShownLink {
        form: it.form.name(),
        target: &it.target,
        line: line(it.dest.start),
        column: column(it.dest.start),
        span: pair(it.dest),
        unread: it.unread,
    });
    let shown = Outline {
        path: cx.shown(&document.path),
        headings: headings.collect(),
        ids: page.ids.iter().map(|it| &*it.id).collect(),
        links: links.collect(),
    };
    serde_json::to_string(&shown).map(|it| it + "\n").unwrap_or_default()
}
