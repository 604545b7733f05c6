#![doc = include_str!("duplicate_anchor.md")]

use std::collections::HashMap;

use super::Found;
use crate::{
    text::Span,
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let headings = document.page.headings.iter();
    let headings = headings.filter_map(|it| Some((&**it.anchor.as_ref()?, it.explicit?)));
    let ids = document.page.ids.iter().map(|it| (&*it.id, it.span));
    let mut written: Vec<(&str, Span)> =
        headings.chain(ids).filter(|it| !it.0.is_empty()).collect();
    written.sort_by_key(|it| it.1);
    let mut first: HashMap<&str, Span> = HashMap::new();
    let found = written.into_iter().filter_map(|(id, span)| {
        let known = *first.entry(id).or_insert(span);
        // One tag may give its id twice: `id` for browsers, `name` for old ones.
        let same_tag = || !document.source(Span::new(known.end, span.start)).contains('>');
        if known == span || same_tag() {
            return None;
        }
        let line = document.text.line_of(known.start) + 1;
        Some(Found::new(
            span,
            format!("the id `{id}` is also given on line {line}: links reach only the first"),
        ))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn marks_the_second_of_two_ids() {
        check_rule(
            "duplicate-anchor",
            r#"
//- a.md
<a id="one" name="one"></a>

<div id="two"></div>

<span id="one"></span>
          ^^^ the id `one` is also given on line 1: links reach only the first
"#,
        );
    }
}
