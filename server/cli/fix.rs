//! `casebook fix`: makes the repairs that are safe.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, IsTerminal},
    path::PathBuf,
};

use clap::Args;
use similar::TextDiff;

use super::{
    FAILED, check::plural, complain, format::clean, print, select::Selection, workspace::Workspace,
};
use crate::{
    disk::{self, Written},
    model::Path,
    rules::{Risk, edited, findings, together},
    world::{Change, Condition, Content, Document, Draft, Snapshot},
};

/// What to repair.
#[derive(Args, Debug)]
pub(super) struct Fix {
    /// Folders, or pages in them.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// Shows what would change and changes nothing.
    #[arg(long)]
    diff: bool,
    /// Also makes repairs that are only likely right.
    #[arg(long = "unsafe")]
    risky: bool,
}

/// A repair can make room for another; after so many rounds it is enough.
const ROUNDS: usize = 12;

/// Repairs; the exit code is 0 if nothing is left to find, 1 if something is, or, with `--diff`, if
/// something would change; 2 if it could not work or a page could not be written.
pub(super) fn run(fix: &Fix) -> u8 {
    let workspace = match Workspace::open(&fix.paths, &fix.selection.layer()) {
        Ok(workspace) => workspace,
        Err(why) => {
            complain(&clean(&why));
            return FAILED;
        }
    };
    let before = workspace.world.snapshot();
    let changed = repair(fix, &workspace);
    let after = workspace.world.snapshot();
    let texts = |path: &Path| {
        let text =
            |cx: &Snapshot| cx.document(path).map(|it| it.text.to_string()).unwrap_or_default();
        (text(&before), text(&after))
    };
    if fix.diff {
        for path in &changed {
            let (old, new) = texts(path);
            let shown = before.shown(path);
            let diff = TextDiff::from_lines(&old, &new);
            let header = (format!("a/{shown}"), format!("b/{shown}"));
            let diff = diff.unified_diff().header(&header.0, &header.1).to_string();
            // Into a file or a pipe it goes as it is, so that it can be applied.
            let seen = io::stdout().is_terminal();
            print(&if seen { clean(&diff.replace("\r\n", "\n")) } else { diff });
        }
        return u8::from(!changed.is_empty());
    }
    let mut unwritten = Vec::new();
    let mut written = 0;
    for path in &changed {
        let (old, new) = texts(path);
        match disk::write(path, &old, &new) {
            Ok(Written::Whole) => written += 1,
            Ok(Written::Changed) => {
                unwritten.push(path.clone());
                complain(&clean(&format!(
                    "`{}` changed meanwhile and is left alone",
                    before.shown(path)
                )));
            }
            Err(error) => {
                unwritten.push(path.clone());
                complain(&clean(&format!("cannot write `{}`: {error}", before.shown(path))));
            }
        }
    }
    let failed = !unwritten.is_empty();
    // What could not be written is as it was.
    let drafts = unwritten.iter().filter_map(|path| {
        let page = before.document(path)?;
        let text = Content::Text(page.text.to_string());
        Some(Draft::new(page.site.clone(), path.clone(), text))
    });
    let drafts: Vec<Draft> = drafts.collect();
    drop(after);
    workspace.world.apply(Change::Found(drafts));
    let after = workspace.world.snapshot();
    let (had, left) = (count(fix, &workspace, &before), count(fix, &workspace, &after));
    print(&format!(
        "{} of {had} {} repaired in {written} {}, {left} left\n",
        had.saturating_sub(left),
        plural(had, "finding", "findings"),
        plural(written, "page", "pages")
    ));
    match (failed, left) {
        (true, _) => FAILED,
        (false, 0) => 0,
        _ => 1,
    }
}

/// Makes the repairs in the world, round by round; the pages that changed.
fn repair(fix: &Fix, workspace: &Workspace) -> BTreeSet<Path> {
    let risk = if fix.risky { Risk::Any } else { Risk::None };
    let mut changed = BTreeSet::new();
    let mut pages: Option<BTreeSet<Path>> = None;
    for _ in 0..ROUNDS {
        let cx = workspace.world.snapshot();
        let all = workspace.pages(&cx).into_iter().map(AsRef::as_ref);
        let again =
            all.filter(|it: &&Document| pages.as_ref().is_none_or(|some| some.contains(&it.path)));
        let plan = together(&cx, again, risk, |it| fix.selection.takes(it));
        let drafts: Vec<Draft> = drafts(workspace, &cx, &plan);
        if drafts.is_empty() {
            break;
        }
        changed.extend(drafts.iter().map(|it| it.path.clone()));
        drop(plan);
        let affected = workspace.world.apply(Change::Found(drafts));
        let cx = workspace.world.snapshot();
        pages = Some(affected.0.iter().filter_map(|it| Some(cx.page(*it)?.path.clone())).collect());
    }
    changed
}

/// The pages as the edits leave them. What was not read whole is not written.
fn drafts(
    workspace: &Workspace,
    cx: &Snapshot,
    plan: &BTreeMap<Path, Vec<crate::text::Edit>>,
) -> Vec<Draft> {
    let plan = plan.iter().filter(|it| workspace.wants(it.0));
    let drafts = plan.filter_map(|(path, edits)| {
        let page = cx.document(path).filter(|it| it.condition == Condition::Sound)?;
        let old = page.text.to_string();
        let new = edited(&old, edits);
        (new != old).then(|| Draft::new(page.site.clone(), path.clone(), Content::Text(new)))
    });
    drafts.collect()
}

fn count(fix: &Fix, workspace: &Workspace, cx: &Snapshot) -> usize {
    let pages = workspace.pages(cx);
    let found =
        pages.iter().map(|it| findings(cx, it).iter().filter(|it| fix.selection.takes(it)).count());
    found.sum()
}
