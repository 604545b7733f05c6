//! An object a line, for programs.

use serde::Serialize;

use super::{Report, clean_json};

/// A finding. Lines and columns count from 1, columns in characters.
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Near<'a>>,
}

/// Another place that a finding has to do with.
#[derive(Serialize)]
struct Near<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

pub(super) fn render(reports: &[Report]) -> String {
    let rows = reports.iter().flat_map(|report| {
        report.findings.iter().filter_map(|finding| {
            let at = report.place(finding.span);
            let related = report.others(finding).iter().map(|it| Near {
                path: &it.shown,
                line: it.line,
                column: it.column,
                message: &it.message,
            });
            let row = Row {
                path: &report.shown,
                line: at.line,
                column: at.column,
                end_line: at.end_line,
                end_column: at.end_column,
                code: finding.code,
                severity: finding.severity.name(),
                message: &finding.message,
                suggestions: &finding.suggestions,
                sure: finding.sure,
                related: related.collect(),
            };
            Some(clean_json(&serde_json::to_string(&row).ok()?) + "\n")
        })
    });
    rows.collect()
}
