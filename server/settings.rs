//! The table of settings: key, what it holds, what it does. Reading them, their schema and their
//! documentation follow from it.
//!
//! The same keys stand in `casebook.toml` at the root of a folder and, below `casebook.`, in an
//! editor. What the editor says counts before the file, the file before the defaults; of `rules` and
//! other tables single entries are laid over each other.

mod assist;
mod file;
mod kind;
mod node;
mod place;
mod schema;

use serde_json::Value;

pub use assist::{Offer, Shape, explain, offers};
pub use file::{FILE_NAME, Layer, read};
pub use kind::Kind;
pub use schema::{editor_schema, file_schema, vscode_properties};

use crate::{
    model::{
        Globs, Level, Settings,
        settings::{Levels, Override},
        site::stated::{ABSOLUTE, ADDRESSES, GENERATORS, IDS},
        vocabulary::FIELDS,
    },
    rules::RULES,
};
use node::Node;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Its key: `files.maxSize`.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The value it has unless set, as JSON.
    pub default: &'static str,
    /// What it does, in Markdown.
    pub doc: &'static str,
    /// Takes a value of its kind.
    set: fn(&mut Settings, &Node),
}

/// Every setting, in the order of the documentation.
#[rustfmt::skip]
pub static SETTINGS: &[Setting] = &[
    Setting { key: "rules", kind: Kind::Map(Some(codes), &LEVEL), default: "{}",
        doc: "How much the findings of a rule matter: `error`, `warning`, `info`, `hint` or `off`.",
        set: |it, to| it.rules.extend(levels(to)) },
    Setting { key: "overrides", kind: Kind::List(&Kind::Record(&[("files", GLOBS), ("rules", Kind::Map(Some(codes), &LEVEL))])), default: "[]",
        doc: "Levels of rules for some files only. The last entry that names both counts.",
        set: |it, to| it.overrides.extend(to.list().iter().map(special)) },
    Setting { key: "files.exclude", kind: GLOBS, default: "[]",
        doc: "Files that do not count in, besides those that `.gitignore` names.",
        set: |it, to| it.exclude = Globs::new(to.texts()) },
    Setting { key: "files.maxSize", kind: Kind::Number(1024, 1 << 30), default: "8388608",
        doc: "Pages larger than this many bytes can be linked to, but are not read.",
        set: |it, to| it.max_file_size = to.number() },
    Setting { key: "pages.study", kind: GLOBS, default: "[]",
        doc: "Which pages are studies. Unless set, Casebook finds out by itself.",
        set: |it, to| it.words.pages.study = Globs::new(to.texts()) },
    Setting { key: "pages.pattern", kind: GLOBS, default: "[]",
        doc: "Which pages describe a pattern. Unless set, Casebook finds out by itself.",
        set: |it, to| it.words.pages.pattern = Globs::new(to.texts()) },
    Setting { key: "pages.index", kind: GLOBS, default: "[]",
        doc: "Which pages list others. Unless set: `index`, `README` and `_index`.",
        set: |it, to| it.words.pages.index = Globs::new(to.texts()) },
    Setting { key: "vocabulary.fields", kind: Kind::Map(None, &KNOWN), default: "{}",
        doc: "Front matter fields of your own, and the known field that each is another word for: `techniques = \"patterns\"`.",
        set: |it, to| it.words.fields.extend(to.entries().map(|(key, it)| (key.to_owned(), it.text().to_owned()))) },
    Setting { key: "vocabulary.names", kind: Kind::Map(None, &Kind::Text), default: "{}",
        doc: "Names of studies and patterns, and the page of each, by its path in the folder: `Kafka = \"messaging/kafka.md\"`.",
        set: |it, to| it.words.names.extend(to.entries().map(|(key, it)| (key.to_owned(), it.text().to_owned()))) },
    Setting { key: "vocabulary.ignore", kind: Kind::List(&Kind::Text), default: "[]",
        doc: "Words that are never the name of anything, in any spelling.",
        set: |it, to| it.words.ignore(&to.texts()) },
    Setting { key: "completion.names", kind: Kind::Bool, default: "false",
        doc: "Offers links for the names of studies and patterns while you write them. Unless set, only when you ask for completion.",
        set: |it, to| it.complete_names = to.truth() },
    Setting { key: "pages.requiredSections", kind: Kind::List(&Kind::Text), default: "[]",
        doc: "Headings that every study must have; `missing-section` looks for them.",
        set: |it, to| it.sections = to.texts() },
    Setting { key: "pages.learnSections", kind: Kind::Bool, default: "false",
        doc: "Whether `missing-section` also looks for the headings of the second level that at least four of five studies of the folder have, once there are five studies.",
        set: |it, to| it.learn_sections = to.truth() },
    Setting { key: "pages.fields", kind: Kind::Map(None, &FIELD), default: "{}",
        doc: "What the fields of front matter hold: `text`, `number`, `boolean`, `date`, `list`, `map` or `any`. Once a field is named, `front-matter-field` reports those that are not.",
        set: |it, to| it.fields.extend(to.entries().map(|(key, it)| (key.to_owned(), it.text().to_owned()))) },
    Setting { key: "site.generator", kind: GENERATOR, default: "\"auto\"",
        doc: "What makes the site at the folder's root. Unless set, its configuration file says so; without one, pages are read as GitHub shows them.",
        set: |it, to| it.site.generator = named(&GENERATORS, to) },
    Setting { key: "site.docs", kind: Kind::Text, default: "\"\"",
        doc: "The folder of the site's pages. Unless set, the generator's configuration says where it is.",
        set: |it, to| it.site.docs = text(to) },
    Setting { key: "site.addresses", kind: ADDRESS, default: "\"auto\"",
        doc: "What the address of the page `a/b.md` looks like: `a/b.md` (`files`), `a/b.html` (`html`), `a/b/` (`folders`), `a/b` (`bare`).",
        set: |it, to| it.site.addresses = named(&ADDRESSES, to) },
    Setting { key: "site.base", kind: Kind::Text, default: "\"\"",
        doc: "The address of the site, or its path on the web server: `/studies/`.",
        set: |it, to| it.site.base = text(to) },
    Setting { key: "site.absolute", kind: SLASH, default: "\"auto\"",
        doc: "What `/x` in a Markdown link starts from: the folder of the pages (`docs`), or the web server (`server`).",
        set: |it, to| it.site.absolute = named(&ABSOLUTE, to) },
    Setting { key: "site.ids", kind: ID, default: "\"auto\"",
        doc: "Whose rules make the ids of headings.",
        set: |it, to| it.site.ids = named(&IDS, to) },
    Setting { key: "diagnostics.manual", kind: Kind::Text, default: "\"\"",
        doc: "The address at which you publish `casebook rules --format markdown`; the code of each finding links there.",
        set: |it, to| to.text().clone_into(&mut it.manual) },
    Setting { key: "diagnostics.debounce", kind: Kind::Number(0, 10_000), default: "100",
        doc: "How many milliseconds you must be still before findings are shown.",
        set: |it, to| it.debounce = to.number() },
    Setting { key: "codeLens.enabled", kind: Kind::Bool, default: "false",
        doc: "Shows above pages and headings how many links lead there, and above patterns how many systems use them.",
        set: |it, to| it.code_lens = to.truth() },
    Setting { key: "inlayHints.enabled", kind: Kind::Bool, default: "false",
        doc: "Shows the title of the page behind a link whose text says something else.",
        set: |it, to| it.inlay_hints = to.truth() },
];

const GENERATOR: Kind = Kind::OneOf(&names(&GENERATORS));
const ADDRESS: Kind = Kind::OneOf(&names(&ADDRESSES));
const SLASH: Kind = Kind::OneOf(&names(&ABSOLUTE));
const ID: Kind = Kind::OneOf(&names(&IDS));

const KNOWN: Kind = Kind::OneOf(&{
    let mut names = [""; FIELDS.len()];
    let mut at = 0;
    while at < FIELDS.len() {
        names[at] = FIELDS[at].name;
        at += 1;
    }
    names
});

/// The names of a list.
const fn names<T: Copy, const N: usize>(all: &[(&'static str, Option<T>); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = all[at].0;
        at += 1;
    }
    names
}

/// What a name of the list means; nothing for `auto`.
fn named<T: Copy>(names: &[(&str, Option<T>)], node: &Node) -> Option<T> {
    names.iter().find(|it| it.0 == node.text()).and_then(|it| it.1)
}

fn text(node: &Node) -> Option<Box<str>> {
    Some(node.text()).filter(|it| !it.is_empty()).map(Into::into)
}

const GLOBS: Kind = Kind::List(&Kind::Glob);
const LEVEL: Kind = Kind::OneOf(&["error", "warning", "info", "hint", "off"]);
const FIELD: Kind = Kind::OneOf(&["text", "number", "boolean", "date", "list", "map", "any"]);

/// The codes of all rules: what may stand in `rules`.
fn codes() -> Vec<&'static str> {
    RULES.iter().map(|it| it.code).collect()
}

fn levels(node: &Node) -> Levels {
    let entries = node.entries();
    entries.filter_map(|(code, it)| Some((code.to_owned(), Level::named(it.text())?))).collect()
}

fn special(node: &Node) -> Override {
    let part = |name: &str| node.entries().find(|it| it.0 == name).map(|it| it.1);
    Override {
        files: Globs::new(part("files").map(Node::texts).unwrap_or_default()),
        rules: part("rules").map(levels).unwrap_or_default(),
    }
}

/// The settings where nobody set anything, for the folder of this path.
pub fn defaults(folder: &str) -> Settings {
    let mut settings = Settings { folder: folder.into(), ..Settings::default() };
    for setting in SETTINGS {
        let value: Value = serde_json::from_str(setting.default).unwrap_or_default();
        (setting.set)(&mut settings, &Node::from_json(&value));
    }
    settings
}

#[cfg(test)]
mod tests;
