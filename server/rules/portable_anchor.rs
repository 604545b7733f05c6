#![doc = include_str!("portable_anchor.md")]

use std::collections::HashSet;

use super::{Finding, Fix, Found};
use crate::{
    model::Key,
    syntax::{self, Dialect, Heading, Page, SlugStyle},
    text::{Edit, Span},
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    let linked = |it: &&Heading| {
        let anchor = it.anchor.as_ref().filter(|it| !it.is_empty());
        let key = anchor.map(|it| Key::Anchor(document.path.clone(), document.site.anchor(it)));
        key.is_some_and(|it| !cx.references(&[it]).is_empty())
    };
    let linked: Vec<&Heading> = document.page.headings.iter().filter(linked).collect();
    if linked.is_empty() {
        return Vec::new();
    }
    let (other, elsewhere) = other(document);
    let written: HashSet<&str> = other.ids.iter().map(|it| &*it.id).collect();
    let found = linked.into_iter().filter_map(|heading| {
        let id = heading.anchor.as_deref()?;
        let theirs = counterpart(&other, heading).and_then(|it| it.anchor.as_deref());
        if written.contains(id) || theirs == Some(id) {
            return None;
        }
        let message = match theirs {
            Some(theirs) => format!("`#{id}` here is `#{theirs}` {elsewhere}"),
            None => format!("`#{id}` is no heading {elsewhere}"),
        };
        let place = if heading.text.is_empty() { heading.span } else { heading.text };
        Some(Found::new(place, message))
    });
    found.collect()
}

/// Writes the id out, in a tag that every generator keeps.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let mut headings = document.page.headings.iter();
    let Some(heading) = headings.find(|it| it.text == finding.span) else { return Vec::new() };
    // What is no heading there is not read there at all.
    let Some(id) =
        heading.anchor.as_deref().filter(|_| counterpart(&other(document).0, heading).is_some())
    else {
        return Vec::new();
    };
    let edit = Edit { span: Span::empty(heading.text.start), with: format!("<a id=\"{id}\"></a>") };
    vec![Fix::one(document, format!("Keep the id `{id}` in an `<a id>`"), edit)]
}

/// The page as the other of the two reads it, and where that is.
fn other(document: &Document) -> (Page, &'static str) {
    let text = document.text.to_string();
    if document.site.dialect.slugs == SlugStyle::GitHub {
        (syntax::parse(&text, &Dialect::mkdocs_material()), "in MkDocs")
    } else {
        (syntax::parse(&text, &Dialect::default()), "on GitHub")
    }
}

/// The heading of the other page that stands on the same line.
fn counterpart<'a>(other: &'a Page, heading: &Heading) -> Option<&'a Heading> {
    let start = heading.span.start;
    let found = other.headings.binary_search_by_key(&start, |it| it.span.start).ok()?;
    other.headings.get(found)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn marks_a_heading_that_is_linked_to_and_has_another_id_on_github() {
        check_rule(
            "portable-anchor",
            r"
//- casebook.toml
rules.portable-anchor = 'info'
//- mkdocs.yml
site_name: Studies
//- docs/a.md
# A
## Reads & writes
   ^^^^^^^^^^^^^^ `#reads-writes` here is `#reads--writes` on GitHub
## Logs & pages
## Costs
//- docs/b.md
[reads](a.md#reads-writes), [costs](a.md#costs)
",
        );
    }

    #[test]
    fn marks_what_would_be_another_id_in_mkdocs() {
        check_rule(
            "portable-anchor",
            r"
//- casebook.toml
rules.portable-anchor = 'info'
//- a.md
[reads](#reads--writes)

## Reads & writes
   ^^^^^^^^^^^^^^ `#reads--writes` here is `#reads-writes` in MkDocs
",
        );
    }

    #[test]
    fn knows_that_github_takes_an_attribute_list_for_text() {
        check_rule(
            "portable-anchor",
            r"
//- casebook.toml
rules.portable-anchor = 'info'
//- mkdocs.yml
site_name: Studies
markdown_extensions: [attr_list]
//- docs/a.md
[reads](#reads)

## Reads {#reads}
   ^^^^^ `#reads` here is `#reads-reads` on GitHub
",
        );
    }

    #[test]
    fn keeps_the_id_in_a_tag() {
        check_fix(
            "portable-anchor",
            r"
//- casebook.toml
rules.portable-anchor = 'info'
//- a.md
[reads](#reads--writes)

## Reads & writes
",
            &expect![[r#"
                Keep the id `reads--writes` in an `<a id>` (?)
                //- a.md
                [reads](#reads--writes)

                ## <a id="reads--writes"></a>Reads & writes
            "#]],
        );
    }
}
