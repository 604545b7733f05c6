//! What CI runs: the hooks of pre-commit and the steps of the GitHub Action, as they are written.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::wire::{folder, write};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a line of shell with our program first on the PATH.
fn bash(script: &str, at: &Path, set: &BTreeMap<String, String>) -> Output {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_casebook"));
    let path = std::env::var("PATH").unwrap();
    Command::new("bash")
        .args(["-e", "-c", script])
        .current_dir(at)
        .env("PATH", format!("{}:{path}", program.parent().unwrap().display()))
        .envs(set)
        .output()
        .unwrap()
}

fn words(file: &str, key: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let found = text.lines().filter_map(|it| it.trim().strip_prefix(key)?.strip_prefix(": "));
    found.map(str::to_owned).collect()
}

#[test]
fn the_hooks_of_pre_commit_check_and_repair() {
    let entries = words(".pre-commit-hooks.yaml", "entry");
    let [check, fix] = &entries[..] else { panic!("{entries:?}") };
    let folder = folder(&[("a.md", "[q](gone/quorum.md)\n"), ("p/quorum.md", "# Quorum\n")]);
    let run = |line: &str| bash(line, folder.path(), &BTreeMap::new());
    let found = run(check);
    assert_eq!(found.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&found.stdout).starts_with("a.md:1:5: error[broken-link]: "));
    assert_eq!(run(fix).status.code(), Some(0));
    assert_eq!(run(check).status.code(), Some(0));
}

/// The script of a step of the action, and its environment with the inputs put in.
fn step(name: &str, inputs: &[(&str, &str)]) -> (String, BTreeMap<String, String>) {
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    let step = text.split("    - name: ").find(|it| it.starts_with(&format!("{name}\n"))).unwrap();
    let (head, run) = step.split_once("      run: ").unwrap();
    let script = match run.strip_prefix("|\n") {
        Some(block) => {
            block.lines().map(|it| it.get(8..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
        }
        None => run.to_owned(),
    };
    let env = head.lines().skip_while(|it| it.trim() != "env:").skip(1);
    let env = env.filter_map(|it| it.trim().split_once(": ")).map(|(name, value)| {
        let input = value.trim_start_matches("${{ ").trim_end_matches(" }}");
        let key = input.strip_prefix("inputs.").or(input.strip_prefix("steps.check.outputs."));
        let set = inputs.iter().find(|it| Some(it.0) == key).map(|it| it.1).unwrap_or_default();
        (name.to_owned(), set.to_owned())
    });
    (script, env.collect())
}

#[test]
fn the_action_writes_sarif_annotates_and_fails_like_the_check() {
    let folder = folder(&[("docs/a.md", "[b](b.md)\n")]);
    let output = folder.path().join("output");
    let action = |inputs: &[(&str, &str)]| {
        let usual = [
            ("casebook", "casebook"),
            ("path", "docs"),
            ("severity", "warning"),
            ("sarif", "out.sarif"),
        ];
        let all = [inputs, &usual].concat();
        let (script, mut env) = step("Check", &all);
        env.insert("GITHUB_OUTPUT".to_owned(), output.display().to_string());
        fs::write(&output, "").unwrap();
        let run = bash(&script, folder.path(), &env);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let code =
            fs::read_to_string(&output).unwrap().trim().strip_prefix("code=").unwrap().to_owned();
        let (script, env) = step("Result", &[("code", &code)]);
        (String::from_utf8(run.stdout).unwrap(), bash(&script, folder.path(), &env).status.code())
    };
    let (said, code) = action(&[]);
    assert!(said.starts_with("::error file=docs/a.md,line=1,"), "{said}");
    assert_eq!(code, Some(1));
    let log: Value =
        serde_json::from_slice(&fs::read(folder.path().join("out.sarif")).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 1);
    let known = bash(
        "casebook check docs --baseline known.json --write-baseline",
        folder.path(),
        &BTreeMap::new(),
    );
    assert!(known.status.success());
    assert_eq!(action(&[("baseline", "known.json")]), (String::new(), Some(0)));
    write(&folder, "docs/c.md", "[d](d.md)\n");
    assert_eq!(action(&[("baseline", "known.json")]).1, Some(1));
    assert_eq!(action(&[("path", "gone")]).1, Some(2));
}
