use serde_json::json;

use super::*;

fn in_editor(section: Value) -> (Settings, Vec<String>) {
    read("/w", None, &Layer::from(section))
}

fn in_file(text: &str) -> (Settings, Vec<(String, String)>) {
    let (settings, _) = read("/w", Some(text), &Layer::default());
    let file = settings.file.clone().expect("it was read from a file");
    let problems = file.problems.into_iter();
    let problems = problems.map(|(span, it)| (text[span.range()].to_owned(), it)).collect();
    (settings, problems)
}

#[test]
fn every_default_is_of_its_kind() {
    for setting in SETTINGS {
        let value = serde_json::from_str(setting.default).expect("it is JSON");
        let mut problems = Vec::new();
        setting.kind.check(setting.key, &Node::from_json(&value), &mut problems);
        assert_eq!(problems, [], "{}", setting.key);
    }
}

#[test]
fn an_editor_may_nest_its_keys_or_dot_them() {
    let (nested, _) = in_editor(json!({"diagnostics": {"debounce": 7}}));
    let (dotted, _) = in_editor(json!({"diagnostics.debounce": 7}));
    assert_eq!((nested.debounce, dotted.debounce), (7, 7));
}

#[test]
fn says_what_is_wrong_in_the_editor_and_keeps_the_rest() {
    let (read, complaints) =
        in_editor(json!({"diagnostics": {"debounce": "soon"}, "files": {"maxSize": 2048}}));
    assert_eq!((read.debounce, read.max_file_size), (100, 2048));
    assert_eq!(
        complaints,
        ["`casebook.diagnostics.debounce` is `\"soon\"`, not a whole number from 0 to 10000"]
    );
}

#[test]
fn says_what_is_wrong_in_the_file_where_it_stands_and_keeps_the_rest() {
    let (read, problems) = in_file(
        "[rules]\nbroken-link = \"grave\"\nbroken-anchor = \"hint\"\nno-such = \"off\"\n\
         [files]\nexclude = [\"a/**\", \"[\"]\nmaxsize = 1\n",
    );
    assert_eq!(read.level("broken-anchor", &"/w/a.md".into()), Some(Level::Hint));
    assert!(read.exclude.matches("/w", &"/w/a/b.md".into()));
    let problems: Vec<_> = problems.iter().map(|it| (&*it.0, &*it.1)).collect();
    assert_eq!(
        problems,
        [
            (
                "\"grave\"",
                "`rules.broken-link` is `\"grave\"`, not one of `error`, `warning`, `info`, `hint` and `off`"
            ),
            ("no-such", "there is no setting `rules.no-such`"),
            (
                "\"[\"",
                "`files.exclude` is `\"[\"`, not a pattern of paths: unclosed character class; missing ']'"
            ),
            ("maxsize", "there is no setting `files.maxsize`: there is `maxSize` and `exclude`"),
        ]
    );
}

#[test]
fn of_many_settings_only_the_one_that_is_meant_is_named() {
    let (_, problems) = in_file("[rules]\nbroken-lnk = \"off\"\n");
    let said = "there is no setting `rules.broken-lnk`; did you mean `broken-link`?";
    assert_eq!(problems, [("broken-lnk".to_owned(), said.to_owned())]);
}

#[test]
fn a_file_that_is_no_toml_is_wrong_at_its_place() {
    let (read, problems) = in_file("[rules\n");
    assert_eq!(read.debounce, 100);
    assert_eq!(problems.len(), 1, "{problems:?}");
}

#[test]
fn what_the_editor_says_counts_before_the_file() {
    let file = "[rules]\nbroken-link = \"hint\"\nbroken-anchor = \"hint\"\n";
    let editor = Layer::from(json!({"rules": {"broken-link": "off"}}));
    let (settings, _) = read("/w", Some(file), &editor);
    let level = |code| settings.level(code, &"/w/a.md".into());
    assert_eq!(level("broken-link"), Some(Level::Off));
    assert_eq!(level("broken-anchor"), Some(Level::Hint));
}
