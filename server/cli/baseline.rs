//! Findings that were there when checking began: a legacy tree fails only for new ones.

use std::{collections::BTreeMap, fs, path::Path as FsPath};

use serde::{Deserialize, Serialize};

use super::format::{Report, lasting};

/// The findings of a tree by file, rule and message; lines may move.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Baseline {
    version: u32,
    findings: Vec<Known>,
}

/// So many equal findings of one file.
#[derive(Debug, Serialize, Deserialize)]
struct Known {
    path: String,
    code: String,
    message: String,
    count: usize,
}

type Counts = BTreeMap<(String, String, String), usize>;

impl Baseline {
    /// The findings of these reports.
    pub(super) fn of(reports: &[Report]) -> Self {
        let mut counts = Counts::new();
        for report in reports {
            for it in &report.findings {
                let key = (report.shown.clone(), it.code.to_owned(), lasting(&it.message));
                *counts.entry(key).or_default() += 1;
            }
        }
        let known = counts.into_iter();
        let findings =
            known.map(|((path, code, message), count)| Known { path, code, message, count });
        Self { version: 1, findings: findings.collect() }
    }

    /// Reads a baseline. The error is a sentence.
    pub(super) fn read(file: &FsPath) -> Result<Self, String> {
        let cannot = |why: String| format!("cannot read the baseline `{}`: {why}", file.display());
        let text = fs::read_to_string(file).map_err(|error| cannot(error.to_string()))?;
        let read: Self = serde_json::from_str(&text).map_err(|error| cannot(error.to_string()))?;
        if read.version == 1 {
            Ok(read)
        } else {
            Err(cannot(format!("its version is {}", read.version)))
        }
    }

    /// Writes it. The error is a sentence.
    pub(super) fn write(&self, file: &FsPath) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        fs::write(file, text).map_err(|error| format!("cannot write `{}`: {error}", file.display()))
    }

    /// How many findings it holds.
    pub(super) fn len(&self) -> usize {
        self.findings.iter().map(|it| it.count).sum()
    }

    /// Takes out of the reports what was there before; of equal ones as many as there were.
    pub(super) fn subtract(&self, reports: &mut [Report]) {
        let known = self.findings.iter();
        let mut left: Counts = known
            .map(|it| ((it.path.clone(), it.code.clone(), it.message.clone()), it.count))
            .collect();
        for report in reports {
            report.findings.retain(|it| {
                let key = (report.shown.clone(), it.code.to_owned(), lasting(&it.message));
                match left.get_mut(&key) {
                    Some(count @ 1..) => {
                        *count -= 1;
                        false
                    }
                    _ => true,
                }
            });
        }
    }
}
