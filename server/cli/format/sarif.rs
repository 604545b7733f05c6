//! SARIF 2.1.0, for code scanning.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Other, Report, clean_json, lasting};
use crate::{
    model::{Level, url},
    rules::{RULES, Rule},
};

pub(super) fn render(reports: &[Report]) -> String {
    let index: BTreeMap<&str, usize> =
        RULES.iter().enumerate().map(|(at, it)| (it.code, at)).collect();
    let results = reports.iter().flat_map(|report| {
        report.findings.iter().map(|finding| {
            let at = report.place(finding.span);
            let mut result = json!({
                "ruleId": finding.code,
                "ruleIndex": index.get(finding.code),
                "level": level(finding.severity),
                "message": { "text": finding.said(usize::MAX) },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": url::relative(&report.shown), "uriBaseId": "ROOT" },
                    "region": {
                        "startLine": at.line, "startColumn": at.column,
                        "endLine": at.end_line, "endColumn": at.end_column,
                    },
                } }],
                "partialFingerprints": { "casebook/v1": fingerprint(report, finding.code, &finding.message) },
            });
            let related: Vec<Value> = report.others(finding).iter().map(other).collect();
            if !related.is_empty() {
                result["relatedLocations"] = related.into();
            }
            result
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "ROOT": { "description": { "text": "the folder that was checked" } } },
            "results": results.collect::<Vec<_>>(),
        }],
    });
    clean_json(&format!("{log:#}\n"))
}

fn other(other: &Other) -> Value {
    json!({
        "message": { "text": other.message },
        "physicalLocation": {
            "artifactLocation": { "uri": url::relative(&other.shown), "uriBaseId": "ROOT" },
            "region": { "startLine": other.line, "startColumn": other.column },
        },
    })
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.title },
        "help": { "text": rule.docs, "markdown": rule.docs },
        "defaultConfiguration": { "enabled": rule.level != Level::Off, "level": level(rule.level) },
        "properties": { "category": rule.category.name() },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Hint => "note",
        Level::Off => "none",
    }
}

/// What stays the same when other lines of the page change.
fn fingerprint(report: &Report, code: &str, message: &str) -> String {
    format!("{}|{code}|{}", report.shown, lasting(message))
}
