//! `casebook check`: every finding of a workspace.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal},
    path::Path as FsPath,
};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use rayon::prelude::*;
use serde::Serialize;

use super::{FAILED, Format, complain, print};
use crate::{
    disk,
    model::Level as Grade,
    rules::{Finding, findings},
    settings::Layer,
    text::{Offset, Span},
    world::{Document, Snapshot, World},
};

/// Checks the folder at `path`, or, if that is a page, the folder it lies in but prints only what is
/// found on the page.
pub(super) fn run(path: &FsPath, format: Format) -> u8 {
    let at = match disk::absolute(path) {
        Ok(at) => at,
        Err(error) => {
            complain(&format!("cannot check `{}`: {error}", path.display()));
            return FAILED;
        }
    };
    let (root, only) = if path.is_dir() {
        (at, None)
    } else if at.is_page() {
        (disk::root_of(&at), Some(at))
    } else {
        complain(&format!(
            "cannot check `{}`: it is neither a folder nor a Markdown page",
            path.display()
        ));
        return FAILED;
    };
    let world = World::default();
    disk::load(&world, std::slice::from_ref(&root), &Layer::default(), |_, _| {});
    let cx = world.snapshot();
    let pages: Vec<&Document> = cx
        .pages()
        .map(AsRef::as_ref)
        .filter(|it| only.as_ref().is_none_or(|only| *only == it.path))
        .collect();
    let found: Vec<(String, usize)> = pages.par_iter().map(|it| report(&cx, it, format)).collect();
    found.iter().for_each(|it| print(&it.0));
    let number: usize = found.iter().map(|it| it.1).sum();
    if matches!(format, Format::Pretty) && number > 0 {
        let with = found.iter().filter(|it| it.1 > 0).count();
        print(&format!(
            "{number} {} in {with} of {} {}\n",
            plural(number, "finding", "findings"),
            pages.len(),
            plural(pages.len(), "page", "pages")
        ));
    }
    // The process ends here: giving back every page of the world would only take time.
    std::mem::forget((world, cx));
    u8::from(number > 0)
}

fn plural(number: usize, one: &'static str, many: &'static str) -> &'static str {
    if number == 1 { one } else { many }
}

fn report(cx: &Snapshot, document: &Document, format: Format) -> (String, usize) {
    let found = findings(cx, document);
    let shown = clean(&cx.shown(&document.path));
    let mut out = String::new();
    for finding in &found {
        match format {
            Format::Pretty => pretty(&mut out, document, &shown, finding),
            Format::Json => json(&mut out, document, &cx.shown(&document.path), finding),
        }
    }
    (out, found.len())
}

/// A finding for programs. Lines and columns count from 1, columns in characters.
#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    suggestions: &'a [String],
    sure: bool,
}

fn json(out: &mut String, document: &Document, shown: &str, finding: &Finding) {
    let (line, column) = place(document, finding.span.start);
    let (end_line, end_column) = place(document, finding.span.end);
    let row = Row {
        path: shown,
        line,
        column,
        end_line,
        end_column,
        code: finding.code,
        severity: finding.severity.name(),
        message: &finding.message,
        suggestions: &finding.suggestions,
        sure: finding.sure,
    };
    if let Ok(row) = serde_json::to_string(&row) {
        let _ = writeln!(out, "{row}");
    }
}

/// Line and column, both from 1, the column in characters.
fn place(document: &Document, at: Offset) -> (usize, usize) {
    let line = document.text.line_of(at);
    let start = document.text.line(line).start;
    (line + 1, document.source(Span::new(start, at)).chars().count() + 1)
}

fn pretty(out: &mut String, document: &Document, shown: &str, finding: &Finding) {
    let (line, last) =
        (document.text.line_of(finding.span.start), document.text.line_of(finding.span.end));
    let extent = Span::new(document.text.line(line).start, document.text.line(last).end);
    let source = document.source(extent);
    let level = match finding.severity {
        Grade::Error => Level::ERROR,
        Grade::Warning => Level::WARNING,
        Grade::Info => Level::INFO,
        Grade::Hint | Grade::Off => Level::HELP,
    };
    let start = (finding.span.start - extent.start) as usize;
    let span = start..start + finding.span.len() as usize;
    let message = clean(&finding.message);
    let near = finding.suggestions.iter().map(|it| format!("`{}`", clean(it)));
    let near = near.collect::<Vec<_>>().join(", ");
    let snippet = Snippet::source(clean(&source))
        .path(shown.to_owned())
        .line_start(line + 1)
        .annotation(AnnotationKind::Primary.span(span));
    let mut group = level.primary_title(&message).id(finding.code).element(snippet);
    if !near.is_empty() {
        group = group.element(Level::HELP.message(format!("did you mean {near}?")));
    }
    let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let _ = writeln!(out, "{}\n", renderer.render(&[group]));
}

/// Text without characters that could command the terminal. Those of one byte become one byte, so that
/// spans stay right.
fn clean(text: &str) -> String {
    let shown = |it: char| {
        if it.is_ascii_control() && it != '\t' && it != '\n' {
            '?'
        } else if it.is_control() && !it.is_ascii() {
            // Two bytes, as all control characters beyond ASCII.
            '\u{b7}'
        } else {
            it
        }
    };
    text.chars().map(shown).collect()
}
