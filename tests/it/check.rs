//! `casebook check` as teams use it: formats, selections, baselines, revisions.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Output, Stdio},
    sync::mpsc::channel,
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::wire::{folder, write};

fn casebook(at: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook")).args(arguments).current_dir(at).output().unwrap()
}

#[track_caller]
fn check(at: &Path, arguments: &[&str], code: i32) -> String {
    let out = casebook(at, &[&["check", "--format", "plain"], arguments].concat());
    let (said, complained) =
        (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert_eq!(out.status.code(), Some(code), "{said}{complained}");
    format!("{said}{complained}")
}

fn git(at: &Path, arguments: &[&str]) {
    let who =
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let out = Command::new("git").args(who).args(arguments).current_dir(at).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn sarif_is_valid_by_the_schema_of_the_standard() {
    let folder = folder(&[("a b.md", "# A\n[b](b.md) [x](#y)\n"), ("c.md", "[r][s]\n")]);
    let out = casebook(folder.path(), &["check", "--format", "sarif"]);
    let log: Value = serde_json::from_slice(&out.stdout).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let schema: Value = serde_json::from_str(include_str!("sarif-2.1.0.json")).unwrap();
    compiler.add_resource("https://example.org/sarif", schema).unwrap();
    let schema = compiler.compile("https://example.org/sarif", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&log, schema) {
        panic!("{error}");
    }
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    let at = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(at["artifactLocation"]["uri"], "a%20b.md");
    assert_eq!((&at["region"]["startLine"], &at["region"]["startColumn"]), (&2.into(), &5.into()));
}

#[test]
fn nothing_is_said_of_anchors_of_a_page_that_is_too_large_to_be_read() {
    let large = format!("# B\n{}", "Six copies. ".repeat(200));
    let settings = "files.maxSize = 1024\n";
    let folder =
        folder(&[("casebook.toml", settings), ("a.md", "[b](b.md#copies)\n"), ("b.md", &large)]);
    let said = "casebook: `b.md` is not read: 2404 bytes are more than `files.maxSize`\n";
    assert_eq!(check(folder.path(), &[], 0), said);
    write(&folder, "casebook.toml", "files.maxSize = 4096\n");
    assert!(check(folder.path(), &[], 1).contains("no heading `#copies`"));
}

#[test]
fn what_a_message_says_is_not_asked_again() {
    let folder = folder(&[("a.md", "[q](Quorum.md) [r](quorums.md)\n"), ("quorum.md", "# Q\n")]);
    assert_eq!(
        check(folder.path(), &[], 1),
        "a.md:1:5: error[case-mismatch]: no file `Quorum.md`: it is written `quorum.md`\n\
         a.md:1:20: error[broken-link]: no file `quorums.md`; did you mean `quorum.md`?\n"
    );
}

#[test]
fn rules_are_selected_ignored_and_weighed() {
    let folder = folder(&[("a.md", "# A\n[b](b.md) [x](#y) [r][s]\n")]);
    let lines = |arguments: &[&str], code| check(folder.path(), arguments, code).lines().count();
    assert_eq!(lines(&[], 1), 3);
    assert_eq!(lines(&["--select", "broken-link,undefined-reference"], 1), 2);
    assert_eq!(lines(&["--ignore", "broken-link"], 1), 2);
    assert_eq!(lines(&["--ignore", "links"], 0), 0);
    assert_eq!(lines(&["--severity", "error"], 1), 2);
    let said = check(folder.path(), &["--select", "brokenlink"], 2);
    assert!(said.contains("there is no such rule or category"), "{said}");
}

#[test]
fn a_selected_rule_has_the_level_that_is_set_or_its_own_where_it_is_off() {
    let folder = folder(&[("a.md", "# A\n[b](b.md)\n")]);
    let level = |settings: &str, rule: &str| {
        write(&folder, "casebook.toml", settings);
        let said = check(folder.path(), &["--select", rule], 1);
        said.split(' ').nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(level("", "orphan-page"), "info[orphan-page]:");
    assert_eq!(level("rules.orphan-page = 'warning'", "orphan-page"), "warning[orphan-page]:");
    assert_eq!(level("rules.broken-link = 'off'", "broken-link"), "error[broken-link]:");
}

#[test]
fn a_page_from_standard_input_is_checked_as_if_it_were_saved() {
    let folder = folder(&[("p/b.md", "# B\n")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["check", "--format", "plain", "--stdin", "--stdin-path", "p/a.md"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"[b](b.md) [c](c.md)\n").unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&out.stdout),
        "p/a.md:1:15: error[broken-link]: no file `c.md`\n"
    );
    assert_eq!(out.status.code(), Some(1));
}

#[test]
fn only_findings_that_are_not_in_the_baseline_fail() {
    let twice = "<a id=\"x\"></a> <a id=\"x\"></a>\n";
    let folder = folder(&[("a.md", &format!("[b](b.md)\n[b](b.md)\n{twice}"))]);
    let at = folder.path();
    check(at, &["--baseline", "known.json", "--write-baseline"], 0);
    assert_eq!(check(at, &["--baseline", "known.json"], 0), "");
    write(&folder, "a.md", &format!("# A\n\n[b](b.md) [b](b.md) [b](b.md)\n\n\n{twice}"));
    assert_eq!(check(at, &["--baseline", "known.json"], 1).lines().count(), 1);
    let said = check(at, &["--baseline", "none.json"], 2);
    assert!(said.contains("cannot read the baseline `none.json`"), "{said}");
}

#[test]
fn a_change_is_blamed_for_what_it_brought_here_and_elsewhere() {
    let folder = folder(&[
        ("a.md", "[gone](gone.md) [b](b.md#b)\n"),
        ("b.md", "# B\n"),
        ("c.md", "[gone](gone.md)\n"),
        ("d.md", "# D\n"),
    ]);
    let at = folder.path();
    git(at, &["init", "-q"]);
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "one"]);
    assert_eq!(check(at, &["--changed-since", "HEAD"], 0), "");
    write(&folder, "b.md", "# Bee\n\n[x](x.md)\n");
    write(&folder, "e.md", "[y](y.md)\n");
    fs::remove_file(at.join("d.md")).unwrap();
    assert_eq!(
        check(at, &["--changed-since", "HEAD"], 1),
        "a.md:1:26: error[broken-anchor]: no heading `#b` in `b.md`\n\
         b.md:3:5: error[broken-link]: no file `x.md`\n\
         e.md:1:5: error[broken-link]: no file `y.md`\n"
    );
    assert!(check(at, &["--changed-since", "no-such"], 2).contains("git diff"));
}

#[test]
fn a_change_on_disk_is_checked_again_while_watching() {
    let folder = folder(&[("a.md", "[b](b.md)\n"), ("casebook.toml", "")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["check", "--format", "plain", "--watch"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (tell, told) = channel();
    let said = BufReader::new(child.stdout.take().unwrap());
    let reader =
        thread::spawn(move || said.lines().map_while(Result::ok).try_for_each(|it| tell.send(it)));
    let hear = |wanted: &str| {
        while told.recv_timeout(Duration::from_secs(30)).expect("it is said") != wanted {}
    };
    hear("a.md:1:5: error[broken-link]: no file `b.md`");
    write(&folder, "c.md", "[d](d.md)\n");
    hear("c.md:1:5: error[broken-link]: no file `d.md`");
    write(&folder, "casebook.toml", "rules.broken-link = 'warning'\n");
    hear("c.md:1:5: warning[broken-link]: no file `d.md`");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(reader.join());
}

#[test]
fn statistics_count_by_rule() {
    let folder = folder(&[("a.md", "[b](b.md) [b](b.md) [x](#y)\n"), ("c.md", "[d](d.md)\n")]);
    assert_eq!(
        check(folder.path(), &["--statistics", "--jobs", "1"], 1),
        "      3  broken-link in 2 pages\n      1  broken-anchor in 1 page\n"
    );
}

#[test]
fn settings_above_the_folder_count_and_what_is_wrong_in_them_is_found() {
    let folder = folder(&[
        ("casebook.toml", "[rules]\nbroken-link = \"off\"\nbroken-anchor = 1\n"),
        ("p/a.md", "[b](b.md) [c](../c.md#c)\n"),
        ("c.md", "# D\n"),
    ]);
    let levels =
        "`rules.broken-anchor` is `1`, not one of `error`, `warning`, `info`, `hint` and `off`";
    assert_eq!(
        check(folder.path(), &[], 1),
        format!(
            "casebook.toml:3:17: warning[bad-setting]: {levels}\n\
             p/a.md:1:23: error[broken-anchor]: no heading `#c` in `c.md`\n"
        )
    );
    assert_eq!(check(&folder.path().join("p"), &[], 1).lines().count(), 1);
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = folder(&[]);
    let listed = casebook(folder.path(), &["rules", "--format", "json"]).stdout;
    let listed: Vec<Value> = serde_json::from_slice(&listed).unwrap();
    for rule in listed {
        let code = rule["code"].as_str().unwrap();
        let said = casebook(folder.path(), &["explain", code]).stdout;
        assert!(String::from_utf8_lossy(&said).starts_with(code));
    }
    let out = casebook(folder.path(), &["explain", "brokenlink"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("did you mean `broken-link`?"));
}
