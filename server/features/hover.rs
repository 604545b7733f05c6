//! Hover: what is behind a link, and what leads to a heading.

use super::{
    Place, entity, preview,
    under::{Under, anchor_key, definition_of, target, under},
};
use crate::{
    model::{Key, Path, url},
    syntax::{Form, Link},
    text::Span,
    world::{Document, Resolved, Snapshot},
};

/// What is shown for the thing under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The stretch that it is about.
    pub span: Span,
    /// In Markdown.
    pub markdown: String,
}

/// The card of the thing under the cursor, if there is something to show.
pub fn hover(cx: &Snapshot, at: Place) -> Option<Card> {
    let document = cx.page(at.id)?;
    if let Some((span, markdown)) = entity::card(cx, document, at.at) {
        return Some(Card { span, markdown });
    }
    let under = under(document, at.at)?;
    let markdown = match under {
        Under::Link(index, link, part) => {
            let image = link.image && part == super::under::Part::Text;
            (!image).then(|| behind(cx, document, index, link))??
        }
        Under::Heading(index, _) => heading(cx, document, index)?,
        Under::Title(_) => {
            let known = entity::page_profile(cx, document).map(|it| it.markdown());
            known.unwrap_or_else(|| {
                format!("**{}**\n\n{}", preview::escape(document.title()), linked(cx, document))
            })
        }
        Under::Definition(_) | Under::Id(..) => return None,
    };
    Some(Card { span: under.span(), markdown })
}

/// What a link leads to.
fn behind(cx: &Snapshot, document: &Document, index: usize, link: &Link) -> Option<String> {
    if link.form == Form::Footnote {
        let definition = definition_of(document, link)?;
        return Some(preview::excerpt(cx, document, definition.span));
    }
    if let Some(path) = picture(document, index) {
        let address = url::of_path(path);
        return Some(format!("[![]({address}|width=300)]({address})"));
    }
    Some(match target(cx, document, index)? {
        Resolved::Page(page, Some(at)) => preview::section(cx, page, at),
        Resolved::Page(page, None) => about(cx, page),
        Resolved::NoAnchor(page) => {
            let missing = link.fragment().unwrap_or_default();
            format!("no heading `#{missing}` there\n\n{}", preview::page(cx, page))
        }
        Resolved::File(path) => format!("`{}`", cx.shown(path)),
        Resolved::Folder(_) => return None,
    })
}

/// What is known of what a page is about, else the page in short.
fn about(cx: &Snapshot, page: &Document) -> String {
    entity::page_profile(cx, page).map_or_else(|| preview::page(cx, page), |it| it.markdown())
}

/// The picture that a link shows or leads to, whether or not it is there: it may be made later.
fn picture(document: &Document, index: usize) -> Option<&Path> {
    let reference = document.outline.reference(index)?;
    let paths = reference.candidates.iter().filter_map(|it| match it {
        Key::Page(path) => Some(path),
        _ => None,
    });
    paths.into_iter().find(|it| it.is_picture())
}

/// A heading: its anchor and how many links lead to it.
fn heading(cx: &Snapshot, document: &Document, index: usize) -> Option<String> {
    let anchor = document.page.headings.get(index)?.anchor.as_deref()?;
    let found = cx.references(&[anchor_key(document, anchor)]).len();
    let mut card =
        format!("`#{anchor}` — {}", count(found, "link to this heading", "links to this heading"));
    if index == 0 {
        card.push_str("\n\n");
        let known = entity::page_profile(cx, document).map(|it| it.markdown());
        card.push_str(&known.unwrap_or_else(|| linked(cx, document)));
    }
    Some(card)
}

/// How many links lead to a page as a whole, and from how many pages.
fn linked(cx: &Snapshot, document: &Document) -> String {
    let name = Key::Name(document.path.stem().to_lowercase().into());
    let found = cx.references(&[Key::Page(document.path.clone()), name]);
    let links = found.iter().filter(|it| it.0.id != document.id);
    let mut pages: Vec<_> = links.clone().map(|it| it.0.id).collect();
    pages.dedup();
    let from = if pages.len() == 1 { "page" } else { "pages" };
    format!(
        "{} from {} other {from}",
        count(links.count(), "link to this page", "links to this page"),
        pages.len()
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::testing::Fixture;

    #[track_caller]
    fn check(fixture: &str, expected: &Expect) {
        let fixture = Fixture::new(fixture);
        let card = super::hover(&fixture.snapshot(), fixture.place());
        expected.assert_eq(&card.map(|it| it.markdown + "\n").unwrap_or_default());
    }

    #[test]
    fn shows_the_page_behind_a_link() {
        check(
            r"
//- aurora.md
See [quorum](pat$0terns/quorum.md).
//- patterns/quorum.md
---
title: Quorum
description: A write counts when most copies have it.
---
# Quorum
## Problem
## Solution
### In detail
",
            &expect![[r#"
                **Quorum** · pattern

                A write counts when most copies have it.

                **Sections** [Problem](file:///w/patterns/quorum.md#L6) · [Solution](file:///w/patterns/quorum.md#L7)

                patterns/quorum.md · linked from 1 page
            "#]],
        );
    }

    #[test]
    fn shows_the_section_behind_an_anchor_with_links_that_open() {
        check(
            r"
//- aurora.md
See [reads](patterns/quorum.md#rea$0ds).
//- patterns/quorum.md
# Quorum
## Reads
Three of six, see [writes](#writes) and [Aurora](../aurora.md).
## Writes
",
            &expect![[r"
                **Quorum** — `patterns/quorum.md`

                ---

                ## Reads
                Three of six, see [writes](file:///w/patterns/quorum.md#L4) and [Aurora](file:///w/aurora.md).
            "]],
        );
    }

    #[test]
    fn takes_the_first_paragraph_where_no_description_is_stated() {
        check(
            r"
//- aurora.md
See [quorum](qu$0orum.md).
//- quorum.md
# Quorum

A write counts when *most* copies
have it.

More of it.
",
            &expect![[r"
                **Quorum** — `quorum.md`

                A write counts when *most* copies
                have it.
            "]],
        );
    }

    #[test]
    fn shows_no_front_matter_that_the_generator_takes_for_text() {
        check(
            r"
//- mkdocs.yml
site_name: Studies
//- docs/aurora.md
See [quorum](qu$0orum.md).
//- docs/quorum.md
---
title: Quorum: a vote
tags: [a]
---

# Quorum

A write counts when most copies have it.
",
            &expect![[r#"
                **Quorum** — `docs/quorum.md`

                A write counts when most copies have it.
            "#]],
        );
    }

    #[test]
    fn leaves_out_the_line_that_parts_a_section_from_the_next() {
        check(
            "//- a.md\n# A\n[b](#b$0)\n\n## B\n\nSix copies.\n\n---\n\n## C\n",
            &expect![[r#"
            **A** — `a.md`

            ---

            ## B

            Six copies.
        "#]],
        );
    }

    #[test]
    fn a_card_of_a_field_shows_its_words_as_code() {
        check(
            "//- a.md\n---\nti$0er: gold\n---\n",
            &expect![[r#"
            **tier** · front matter field

            How well it has proven itself: `gold`, `silver`, `bronze`.

            **Values in use** gold — 1
        "#]],
        );
    }

    #[test]
    fn counts_the_links_to_a_heading() {
        check(
            r"
//- aurora.md
[a](quorum.md#reads) and [b](quorum.md)
//- quorum.md
# Quo$0rum
## Reads
",
            &expect![[r"
                `#quorum` — 0 links to this heading

                1 link to this page from 1 other page
            "]],
        );
    }

    #[test]
    fn shows_the_text_of_a_footnote() {
        check(
            r"
//- aurora.md
Six copies.[^six$0]

[^six]: Two in each zone.
",
            &expect![[r"
                [^six]: Two in each zone.
            "]],
        );
    }

    #[test]
    fn is_silent_on_plain_words_and_the_web() {
        check("//- a.md\nplain wo$0rds\n", &expect![""]);
        check("//- a.md\n[web](https://exa$0mple.org)\n", &expect![""]);
    }
}
