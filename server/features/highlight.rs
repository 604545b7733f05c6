//! What else on the page is the thing under the cursor: a heading and the links to it, the paths and
//! fragments that lead to one place, the uses of a label, the names of a system or a pattern.

use super::{
    Place, entity,
    under::{Part, Under, definition_of, under},
};
use crate::{
    model::{Path, Reference},
    syntax::{Form, Link, normal_label},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// A stretch of the page that is the thing under the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// Where it is.
    pub span: Span,
    /// Whether the thing is made here, and not only used.
    pub defines: bool,
}

/// The places of the page that have to do with the thing under the cursor, in the order of the text.
pub fn highlights(cx: &Snapshot, at: Place) -> Vec<Highlight> {
    let Some(document) = cx.page(at.id) else { return Vec::new() };
    let headings = &document.page.headings;
    if let Some(heading) = headings.iter().find(|it| it.span.touches(at.at)) {
        return place(cx, document, heading.span, heading.span);
    }
    let names = entity::named_alike(cx, document, at.at).into_iter();
    let names: Vec<_> = names.map(|span| Highlight { span, defines: false }).collect();
    if !names.is_empty() {
        return names;
    }
    let mut found = match under(document, at.at) {
        Some(Under::Link(_, link, part)) if link.is_reference() && part != Part::Text => {
            let key = definition_of(document, link).map(|it| it.key.to_string());
            let key = key.unwrap_or_else(|| normal_label(&link.target));
            label(document, &key, link.form == Form::Footnote)
        }
        Some(Under::Link(index, link, part)) => destination(cx, document, index, link, part),
        Some(Under::Definition(it)) => label(document, &it.key, it.footnote),
        Some(Under::Id(_, span)) => place(cx, document, span, span),
        Some(Under::Heading(..) | Under::Title(_)) | None => Vec::new(),
    };
    found.sort_unstable();
    found
}

/// A place of the page, and the fragments on it that lead there.
fn place(cx: &Snapshot, document: &Document, place: Span, shown: Span) -> Vec<Highlight> {
    let links = references(document).filter_map(|(link, reference)| {
        let Some(Resolved::Page(page, Some(to))) = cx.resolve(reference) else { return None };
        (page.id == document.id && to == place).then(|| fragment(document, link)).flatten()
    });
    let uses = links.map(|span| Highlight { span, defines: false });
    std::iter::once(Highlight { span: shown, defines: true }).chain(uses).collect()
}

fn destination(
    cx: &Snapshot,
    document: &Document,
    index: usize,
    link: &Link,
    part: Part,
) -> Vec<Highlight> {
    let uses = |span| Highlight { span, defines: false };
    let Some(own) = document.outline.reference(index) else {
        let links = document.page.links.iter();
        let same = links.filter(|it| !it.is_reference() && it.target == link.target);
        return match part {
            Part::Text => Vec::new(),
            _ => same.map(|it| uses(it.dest)).collect(),
        };
    };
    let target = target(cx, own);
    let same = references(document).filter(|(_, it)| self::target(cx, it) == target);
    match part {
        Part::Text => Vec::new(),
        Part::Path(_) => {
            let paths = same.map(|(it, _)| it.parts(&document.source(it.dest)).0);
            paths.filter(|it| !it.is_empty()).map(uses).collect()
        }
        Part::Fragment(_) => {
            let place = match cx.resolve(own) {
                Some(Resolved::Page(page, place)) if page.id == document.id => place,
                _ => None,
            };
            let place = place.map(|span| Highlight { span, defines: true });
            let same = same.filter(|(_, it)| it.fragment == own.fragment);
            let links = same.filter_map(|(it, _)| fragment(document, it)).map(uses);
            place.into_iter().chain(links).collect()
        }
    }
}

fn references(document: &Document) -> impl Iterator<Item = (&Link, &Reference)> {
    let refers = document.outline.refers.iter();
    refers.filter_map(|it| Some((document.page.links.get(it.link as usize)?, it)))
}

/// What a reference leads to, or should.
fn target(cx: &Snapshot, reference: &Reference) -> Option<Path> {
    use crate::model::Key;
    let led = cx.lead(reference).map(|it| it.1);
    led.or_else(|| match reference.candidates.first()? {
        Key::Page(path) => Some(path.clone()),
        _ => None,
    })
}

/// The fragment of a link, with its `#`.
fn fragment(document: &Document, link: &Link) -> Option<Span> {
    let span = link.parts(&document.source(link.dest)).1?;
    Some(Span::new(span.start - 1, span.end))
}

fn label(document: &Document, key: &str, footnote: bool) -> Vec<Highlight> {
    let own = document.page.definitions.iter();
    let own = own.filter(|it| it.footnote == footnote && *it.key == *key);
    let own = own.map(|it| Highlight { span: it.label, defines: true });
    let uses = document.page.links.iter().filter(|it| {
        it.is_reference()
            && (it.form == Form::Footnote) == footnote
            && normal_label(&it.target) == key
    });
    own.chain(uses.map(|it| Highlight { span: it.dest, defines: false })).collect()
}

/// The stretches that change together while the label under the cursor is typed: its definition and its
/// uses, as far as they read alike.
pub fn linked(cx: &Snapshot, at: Place) -> Vec<Span> {
    let Some(document) = cx.page(at.id) else { return Vec::new() };
    let on_label = match under(document, at.at) {
        Some(Under::Link(_, link, Part::Path(_))) => link.is_reference(),
        Some(Under::Definition(_)) => true,
        _ => false,
    };
    if !on_label {
        return Vec::new();
    }
    let all = highlights(cx, at);
    let Some(own) = all.iter().find(|it| it.span.touches(at.at)) else { return Vec::new() };
    let text = document.source(own.span);
    let alike: Vec<Span> =
        all.iter().map(|it| it.span).filter(|it| document.source(*it) == text).collect();
    if alike.len() > 1 { alike } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::testing::Fixture;

    #[track_caller]
    fn check(fixture: &str) {
        let fixture = Fixture::new(fixture);
        let cx = fixture.snapshot();
        let at = fixture.place();
        let path = cx.page(at.id).expect("a page").path.clone();
        let found = super::highlights(&cx, at)
            .into_iter()
            .map(|it| (path.clone(), it.span, if it.defines { "made" } else { "used" }.to_owned()));
        fixture.expect(found.collect::<Vec<_>>());
    }

    #[test]
    fn marks_a_heading_and_the_fragments_that_lead_to_it() {
        check(
            r"
//- a.md
# Lo$0g
^^^^^ made
[1](#log) [2](a.md#log) [3](#other)
    ^^^^ used
                  ^^^^ used
",
        );
    }

    #[test]
    fn marks_the_names_of_one_thing_in_front_matter_cells_and_running_text() {
        check(
            r"
//- a.md
---
patterns: [circuit-breaker]
           ^^^^^^^^^^^^^^^ used
---
A circuit br$0eaker trips. Kafka does not.
  ^^^^^^^^^^^^^^^ used

| System | Patterns |
|---|---|
| Kafka | Circuit Breaker |
          ^^^^^^^^^^^^^^^ used
[breaker](patterns/circuit-breaker.md)
//- patterns/circuit-breaker.md
# Circuit Breaker
//- case-studies/kafka.md
# Kafka
",
        );
    }

    #[test]
    fn marks_paths_that_lead_to_one_file() {
        check(
            r"
//- a.md
[1](b.$0md#x) [2](./b.md) [3](c.md)
    ^^^^ used
                ^^^^^^ used
//- b.md
//- c.md
",
        );
    }

    #[test]
    fn marks_fragments_that_lead_to_one_place() {
        check(
            r"
//- a.md
[1](b.md#x$0) [2](b.md#X) [3](b.md)
        ^^ used
                    ^^ used
//- b.md
# X
",
        );
    }

    #[test]
    fn marks_a_label_with_its_uses() {
        check(
            r"
//- a.md
[1][Lo$0g] [log]
    ^^^ used
          ^^^ used

[log]: b.md
 ^^^ made
",
        );
    }

    #[test]
    fn a_footnote_and_a_label_of_one_name_are_two_things() {
        check(
            r"
//- a.md
[a][quorum], note[^quorum]
    ^^^^^^ used

[quo$0rum]: b.md
 ^^^^^^ made
[^quorum]: A vote.
",
        );
    }

    #[test]
    fn labels_that_read_alike_change_together() {
        let fixture = Fixture::new("\n//- a.md\n[1][l$0og] [log] [LOG]\n\n[log]: b.md\n");
        let found = super::linked(&fixture.snapshot(), fixture.place());
        let found: Vec<_> = found.iter().map(|it| (it.start, it.end)).collect();
        assert_eq!(found, [(4, 7), (10, 13), (23, 26)]);
    }
}
