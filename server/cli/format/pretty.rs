//! For people: the line, underlined.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rayon::prelude::*;

use super::{Report, clean};
use crate::{model::Level as Grade, rules::Finding, text::Span};

pub(super) fn render(reports: &[Report], colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let all = reports.par_iter().map(|report| {
        let findings = report.findings.iter();
        findings.map(|it| one(&renderer, report, it)).collect::<String>()
    });
    all.collect()
}

fn one(renderer: &Renderer, report: &Report, finding: &Finding) -> String {
    let text = &report.text;
    let first = text.line_of(finding.span.start);
    // The end of a long stretch is not worth its lines.
    let last = text.line_of(finding.span.end).min(first + 4);
    let extent = Span::new(text.line(first).start, text.line(last).end);
    let start = (finding.span.start.clamp(extent.start, extent.end) - extent.start) as usize;
    let end = (finding.span.end.clamp(extent.start, extent.end) - extent.start) as usize;
    let (message, shown) = (clean(&finding.message), clean(&report.shown));
    let near = finding.suggestions.iter().map(|it| format!("`{}`", clean(it)));
    let near = near.collect::<Vec<_>>().join(", ");
    let help =
        if finding.sure { format!("change it to {near}") } else { format!("did you mean {near}?") };
    let source = clean(&text.slice(extent));
    let snippet = Snippet::source(source)
        .path(shown)
        .line_start(first + 1)
        .annotation(AnnotationKind::Primary.span(start..end));
    let mut group: Group<'_> =
        level(finding.severity).primary_title(&message).id(finding.code).element(snippet);
    if !near.is_empty() {
        group = group.element(Level::HELP.message(&help));
    }
    let others = report.others(finding).iter();
    let notes: Vec<String> = others
        .map(|it| clean(&format!("{}:{}:{}: {}", it.shown, it.line, it.column, it.message)))
        .collect();
    for note in &notes {
        group = group.element(Level::NOTE.message(note));
    }
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", renderer.render(&[group]));
    out
}

fn level(level: Grade) -> Level<'static> {
    match level {
        Grade::Error => Level::ERROR,
        Grade::Warning => Level::WARNING,
        Grade::Info => Level::INFO,
        Grade::Hint | Grade::Off => Level::INFO.with_name("hint"),
    }
}
