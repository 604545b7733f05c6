//! Floor 4: what can be wrong with a page, one rule a file.

mod broken_anchor;
mod broken_link;
mod cache;
mod near;
mod not_utf8;
mod undefined_reference;

pub use cache::Cache;

use crate::{
    text::Span,
    world::{Document, Snapshot},
};

/// Every rule, in the order of the manual.
#[rustfmt::skip]
pub static RULES: &[Rule] = &[
    Rule { code: "broken-link",         severity: Severity::Error,   check: broken_link::check,         docs: include_str!("broken_link.md") },
    Rule { code: "broken-anchor",       severity: Severity::Error,   check: broken_anchor::check,       docs: include_str!("broken_anchor.md") },
    Rule { code: "undefined-reference", severity: Severity::Warning, check: undefined_reference::check, docs: include_str!("undefined_reference.md") },
    Rule { code: "not-utf-8",           severity: Severity::Warning, check: not_utf8::check,            docs: include_str!("not_utf8.md") },
];

/// One thing that can be wrong.
#[derive(Debug)]
pub struct Rule {
    /// Its name: `broken-link`.
    pub code: &'static str,
    /// How bad it is, unless the settings say otherwise.
    pub severity: Severity,
    /// Its page of the manual, in Markdown.
    pub docs: &'static str,
    check: fn(&Snapshot, &Document) -> Vec<Found>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A reader hits it.
    Error,
    /// Likely wrong.
    Warning,
    /// Worth knowing.
    Info,
    /// A suggestion.
    Hint,
}

/// What a rule found at one place.
#[derive(Debug)]
struct Found {
    span: Span,
    message: String,
    suggestions: Vec<String>,
}

/// Something wrong on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where, in the text of the page.
    pub span: Span,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// What could stand at `span` instead, best first, at most three.
    pub suggestions: Vec<String>,
}

impl Severity {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Hint => "hint",
        }
    }
}

/// Everything wrong with a page, in the order of the text.
pub fn findings(cx: &Snapshot, document: &Document) -> Vec<Finding> {
    let all = RULES.iter().flat_map(|rule| {
        (rule.check)(cx, document).into_iter().map(|found| Finding {
            code: rule.code,
            severity: rule.severity,
            span: found.span,
            message: found.message,
            suggestions: found.suggestions,
        })
    });
    let mut all: Vec<Finding> = all.collect();
    all.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    all
}
