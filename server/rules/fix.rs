//! Repairs: what would make a finding go away.

use super::{Finding, rule};
use crate::{
    model::Path,
    text::Edit,
    world::{Document, Snapshot},
};

/// One way to repair a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: a sentence without a full stop, a capital first.
    pub title: String,
    /// Whether it is right without a person's look: exactly one repair fits.
    pub safe: bool,
    /// Whether it is the one that a person would most likely pick.
    pub preferred: bool,
    /// What is replaced in which page. Edits of one page do not overlap.
    pub edits: Vec<(Path, Edit)>,
    /// The pages that come into being, with their texts.
    pub creates: Vec<(Path, String)>,
}

impl Fix {
    /// A repair that replaces the place of the finding.
    pub(super) fn replace(
        document: &Document,
        finding: &Finding,
        title: String,
        with: String,
    ) -> Self {
        let edit = Edit { span: finding.span, with };
        Self::one(document, title, edit)
    }

    /// A repair by one edit of the page of the finding.
    pub(super) fn one(document: &Document, title: String, edit: Edit) -> Self {
        let edits = vec![(document.path.clone(), edit)];
        Self { title, safe: false, preferred: false, edits, creates: Vec::new() }
    }
}

/// The repairs of a finding, best first.
pub fn fixes(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    rule(finding.code).map_or_else(Vec::new, |it| (it.fix)(cx, document, finding))
}

/// The suggestions of a finding as repairs.
pub(super) fn suggested(document: &Document, finding: &Finding) -> Vec<Fix> {
    let fixes = finding
        .suggestions
        .iter()
        .map(|it| Fix::replace(document, finding, format!("Change to `{it}`"), it.clone()));
    fixes.collect()
}
