//! JUnit's XML: a suite a page, a failed test a finding, a passed test for a page without.

use std::fmt::Write as _;

use super::{Report, clean};

pub(super) fn render(reports: &[Report]) -> String {
    let all: usize = reports.iter().map(|it| it.findings.len().max(1)).sum();
    let failures: usize = reports.iter().map(|it| it.findings.len()).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"casebook\" tests=\"{all}\" failures=\"{failures}\">");
    for report in reports {
        let (path, number) = (escaped(&report.shown), report.findings.len());
        let tests = number.max(1);
        let _ =
            writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{number}\">");
        if number == 0 {
            let _ = writeln!(out, "    <testcase name=\"check\" classname=\"{path}\"/>");
        }
        for finding in &report.findings {
            let at = report.place(finding.span);
            let (code, level) = (finding.code, finding.severity.name());
            let message = escaped(&finding.said(usize::MAX));
            let _ = writeln!(
                out,
                "    <testcase name=\"{code} {}:{}\" classname=\"{path}\">\n      \
                 <failure type=\"{level}\" message=\"{message}\">{path}:{}:{}: {message}</failure>\n    \
                 </testcase>",
                at.line, at.column, at.line, at.column
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Text as XML takes it: control characters are not even allowed as references.
fn escaped(text: &str) -> String {
    html_escape::encode_quoted_attribute(&clean(text)).into_owned()
}
