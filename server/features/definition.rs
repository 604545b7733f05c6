//! Go to definition: from a link, a reference or a footnote to what it names.

use super::{
    Location, Place, entity,
    under::{Under, definition_of, target, under},
};
use crate::{
    model::{Path, Reference, Target, resolve},
    syntax::{self, Form},
    text::{Offset, Span},
    world::{Document, Resolved, Snapshot},
};

/// Where the thing under the cursor is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The stretch under the cursor that is followed.
    pub origin: Span,
    /// Where it leads. For a heading its whole line, so that an editor's own answer merges with ours.
    pub to: Location,
}

/// Where the thing under the cursor is defined; empty where it is nothing, or broken.
pub fn definition(cx: &Snapshot, at: Place) -> Vec<Definition> {
    let Some(document) = cx.page(at.id) else { return Vec::new() };
    if let Some((span, places)) = entity::definitions(cx, document, at.at) {
        return places.into_iter().map(|to| Definition { origin: span, to }).collect();
    }
    let here = |span| Location { path: document.path.clone(), span };
    let Some(under) = under(document, at.at) else {
        return meant(cx, document, at.at).into_iter().collect();
    };
    let to = match under {
        Under::Link(_, link, _) if link.is_reference() => {
            definition_of(document, link).map(|it| here(it.span))
        }
        // A place that is not on the page itself leads nowhere.
        Under::Link(index, ..) => match target(cx, document, index) {
            Some(Resolved::NoAnchor(page)) if page.id == document.id => None,
            found => found.map(|it| place(&it)),
        },
        Under::Definition(definition) => Some(here(definition.span)),
        Under::Heading(_, heading) => Some(here(heading.span)),
        Under::Id(_, span) => Some(here(span)),
        Under::Title(_) => None,
    };
    to.map(|to| Definition { origin: under.span(), to }).into_iter().collect()
}

/// Where a line leads that reads like a definition but is none, because it continues a paragraph: the
/// author means one, and VS Code's Markdown extension follows it, too.
fn meant(cx: &Snapshot, document: &Document, at: Offset) -> Option<Definition> {
    let line = document.text.line(document.text.line_of(at));
    let page = syntax::parse(&document.source(line), &document.site.dialect);
    let mut links = page.links.iter().filter(|it| it.form == Form::Definition);
    let link = links.find(|it| it.span.touches(at - line.start))?;
    let Target::Local(aim) = resolve(&document.site, &document.path, link) else { return None };
    let to = place(&cx.resolve(&Reference::new(&document.site, 0, aim))?);
    Some(Definition { origin: link.dest.shifted(line.start), to })
}

/// The place a link leads to: the heading's line, or the start of the file.
fn place(target: &Resolved<'_>) -> Location {
    let start = |path: &Path| Location { path: path.clone(), span: Span::default() };
    match target {
        Resolved::Page(document, Some(span)) => {
            Location { path: document.path.clone(), span: *span }
        }
        Resolved::Page(document, None) | Resolved::NoAnchor(document) => start(&document.path),
        Resolved::File(path) | Resolved::Folder(path) => start(path),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Fixture;

    /// The cursor is `$0`; the carets are where it leads.
    #[track_caller]
    fn check(fixture: &str) {
        let fixture = Fixture::new(fixture);
        let found = super::definition(&fixture.snapshot(), fixture.place());
        fixture.expect(found.into_iter().map(|it| (it.to.path, it.to.span, "here".to_owned())));
    }

    #[test]
    fn follows_a_link_to_a_heading() {
        check(
            r"
//- aurora.md
Aurora keeps [six copies](quorum.md#wri$0tes).
//- quorum.md
# Reads
# Writes
^^^^^^^^ here
",
        );
    }

    #[test]
    fn a_place_that_is_not_on_the_page_leads_nowhere() {
        check("//- a.md\n# A\n[x](#go$0ne)\n");
    }

    #[test]
    fn follows_the_text_of_a_link() {
        check(
            r"
//- aurora.md
Aurora keeps [six co$0pies](quorum.md#writes).
//- quorum.md
## Writes ##
^^^^^^^^^^^^ here
",
        );
    }

    #[test]
    fn follows_a_link_within_its_page() {
        check(
            r"
//- aurora.md
# Six copies
^^^^^^^^^^^^ here
See [above](#six-$0copies).
",
        );
    }

    #[test]
    fn follows_a_reference_to_its_definition() {
        check(
            r"
//- aurora.md
Aurora keeps [six copies][Quo$0rum].

[quorum]: quorum.md
^^^^^^^^^^^^^^^^^^^ here
//- quorum.md
",
        );
    }

    #[test]
    fn follows_a_line_that_is_meant_to_be_a_definition() {
        check(
            r"
//- aurora.md
Aurora keeps [six copies][quorum].
[quorum]: quo$0rum.md#writes
//- quorum.md
# Writes
^^^^^^^^ here
",
        );
    }

    #[test]
    fn follows_a_footnote() {
        check(
            r"
//- aurora.md
Aurora keeps six copies.[^si$0x]

[^six]: Two in each zone.
^^^^^^^^^^^^^^^^^^^^^^^^^ here
",
        );
    }

    #[test]
    fn follows_an_entry_of_the_navigation() {
        check(
            r"
//- mkdocs.yml
nav:
  - Quorum: quo$0rum.md
//- docs/quorum.md
# Quorum
^ here
",
        );
    }

    #[test]
    fn follows_an_entry_of_a_table_of_contents() {
        check(
            r"
//- docfx.json
{}
//- toc.yml
- name: Quorum
  href: quo$0rum.md
//- quorum.md
# Quorum
^ here
",
        );
        check(
            r"
//- book.toml
//- src/SUMMARY.md
- [Quorum](quo$0rum.md)
//- src/quorum.md
# Quorum
^ here
",
        );
        check(
            r"
//- docs/index.html
<script>$docsify</script>
//- docs/_sidebar.md
- [Quorum](/guide/quo$0rum)
//- docs/guide/quorum.md
# Quorum
^ here
",
        );
    }

    #[test]
    fn has_no_answer_on_plain_words() {
        check(
            r"
//- aurora.md
Aurora keeps six co$0pies.
",
        );
    }

    #[test]
    fn opens_the_page_whose_heading_is_missing() {
        check(
            r"
//- aurora.md
[six](quorum.md#gon$0e)
//- quorum.md
^ here
# Quorum
",
        );
    }
}
