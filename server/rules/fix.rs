//! Repairs: what would make a finding go away.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::{Finding, findings, near, rule};
use crate::{
    model::{Path, path},
    syntax::Link,
    text::{Edit, Span},
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

    /// The same, known to be right.
    pub(super) fn safe(self) -> Self {
        Self { safe: true, preferred: true, ..self }
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

/// The suggestions of a finding as repairs; safe where the finding is sure of it.
pub(super) fn suggested(document: &Document, finding: &Finding) -> Vec<Fix> {
    let fixes = finding.suggestions.iter().map(|it| {
        let fix = Fix::replace(document, finding, format!("Change to `{it}`"), it.clone());
        if finding.sure { fix.safe() } else { fix }
    });
    fixes.collect()
}

/// The suggestions of a finding about a link's path as repairs. Where the page that is suggested does not
/// have the anchor of the link, the anchor goes, too, and a person decides: no dead link takes the place of
/// another.
pub(super) fn linked(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let mut links = document.page.links.iter().filter(|it| it.dest.contains(finding.span));
    let found = links.find_map(|link| {
        let (path, fragment) = near::parts(document, link);
        (path == finding.span).then_some((link, fragment?))
    });
    let Some((link, place)) = found else { return suggested(document, finding) };
    let fixes = suggested(document, finding).into_iter().zip(&finding.suggestions);
    let fixes = fixes.map(|(fix, to)| {
        if keeps_anchor(cx, document, link, to) {
            return fix;
        }
        let title = format!("{}, without `#{}`", fix.title, document.source(place));
        let edit = Edit { span: Span::new(finding.span.start, place.end), with: to.clone() };
        Fix::one(document, title, edit)
    });
    fixes.collect()
}

/// Whether the page at a path, as the link would write it, has the anchor of the link, if it has one.
pub(super) fn keeps_anchor(cx: &Snapshot, document: &Document, link: &Link, to: &str) -> bool {
    let Some(anchor) = link.fragment().filter(|it| !it.is_empty()) else { return true };
    let decoded = |it: &str| percent_decode_str(it).decode_utf8_lossy().into_owned();
    let page = cx.document(&Path::new(&path::join(document.path.folder(), &decoded(to))));
    page.is_none_or(|it| it.anchor(&it.site.anchor(&decoded(anchor))).is_some())
}

/// The repairs of many findings that go together, page by page: for each finding its first, if that
/// is safe or `risky` ones are wanted too. Of two that touch the same place the earlier is taken; ask
/// again when it is done.
pub fn together<'a>(
    cx: &Snapshot,
    pages: impl IntoIterator<Item = &'a Document>,
    risk: Risk,
    wanted: impl Fn(&Finding) -> bool,
) -> BTreeMap<Path, Vec<Edit>> {
    let mut all: BTreeMap<Path, Vec<Edit>> = BTreeMap::new();
    for document in pages {
        for finding in findings(cx, document).iter().filter(|it| wanted(it)) {
            let allowed = |it: &Fix| (it.safe || risk == Risk::Any) && it.creates.is_empty();
            let Some(fix) = fixes(cx, document, finding).into_iter().find(allowed) else {
                continue;
            };
            let meets = |(path, edit): &(Path, Edit)| {
                let taken = all.get(path).into_iter().flatten();
                taken
                    .clone()
                    .any(|it| it.span.touches(edit.span.start) || edit.span.touches(it.span.start))
            };
            if !fix.edits.iter().any(meets) {
                fix.edits
                    .into_iter()
                    .for_each(|(path, edit)| all.entry(path).or_default().push(edit));
            }
        }
    }
    all
}

/// Which repairs are made without a person's look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// Only those that are safe.
    None,
    /// All for which something speaks.
    Any,
}
