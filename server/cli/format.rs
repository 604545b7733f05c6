//! How findings are printed: one file a format.

mod github;
mod json;
mod junit;
mod plain;
mod pretty;
mod sarif;

use std::{collections::BTreeMap, fmt::Write as _};

use clap::ValueEnum;

use crate::{
    model::Path,
    rules::Finding,
    text::{Offset, Span, Text},
};

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: the line, underlined.
    #[default]
    Pretty,
    /// One line each: `path:line:column: level[code]: message`.
    Plain,
    /// For programs: one object a line.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// JUnit's XML, for build servers: a failed test for each finding.
    Junit,
}

/// A file and what was found in it.
pub(super) struct Report {
    /// The file.
    pub(super) path: Path,
    /// The same from the root of its folder.
    pub(super) shown: String,
    pub(super) text: Text,
    pub(super) findings: Vec<Finding>,
    /// The other places that findings have to do with, by the place and the code of the finding.
    pub(super) others: BTreeMap<(Span, &'static str), Vec<Other>>,
}

/// A place that a finding of another has to do with. Line and column count from 1, columns in characters.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub(super) path: Path,
    /// The same from the root of its folder.
    pub(super) shown: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: String,
}

/// Lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl Format {
    /// The findings of these files, as the format has it. Files without findings matter to JUnit.
    pub(super) fn render(self, reports: &[Report], colours: bool) -> String {
        match self {
            Self::Pretty => pretty::render(reports, colours),
            Self::Plain => plain::render(reports),
            Self::Json => json::render(reports),
            Self::Sarif => sarif::render(reports),
            Self::Github => github::render(reports),
            Self::Junit => junit::render(reports),
        }
    }
}

impl Report {
    /// The other places that a finding has to do with.
    fn others(&self, finding: &Finding) -> &[Other] {
        self.others.get(&(finding.span, finding.code)).map_or(&[], Vec::as_slice)
    }

    fn place(&self, span: Span) -> Place {
        let (line, column) = self.point(span.start);
        let (end_line, end_column) = self.point(span.end);
        Place { line, column, end_line, end_column }
    }

    fn point(&self, at: Offset) -> (usize, usize) {
        point(&self.text, at)
    }
}

/// The line and the column of a place, from 1, in characters.
pub(super) fn point(text: &Text, at: Offset) -> (usize, usize) {
    let line = text.line_of(at);
    let start = text.line(line).start;
    (line + 1, text.slice(Span::new(start, at.max(start))).chars().count() + 1)
}

/// A message without the numbers of lines in it, which change with every edit above.
pub(super) fn lasting(message: &str) -> String {
    let mut parts = message.split("line ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("line ");
        out.push_str(part.trim_start_matches(|it: char| it.is_ascii_digit()));
    }
    out
}

/// Text without characters that could command a terminal or turn its text around. Those of one byte
/// become one byte, those of two become two and those of three become three, so that spans stay right.
pub(super) fn clean(text: &str) -> String {
    let shown = |it: char| match it {
        '\t' | '\n' => it,
        it if it.is_ascii_control() => '?',
        it if it.is_control() => '\u{b7}',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        it => it,
    };
    text.chars().map(shown).collect()
}

/// JSON in which such characters are escaped.
fn clean_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if clean(it.encode_utf8(&mut [0; 4])) == it.to_string() {
            out.push(it);
        } else {
            let _ = write!(out, "\\u{:04x}", u32::from(it));
        }
    }
    out
}

#[cfg(test)]
mod tests;
