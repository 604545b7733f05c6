//! `casebook fix`: what it writes, and what it refuses to write.

use std::{fs, path::Path, process::Command};

use crate::wire::folder;

#[track_caller]
fn fix(at: &Path, arguments: &[&str], code: i32) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .arg("fix")
        .args(arguments)
        .current_dir(at)
        .output()
        .unwrap();
    let said =
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(code), "{said}");
    said
}

fn files() -> tempfile::TempDir {
    folder(&[
        (
            "studies/aurora.md",
            "\u{feff}# Aurora\r\n\r\nSee [quorum](patterns/quorum.md \"title\").\r\n[x](x.md)\r\n",
        ),
        ("patterns/quorum.md", "# Quorum\n\n[a](a.md)\n"),
        ("p/a.md", "# One\n"),
        ("q/a.md", "# Two\n"),
    ])
}

#[test]
fn writes_safe_repairs_and_leaves_every_other_byte() {
    let folder = files();
    let said = fix(folder.path(), &[], 1);
    assert_eq!(said, "1 of 3 findings repaired in 1 page, 2 left\n");
    assert_eq!(
        fs::read_to_string(folder.path().join("studies/aurora.md")).unwrap(),
        "\u{feff}# Aurora\r\n\r\nSee [quorum](../patterns/quorum.md \"title\").\r\n[x](x.md)\r\n"
    );
    assert_eq!(fix(folder.path(), &[], 1), "0 of 2 findings repaired in 0 pages, 2 left\n");
    let left = fs::read_dir(folder.path().join("studies")).unwrap().count();
    assert_eq!(left, 1, "nothing is left beside the page");
}

#[test]
fn makes_likely_repairs_only_when_asked() {
    let folder = files();
    fix(folder.path(), &["--unsafe"], 1);
    let page = fs::read_to_string(folder.path().join("patterns/quorum.md")).unwrap();
    assert_eq!(page, "# Quorum\n\n[a](../p/a.md)\n");
}

#[test]
fn shows_what_would_change_and_changes_nothing() {
    let folder = files();
    let before = fs::read(folder.path().join("studies/aurora.md")).unwrap();
    let said = fix(folder.path(), &["--diff"], 1);
    let lines: Vec<_> = said.lines().filter(|it| it.starts_with(['+', '-'])).collect();
    assert_eq!(
        lines,
        [
            "--- a/studies/aurora.md",
            "+++ b/studies/aurora.md",
            "-See [quorum](patterns/quorum.md \"title\").",
            "+See [quorum](../patterns/quorum.md \"title\")."
        ]
    );
    assert_eq!(fs::read(folder.path().join("studies/aurora.md")).unwrap(), before);
}

#[test]
fn writes_only_the_pages_that_are_asked_for() {
    let folder = files();
    assert_eq!(fix(folder.path(), &["patterns"], 1).lines().count(), 1);
    let page = fs::read_to_string(folder.path().join("studies/aurora.md")).unwrap();
    assert!(page.contains("(patterns/quorum.md"));
}

#[test]
fn leaves_pages_alone_that_are_not_utf8() {
    let folder = files();
    let bytes = b"caf\xe9 [quorum](patterns/quorum.md)\n";
    fs::write(folder.path().join("studies/cafe.md"), bytes).unwrap();
    fix(folder.path(), &["studies/cafe.md"], 1);
    assert_eq!(fs::read(folder.path().join("studies/cafe.md")).unwrap(), bytes);
}
