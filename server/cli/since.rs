//! What a change since a git revision brought: the findings of the pages that changed, and those that
//! the change made in others.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::Arc,
};

use super::{check::report, format::Report, workspace::Workspace};
use crate::{
    model::Path,
    rules::{Finding, findings},
    world::{Change, Content, Draft, Snapshot},
};

/// The findings since `rev`. The world is put back to that revision for the comparison, so it is of no
/// further use for what holds now.
pub(super) fn reports(
    workspace: &Workspace,
    cx: &Arc<Snapshot>,
    rev: &str,
) -> Result<Vec<Report>, String> {
    let mut changed = BTreeSet::new();
    let mut old = Vec::new();
    let mut new = Vec::new();
    for root in &workspace.roots {
        let top = git(root, &["rev-parse", "--show-toplevel"])?;
        let top = crate::disk::absolute(std::path::Path::new(top.trim()));
        let top = top.map_err(|error| format!("cannot find the repository: {error}"))?;
        let diff = git(root, &["diff", "--name-only", "--no-renames", "-z", rev, "--"])?;
        let others =
            git(root, &["ls-files", "--others", "--exclude-standard", "--full-name", "-z"])?;
        for name in diff.split('\0').chain(others.split('\0')).filter(|it| !it.is_empty()) {
            let path = Path::new(&format!("{top}/{name}"));
            if !cx.covers(path.as_str()) || !changed.insert(path.clone()) {
                continue;
            }
            match git(root, &["show", &format!("{rev}:{name}")]) {
                Ok(text) => {
                    let content = if path.is_read() { Content::Text(text) } else { Content::Asset };
                    old.push(Draft::new(cx.site(&path), path, content));
                }
                Err(_) => new.push(path),
            }
        }
    }
    let mut affected = workspace.world.apply(Change::Found(old)).0;
    affected.extend(workspace.world.apply(Change::Lost(new)).0);
    affected.sort_unstable();
    affected.dedup();
    let then = workspace.world.snapshot();
    let pages = workspace.pages(cx).into_iter();
    let pages =
        pages.filter(|it| changed.contains(&it.path) || affected.binary_search(&it.id).is_ok());
    let reports = pages.map(|page| {
        let mut now = report(cx, page);
        if !changed.contains(&page.path) {
            let before = then.document(&page.path).map(|it| findings(&then, it));
            now.findings = news(now.findings, &before.unwrap_or_default());
        }
        now
    });
    Ok(reports.collect())
}

/// The findings that were not there before.
fn news(now: Vec<Finding>, before: &[Finding]) -> Vec<Finding> {
    let mut left: BTreeMap<(&str, String), usize> = BTreeMap::new();
    before.iter().for_each(|it| *left.entry((it.code, it.message.clone())).or_default() += 1);
    let new = now.into_iter().filter(|it| match left.get_mut(&(it.code, it.message.clone())) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    });
    new.collect()
}

/// What a git command prints. The error is a sentence.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let run = Command::new("git").arg("-C").arg(folder.as_str()).args(arguments).output();
    let out = run.map_err(|error| format!("cannot run git: {error}"))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&out.stderr).trim().to_owned();
    Err(format!("git {}: {why}", arguments.first().copied().unwrap_or_default()))
}
