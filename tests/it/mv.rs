//! `casebook mv` on disk: in a repository of git, and where something goes wrong midway.

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::wire::{folder, write};

const FILES: &[(&str, &str)] = &[
    ("casebook.toml", ""),
    ("index.md", "# Index\n\n[Kafka](logs/kafka.md#log)\n"),
    ("logs/kafka.md", "# Log\n\n[up](../index.md) ![p](p.png)\n"),
    ("logs/p.png", "a picture"),
];

/// Runs a program in a folder; what it says, and what it complains of.
#[track_caller]
fn run(folder: &TempDir, program: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(program);
    // Nothing of the person who runs the tests counts.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let out = command.args(arguments).current_dir(folder.path()).output().unwrap();
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    (out.status.code().unwrap(), text(&out.stdout), text(&out.stderr))
}

#[track_caller]
fn git(folder: &TempDir, arguments: &[&str]) -> String {
    let (code, said, why) = run(folder, "git", arguments);
    assert_eq!(code, 0, "git {arguments:?}: {why}");
    said
}

fn mv(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    run(folder, env!("CARGO_BIN_EXE_casebook"), &[&["mv"], arguments].concat())
}

/// The files of a folder in a repository, committed.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = folder(files);
    git(&folder, &["init", "-q"]);
    commit(&folder);
    folder
}

fn commit(folder: &TempDir) {
    git(folder, &["add", "."]);
    let author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    git(folder, &[&author[..], &["commit", "-q", "-m", "all"]].concat());
}

/// Every file but git's own, and what is in it.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.push((path.display().to_string(), "a folder".to_owned()));
            if path.file_name().unwrap() != ".git" {
                found.extend(files(&path));
            }
        } else {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn git_takes_note_of_a_move_and_sees_the_rewritten_links_as_changes() {
    let folder = repository(FILES);
    let (code, said, _) = mv(&folder, &["logs/kafka.md", "streams/log.md"]);
    assert_eq!(
        (code, &*said),
        (0, "logs/kafka.md -> streams/log.md\n2 links rewritten in 2 pages\n")
    );
    let status = git(&folder, &["status", "--short"]);
    assert_eq!(status, " M index.md\nRM logs/kafka.md -> streams/log.md\n");
    let moved = fs::read_to_string(folder.path().join("streams/log.md")).unwrap();
    assert_eq!(moved, "# Log\n\n[up](../index.md) ![p](../logs/p.png)\n");
}

#[test]
fn what_git_does_not_know_and_what_is_not_committed_moves_along() {
    let folder = repository(FILES);
    write(&folder, "logs/new.md", "[k](kafka.md) [i](../index.md)\n");
    write(&folder, "logs/kafka.md", "# Log\n\nNot committed. [up](../index.md)\n");
    let (code, said, _) = mv(&folder, &["logs", "a/logs"]);
    assert_eq!((code, &*said), (0, "logs -> a/logs\n3 links rewritten in 3 pages\n"));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("a/logs/new.md"), "[k](kafka.md) [i](../../index.md)\n");
    assert_eq!(read("a/logs/kafka.md"), "# Log\n\nNot committed. [up](../../index.md)\n");
    let status = git(&folder, &["status", "--short"]);
    let expected = "RM logs/kafka.md -> a/logs/kafka.md\nR  logs/p.png -> a/logs/p.png\n M index.md\n?? a/logs/new.md\n";
    assert_eq!(status, expected);
    // A file of its own that git does not know.
    let (code, _, why) = mv(&folder, &["a/logs/new.md", "b.md"]);
    assert_eq!((code, &*why), (0, ""));
    assert_eq!(read("b.md"), "[k](a/logs/kafka.md) [i](index.md)\n");
}

#[test]
fn the_patch_of_a_dry_run_does_what_the_move_does() {
    let odd = &[
        ("casebook.toml", ""),
        ("index.md", "# Index\r\n\r\n[a](<a b/é.md>) [q](a%20b/q\"q.md)\r\nno line break"),
        ("a b/é.md", "[up](../index.md)"),
        ("a b/q\"q.md", "# Q\n"),
    ];
    let (moved, patched) = (repository(odd), repository(odd));
    let (code, patch, _) = mv(&patched, &["a b", "c/d e", "--dry-run"]);
    assert_eq!(code, 0);
    assert_eq!(git(&patched, &["status", "--short"]), "", "a dry run changes nothing");
    fs::write(patched.path().join(".git/patch"), &patch).unwrap();
    git(&patched, &["apply", ".git/patch"]);
    assert_eq!(mv(&moved, &["a b", "c/d e"]).0, 0);
    let inside = |folder: &TempDir| {
        let root = folder.path().display().to_string();
        let all = files(folder.path()).into_iter();
        all.map(|(path, text)| (path.replace(&root, ""), text)).collect::<Vec<_>>()
    };
    assert_eq!(inside(&patched), inside(&moved), "{patch}");
}

#[test]
fn a_move_that_fails_midway_leaves_everything_as_it_was() {
    let folder = repository(FILES);
    // Links are rewritten before git refuses to move, since someone else is at it.
    write(&folder, ".git/index.lock", "");
    let before = files(folder.path());
    let (code, said, why) = mv(&folder, &["logs", "a/b"]);
    assert_eq!((code, &*said), (2, ""));
    assert!(why.contains("cannot move `logs`: ") && why.contains("index.lock"), "{why}");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn nothing_is_ever_written_over() {
    let folder = repository(FILES);
    write(&folder, "there.txt", "mine");
    fs::create_dir(folder.path().join("empty")).unwrap();
    write(&folder, "ignored/kafka.md", "mine, too");
    write(&folder, ".gitignore", "ignored/\n");
    let before = files(folder.path());
    for to in ["there.txt", "index.md", "ignored/kafka.md", "ignored", "there.txt/kafka.md"] {
        let (code, said, why) = mv(&folder, &["logs/kafka.md", to]);
        assert_eq!((code, &*said), (2, ""), "{to}");
        assert!(!why.is_empty(), "{to}");
        assert_eq!(files(folder.path()), before, "{to}: {why}");
    }
    // Into a folder that is there, as `mv` does.
    assert_eq!(mv(&folder, &["logs/kafka.md", "empty"]).0, 0);
    assert!(folder.path().join("empty/kafka.md").exists());
}

#[test]
fn without_a_repository_links_are_looked_for_below_where_the_user_stands() {
    let folder = folder(&FILES[1..]);
    let (code, said, why) = mv(&folder, &["logs/kafka.md", "logs/apache.md"]);
    assert_eq!((code, &*why), (0, ""));
    assert_eq!(said, "logs/kafka.md -> logs/apache.md\n1 link rewritten in 1 page\n");
    let index = fs::read_to_string(folder.path().join("index.md")).unwrap();
    assert_eq!(index, "# Index\n\n[Kafka](logs/apache.md#log)\n");
}

#[test]
fn the_home_folder_is_no_workspace_unless_it_says_so() {
    let folder = folder(&[("a.md", "# A\n"), ("notes/b.md", "[a](../a.md)\n")]);
    let at_home = |old: &str, new: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        let home = fs::canonicalize(folder.path()).unwrap();
        command.env("HOME", &home).env("USERPROFILE", &home);
        let out = command.args(["mv", old, new]).current_dir(&home).output().unwrap();
        (out.status.code().unwrap(), String::from_utf8(out.stderr).unwrap())
    };
    for (old, new) in [("a.md", "c.md"), ("notes/b.md", "c.md")] {
        let (code, why) = at_home(old, new);
        assert_eq!(code, 2);
        let name = folder.path().file_name().unwrap().to_str().unwrap();
        assert!(why.contains(&format!("{name}` would be read")), "{why}");
        assert!(why.contains("put a `casebook.toml`"), "{why}");
        assert!(!folder.path().join(new).exists());
    }
    write(&folder, "casebook.toml", "");
    assert_eq!(at_home("a.md", "c.md"), (0, String::new()));
}
