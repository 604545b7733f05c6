//! Floor 4: what can be wrong with a page, one rule a file.

mod absolute_link;
mod ambiguous_link;
mod bad_setting;
mod broken_anchor;
mod broken_field;
mod broken_link;
mod cache;
mod case_mismatch;
mod conflicting_figure;
mod duplicate_anchor;
mod duplicate_definition;
mod duplicate_title;
mod empty_link;
mod fix;
mod front_matter_field;
mod front_matter_syntax;
mod heading_skips_level;
mod judge;
mod link_outside_workspace;
mod link_to_folder;
mod listed_twice;
mod listing;
mod missing_section;
mod mojibake;
mod near;
mod not_utf8;
mod orphan_page;
mod portable_anchor;
mod rows;
mod self_link;
mod stale_count;
mod stale_toc;
mod suppression;
mod table;
mod table_drift;
mod template;
mod undefined_reference;
mod unknown_pattern;
mod unknown_system;
mod unlinked_mention;
mod unlisted_study;
mod unused_definition;
mod url_style_link;
mod useless_suppression;

pub use crate::text::edited;
pub use bad_setting::settings_findings;
pub use cache::Cache;
pub use fix::{Fix, Risk, fixes, together};
pub use rows::Row;
pub use suppression::Marks;
pub use table::RULES;
pub use template::template;

use crate::{
    model::{
        Key, Level, Path,
        knowledge::{Fact, Says},
    },
    text::Span,
    world::{Document, Snapshot},
};

/// One thing that can be wrong.
#[derive(Debug)]
pub struct Rule {
    /// Its name: `broken-link`.
    pub code: &'static str,
    /// What it finds, in a sentence, lower case, without a full stop.
    pub title: &'static str,
    /// What it is about.
    pub category: Category,
    /// How much it matters, unless the settings say otherwise.
    pub level: Level,
    /// Whether it can be repaired.
    pub fixes: Safety,
    /// The version that brought it.
    pub since: &'static str,
    /// Its page of the manual, in Markdown.
    pub docs: &'static str,
    check: fn(&Snapshot, &Document) -> Vec<Found>,
    fix: fn(&Snapshot, &Document, &Finding) -> Vec<Fix>,
}

impl Rule {
    /// How much it matters to someone who asks for it: its level, or `info` where it is off.
    pub fn asked(&self) -> Level {
        if self.level == Level::Off { Level::Info } else { self.level }
    }
}

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Where links lead.
    Links,
    /// How pages are made.
    Pages,
    /// What pages say of systems, patterns and figures.
    Knowledge,
    /// How Casebook itself is told what to do.
    Settings,
}

impl Category {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Pages => "pages",
            Self::Knowledge => "knowledge",
            Self::Settings => "settings",
        }
    }
}

/// Whether a finding can be repaired without a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// It cannot.
    No,
    /// Some or all can: exactly one repair fits.
    Safe,
    /// There is a repair that is likely right.
    Unsafe,
    /// Repairs are offered; a person picks.
    Choice,
}

impl Safety {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "none",
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Choice => "offered",
        }
    }
}

/// What a rule found at one place.
#[derive(Debug)]
struct Found {
    span: Span,
    message: String,
    suggestions: Vec<String>,
    sure: bool,
    related: Vec<Related>,
}

impl Found {
    fn new(span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { span, message, suggestions: Vec::new(), sure: false, related: Vec::new() }
    }

    /// With what could stand there instead.
    fn near(self, repair: near::Repair) -> Self {
        Self { suggestions: repair.with, sure: repair.sure, ..self }
    }
}

/// Something wrong on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Level,
    /// Where, in the text of the page.
    pub span: Span,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// What could stand at `span` instead, best first, at most three.
    pub suggestions: Vec<String>,
    /// Whether the first suggestion is the only one that fits.
    pub sure: bool,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
}

impl Finding {
    /// The message, with the first `most` of what may have been meant, unless it says so itself.
    pub fn said(&self, most: usize) -> String {
        let near = self.suggestions.iter().take(most).map(|it| format!("`{it}`"));
        match &near.collect::<Vec<_>>()[..] {
            [] => self.message.clone(),
            [best, ..] if self.message.contains(&**best) => self.message.clone(),
            near => format!("{}; did you mean {}?", self.message, near.join(", ")),
        }
    }
}

/// Another place that has to do with a finding. Where exactly it is may change without the finding
/// being made anew, so it is named by what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The page.
    pub path: Path,
    /// What of the page.
    pub at: There,
    /// What it has to do with the finding: a sentence, lower case, without a full stop.
    pub message: String,
}

/// What of a page has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum There {
    /// All of it.
    Page,
    /// Where it defines a key.
    Definition(Key),
    /// Where it states a figure, in these words, of a system.
    Figure(Key, Box<str>),
}

impl Related {
    /// Where it is on the page as it is now; its beginning if it is there no more.
    pub fn span(&self, document: &Document) -> Span {
        let outline = &document.outline;
        let found = match &self.at {
            There::Page => None,
            There::Definition(key) => {
                outline.defines.iter().find(|it| it.key == *key).map(|it| it.span)
            }
            There::Figure(about, words) => {
                let mut facts = outline.knowledge.facts.iter().filter(|it| it.about == *about);
                let states =
                    |it: &&Fact| matches!(&it.says, Says::Figure { text, .. } if text == words);
                facts.find(states).map(|it| it.span)
            }
        };
        found.unwrap_or_default()
    }
}

/// The rule of this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|it| it.code == code)
}

/// Where the manual page of a rule is to be read: in the manual that the settings name, else in the
/// repository of this program, if it has one.
pub fn href(code: &str, manual: &str) -> Option<String> {
    if !manual.is_empty() {
        return Some(format!("{manual}#{code}"));
    }
    let repository = env!("CARGO_PKG_REPOSITORY");
    let file = code.replace('-', "_").replace("utf_8", "utf8");
    let version = env!("CARGO_PKG_VERSION");
    (!repository.is_empty()).then(|| format!("{repository}/blob/v{version}/server/rules/{file}.md"))
}

/// Whether what a rule finds could simply go.
pub fn is_unnecessary(code: &str) -> bool {
    matches!(code, "unused-definition" | "useless-suppression" | "duplicate-definition")
}

/// Everything wrong with a page, in the order of the text: what its rules find there, as much as the
/// settings want to know, but for what the author suppressed.
pub fn findings(cx: &Snapshot, document: &Document) -> Vec<Finding> {
    let settings = cx.settings(&document.path);
    let level = |rule: &Rule| settings.level(rule.code, &document.path).unwrap_or(rule.level);
    let on = RULES.iter().map(|rule| (rule, level(rule))).filter(|it| it.1 != Level::Off);
    // Of a navigation file only the entries count.
    let on =
        on.filter(|it| document.path.navigation().is_none() || it.0.category == Category::Links);
    let all = on.flat_map(|(rule, severity)| {
        let found = (rule.check)(cx, document).into_iter();
        found.map(move |found| found.finding(rule, severity))
    });
    let mut all: Vec<Finding> = all.collect();
    all.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    suppression::apply(document, all, |code| rule(code).map_or(Level::Off, level))
}

impl Found {
    fn finding(self, rule: &Rule, severity: Level) -> Finding {
        let Self { span, message, suggestions, sure, related } = self;
        Finding { code: rule.code, severity, span, message, suggestions, sure, related }
    }
}

#[cfg(test)]
mod tests;
