#![doc = include_str!("front_matter_field.md")]

use super::{Finding, Fix, Found, fix::suggested, near};
use crate::{
    syntax::front_matter::{Node, Value},
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let fields = &cx.settings(&document.path).fields;
    let head = document.page.front_matter.as_ref();
    let Some(Value::Map(entries)) = head.map(|it| &it.root.value) else { return Vec::new() };
    if fields.is_empty() {
        return Vec::new();
    }
    let found = entries.iter().filter_map(|(key, value)| {
        let name = key.as_str()?;
        let Some(kind) = fields.get(name) else {
            let alike = near::Alike::new(name).among(fields.keys(), |it| it);
            let with = alike.into_iter().take(1).cloned().collect();
            let found = Found::new(key.span, format!("there is no field `{name}`"));
            return Some(found.near(near::Repair { with, sure: false }));
        };
        let message = format!("`{name}` holds {}", expected(kind));
        (!is(kind, value)).then(|| Found::new(value.span, message))
    });
    found.collect()
}

pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    suggested(document, finding)
}

/// Whether a value is of a kind. A field without a value is yet to be filled in.
fn is(kind: &str, value: &Node) -> bool {
    let text = match &value.value {
        Value::Null => return true,
        Value::Scalar(text) => Some(text.trim()),
        Value::List(_) | Value::Map(_) => None,
    };
    match kind {
        "text" => text.is_some(),
        "number" => text.is_some_and(|it| it.replace('_', "").parse::<f64>().is_ok()),
        "boolean" => {
            text.is_some_and(|it| matches!(&*it.to_lowercase(), "true" | "false" | "yes" | "no"))
        }
        "date" => text.is_some_and(is_date),
        "list" => matches!(value.value, Value::List(_)),
        "map" => matches!(value.value, Value::Map(_)),
        _ => true,
    }
}

/// Whether a text begins with a year and a month, or a whole date, as ISO 8601 writes them.
fn is_date(text: &str) -> bool {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split('-').collect();
    let number = |it: &str, len: usize| it.len() == len && it.bytes().all(|it| it.is_ascii_digit());
    let month = |it: &str| number(it, 2) && matches!(it.parse(), Ok(1..=12));
    match parts[..] {
        [year] => number(year, 4),
        [year, at] => number(year, 4) && month(at),
        [year, at, day] => {
            number(year, 4) && month(at) && number(day, 2) && matches!(day.parse(), Ok(1..=31))
        }
        _ => false,
    }
}

fn expected(kind: &str) -> &'static str {
    match kind {
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "date" => "a date: 2024-05-31",
        "list" => "a list",
        "map" => "a map",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_fields_that_are_none_and_values_that_are_of_another_kind() {
        check_rule(
            "front-matter-field",
            r#"
//- casebook.toml
[pages]
fields = { title = "text", year = "number", tags = "list", date = "date", draft = "boolean", more = "any" }
//- a.md
---
titel: A
^^^^^ there is no field `titel`
year: 2014 or so
      ^^^^^^^^^^ `year` holds a number
tags: one
      ^^^ `tags` holds a list
date: 2024-13-01
      ^^^^^^^^^^ `date` holds a date: 2024-05-31
draft:
more: [1, {a: b}]
---
//- b.md
---
title: B
year: 2014
tags: [one]
date: 2024-12-01
draft: false
---
"#,
        );
    }
}
