//! Annotations that a GitHub workflow takes from its log.

use std::fmt::Write as _;

use super::{Report, clean};
use crate::model::Level;

pub(super) fn render(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        for finding in &report.findings {
            let level = match finding.severity {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info | Level::Hint | Level::Off => "notice",
            };
            let at = report.place(finding.span);
            let file = property(&report.shown);
            let (code, message) = (finding.code, data(&finding.said(usize::MAX)));
            let _ = write!(out, "::{level} file={file},line={},endLine={}", at.line, at.end_line);
            if at.line == at.end_line {
                let _ = write!(out, ",col={},endColumn={}", at.column, at.end_column);
            }
            let _ = writeln!(out, ",title={code}::{message}");
        }
    }
    out
}

/// The message of a workflow command.
fn data(text: &str) -> String {
    clean(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
