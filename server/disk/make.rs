//! Changes of the workspace made on disk: all of one, or nothing.

use std::{
    fs, io,
    path::{Path as FsPath, PathBuf},
    process::{Command, Stdio},
};

use super::{Written, from_fs, write};
use crate::{
    model::{Changes, Path},
    text::edited,
    world::Snapshot,
};

/// Something that was done, and can be undone.
#[derive(Debug)]
enum Done {
    /// A page was written: what it was, what it is.
    Wrote(Path, String, String),
    /// A folder was made.
    Made(PathBuf),
    /// A file or folder was moved, by git or not.
    Moved(Path, Path, bool),
}

/// Makes a change: edits pages, then moves files. Files that git knows are moved by git.
///
/// Where something fails, what was done is undone; the error is a sentence that says what failed.
/// Files are neither created nor deleted.
pub fn make(cx: &Snapshot, changes: &Changes) -> Result<(), String> {
    let mut done = Vec::new();
    let made = all(cx, changes, &mut done);
    if made.is_err() {
        done.into_iter().rev().for_each(undo);
    }
    made
}

fn all(cx: &Snapshot, changes: &Changes, done: &mut Vec<Done>) -> Result<(), String> {
    for (path, edits) in &changes.edits {
        let shown = cx.shown(path);
        let Some(page) = cx.document(path) else { continue };
        let old = page.text.to_string();
        let new = edited(&old, edits);
        match write(path, &old, &new) {
            Ok(Written::Whole) => done.push(Done::Wrote(path.clone(), old, new)),
            Ok(Written::Changed) => return Err(format!("`{shown}` changed meanwhile")),
            Err(error) => return Err(format!("cannot write `{shown}`: {error}")),
        }
    }
    for (from, to) in &changes.moves {
        let cannot = |error: io::Error| format!("cannot move `{}`: {error}", cx.shown(from));
        make_folders(FsPath::new(to.folder()), done).map_err(cannot)?;
        let by_git = is_tracked(from);
        shift(from, to, by_git).map_err(cannot)?;
        done.push(Done::Moved(from.clone(), to.clone(), by_git));
    }
    Ok(())
}

fn make_folders(folder: &FsPath, done: &mut Vec<Done>) -> io::Result<()> {
    let mut missing: Vec<&FsPath> = folder.ancestors().take_while(|it| !it.exists()).collect();
    while let Some(folder) = missing.pop() {
        fs::create_dir(folder)?;
        done.push(Done::Made(folder.to_owned()));
    }
    Ok(())
}

fn shift(from: &Path, to: &Path, by_git: bool) -> io::Result<()> {
    if !by_git {
        return fs::rename(from.as_str(), to.as_str());
    }
    let answer = git(from).args(["mv", "--", from.as_str(), to.as_str()]).output()?;
    if answer.status.success() {
        return Ok(());
    }
    Err(io::Error::other(String::from_utf8_lossy(&answer.stderr).trim().to_owned()))
}

/// Whether git knows the file, or a file in the folder.
fn is_tracked(path: &Path) -> bool {
    let asked = git(path).args(["ls-files", "--error-unmatch", "--", path.as_str()]).output();
    asked.is_ok_and(|it| it.status.success())
}

fn git(path: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(path.folder()).stdin(Stdio::null());
    command
}

/// As far as it can be; whoever reads the error of what failed first has to look anyway.
fn undo(done: Done) {
    match done {
        Done::Wrote(path, old, new) => drop(write(&path, &new, &old)),
        Done::Made(folder) => drop(fs::remove_dir(folder)),
        Done::Moved(from, to, by_git) => drop(shift(&to, &from, by_git)),
    }
}

/// An absolute path of ours for a path that need not be there, links resolved as far as it is.
pub fn absolute_new(path: &FsPath) -> io::Result<Path> {
    let whole = std::path::absolute(path)?;
    let there = whole.ancestors().find(|it| it.exists()).unwrap_or(FsPath::new("/"));
    let rest = whole.strip_prefix(there).unwrap_or(FsPath::new(""));
    let real = fs::canonicalize(there)?;
    let real = if rest.as_os_str().is_empty() { real } else { real.join(rest) };
    from_fs(&real).ok_or_else(|| io::Error::other("its path is not Unicode"))
}
