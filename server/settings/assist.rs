//! What an author is told and offered in `casebook.toml`, in any editor.

use std::fmt::Write;

use super::{
    SETTINGS, Setting,
    file::entries_of,
    kind::Kind,
    place::{Part, Place, names, place},
};
use crate::{
    rules::{self, Rule},
    text::{Offset, Span},
};

/// Something that can be written at the cursor.
#[derive(Debug)]
pub struct Offer {
    /// What it is called.
    pub label: String,
    /// What is written in the place of `replaces`, and what is typed is compared with.
    pub with: String,
    /// What it holds.
    pub detail: String,
    /// What it does, in Markdown.
    pub doc: String,
    /// What it is.
    pub shape: Shape,
    /// What it takes the place of.
    pub replaces: Span,
}

/// What an [`Offer`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The header of a table.
    Table,
    /// The key of an entry.
    Key,
    /// A value.
    Value,
}

/// What a path of names leads to: a setting, what it holds there, and the rule that is named on the way.
struct Entry {
    setting: &'static Setting,
    kind: Kind,
    rule: Option<&'static Rule>,
}

impl Entry {
    fn at(path: &[String]) -> Option<Self> {
        SETTINGS.iter().find_map(|setting| {
            let mut rest = path.iter();
            let leads = setting.key.split('.').all(|name| rest.next().is_some_and(|it| it == name));
            let mut entry = Self { setting, kind: setting.kind, rule: None };
            (leads && rest.all(|name| entry.enter(name))).then_some(entry)
        })
    }

    /// Goes on into what stands at `name`.
    fn enter(&mut self, name: &str) -> bool {
        let inner = match self.kind.item() {
            Kind::Map(keys, kind) => {
                self.rule = rules::rule(name);
                keys.is_none_or(|it| it().contains(&name)).then_some(*kind)
            }
            Kind::Record(parts) => parts.iter().find(|it| it.0 == name).map(|it| it.1),
            _ => None,
        };
        inner.inspect(|it| self.kind = *it).is_some()
    }

    fn doc(&self) -> String {
        match self.rule {
            Some(rule) => explained(rule),
            None => self.setting.doc.to_owned(),
        }
    }
}

/// A rule, without the examples of its manual page.
fn explained(rule: &Rule) -> String {
    let text = rule.docs.split_once('\n').map_or("", |it| it.1);
    let text = text.split("````").next().unwrap_or_default().trim();
    format!("{text}\n\nUnless set: `{}`.", rule.level.name())
}

/// What the key or the value at `at` means, in Markdown, and where it stands.
pub fn explain(text: &str, at: Offset) -> Option<(Span, String)> {
    let behind = text.get(at as usize..)?;
    // The whole key, however far into it the cursor stands.
    let word = behind.find(|it: char| !it.is_alphanumeric() && !matches!(it, '_' | '-'));
    let end = at + crate::text::offset(word.unwrap_or(behind.len()));
    let Place { mut tables, part, typed, span } = place(text, end)?;
    match part {
        Part::Header { .. } | Part::Key { .. } => tables.extend(names(&typed)),
        Part::Value { key, .. } => tables.extend(key),
    }
    if typed.is_empty() {
        return None;
    }
    let entry = Entry::at(&tables)?;
    let mut card = format!("`{}`: {}\n\n{}", tables.join("."), entry.kind.told(), entry.doc());
    if tables.join(".") == entry.setting.key && !matches!(entry.setting.default, "{}" | "[]") {
        let _ = write!(card, "\n\nUnless set: `{}`.", entry.setting.default);
    }
    Some((span, card))
}

/// What can be written at `at`.
pub fn offers(text: &str, at: Offset) -> Vec<Offer> {
    let Some(place) = place(text, at) else { return Vec::new() };
    match &place.part {
        Part::Header { list } => headers(place.span, *list, str::to_owned),
        Part::Key { inline } => {
            let mut found = keys(text, &place);
            if !inline && !place.typed.contains('.') {
                found.extend(headers(place.span, false, |name| format!("[{name}]")));
                found.extend(headers(place.span, true, |name| format!("[[{name}]]")));
            }
            found
        }
        Part::Value { key, .. } => {
            let path: Vec<String> = place.tables.iter().chain(key).cloned().collect();
            values(&path, place.span)
        }
    }
}

/// The tables that have headers: those of lists, or the others.
fn headers(replaces: Span, lists: bool, written: impl Fn(&str) -> String) -> Vec<Offer> {
    let mut found: Vec<Offer> = Vec::new();
    for setting in SETTINGS {
        let (name, table) = match setting.key.split_once('.') {
            Some((group, _)) => (group, true),
            None => (setting.key, matches!(setting.kind, Kind::Map(..))),
        };
        let label = written(name);
        if table == lists || found.iter().any(|it| it.label == label) {
            continue;
        }
        let within = SETTINGS.iter().filter_map(|it| it.key.strip_prefix(name)?.strip_prefix('.'));
        let within: Vec<String> = within.map(|it| format!("`{it}`")).collect();
        let doc = if within.is_empty() { setting.doc.to_owned() } else { within.join(", ") };
        let (with, detail) = (label.clone(), String::new());
        found.push(Offer { label, with, detail, doc, shape: Shape::Table, replaces });
    }
    found
}

/// The keys of the table around that are not there yet.
fn keys(text: &str, place: &Place) -> Vec<Offer> {
    let mut offered: Vec<(String, Entry)> = Vec::new();
    let mut above = place.tables.join(".");
    if !above.is_empty() {
        above.push('.');
    }
    for setting in SETTINGS {
        if let Some(rest) = setting.key.strip_prefix(&above) {
            // Tables have headers, unless they stand within another.
            if rest.contains('.')
                || !matches!(setting.kind, Kind::Map(..) | Kind::List(Kind::Record(_)))
                || !above.is_empty()
            {
                offered.push((rest.to_owned(), Entry { setting, kind: setting.kind, rule: None }));
            }
        }
    }
    if let Some(entry) = Entry::at(&place.tables) {
        let names = match entry.kind.item() {
            Kind::Map(Some(keys), _) => keys(),
            Kind::Record(parts) => parts.iter().map(|it| it.0).collect(),
            _ => Vec::new(),
        };
        offered.extend(names.into_iter().filter_map(|name| {
            let mut inner = Entry { rule: None, ..entry };
            inner.enter(name).then(|| (name.to_owned(), inner))
        }));
    }
    let there = entries_of(text, &place.tables, place.span);
    let new = offered.into_iter().filter(|it| !there.contains(&it.0));
    let offers = new.map(|(label, entry)| Offer {
        with: if has_value(text, place.span) { label.clone() } else { format!("{label} = ") },
        label,
        // Shown as it is, not as Markdown.
        detail: match entry.rule {
            Some(rule) => rule.title.to_owned(),
            None => entry.kind.told().replace('`', ""),
        },
        doc: entry.doc(),
        shape: Shape::Key,
        replaces: place.span,
    });
    offers.collect()
}

/// Whether a `=` follows already.
fn has_value(text: &str, span: Span) -> bool {
    text[span.end as usize..].trim_start_matches([' ', '\t']).starts_with('=')
}

fn values(path: &[String], replaces: Span) -> Vec<Offer> {
    let Some(entry) = Entry::at(path) else { return Vec::new() };
    let all: Vec<String> = match entry.kind.item() {
        Kind::Bool => vec!["true".to_owned(), "false".to_owned()],
        Kind::OneOf(all) => all.iter().map(|it| format!("\"{it}\"")).collect(),
        Kind::Number(..) => vec![entry.setting.default.to_owned()],
        _ => Vec::new(),
    };
    let whole = path.join(".") == entry.setting.key;
    let unset = match entry.rule {
        Some(rule) => format!("\"{}\"", rule.level.name()),
        None if whole => entry.setting.default.to_owned(),
        None => String::new(),
    };
    let offers = all.into_iter().map(|with| Offer {
        label: with.clone(),
        detail: if with == unset { "unless set".to_owned() } else { String::new() },
        with,
        doc: entry.doc(),
        shape: Shape::Value,
        replaces,
    });
    offers.collect()
}

#[cfg(test)]
mod tests {
    use super::{explain, offers};
    use crate::text::offset;

    fn cursor(text: &str) -> (String, u32) {
        (text.replace("$0", ""), offset(text.find("$0").unwrap()))
    }

    /// What is offered at `$0`, as the line looks when it is taken.
    fn offered(text: &str) -> Vec<String> {
        let (text, at) = cursor(text);
        let taken = offers(&text, at).into_iter().map(|it| {
            let mut new = text.clone();
            new.replace_range(it.replaces.range(), &it.with);
            let line = new[it.replaces.range().start..].lines().next().unwrap_or_default();
            let start = new[..it.replaces.range().start].rfind('\n').map_or(0, |it| it + 1);
            format!("{}{line}", &new[start..it.replaces.range().start])
        });
        taken.collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(offered(text), expected);
    }

    #[test]
    fn offers_the_keys_of_a_table_that_are_not_there_yet() {
        let found = offered("[files]\nmaxSize = 4096\n$0");
        assert_eq!(found[0], "exclude = ");
        assert!(!found.iter().any(|it| it.starts_with("maxSize")), "{found:?}");
        check(
            "[[overrides]]\nrules = { broken-lin$0 }\n",
            &offered("[[overrides]]\nrules = { $0 }\n")
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        );
    }

    #[test]
    fn offers_headers_and_dotted_keys_where_no_table_is_open() {
        let found = offered("$0");
        for expected in ["[rules]", "[[overrides]]", "[files]", "files.maxSize = "] {
            assert!(found.iter().any(|it| it == expected), "{expected} in {found:?}");
        }
        assert!(!found.iter().any(|it| it.starts_with("rules")), "{found:?}");
        check("[[ov$0]]", &["[[overrides]]"]);
        assert!(offered("[fi$0]").contains(&"[files]".to_owned()));
    }

    #[test]
    fn offers_the_names_of_rules() {
        assert!(offered("[rules]\nbroken$0").contains(&"broken-link = ".to_owned()));
        assert!(
            offered("[rules]\nbroken$0 = \"off\"").contains(&"broken-link = \"off\"".to_owned())
        );
        let inner = offered("[[overrides]]\nrules = { $0 }");
        assert!(inner.contains(&"rules = { broken-link =  }".to_owned()), "{inner:?}");
    }

    #[test]
    fn offers_values_in_the_place_of_what_stands_there() {
        let levels = ["error", "warning", "info", "hint", "off"];
        let levels = |before: &str| levels.map(|it| format!("{before}\"{it}\""));
        assert_eq!(offered("[rules]\nbroken-link = $0"), levels("broken-link = "));
        assert_eq!(offered("rules.broken-link = \"wa$0rning\""), levels("rules.broken-link = "));
        check("[codeLens]\nenabled = $0", &["enabled = true", "enabled = false"]);
        check("[files]\nmaxSize = $0", &["maxSize = 8388608"]);
        check("[files]\nexclude = [\"$0\"]", &[]);
    }

    #[test]
    fn offers_nothing_where_names_are_the_authors_own() {
        check("[vocabulary]\nnames = { $0 }", &[]);
        check("a = 1 # $0", &[]);
    }

    #[track_caller]
    fn told(text: &str, expected: &str) {
        let (text, at) = cursor(text);
        let found = explain(&text, at).map(|it| format!("{}|{}", &text[it.0.range()], it.1));
        assert!(found.as_deref().unwrap_or_default().contains(expected), "{found:?}");
    }

    #[test]
    fn tells_what_a_setting_does_and_holds() {
        told("[files]\nmax$0Size = 1024", "maxSize|`files.maxSize`: a whole number from 1024");
        told("files.m$0axSize = 1024", "Unless set: `8388608`.");
        told("[site]\nids = \"git$0hub\"", "Whose rules make the ids of headings.");
        told("[[over$0rides]]", "Levels of rules for some files only.");
        told("[[overrides]]\nfiles = [\"a$0\"]", "`overrides.files`: a list");
    }

    #[test]
    fn tells_what_a_rule_finds_without_its_examples() {
        told("[rules]\nbroken-$0link = \"off\"", "A link names a file that does not exist");
        told("[rules]\nbroken-link = \"o$0ff\"", "Unless set: `");
        let (text, at) = cursor("[rules]\nbroken-l$0ink = \"off\"");
        assert!(!explain(&text, at).unwrap().1.contains("````"));
    }

    #[test]
    fn tells_nothing_of_what_is_no_setting() {
        for text in
            ["[rules]\nbroken-l$0nik = \"off\"", "[fi$0les]", "# bro$0ken-link", "a = 1\n$0\n"]
        {
            let (text, at) = cursor(text);
            assert_eq!(explain(&text, at), None, "{text}");
        }
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(256))]

        #[test]
        fn any_text_is_borne(parts in proptest::collection::vec("[a-c\\[\\]{}=.,#\"'\n äé]|rules|\"\"\"|overrides", 0..24)) {
            let text = parts.concat();
            for at in (0..=text.len()).filter(|it| text.is_char_boundary(*it)).map(offset) {
                for it in offers(&text, at) {
                    proptest::prop_assert!(it.replaces.touches(at));
                    let _ = &text[it.replaces.range()];
                }
                let _ = explain(&text, at).map(|it| text[it.0.range()].len());
            }
        }
    }
}
