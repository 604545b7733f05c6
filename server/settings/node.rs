//! Values of settings with their places, from TOML or from JSON.

use serde_json::Value;
use toml::{Spanned, de::DeValue};

use crate::text::Span;

/// A value and where it stands; what comes from JSON has no place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) value: Data,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    Text(String),
    Number(u64),
    Bool(bool),
    List(Vec<Node>),
    /// Each entry with the place of its key.
    Map(Vec<(String, Span, Node)>),
    /// Anything else, as written.
    Other(String),
}

impl Node {
    pub(super) fn from_json(value: &Value) -> Self {
        let value = match value {
            Value::String(it) => Data::Text(it.clone()),
            Value::Number(it) => {
                it.as_u64().map_or_else(|| Data::Other(it.to_string()), Data::Number)
            }
            Value::Bool(it) => Data::Bool(*it),
            Value::Array(all) => Data::List(all.iter().map(Self::from_json).collect()),
            Value::Object(map) => {
                let entries = map.iter().filter(|it| !it.1.is_null());
                let entries =
                    entries.map(|(key, it)| (key.clone(), Span::default(), Self::from_json(it)));
                Data::Map(entries.collect())
            }
            Value::Null => Data::Other("null".to_owned()),
        };
        Self { span: Span::default(), value }
    }

    pub(super) fn from_toml(value: &Spanned<DeValue<'_>>, text: &str) -> Self {
        let source = || text.get(value.span()).unwrap_or_default().to_owned();
        let data = match value.get_ref() {
            DeValue::String(it) => Data::Text(it.to_string()),
            DeValue::Integer(it) => it
                .to_string()
                .replace('_', "")
                .parse()
                .map_or_else(|_| Data::Other(source()), Data::Number),
            DeValue::Boolean(it) => Data::Bool(*it),
            DeValue::Array(all) => {
                Data::List(all.iter().map(|it| Self::from_toml(it, text)).collect())
            }
            DeValue::Table(table) => {
                let entries = table.iter().map(|(key, it)| {
                    (key.get_ref().to_string(), Span::from(key.span()), Self::from_toml(it, text))
                });
                let mut entries: Vec<_> = entries.collect();
                entries.sort_by_key(|it| it.1.start);
                Data::Map(entries)
            }
            _ => Data::Other(source()),
        };
        Self { span: value.span().into(), value: data }
    }

    /// As an author writes it, short.
    pub(super) fn shown(&self) -> String {
        match &self.value {
            Data::Text(it) => format!("\"{it}\""),
            Data::Number(it) => it.to_string(),
            Data::Bool(it) => it.to_string(),
            Data::List(_) => "a list".to_owned(),
            Data::Map(_) => "a table".to_owned(),
            Data::Other(it) => it.clone(),
        }
    }

    pub(super) fn text(&self) -> &str {
        match &self.value {
            Data::Text(it) => it,
            _ => "",
        }
    }

    pub(super) fn truth(&self) -> bool {
        matches!(self.value, Data::Bool(true))
    }

    pub(super) fn number(&self) -> u64 {
        match self.value {
            Data::Number(it) => it,
            _ => 0,
        }
    }

    pub(super) fn list(&self) -> &[Self] {
        match &self.value {
            Data::List(all) => all,
            _ => &[],
        }
    }

    /// The texts of a list.
    pub(super) fn texts(&self) -> Vec<String> {
        self.list().iter().map(|it| it.text().to_owned()).collect()
    }

    /// The entries of a table.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Self)> + '_ {
        let entries = match &self.value {
            Data::Map(entries) => &entries[..],
            _ => &[],
        };
        entries.iter().map(|(key, _, it)| (&**key, it))
    }

    /// The value at a dotted key, through tables.
    pub(super) fn at(&self, key: &str) -> Option<&Self> {
        if let Some(found) = self.entries().find(|it| it.0 == key) {
            return Some(found.1);
        }
        let (first, rest) = key.split_once('.')?;
        self.entries().find(|it| it.0 == first)?.1.at(rest)
    }
}
