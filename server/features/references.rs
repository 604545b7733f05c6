//! Find references: every link that leads to the thing under the cursor.

use super::{
    Location, Place, entity,
    under::{Part, Under, anchor_key, definition_of, destination_of, under},
};
use crate::{
    model::Key,
    syntax::{Form, Link, LinkDefinition, normal_label},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// Every link to the thing under the cursor, in the order of paths; the thing itself first if asked.
///
/// On the first heading, or the title, that includes the links to the page as a whole. On a link it is
/// the links that lead where it leads: to the section from its anchor, else to the page.
pub fn references(cx: &Snapshot, at: Place, with_declaration: bool) -> Vec<Location> {
    let Some(document) = cx.page(at.id) else { return Vec::new() };
    if let Some(found) = entity::references(cx, document, at.at, with_declaration) {
        return found;
    }
    match under(document, at.at) {
        None => Vec::new(),
        Some(Under::Definition(definition)) => label(document, definition, with_declaration),
        Some(Under::Link(_, link, _)) if link.is_reference() => match definition_of(document, link)
        {
            Some(definition) => label(document, definition, with_declaration),
            None => same_label(document, link),
        },
        Some(Under::Link(index, link, part)) => {
            let keys = keys_of(cx, document, index, part);
            if keys.is_empty() {
                same_address(cx, link)
            } else {
                leading_to(cx, &keys, with_declaration)
            }
        }
        Some(Under::Heading(index, heading)) => {
            let mut keys: Vec<Key> =
                heading.anchor.iter().map(|it| anchor_key(document, it)).collect();
            if index == 0 {
                keys.push(Key::Page(document.path.clone()));
                keys.push(Key::Name(document.path.stem().to_lowercase().into()));
            }
            leading_to(cx, &keys, with_declaration)
        }
        Some(Under::Id(id, _)) => leading_to(cx, &[anchor_key(document, id)], with_declaration),
        Some(Under::Title(_)) => page(cx, document, with_declaration),
    }
}

/// Every link to a page or a place in it, and every use of a name of what it is about.
fn page(cx: &Snapshot, document: &Document, with_declaration: bool) -> Vec<Location> {
    let mut found = to_page(cx, document);
    found.extend(entity::uses_of_page(cx, document));
    found.sort();
    found.dedup();
    if with_declaration {
        found.insert(
            0,
            Location { path: document.path.clone(), span: document.outline.defines[0].span },
        );
    }
    found
}

/// Every link to a page or a place in it.
pub(super) fn to_page(cx: &Snapshot, document: &Document) -> Vec<Location> {
    let keys = document.outline.defines.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
    leading_to(cx, &keys, false)
}

/// The keys that the references of a link are the references of.
fn keys_of(cx: &Snapshot, document: &Document, index: usize, part: Part) -> Vec<Key> {
    let Some(reference) = document.outline.reference(index) else { return Vec::new() };
    match cx.resolve(reference) {
        Some(Resolved::Page(target, place)) => {
            let anchor = reference.fragment.as_deref().filter(|_| place.is_some());
            match (anchor, part) {
                (Some(id), Part::Fragment(_) | Part::Text) => {
                    vec![Key::Anchor(target.path.clone(), id.into())]
                }
                _ => target.outline.defines.iter().map(|it| it.key.clone()).collect(),
            }
        }
        Some(Resolved::NoAnchor(target)) => {
            let missing = reference.fragment.iter();
            missing.map(|it| Key::Anchor(target.path.clone(), it.clone())).collect()
        }
        _ => reference.candidates.to_vec(),
    }
}

pub(super) fn leading_to(cx: &Snapshot, keys: &[Key], with_declaration: bool) -> Vec<Location> {
    let mut found = Vec::new();
    if with_declaration {
        for document in keys.iter().take(1).flat_map(|it| cx.definers(it)) {
            let places = document.outline.defines.iter().filter(|it| keys.first() == Some(&it.key));
            found.extend(places.map(|it| Location { path: document.path.clone(), span: it.span }));
        }
    }
    found.extend(cx.references(keys).into_iter().filter_map(|(document, index)| {
        let link = document.page.links.get(index)?;
        Some(Location { path: document.path.clone(), span: address(link) })
    }));
    found
}

/// Links elsewhere to the same address on the web.
fn same_address(cx: &Snapshot, link: &Link) -> Vec<Location> {
    let found = cx.pages().flat_map(|document| {
        let links = document.page.links.iter();
        let same = links.filter(|it| it.target == link.target && !it.is_reference());
        same.map(|it| Location { path: document.path.clone(), span: address(it) })
    });
    found.collect()
}

/// Where a link says where it leads: what VS Code's own answer has, so that the two merge.
fn address(link: &Link) -> Span {
    if link.is_reference() || link.dest.is_empty() { link.span } else { link.dest }
}

/// The uses of a label on its page.
fn label(
    document: &Document,
    definition: &LinkDefinition,
    with_declaration: bool,
) -> Vec<Location> {
    let here = |span| Location { path: document.path.clone(), span };
    let uses = document.page.links.iter().filter(|it| {
        it.is_reference()
            && (it.form == Form::Footnote) == definition.footnote
            && normal_label(&it.target) == *definition.key
    });
    let uses = uses.map(|it| here(it.span));
    let own = with_declaration
        .then(|| destination_of(document, definition).map_or(definition.span, |(_, it)| it.span));
    own.map(here).into_iter().chain(uses).collect()
}

fn same_label(document: &Document, link: &Link) -> Vec<Location> {
    let key = normal_label(&link.target);
    let uses = document
        .page
        .links
        .iter()
        .filter(|it| it.is_reference() && normal_label(&it.target) == key);
    uses.map(|it| Location { path: document.path.clone(), span: it.span }).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Fixture;

    #[track_caller]
    fn check(fixture: &str) {
        let fixture = Fixture::new(fixture);
        let found = super::references(&fixture.snapshot(), fixture.place(), false);
        fixture.expect(found.into_iter().map(|it| (it.path, it.span, "link".to_owned())));
    }

    #[test]
    fn lists_the_links_to_a_heading_on_all_pages() {
        check(
            r"
//- aurora.md
[writes](quorum.md#writes), [reads](quorum.md#reads)
         ^^^^^^^^^^^^^^^^ link
//- quorum.md
# Quorum
## Wri$0tes
See [above](#writes).
            ^^^^^^^ link
## Reads
",
        );
    }

    #[test]
    fn lists_the_links_to_the_page_from_its_first_heading() {
        check(
            r"
//- aurora.md
[a](quorum.md), [b](./quorum.md#quorum), [c](quorum.md#reads)
    ^^^^^^^^^ link
                    ^^^^^^^^^^^^^^^^^^ link
//- quorum.md
# Quo$0rum
## Reads
",
        );
    }

    #[test]
    fn lists_all_links_to_a_page_from_its_title() {
        check(
            r"
//- aurora.md
[a](quorum.md), [c](quorum.md#reads)
    ^^^^^^^^^ link
                    ^^^^^^^^^^^^^^^ link
//- quorum.md
---
title: Quo$0rum
---
## Reads
",
        );
    }

    #[test]
    fn lists_the_uses_of_a_label() {
        check(
            r"
//- aurora.md
[a][quorum], [quorum] and [Quorum][]
^^^^^^^^^^^ link
             ^^^^^^^^ link
                          ^^^^^^^^^^ link

[quo$0rum]: quorum.md
//- quorum.md
",
        );
    }

    #[test]
    fn a_footnote_and_a_label_of_one_name_are_two_things() {
        check(
            r"
//- aurora.md
[a][quorum], note[^quorum]
^^^^^^^^^^^ link

[quo$0rum]: quorum.md
[^quorum]: A vote.
//- quorum.md
",
        );
        check(
            r"
//- aurora.md
[a][quorum], note[^quorum]
                 ^^^^^^^^^ link

[quorum]: quorum.md
[^quo$0rum]: A vote.
//- quorum.md
",
        );
    }

    #[test]
    fn lists_the_links_to_where_a_link_leads() {
        check(
            r"
//- aurora.md
[a](quo$0rum.md)
    ^^^^^^^^^ link
//- spanner.md
[b](quorum.md#reads)
    ^^^^^^^^^^^^^^^ link
//- quorum.md
# Quorum
## Reads
",
        );
    }
}
