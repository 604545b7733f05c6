//! What the author set for one folder of the workspace, as plain data.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::{Path, Words, site::Stated};
use crate::text::Span;

/// How much a finding matters, or that it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// A reader hits it.
    Error,
    /// Likely wrong.
    Warning,
    /// Worth knowing.
    Info,
    /// A suggestion.
    Hint,
    /// Not looked for.
    Off,
}

impl Level {
    /// Every level, the gravest first.
    pub const ALL: [Self; 5] = [Self::Error, Self::Warning, Self::Info, Self::Hint, Self::Off];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Hint => "hint",
            Self::Off => "off",
        }
    }

    /// The level of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What the author set for one folder of the workspace; everything at its default where nothing is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Settings {
    /// The folder, absolute, that globs are read from.
    pub folder: Box<str>,
    /// Pages larger than this many bytes are known to exist, but not read.
    pub max_file_size: u64,
    /// How many milliseconds the author must be still before findings are shown.
    pub debounce: u64,
    /// Where the manual of the rules is published; empty unless set.
    pub manual: String,
    /// Files that do not count in.
    pub exclude: Globs,
    /// Levels by rule.
    pub rules: Levels,
    /// Levels for some files only; the last that names file and rule wins.
    pub overrides: Vec<Override>,
    /// What is said of names, fields and kinds of pages.
    pub words: Words,
    /// Whether links are offered for bare names while they are typed.
    pub complete_names: bool,
    /// The headings that every study must have.
    pub sections: Vec<String>,
    /// Whether the headings that most studies have are asked for, too.
    pub learn_sections: bool,
    /// What the fields of front matter hold: a name of a type for each.
    pub fields: BTreeMap<String, String>,
    /// Whether lenses count links and uses.
    pub code_lens: bool,
    /// Whether hints show the titles behind links.
    pub inlay_hints: bool,
    /// What is stated of the site at the folder's root.
    pub site: Stated,
    /// The file that it was read from, if there is one.
    pub file: Option<File>,
}

/// Levels by the code of a rule.
pub type Levels = BTreeMap<String, Level>;

/// Levels of rules in some files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Override {
    /// Which files.
    pub files: Globs,
    /// The levels there.
    pub rules: Levels,
}

/// The file of settings, and what is wrong in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it lies.
    pub path: Path,
    /// What is in it.
    pub text: Box<str>,
    /// The places that cannot be used, with a sentence for each.
    pub problems: Vec<(Span, String)>,
    /// The places that name a page, with its path in the folder.
    pub pages: Vec<(Span, String)>,
}

impl Settings {
    /// What is stated of the site at the folder's root and of the names on its pages.
    pub fn stated(&self) -> Stated {
        let words = Words { folder: self.folder.clone(), ..self.words.clone() };
        Stated { words: words.into(), ..self.site.clone() }
    }

    /// How much a finding of a rule in the file at `path` matters: what the last matching override
    /// says, else what is said of the rule; none where nothing is said.
    pub fn level(&self, code: &str, path: &Path) -> Option<Level> {
        let special = self.overrides.iter().rev().filter(|it| it.rules.contains_key(code));
        let mut special = special.filter(|it| it.files.matches(&self.folder, path));
        let rules = special.next().map_or(&self.rules, |it| &it.rules);
        rules.get(code).copied()
    }
}

/// Patterns of paths, as in `.gitignore`: `*` stays within a folder, `**` does not.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    written: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// Whether `glob` is well formed; else why not.
    pub fn check(glob: &str) -> Result<(), String> {
        build(glob).map(|_| ()).map_err(|error| error.kind().to_string())
    }

    /// The patterns that are well formed.
    pub fn new(written: Vec<String>) -> Self {
        let mut set = GlobSetBuilder::new();
        for glob in written.iter().filter_map(|it| build(it).ok()) {
            set.add(glob);
        }
        Self { set: set.build().unwrap_or_default(), written }
    }

    /// Whether a path, read from `folder`, matches one of them.
    pub fn matches(&self, folder: &str, path: &Path) -> bool {
        !self.set.is_empty() && path.inside(folder).is_some_and(|it| self.set.is_match(it))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }
}

fn build(glob: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(glob.strip_prefix('/').unwrap_or(glob)).literal_separator(true).build()
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Globs {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_override_that_names_file_and_rule_wins() {
        let level = |level| Levels::from([("broken-link".to_owned(), level)]);
        let only =
            |glob: &str, it| Override { files: Globs::new(vec![glob.into()]), rules: level(it) };
        let settings = Settings {
            folder: "/w".into(),
            rules: level(Level::Warning),
            overrides: vec![only("drafts/**", Level::Hint), only("drafts/old/*", Level::Off)],
            ..Settings::default()
        };
        let of = |path: &str| settings.level("broken-link", &Path::new(path));
        assert_eq!(of("/w/a.md"), Some(Level::Warning));
        assert_eq!(of("/w/drafts/a.md"), Some(Level::Hint));
        assert_eq!(of("/w/drafts/old/a.md"), Some(Level::Off));
        assert_eq!(of("/w/drafts/old/x/a.md"), Some(Level::Hint));
        assert_eq!(settings.level("broken-anchor", &Path::new("/w/a.md")), None);
    }
}
