//! `casebook mv`: moves a page, a folder or any other file, and every link with it.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal},
    path::PathBuf,
};

use clap::Args;
use similar::TextDiff;

use super::{FAILED, check::plural, complain, format::clean, print, workspace::Workspace};
use crate::{
    disk,
    features::moves::moves,
    model::{Changes, Path},
    rules::edited,
    settings::{FILE_NAME, Layer},
    world::{Condition, Snapshot},
};

/// What to move, and where.
#[derive(Args, Debug)]
pub(super) struct Mv {
    /// A page, a folder, or any other file of the workspace.
    old: PathBuf,
    /// Its new place; or a folder that is there, to move it into.
    new: PathBuf,
    /// Shows what would change, as a patch, and changes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Moves; the exit code is 0, or 2 if nothing could be, and nothing was changed.
pub(super) fn run(mv: &Mv) -> u8 {
    match plan(mv).and_then(|(cx, changes)| carry_out(mv, &cx, &changes)) {
        Ok(said) => {
            print(&said);
            0
        }
        Err(why) => {
            complain(&clean(&why));
            FAILED
        }
    }
}

type Planned = (std::sync::Arc<Snapshot>, Changes);

fn plan(mv: &Mv) -> Result<Planned, String> {
    let cannot = |error: io::Error| format!("cannot move `{}`: {error}", mv.old.display());
    let old = disk::absolute(&mv.old).map_err(cannot)?;
    let into = if mv.new.is_dir() { mv.new.join(old.name()) } else { mv.new.clone() };
    let new = disk::absolute_new(&into).map_err(cannot)?;
    let root = disk::settings_above(&old).unwrap_or_else(|| disk::root_of(&old));
    let workspace = if let Some((above, here)) = wider(&root, &old) {
        small_enough(&above)?;
        Workspace::open(&[here], &Layer::default())?
    } else {
        small_enough(&root)?;
        Workspace::around(&old, &Layer::default())
    };
    let cx = workspace.world.snapshot();
    if !cx.covers(new.as_str()) {
        return Err(format!("`{}` lies outside the workspace", mv.new.display()));
    }
    if disk::exists(&new)
        && !cx.exists(&new)
        && new.as_str().to_lowercase() != old.as_str().to_lowercase()
    {
        return Err(format!("there is already a `{}`", cx.shown(&new)));
    }
    let changes = moves(&cx, &[(old, new)])?;
    let unsound = changes.edits.keys().filter_map(|it| cx.document(it));
    if let Some(page) = unsound.into_iter().find(|it| it.condition != Condition::Sound) {
        return Err(format!("`{}` links to it, but is not UTF-8", cx.shown(&page.path)));
    }
    Ok((cx, changes))
}

/// The current folder, where nothing above a file tells what folder is the workspace and the file lies
/// somewhere below: what links to it is looked for there.
fn wider(root: &Path, old: &Path) -> Option<(Path, PathBuf)> {
    if root.as_str() != old.folder() || is_marked(root) {
        return None;
    }
    let here = std::env::current_dir().ok()?;
    let above = disk::absolute(&here).ok()?;
    (*root != above && root.inside(above.as_str()).is_some()).then_some((above, here))
}

/// Whether anything in a folder or above it says that it belongs to a workspace.
fn is_marked(root: &Path) -> bool {
    PathBuf::from(root.as_str()).join(".git").exists()
        || disk::settings_above(root).is_some()
        || disk::site_above(root).is_some()
}

/// Refuses a whole disk and the home folder, unless they are said to be a workspace.
fn small_enough(root: &Path) -> Result<(), String> {
    let home = std::env::home_dir().and_then(|it| disk::absolute(&it).ok());
    let is_all = matches!(root.as_str(), "" | "/") || home.is_some_and(|it| it == *root);
    if !is_all || is_marked(root) {
        return Ok(());
    }
    let shown = if root.as_str().is_empty() { "/" } else { root.as_str() };
    Err(format!(
        "all of `{shown}` would be read for links, since nothing says what folder the workspace is: \
         put a `{FILE_NAME}` into the folder of your pages"
    ))
}

fn carry_out(mv: &Mv, cx: &Snapshot, changes: &Changes) -> Result<String, String> {
    if mv.dry_run {
        let patch = patch(cx, changes);
        let seen = io::stdout().is_terminal();
        return Ok(if seen { clean(&patch.replace("\r\n", "\n")) } else { patch });
    }
    disk::make(cx, changes)?;
    let links = changes.edits.values().map(Vec::len).sum::<usize>();
    let moved = changes.moves.iter().fold(String::new(), |mut all, (from, to)| {
        let _ = writeln!(all, "{} -> {}", clean(&cx.shown(from)), clean(&cx.shown(to)));
        all
    });
    let pages = changes.edits.len();
    Ok(format!(
        "{moved}{links} {} rewritten in {pages} {}\n",
        plural(links, "link", "links"),
        plural(pages, "page", "pages")
    ))
}

/// The changes as a patch that `git apply` takes.
fn patch(cx: &Snapshot, changes: &Changes) -> String {
    let mut out = String::new();
    let mut files: Vec<(Path, Path)> = Vec::new();
    for (from, to) in &changes.moves {
        let inside = format!("{from}/");
        let below = cx.below(&inside).filter(|it| !it.as_str().ends_with('/'));
        let carried =
            |it: &Path| Path::new(&format!("{to}{}", &it.as_str()[from.as_str().len()..]));
        files.extend(below.map(|it| (it.clone(), carried(it))));
        if cx.exists(from) {
            files.push((from.clone(), to.clone()));
        }
    }
    let stay = changes.edits.keys().filter(|it| files.iter().all(|file| file.0 != **it));
    let mut all: Vec<(Path, Path)> = stay.map(|it| (it.clone(), it.clone())).collect();
    all.extend(files.iter().cloned());
    all.sort();
    for (from, to) in &all {
        let (old_name, new_name) = (cx.shown(from), cx.shown(to));
        let _ = writeln!(out, "diff --git a/{old_name} b/{new_name}");
        if from != to {
            let _ = writeln!(out, "rename from {old_name}\nrename to {new_name}");
        }
        let (Some(edits), Some(page)) = (changes.edits.get(from), cx.document(from)) else {
            continue;
        };
        let old = page.text.to_string();
        let new = edited(&old, edits);
        let diff = TextDiff::from_lines(&old, &new);
        let header = (format!("a/{old_name}"), format!("b/{new_name}"));
        out.push_str(&diff.unified_diff().header(&header.0, &header.1).to_string());
    }
    out
}
