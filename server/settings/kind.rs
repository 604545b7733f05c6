//! What a setting can hold: the one description that values are checked by and schemas are made from.

use serde_json::{Map, Value, json};

use super::node::{Data, Node};
use crate::{model::Globs, text::Span};

/// What a setting can hold.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A whole number from one to another.
    Number(u64, u64),
    /// Yes or no.
    Bool,
    /// Any text.
    Text,
    /// A pattern of paths.
    Glob,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A list.
    List(&'static Self),
    /// A table with keys of the author's, or with some of these keys.
    Map(Option<fn() -> Vec<&'static str>>, &'static Self),
    /// A table with these entries.
    Record(&'static [(&'static str, Self)]),
}

/// A complaint: the place and a sentence.
pub(super) type Problem = (Span, String);

impl Kind {
    /// What of `node`, which stands at `key`, is of this kind; the rest is complained of.
    pub(super) fn check(
        &self,
        key: &str,
        node: &Node,
        problems: &mut Vec<Problem>,
    ) -> Option<Node> {
        let mut wrong = |what: String| {
            problems.push((node.span, format!("`{key}` is `{}`, not {what}", node.shown())));
            None
        };
        match (self, &node.value) {
            (Self::Number(least, most), Data::Number(it)) if (least..=most).contains(&it) => {
                Some(node.clone())
            }
            (Self::Number(least, most), _) => {
                wrong(format!("a whole number from {least} to {most}"))
            }
            (Self::Bool, Data::Bool(_)) | (Self::Text, Data::Text(_)) => Some(node.clone()),
            (Self::Bool, _) => wrong("`true` or `false`".to_owned()),
            (Self::Text, _) => wrong("text".to_owned()),
            (Self::Glob, Data::Text(it)) => match Globs::check(it) {
                Ok(()) => Some(node.clone()),
                Err(error) => wrong(format!("a pattern of paths: {error}")),
            },
            (Self::Glob, _) => wrong("a pattern of paths".to_owned()),
            (Self::OneOf(all), Data::Text(it)) if all.contains(&&**it) => Some(node.clone()),
            (Self::OneOf(all), _) => wrong(format!("one of {}", quoted(all))),
            (Self::List(kind), Data::List(all)) => {
                let good = all.iter().filter_map(|it| kind.check(key, it, problems)).collect();
                Some(Node { span: node.span, value: Data::List(good) })
            }
            (Self::List(_), _) => wrong("a list".to_owned()),
            (Self::Map(keys, kind), Data::Map(entries)) => {
                let keys = keys.map(|it| it());
                let allowed = |it: &str| keys.as_ref().is_none_or(|all| all.contains(&it));
                Some(table(
                    key,
                    node.span,
                    entries,
                    |name| allowed(name).then_some(**kind),
                    keys.as_deref(),
                    problems,
                ))
            }
            (Self::Record(parts), Data::Map(entries)) => {
                let names: Vec<&str> = parts.iter().map(|it| it.0).collect();
                let of = |name: &str| parts.iter().find(|it| it.0 == name).map(|it| it.1);
                Some(table(key, node.span, entries, of, Some(&names), problems))
            }
            (Self::Map(..) | Self::Record(_), _) => wrong("a table".to_owned()),
        }
    }

    /// What a list of this kind holds; else the kind itself.
    pub(super) fn item(self) -> Self {
        match self {
            Self::List(kind) => kind.item(),
            other => other,
        }
    }

    /// In words.
    pub(super) fn told(self) -> String {
        match self {
            Self::Number(least, most) => format!("a whole number from {least} to {most}"),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Glob => "a pattern of paths".to_owned(),
            Self::OneOf(all) if all.len() <= 8 => format!("one of {}", quoted(all)),
            Self::OneOf(_) => "one of a list of words".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Map(..) | Self::Record(_) => "a table".to_owned(),
        }
    }

    /// As a JSON schema.
    pub(super) fn schema(&self) -> Value {
        match self {
            Self::Number(least, most) => {
                json!({ "type": "integer", "minimum": least, "maximum": most })
            }
            Self::Bool => json!({ "type": "boolean" }),
            Self::Text | Self::Glob => json!({ "type": "string" }),
            Self::OneOf(all) => json!({ "type": "string", "enum": all }),
            Self::List(kind) => json!({ "type": "array", "items": kind.schema() }),
            Self::Map(None, kind) => {
                json!({ "type": "object", "additionalProperties": kind.schema() })
            }
            Self::Map(Some(keys), kind) => {
                let entries = keys().into_iter().map(|it| (it.to_owned(), kind.schema()));
                closed(entries.collect())
            }
            Self::Record(parts) => {
                closed(parts.iter().map(|it| (it.0.to_owned(), it.1.schema())).collect())
            }
        }
    }
}

/// The schema of a table that has these entries and no others.
pub(super) fn closed(entries: Map<String, Value>) -> Value {
    let entries = Value::Object(entries);
    json!({ "type": "object", "additionalProperties": false, "properties": entries })
}

fn table(
    key: &str,
    span: Span,
    entries: &[(String, Span, Node)],
    kind: impl Fn(&str) -> Option<Kind>,
    names: Option<&[&str]>,
    problems: &mut Vec<Problem>,
) -> Node {
    let mut good = Vec::new();
    for (name, at, value) in entries {
        let whole = format!("{key}.{name}");
        match kind(name) {
            None => problems.push((*at, unknown(&whole, names.unwrap_or_default()))),
            Some(kind) => {
                let value = kind.check(&whole, value, problems);
                good.extend(value.map(|it| (name.clone(), *at, it)));
            }
        }
    }
    Node { span, value: Data::Map(good) }
}

/// What is said of a key that is none. A name that is much like it goes first; of many names only that one,
/// or none, is said.
pub(super) fn unknown(key: &str, names: &[&str]) -> String {
    let written = key.rsplit('.').next().unwrap_or(key);
    let like = |it: &str| strsim::jaro_winkler(written, it);
    let best = names.iter().map(|it| (like(it), *it)).max_by(|a, b| a.0.total_cmp(&b.0));
    let near = best.filter(|it| it.0 >= ALIKE).map(|it| it.1);
    let rest = names.iter().copied().filter(|it| near != Some(it));
    let all: Vec<&str> = near.into_iter().chain(rest).collect();
    match near {
        Some(near) if all.len() > MANY => {
            format!("there is no setting `{key}`; did you mean `{near}`?")
        }
        None if all.len() > MANY => format!("there is no setting `{key}`"),
        _ => format!("there is no setting `{key}`: there is {}", quoted(&all)),
    }
}

/// How alike two names are, from 0 to 1, one of which is a slip of the pen.
const ALIKE: f64 = 0.85;

/// More names than this nobody reads.
const MANY: usize = 12;

fn quoted(all: &[&str]) -> String {
    let all: Vec<String> = all.iter().map(|it| format!("`{it}`")).collect();
    match &all[..] {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
