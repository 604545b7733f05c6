//! Reading settings: the file of a folder, and what an editor lays over it.

use serde_json::Value;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    SETTINGS, defaults,
    kind::{Problem, unknown},
    node::{Data, Node},
};
use crate::{
    model::{Level, Path, Settings, settings::File},
    rules::rule,
    text::Span,
};

/// The name of the file at the root of a folder.
pub const FILE_NAME: &str = "casebook.toml";

/// What is laid over a file of settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// What an editor sets, in its section `casebook`: keys nested or dotted.
    pub set: Value,
    /// Codes of rules that are turned on where they are off; at the level that is set, if one is.
    pub on: Vec<&'static str>,
}

impl From<Value> for Layer {
    fn from(set: Value) -> Self {
        Self { set, on: Vec::new() }
    }
}

/// The settings of the folder at `folder`, and what is wrong with those of the editor.
///
/// `file` is the text of its `casebook.toml`, if it has one. What cannot be used keeps its default;
/// what is wrong in the file stands in the settings themselves.
pub fn read(folder: &str, file: Option<&str>, editor: &Layer) -> (Settings, Vec<String>) {
    let mut settings = defaults(folder);
    if let Some(text) = file {
        let path = Path::new(&format!("{folder}/{FILE_NAME}"));
        let mut file = File { path, text: text.into(), problems: Vec::new(), pages: Vec::new() };
        match parse(text) {
            Ok(root) => {
                take(&mut settings, &root, &mut file.problems);
                file.pages = pages(&root);
            }
            Err(problem) => file.problems.push(problem),
        }
        settings.file = Some(file);
    }
    let mut problems = Vec::new();
    if !editor.set.is_null() {
        lay(&mut settings, &Node::from_json(&editor.set), &mut problems);
    }
    for rule in editor.on.iter().filter_map(|it| rule(it)) {
        let level = settings.rules.get(rule.code).copied().unwrap_or(rule.level);
        if level == Level::Off {
            settings.rules.insert(rule.code.to_owned(), rule.asked());
        }
    }
    let problems =
        problems.into_iter().map(|it| format!("casebook.{}", it.1.trim_start_matches('`')));
    (settings, problems.map(|it| format!("`{it}")).collect())
}

fn parse(text: &str) -> Result<Node, Problem> {
    let table = DeTable::parse(text).map_err(|error| {
        let span = error.span().map_or(Span::default(), Span::from);
        (span, error.message().to_owned())
    })?;
    let span = table.span();
    Ok(Node::from_toml(&Spanned::new(span, DeValue::Table(table.into_inner())), text))
}

/// The paths of pages that names are given to.
fn pages(root: &Node) -> Vec<(Span, String)> {
    let names = root.at("vocabulary.names").into_iter().flat_map(Node::entries);
    let texts = names.filter(|it| matches!(it.1.value, Data::Text(_)));
    texts.map(|it| (it.1.span, it.1.text().to_owned())).collect()
}

/// The keys of the entries of a table, however broken the file is, but for those that touch `but`.
pub(super) fn entries_of(text: &str, table: &[String], but: Span) -> Vec<String> {
    let (root, _) = DeTable::parse_recoverable(text);
    let root = Spanned::new(root.span(), DeValue::Table(root.into_inner()));
    let mut node = &Node::from_toml(&root, text);
    for name in table {
        let Data::Map(entries) = &node.value else { return Vec::new() };
        let Some(inner) = entries.iter().find(|it| it.0 == *name) else { return Vec::new() };
        node = &inner.2;
    }
    let Data::Map(entries) = &node.value else { return Vec::new() };
    let others = entries.iter().filter(|it| !but.touches(it.1.start));
    others.map(|it| it.0.clone()).collect()
}

/// Takes what a file says; complains of keys that are none.
fn take(settings: &mut Settings, root: &Node, problems: &mut Vec<Problem>) {
    lay(settings, root, problems);
    strangers(root, "", problems);
    problems.sort_by_key(|it| it.0);
}

fn lay(settings: &mut Settings, root: &Node, problems: &mut Vec<Problem>) {
    for setting in SETTINGS {
        let Some(value) = root.at(setting.key) else { continue };
        if let Some(value) = setting.kind.check(setting.key, value, problems) {
            (setting.set)(settings, &value);
        }
    }
}

/// Complains of keys that lead to no setting.
fn strangers(node: &Node, above: &str, problems: &mut Vec<Problem>) {
    let Data::Map(entries) = &node.value else { return };
    for (key, at, value) in entries {
        let whole = format!("{above}{key}");
        if SETTINGS.iter().any(|it| it.key == whole) {
            continue;
        }
        let below = format!("{whole}.");
        if SETTINGS.iter().any(|it| it.key.starts_with(&below)) {
            if matches!(value.value, Data::Map(_)) {
                strangers(value, &below, problems);
            } else {
                problems
                    .push((value.span, format!("`{whole}` is `{}`, not a table", value.shown())));
            }
            continue;
        }
        let names = SETTINGS.iter().filter_map(|it| it.key.strip_prefix(above)?.split('.').next());
        let mut names: Vec<&str> = names.collect();
        names.dedup();
        problems.push((*at, unknown(&whole, &names)));
    }
}
