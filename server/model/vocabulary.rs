//! The table: which front matter fields, table columns, folders and words define or refer to what.

use super::{Key, Path};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A system, or a study of one: Netflix, `DynamoDB`.
    System,
    /// A pattern: Circuit Breaker.
    Pattern,
    /// A company.
    Company,
    /// A field of systems: messaging, search.
    Domain,
}

/// What a page is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PageKind {
    /// A study of a system.
    Study,
    /// A pattern.
    Pattern,
    /// A list of other pages. Never what a name leads to.
    Index,
    /// A page that only sends its readers elsewhere. Never what a name leads to.
    Stub,
    /// Anything else.
    #[default]
    Other,
}

/// What a front matter field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// What the page is called.
    Title,
    /// Other names of what the page is about.
    Names,
    /// The systems that the page is about.
    Systems,
    /// What the page refers to.
    Refers(Kind),
    /// Who uses the pattern that the page is about: names, or maps with a `company` or `system`.
    Users,
    /// What the page describes itself as.
    Description,
    /// What kind of page it is.
    Type,
    /// Where the page has moved.
    Moved,
    /// Figures: a map from what is measured to its value.
    Figures,
    /// One of a few words.
    Choice,
    /// Anything else.
    Text,
}

/// A front matter field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name, in lower case with `_`.
    pub name: &'static str,
    /// What it says.
    pub means: Means,
    /// The pages that have it: studies, patterns, or, if none, any.
    pub of: Option<PageKind>,
    /// What it is for, in a sentence.
    pub doc: &'static str,
}

impl Field {
    /// The values that its text names, if it takes one of a few words.
    pub fn choices(&self) -> impl Iterator<Item = &'static str> {
        let has_any = matches!(self.means, Means::Choice | Means::Type);
        self.doc.split('`').skip(1).step_by(2).filter(move |_| has_any)
    }
}

const fn field(name: &'static str, means: Means, of: Option<PageKind>, doc: &'static str) -> Field {
    Field { name, means, of, doc }
}

const STUDY: Option<PageKind> = Some(PageKind::Study);
const PATTERN: Option<PageKind> = Some(PageKind::Pattern);

/// The front matter fields that are known, in the order in which they are offered.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    field("title",             Means::Title,                   None,    "What the page is called. The first name of what it is about."),
    field("type",              Means::Type,                    None,    "What kind of page it is: `case-study`, `pattern`, `index`."),
    field("description",       Means::Description,             None,    "One sentence for cards and lists."),
    field("company",           Means::Refers(Kind::Company),   STUDY,   "Who built the system."),
    field("domain",            Means::Refers(Kind::Domain),    STUDY,   "The field that the system belongs to."),
    field("systems",           Means::Systems,                 STUDY,   "The systems that the study is about, by the names under which tables and prose mention them."),
    field("system",            Means::Systems,                 STUDY,   "The system that the study is about."),
    field("aliases",           Means::Names,                   None,    "Other names of what the page is about."),
    field("patterns",          Means::Refers(Kind::Pattern),   STUDY,   "The patterns that the system uses."),
    field("patterns_used",     Means::Refers(Kind::Pattern),   STUDY,   "The patterns that the system uses: a list, or a map from tier to a list; each entry a name, or a name with what it is used for."),
    field("key_patterns",      Means::Refers(Kind::Pattern),   STUDY,   "The patterns that matter most."),
    field("scale",             Means::Figures,                 STUDY,   "Figures: a map from what is measured to its value."),
    field("metrics",           Means::Figures,                 STUDY,   "Figures: a map from what is measured to its value."),
    field("current_scale",     Means::Figures,                 STUDY,   "Figures as they stand today."),
    field("category",          Means::Choice,                  PATTERN, "The group that the pattern belongs to."),
    field("related_patterns",  Means::Refers(Kind::Pattern),   PATTERN, "Patterns that are used with this one or instead of it."),
    field("related",           Means::Refers(Kind::Pattern),   PATTERN, "Patterns that are used with this one or instead of it."),
    field("modern_examples",   Means::Users,                   PATTERN, "Who uses the pattern today: names, or maps with `company`, `implementation` and `scale`."),
    field("used_by",           Means::Users,                   PATTERN, "Who uses the pattern."),
    field("excellence_tier",   Means::Choice,                  None,    "How well it has proven itself: `gold`, `silver`, `bronze`."),
    field("tier",              Means::Choice,                  None,    "How well it has proven itself: `gold`, `silver`, `bronze`."),
    field("pattern_status",    Means::Choice,                  PATTERN, "Whether the pattern is recommended."),
    field("current_relevance", Means::Choice,                  PATTERN, "How common the pattern is today."),
    field("status",            Means::Choice,                  None,    "How far the page is: `draft`, `complete`."),
    field("current_status",    Means::Choice,                  STUDY,   "Whether the system still runs."),
    field("scale_category",    Means::Choice,                  STUDY,   "The order of size that the system works at."),
    field("pattern_type",      Means::Choice,                  None,    "The kind of pattern."),
    field("difficulty",        Means::Choice,                  None,    "How much a reader has to know: `beginner`, `intermediate`, `advanced`."),
    field("prerequisites",     Means::Text,                    None,    "What to read before."),
    field("reading_time",      Means::Text,                    None,    "How long the page takes to read."),
    field("year_implemented",  Means::Text,                    STUDY,   "The year in which the system went into use."),
    field("introduced",        Means::Text,                    PATTERN, "When the pattern was first described."),
    field("last_updated",      Means::Text,                    None,    "When the page was last looked over."),
    field("tags",              Means::Choice,                  None,    "Words to find the page by."),
    field("redirect_to",       Means::Moved,                   None,    "Where the page has moved. Such a page is never offered as a target."),
];

/// What a word of a page's surroundings says, and what it makes of the page.
#[rustfmt::skip]
static PAGES: &[(Sign, &str, PageKind)] = &[
    (Sign::Type,   "case-study",      PageKind::Study),
    (Sign::Type,   "study",           PageKind::Study),
    (Sign::Type,   "system",          PageKind::Study),
    (Sign::Type,   "pattern",         PageKind::Pattern),
    (Sign::Type,   "index",           PageKind::Index),
    (Sign::Type,   "hub",             PageKind::Index),
    (Sign::Stem,   "index",           PageKind::Index),
    (Sign::Stem,   "readme",          PageKind::Index),
    (Sign::Stem,   "_index",          PageKind::Index),
    (Sign::Stem,   "summary",         PageKind::Index),
    (Sign::Folder, "case-studies",    PageKind::Study),
    (Sign::Folder, "studies",         PageKind::Study),
    (Sign::Folder, "pattern-library", PageKind::Pattern),
    (Sign::Folder, "patterns",        PageKind::Pattern),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// The front matter's `type`.
    Type,
    /// The file name.
    Stem,
    /// The name of a folder that the page lies in.
    Folder,
}

/// What the head of a table's column says of the cells below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A system, or several with commas between.
    System,
    /// A pattern, or several with commas between.
    Pattern,
    /// Figures of the row's system, with commas between.
    Figures,
}

/// Words in the head of a column. All words of a head must be known (`Company/System`), or its last
/// (`Key Patterns Used` without the words that say nothing).
#[rustfmt::skip]
static COLUMNS: &[(&str, Column)] = &[
    ("system",       Column::System),
    ("systems",      Column::System),
    ("company",      Column::System),
    ("companies",    Column::System),
    ("case study",   Column::System),
    ("used by",      Column::System),
    ("pattern",      Column::Pattern),
    ("patterns",     Column::Pattern),
    ("scale",        Column::Figures),
    ("metrics",      Column::Figures),
    ("figures",      Column::Figures),
];

/// Words in the head of a column that say nothing of what stands below.
const EMPTY: &[&str] = &["key", "used", "applied", "main", "core", "essential", "primary", "gold"];

/// Words before a system's name that may be left out.
pub const VENDORS: &[&str] =
    &["Amazon", "AWS", "Apache", "Google", "Facebook", "HashiCorp", "Microsoft", "Azure", "Meta"];

/// Words behind a name that may be left out, with what stands before them.
pub const SUFFIXES: &[&str] = &[
    "Architecture Deep Dive",
    "System Design",
    "Deep Dive",
    "Case Study",
    "Architecture",
    "Platform",
    "Infrastructure",
    "Services",
    "System",
    "Systems",
    "Scale",
    "Design",
    "Pattern",
    "Production Mastery",
    "Mastery",
];

/// Endings of a pattern's name, as [`slug`] writes it, and what may stand in their place: who says
/// `load-balancer` or `lease-mechanism` means Load Balancing and Lease, unless something is called so.
static ENDINGS: &[(&str, &str)] = &[
    ("er", "ing"),
    ("api", ""),
    ("mechanism", ""),
    ("management", ""),
    ("technique", ""),
    ("algorithm", ""),
    ("protocol", ""),
];

/// Whether a word may be left out before or behind a name.
pub fn is_left_out(word: &str) -> bool {
    let ends = SUFFIXES.iter().flat_map(|it| it.split(' '));
    ends.chain(VENDORS.iter().copied()).any(|it| it.eq_ignore_ascii_case(word))
}

/// Headings of a pattern's page under which its users are listed, as [`slug`] writes them.
pub(super) const USERS: &[&str] =
    &["usedby", "whousesit", "whousethis", "systemsthatuseit", "inproduction", "realworldexample"];

/// The known field of this name, in any case, with `-` or `_`.
pub fn known_field(name: &str) -> Option<&'static Field> {
    let name = name.trim().to_lowercase().replace('-', "_");
    FIELDS.iter().find(|it| it.name == name)
}

/// What the `type` of a page makes it.
pub(super) fn kind_of_type(written: &str) -> Option<PageKind> {
    let written = written.trim().to_lowercase().replace(['_', ' '], "-");
    sign(Sign::Type, |it| it == written)
}

/// Whether a file of this name, without its extension, lists others, whatever it says of itself.
pub fn is_index_name(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    sign(Sign::Stem, |it| it == stem) == Some(PageKind::Index)
}

/// What its path makes a page; the innermost folder counts.
pub fn kind_of_path(docs: &str, path: &Path) -> Option<PageKind> {
    let stem = path.stem().to_lowercase();
    if let Some(kind) = sign(Sign::Stem, |it| it == stem || stem.ends_with(&format!("-{it}"))) {
        return Some(kind);
    }
    let folders = path.inside(docs).unwrap_or_default();
    let mut folders = folders.rsplit('/').skip(1).map(str::to_lowercase);
    folders.find_map(|folder| sign(Sign::Folder, |it| it == folder.replace('_', "-")))
}

fn sign(sign: Sign, is: impl Fn(&str) -> bool) -> Option<PageKind> {
    PAGES.iter().find(|it| it.0 == sign && is(it.1)).map(|it| it.2)
}

/// What the head of a column says.
pub fn column(head: &str) -> Option<Column> {
    let plain = plain(head).to_lowercase();
    let known = |it: &str| COLUMNS.iter().find(|row| row.0 == it).map(|row| row.1);
    if let Some(found) = known(plain.trim()) {
        return Some(found);
    }
    let words = plain.split([' ', '/', '-']).filter(|it| !it.is_empty() && !EMPTY.contains(it));
    let mut found = None;
    for word in words {
        // `Anti-Pattern` and `System Type` head something else.
        found = Some(known(word)?);
    }
    found
}

/// The form in which names are compared: lower case, letters and digits only, the last word in the
/// singular, without the word `pattern` at its end. `Pub/Sub`, `pub-sub` and `Pub Subs` are one. Empty
/// if nothing is left.
pub fn slug(name: &str) -> Box<str> {
    let mut out = String::with_capacity(name.len());
    let mut last = 0;
    let bare = without(name, &["pattern", "patterns"]).unwrap_or(name);
    for word in bare.split(|it: char| !it.is_alphanumeric() && !matches!(it, '\'' | '’')) {
        if word.chars().any(char::is_alphanumeric) {
            last = out.len();
            out.extend(word.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase));
        }
    }
    singular(&mut out, last);
    out.into()
}

/// What a name in a pattern's place may stand for if no pattern is called so, the likeliest first: the
/// pattern with another ending, or the system of that name.
pub fn stands_for(key: &Key) -> Vec<Key> {
    let Key::Entity(Kind::Pattern, name) = key else { return Vec::new() };
    let other = ENDINGS.iter().filter_map(|(ending, with)| {
        let rest = name.strip_suffix(ending).filter(|it| it.len() >= ENDS)?;
        Some(Key::Entity(Kind::Pattern, format!("{rest}{with}").into()))
    });
    other.chain([Key::Entity(Kind::System, name.clone())]).collect()
}

/// So many letters stand before an ending that is left out.
const ENDS: usize = 4;

/// The part of a word, in lower case, that `cache`, `caches`, `cached` and `caching` have in common.
pub fn stem(word: &str) -> &str {
    let ends = ["ing", "ers", "er", "es", "ed", "e", "s"];
    let short = ends.iter().find_map(|it| word.strip_suffix(it).filter(|it| it.len() >= ENDS));
    short.unwrap_or(word)
}

/// A name without its last word, if that is one of `words`, in lower case.
fn without<'a>(name: &'a str, words: &[&str]) -> Option<&'a str> {
    let (rest, last) = name.trim_end().rsplit_once([' ', '-', '_'])?;
    let bare = last.trim_end_matches(|it: char| !it.is_alphanumeric());
    let known = words.iter().any(|it| it.eq_ignore_ascii_case(bare));
    (known && rest.chars().any(char::is_alphanumeric)).then_some(rest)
}

/// Puts the last word of a name, which begins at `word`, in the singular, as far as a rule of thumb can.
fn singular(out: &mut String, word: usize) {
    let last = &out[word..];
    if last.len() < 5 || !last.ends_with('s') {
        return;
    }
    if last.ends_with("ies") {
        out.truncate(out.len() - 3);
        out.push('y');
    } else if ["sses", "xes", "shes"].iter().any(|it| last.ends_with(it)) {
        out.truncate(out.len() - 2);
    } else if !["ss", "us", "is"].iter().any(|it| last.ends_with(it)) {
        out.truncate(out.len() - 1);
    }
}

/// Text without the marks of emphasis and code.
pub fn plain(source: &str) -> String {
    source.replace(['*', '`'], "").replace("__", "")
}

/// The part of a name before its parentheses, and what stands in them: `Circuit Breaker (Hystrix)`.
pub(crate) fn parenthesis(name: &str) -> (&str, Option<&str>) {
    let Some((before, rest)) = name.split_once('(') else { return (name.trim(), None) };
    let inner = rest.split(')').next().unwrap_or_default().trim();
    (before.trim(), Some(inner).filter(|it| !it.is_empty()))
}

/// Shorter forms of a name, without the words before and behind it that may be left out.
pub(super) fn shortened(name: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = name;
    let lead = rest.split([':', '–', '—']).next().unwrap_or_default();
    let lead = lead.split(" - ").next().unwrap_or_default().trim();
    if lead.len() < rest.len() && !lead.is_empty() {
        found.push(lead);
        rest = lead;
    }
    while let Some(shorter) = without_suffix(rest) {
        found.push(shorter);
        rest = shorter;
    }
    found.retain(|it| !SUFFIXES.iter().chain(VENDORS).any(|word| word.eq_ignore_ascii_case(it)));
    let all: Vec<&str> = std::iter::once(name).chain(found.iter().copied()).collect();
    found.extend(all.into_iter().filter_map(without_vendor));
    found
}

/// A name of three words or more without the last.
pub(super) fn clipped(name: &str) -> Option<&str> {
    let name = without(name, &["pattern", "patterns"]).unwrap_or(name).trim();
    let (rest, last) = name.rsplit_once([' ', '-'])?;
    (rest.contains([' ', '-']) && last.chars().all(char::is_alphabetic)).then_some(rest)
}

fn without_vendor(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once(' ')?;
    VENDORS.iter().any(|it| it.eq_ignore_ascii_case(first)).then(|| rest.trim_start())
}

fn without_suffix(name: &str) -> Option<&str> {
    let ends = SUFFIXES.iter().find_map(|suffix| {
        let at = name.len().checked_sub(suffix.len())?;
        let fits = name.is_char_boundary(at) && name[at..].eq_ignore_ascii_case(suffix);
        fits.then(|| name[..at].strip_suffix(' '))?
    });
    ends.map(str::trim_end).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_regard_to_how_they_are_written() {
        for (a, b) in [
            ("Pub/Sub", "pub-sub"),
            ("LSM Trees", "LSM tree"),
            ("Auto-scaling", "autoscaling"),
            ("Strategies", "strategy"),
            ("**Netflix**", "netflix"),
            ("Saga Pattern", "saga"),
        ] {
            assert_eq!(slug(a), slug(b), "{a}");
        }
        assert_ne!(slug("Redis"), slug("Redi"));
        assert_eq!(&*slug("—"), "");
    }

    #[test]
    fn leaves_out_vendors_and_words_that_say_nothing() {
        assert_eq!(shortened("Apache Kafka"), ["Kafka"]);
        assert_eq!(
            shortened("Apache Kafka: Scale and Architecture Deep Dive"),
            ["Apache Kafka", "Kafka: Scale and Architecture Deep Dive", "Kafka"]
        );
        assert_eq!(shortened("Payment System Architecture"), ["Payment System", "Payment"]);
        assert_eq!(shortened("Redis"), Vec::<&str>::new());
    }

    #[test]
    fn reads_heads_of_columns() {
        for (head, says) in [
            ("Company/System", Some(Column::System)),
            ("**System**", Some(Column::System)),
            ("System Type", None),
            ("Key Patterns Used", Some(Column::Pattern)),
            ("Anti-Pattern", None),
            ("Scale Metrics", Some(Column::Figures)),
            ("Traffic Pattern", None),
        ] {
            assert_eq!(column(head), says, "{head}");
        }
    }
}
