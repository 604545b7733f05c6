//! TOML as nodes with places.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Node, Value};
use crate::text::{Offset, Span};

/// Reads `text`, which begins at `base` in the page. Errors name a place and what is wrong there.
pub(super) fn read(text: &str, base: Offset) -> Result<Node, (Span, String)> {
    let table = DeTable::parse(text).map_err(|error| {
        let span = error.span().map_or(Span::default(), Span::from);
        (span.shifted(base), error.message().to_owned())
    })?;
    let span = Span::from(0..text.len()).shifted(base);
    Ok(Node { span, value: map(table.get_ref(), text, base) })
}

fn map(table: &DeTable<'_>, text: &str, base: Offset) -> Value {
    let entries = table.iter().map(|(key, value)| {
        let name = Node {
            span: Span::from(key.span()).shifted(base),
            value: Value::Scalar(key.get_ref().as_ref().into()),
        };
        (name, node(value, text, base))
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|it| it.0.span.start);
    Value::Map(entries)
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, base: Offset) -> Node {
    let span = value.span();
    let source = text.get(span.clone()).unwrap_or_default();
    let read = match value.get_ref() {
        DeValue::String(it) => Value::Scalar(it.as_ref().into()),
        DeValue::Array(all) => Value::List(all.iter().map(|it| node(it, text, base)).collect()),
        DeValue::Table(table) => map(table, text, base),
        _ => Value::Scalar(source.into()),
    };
    Node { span: Span::from(span).shifted(base), value: read }
}
