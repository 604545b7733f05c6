//! Findings for editors that ask for them.

use std::{collections::HashMap, sync::Arc};

use tower_lsp::ls_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::{
    answer,
    session::{Session, View, path},
};
use crate::{model::Path, rules::Finding, world::Document};

/// The findings of one page. While the workspace is unread there are none: what seems missing may only
/// be unread; the editor is told to ask again.
pub(super) fn page(
    session: &Session,
    view: &View,
    params: &DocumentDiagnosticParams,
) -> DocumentDiagnosticReport {
    let document = view.document(&params.text_document.uri).filter(|_| session.is_loaded());
    let Some(document) = document else {
        return DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport::default());
    };
    let (stamp, findings) = session.cache.findings(&view.cx, document);
    let id = stamp.to_string();
    if params.previous_result_id.as_ref() == Some(&id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id: id };
        return DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            unchanged_document_diagnostic_report: unchanged,
            related_documents: None,
        });
    }
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(id),
            items: answer::diagnostics(view, &document.path, &document.text, &findings),
        },
        related_documents: None,
    })
}

/// The findings of all pages.
pub(super) fn workspace(
    session: &Arc<Session>,
    view: &View,
    params: WorkspaceDiagnosticParams,
) -> Vec<WorkspaceDocumentDiagnosticReport> {
    if !session.is_loaded() {
        return Vec::new();
    }
    let before: HashMap<Path, String> =
        params.previous_result_ids.into_iter().map(|it| (path(&it.uri), it.value)).collect();
    let reports = view.cx.documents().filter_map(|document| {
        let (stamp, findings) = session.cache.findings(&view.cx, document);
        let uri = answer::uri(&document.path)?;
        let version = answer::version(document).map(Into::into);
        Some(report(view, document, &findings, stamp, &before, uri, version))
    });
    reports.collect()
}

fn report(
    view: &View,
    document: &Document,
    findings: &[Finding],
    stamp: u64,
    before: &HashMap<Path, String>,
    uri: Uri,
    version: Option<i64>,
) -> WorkspaceDocumentDiagnosticReport {
    let id = stamp.to_string();
    if before.get(&document.path) == Some(&id) {
        return WorkspaceDocumentDiagnosticReport::Unchanged(
            WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id: id,
                },
            },
        );
    }
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(id),
            items: answer::diagnostics(view, &document.path, &document.text, findings),
        },
    })
}
