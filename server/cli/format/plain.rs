//! One line a finding, as compilers print them.

use std::fmt::Write as _;

use super::{Report, clean};

pub(super) fn render(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        for finding in &report.findings {
            let at = report.place(finding.span);
            let (path, message) = (clean(&report.shown), clean(&finding.said(usize::MAX)));
            let (level, code) = (finding.severity.name(), finding.code);
            let _ = writeln!(out, "{path}:{}:{}: {level}[{code}]: {message}", at.line, at.column);
        }
    }
    out
}
