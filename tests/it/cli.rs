//! The command line.

use std::process::{Command, Output};

use crate::wire::folder;

fn casebook(arguments: &[&str], at: &std::path::Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook")).args(arguments).current_dir(at).output().unwrap()
}

#[test]
fn check_ends_with_0_when_nothing_is_wrong() {
    let folder = folder(&[("a.md", "[b](b.md)"), ("b.md", "# B")]);
    let out = casebook(&["check"], folder.path());
    assert_eq!((out.status.code(), out.stdout.len()), (Some(0), 0));
}

#[test]
fn check_prints_an_object_a_line_for_programs() {
    let folder = folder(&[("a.md", "é [b](bee.md)"), ("bees.md", "# B")]);
    let out = casebook(&["check", "--format", "json"], folder.path());
    assert_eq!(out.status.code(), Some(1));
    let expected = r#"{"path":"a.md","line":1,"column":7,"end_line":1,"end_column":13,"code":"broken-link","severity":"error","message":"no file `bee.md`","suggestions":["bees.md"],"sure":true}"#;
    assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), expected);
}

#[test]
fn check_underlines_for_people() {
    let folder = folder(&[("a.md", "# A\n\nSee [b](b.md).\n")]);
    let out = casebook(&["check", "."], folder.path());
    expect_test::expect![[r"
        error[broken-link]: no file `b.md`
         --> a.md:3:9
          |
        3 | See [b](b.md).
          |         ^^^^

        1 finding in 1 of 1 file
    "]]
    .assert_eq(&String::from_utf8_lossy(&out.stdout));
}

#[test]
fn check_says_how_many_files_had_findings_and_that_there_are_none_to_check() {
    let folder = folder(&[("a.md", "# A\n"), ("b/c.md", "[x](x.md)\n"), ("d/e.txt", "")]);
    let said = |path: &str| {
        let out = casebook(&["check", path], folder.path());
        let last = String::from_utf8_lossy(&out.stdout).lines().last().map(str::to_owned);
        let complained = String::from_utf8_lossy(&out.stderr).into_owned();
        (out.status.code(), last.unwrap_or_default(), complained)
    };
    assert_eq!(said("a.md"), (Some(0), String::new(), String::new()));
    assert_eq!(said("."), (Some(1), "1 finding in 1 of 2 files".to_owned(), String::new()));
    let (code, last, complained) = said("d");
    assert_eq!((code, &*last), (Some(0), ""));
    assert_eq!(complained, "casebook: there is no Markdown page to check\n");
}

#[test]
fn names_that_are_none_get_only_good_advice() {
    let folder = folder(&[("a.md", "# A\n")]);
    let said = |arguments: &[&str]| {
        let out = casebook(arguments, folder.path());
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    let lists = "`casebook rules` lists them\n";
    assert_eq!(said(&["explain", "zebra"]), format!("casebook: there is no rule `zebra`; {lists}"));
    assert_eq!(
        said(&["explain", "broken-lnk"]),
        format!("casebook: there is no rule `broken-lnk`; did you mean `broken-link`? {lists}")
    );
    assert_eq!(said(&["show", ""]), "casebook: nothing is called ``\n");
}

#[test]
fn check_of_one_page_knows_the_pages_beside_it() {
    let folder = folder(&[("a.md", "[b](b.md) [c](c.md)"), ("b.md", "[d](d.md)")]);
    let out = casebook(&["check", "--format", "json", "a.md"], folder.path());
    let out = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.contains("no file `c.md`"), "{out}");
}

#[test]
fn check_says_why_it_could_not_look() {
    let folder = folder(&[("a.txt", "")]);
    for (path, reason) in
        [("gone", "cannot read `gone`: "), ("a.txt", "it is neither a folder nor")]
    {
        let out = casebook(&["check", path], folder.path());
        assert_eq!(out.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&out.stderr).contains(reason));
    }
}

#[test]
fn check_lets_no_control_characters_through() {
    let folder = folder(&[("a.md", "\u{1b}[31m [b](b\u{1b}.md)")]);
    let out = casebook(&["check"], folder.path());
    assert!(!out.stdout.contains(&0x1b));
}

#[test]
fn the_schemas_that_are_checked_in_are_those_of_the_settings() {
    let folder = folder(&[]);
    let out = casebook(&["schema"], folder.path());
    expect_test::expect_file!["../../editors/casebook.schema.json"]
        .assert_eq(&String::from_utf8_lossy(&out.stdout));
    let out = casebook(&["schema", "--of", "editor"], folder.path());
    let schema: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(schema["properties"]["diagnostics"]["properties"]["debounce"]["default"], 100);
    let out = casebook(&["schema", "--of", "vscode"], folder.path());
    let properties: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let manifest = include_str!("../../editors/vscode/package.json");
    let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
    assert_eq!(
        properties, manifest["contributes"]["configuration"][0]["properties"],
        "editors/vscode/package.json has other settings than the server: \
         node editors/vscode/scripts/settings.mjs"
    );
}

#[test]
fn show_says_which_sites_there_are_and_what_says_so() {
    let folder = folder(&[
        ("mkdocs.yml", "site_url: https://example.org/studies/\nuse_directory_urls: false\n"),
        ("docs/a.md", ""),
        ("README.md", ""),
    ]);
    let out = casebook(&["show", "--site"], folder.path());
    expect_test::expect![[r#"
        MkDocs, by `mkdocs.yml`
          pages        1 in `docs/`
          addresses    `a/b.md` is `a/b.html`  [`use_directory_urls`]
          base         the site begins at `/studies/`  [`site_url`]
          links        `/x` is left as it is: an address on the web server
          theme        `mkdocs`
          heading ids  as Python-Markdown makes them

        GitHub: what belongs to no generator's site
          pages        1 page
          links        name files and folders; `/x` starts from this folder
          heading ids  as GitHub makes them
    "#]]
    .assert_eq(&String::from_utf8_lossy(&out.stdout));
    let of_a_page = casebook(&["show", "--site", "README.md"], folder.path());
    assert!(String::from_utf8_lossy(&of_a_page.stdout).starts_with("GitHub: "));
}

#[test]
fn mv_moves_a_folder_and_the_links_or_shows_them_as_a_patch() {
    let folder = folder(&[
        ("casebook.toml", ""),
        ("index.md", "[Kafka](logs/kafka.md#log)\n"),
        ("logs/kafka.md", "# Log\n[up](../index.md) ![p](p.png)\n"),
        ("logs/p.png", ""),
    ]);
    let run = |arguments: &[&str]| {
        let out = casebook(arguments, folder.path());
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let (code, patch) = run(&["mv", "logs", "a/b", "--dry-run"]);
    assert_eq!(code, Some(0));
    expect_test::expect![[r#"
        diff --git a/index.md b/index.md
        --- a/index.md
        +++ b/index.md
        @@ -1 +1 @@
        -[Kafka](logs/kafka.md#log)
        +[Kafka](a/b/kafka.md#log)
        diff --git a/logs/kafka.md b/a/b/kafka.md
        rename from logs/kafka.md
        rename to a/b/kafka.md
        --- a/logs/kafka.md
        +++ b/a/b/kafka.md
        @@ -1,2 +1,2 @@
         # Log
        -[up](../index.md) ![p](p.png)
        +[up](../../index.md) ![p](p.png)
        diff --git a/logs/p.png b/a/b/p.png
        rename from logs/p.png
        rename to a/b/p.png
    "#]]
    .assert_eq(&patch);
    assert_eq!(read("index.md"), "[Kafka](logs/kafka.md#log)\n");
    let (code, said) = run(&["mv", "logs", "a/b"]);
    assert_eq!((code, &*said), (Some(0), "logs -> a/b\n2 links rewritten in 2 pages\n"));
    assert_eq!(read("index.md"), "[Kafka](a/b/kafka.md#log)\n");
    assert_eq!(read("a/b/kafka.md"), "# Log\n[up](../../index.md) ![p](p.png)\n");
    assert!(!folder.path().join("logs").exists());
    let (code, _) = run(&["mv", "index.md", "a/b/kafka.md"]);
    assert_eq!(code, Some(2));
    assert_eq!(read("index.md"), "[Kafka](a/b/kafka.md#log)\n");
}
