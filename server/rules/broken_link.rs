#![doc = include_str!("broken_link.md")]

use super::{
    Finding, Fix, Found,
    fix::linked,
    judge::{self, Fault},
    listing, near, template,
};
use crate::{
    model::Key,
    world::{Document, Snapshot},
};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    judge::found(cx, document, Fault::Broken)
}

pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let mut fixes = linked(cx, document, finding);
    fixes.extend(create(cx, document, finding));
    fixes
}

/// Makes the page that is missing, with the parts of a study, and lists it where its folder is listed.
fn create(cx: &Snapshot, document: &Document, finding: &Finding) -> Option<Fix> {
    let mut references = document.outline.refers.iter();
    let (reference, link) = references.find_map(|reference| {
        let link = document.page.links.get(reference.link as usize)?;
        (near::parts(document, link).0 == finding.span).then_some((reference, link))
    })?;
    let path = reference.candidates.iter().find_map(|it| match it {
        Key::Page(path) if path.is_page() && cx.covers(path.as_str()) => Some(path),
        _ => None,
    })?;
    if cx.exists(path) || link.image {
        return None;
    }
    let said = document.source(link.text).trim_matches(['*', '_', '`', ' ']).to_owned();
    let title = if said.is_empty() { path.stem().replace(['-', '_'], " ") } else { said };
    let text = template::study(cx, path, &title);
    let shown = cx.shown(path);
    let lists = listing::beside(cx, path).filter(|it| it.id != document.id);
    let listed =
        lists.and_then(|it| Some((it.path.clone(), listing::listed(cx, it, path, &title)?)));
    Some(Fix {
        title: format!("Create `{shown}`"),
        safe: false,
        preferred: false,
        edits: listed.into_iter().collect(),
        creates: vec![(path.clone(), text)],
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn makes_no_page_for_a_picture() {
        check_fix(
            "broken-link",
            "//- a.md\n![six](quorums.md)\n//- quorum.md\n",
            &expect![[r#"
            Change to `quorum.md` (?)
            //- a.md
            ![six](quorum.md)
        "#]],
        );
    }

    #[test]
    fn is_not_sure_of_a_page_that_lacks_the_anchor() {
        check_fix(
            "broken-link",
            "//- a.md\n[q](gone/quorum.md#reads)\n//- patterns/quorum.md\n# Quorum\n",
            &expect![[r#"
                Change to `patterns/quorum.md`, without `#reads` (?)
                Create `gone/quorum.md` (?)
                //- a.md
                [q](patterns/quorum.md)
            "#]],
        );
    }

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("broken-link", fixture);
    }

    #[test]
    fn marks_the_destination_and_names_the_file_that_is_missing() {
        check(
            r"
//- studies/aurora.md
See [quorum](../patterns/quorum.md) and [the wall](wall.md#bricks).
             ^^^^^^^^^^^^^^^^^^^^^ no file `patterns/quorum.md`
                                                   ^^^^^^^ no file `studies/wall.md`
",
        );
    }

    #[test]
    fn leaves_code_the_web_and_what_lies_outside_alone() {
        check(
            r"
//- aurora.md
`[text](gone.md)`, [the web](https://example.org/gone.md), [mail](mailto:a@example.org),
[outside](../../elsewhere.md) and [here](#aurora).
",
        );
    }

    #[test]
    fn takes_any_file_and_any_folder_for_a_target() {
        check(
            r"
//- aurora.md
![plan](pictures/plan.svg), [the folder](pictures/), [the folder](pictures), [away](plans/).
                                                                                    ^^^^^^ no file `plans/README.md`
//- pictures/plan.svg
",
        );
    }

    #[test]
    fn decodes_what_the_author_encoded() {
        check(
            r"
//- aurora.md
[a](six%20copies.md), [b](<six copies.md>), [c](six%20copy.md)
                                                ^^^^^^^^^^^^^ no file `six copy.md`
//- six copies.md
",
        );
    }

    #[test]
    fn judges_definitions_where_they_stand() {
        check(
            r"
//- aurora.md
See [quorum] and [quorum][].

[quorum]: quorum.md
          ^^^^^^^^^ no file `quorum.md`
",
        );
    }

    #[track_caller]
    fn repairs(fixture: &str, expected: &Expect) {
        check_fix("broken-link", fixture, expected);
    }

    #[test]
    fn repairs_by_the_longest_ending_that_one_page_has() {
        repairs(
            r"
//- studies/aurora.md
See [quorum](../patterns/consensus/quorum.md).
//- library/consensus/quorum.md
# Quorum
//- library/storage/quorum.md
# Quorum
",
            &expect![[r#"
                Change to `../library/consensus/quorum.md`
                Create `patterns/consensus/quorum.md` (?)
                //- studies/aurora.md
                See [quorum](../library/consensus/quorum.md).
            "#]],
        );
    }

    #[test]
    fn reads_the_path_as_an_address_and_from_the_root() {
        repairs(
            r"
//- studies/aurora.md
See [quorum](../dynamo.md) and [quorum](/patterns/quorum).
//- studies/dynamo.md
# Dynamo
//- dynamo/other.md
//- patterns/quorum.md
# Quorum
",
            &expect![[r#"
                Change to `dynamo.md`
                Create `dynamo.md` (?)
                //- studies/aurora.md
                See [quorum](dynamo.md) and [quorum](/patterns/quorum).
            "#]],
        );
    }

    #[test]
    fn among_equals_takes_the_one_that_the_text_names() {
        repairs(
            r"
//- a.md
See [Read quorum](gone/quorum.md).
//- p/quorum.md
# Write quorum
//- q/quorum.md
# Read quorum
",
            &expect![[r#"
                Change to `q/quorum.md`
                Create `gone/quorum.md` (?)
                //- a.md
                See [Read quorum](q/quorum.md).
            "#]],
        );
    }

    #[test]
    fn is_not_sure_of_equals_and_of_names_that_are_merely_alike() {
        repairs(
            r"
//- a.md
See [it](gone/quorum.md).
//- p/quorum.md
# One
//- q/quorum.md
# Two
",
            &expect![[r#"
                Change to `p/quorum.md` (?)
                Change to `q/quorum.md` (?)
                Create `gone/quorum.md` (?)
                //- a.md
                See [it](p/quorum.md).
            "#]],
        );
        repairs(
            r"
//- a.md
See [it](quorums.md).
//- quorum.md
# Quorum
",
            &expect![[r#"
                Change to `quorum.md` (?)
                Create `quorums.md` (?)
                //- a.md
                See [it](quorum.md).
            "#]],
        );
    }

    #[test]
    fn never_leads_to_a_page_that_has_moved_or_to_an_anchor_that_is_not_there() {
        repairs(
            r"
//- a.md
See [it](gone/quorum.md#writes).
//- p/quorum.md
# Quorum
//- q/quorum.md
---
redirect_to: /p/quorum/
---
",
            &expect![[r#"
                Change to `p/quorum.md`, without `#writes` (?)
                Create `gone/quorum.md` (?)
                //- a.md
                See [it](p/quorum.md).
            "#]],
        );
    }

    #[test]
    fn judges_the_entries_of_navigation_files() {
        check(
            r"
//- mkdocs.yml
nav:
  - Home: index.md
  - Gone: databases/gone.md
          ^^^^^^^^^^^^^^^^^ no file `docs/databases/gone.md`
  - The web: https://example.org/
//- docs/index.md
//- book.toml
//- src/SUMMARY.md
- [Gone](gone.md)
         ^^^^^^^ no file `src/gone.md`
- [Chapter](part/README.md)
//- src/part/README.md
//- notes/toc.yml
- href: gone.md
",
        );
    }

    #[test]
    fn is_sure_of_a_navigation_entry_only_where_one_file_has_its_name() {
        let site = r"
//- mkdocs.yml
nav:
  - Quorum: gone/quorum.md
//- docs/patterns/quorum.md
# Quorum
";
        repairs(
            site,
            &expect![[r#"
                Change to `patterns/quorum.md`
                Create `docs/gone/quorum.md` (?)
                //- mkdocs.yml
                nav:
                  - Quorum: patterns/quorum.md
            "#]],
        );
        repairs(
            &format!("{site}//- docs/gone/quorum/index.md\n# The folder\n"),
            &expect![[r#"
                Change to `gone/quorum/index.md` (?)
                Create `docs/gone/quorum.md` (?)
                //- mkdocs.yml
                nav:
                  - Quorum: gone/quorum/index.md
            "#]],
        );
        repairs(
            &format!("{site}//- docs/studies/quorum.md\n# Another\n"),
            &expect![[r#"
                Change to `patterns/quorum.md` (?)
                Change to `studies/quorum.md` (?)
                Create `docs/gone/quorum.md` (?)
                //- mkdocs.yml
                nav:
                  - Quorum: patterns/quorum.md
            "#]],
        );
    }

    #[test]
    fn judges_the_tables_of_contents_of_docfx() {
        check(
            r"
//- docfx.json
{}
//- toc.yml
- name: Patterns
  href: patterns/
- name: Gone
  href: gone.md
        ^^^^^^^ no file `gone.md`
//- patterns/toc.yml
- href: quorum.md
//- patterns/quorum.md
",
        );
    }

    #[test]
    fn judges_the_navigation_of_folders() {
        check(
            r"
//- mkdocs.yml
plugins: [awesome-nav]
//- docs/.nav.yml
nav:
  - Guide: guide
  - Gone: gone.md
          ^^^^^^^ no file `docs/gone.md`
  - '*.md'
  - ...
//- docs/guide/.pages
nav: [a.md, none.md]
            ^^^^^^^ no file `docs/guide/none.md`
//- docs/guide/a.md
",
        );
    }

    #[test]
    fn judges_links_that_the_generator_does_not_read_by_whether_their_target_is_there() {
        check(
            r"
//- mkdocs.yml
//- docs/a.md
<div>

[gone](gone.md), [there](b.md)
       ^^^^^^^ no file `docs/gone.md`; MkDocs reads no Markdown here and shows it as it is written

</div>

[1. [Gone](gone.md)](#writes)
           ^^^^^^^ no file `docs/gone.md`; MkDocs reads no Markdown here and shows it as it is written

## Writes
//- docs/b.md
",
        );
    }

    #[test]
    fn offers_to_create_the_page_and_to_list_it() {
        repairs(
            r"
//- a.md
See [Amazon Aurora](studies/aurora.md).
//- studies/README.md
# Studies

- [Redis](redis.md)
//- studies/redis.md
# Redis
",
            &expect![[r#"
                Create `studies/aurora.md` (?)
                //- studies/README.md
                # Studies

                - [Redis](redis.md)
                - [Amazon Aurora](aurora.md)
                //- studies/aurora.md (new)
                ---
                title: "Amazon Aurora"
                ---

                # Amazon Aurora

                ## Architecture Overview

                ## Key Challenges

                ## Solutions Applied

                ## Lessons Learned

                ## Current State
            "#]],
        );
    }
}
