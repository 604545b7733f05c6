//! Tests of moving files.

use expect_test::{Expect, expect};

use super::{
    property_tests::{Texts, after, world},
    *,
};
use crate::testing::Fixture;

/// The texts of the pages that change, and where they are afterwards.
#[track_caller]
fn check(pairs: &[(&str, &str)], fixture: &str, expected: &Expect) {
    let cx = Fixture::new(fixture).snapshot();
    let path = |it: &str| Path::new(&format!("/w/{it}"));
    let pairs: Vec<_> = pairs.iter().map(|(from, to)| (path(from), path(to))).collect();
    let shown = match moves(&cx, &pairs) {
        Err(why) => format!("refused: {why}\n"),
        Ok(changes) => crate::testing::changed(&cx, &changes),
    };
    expected.assert_eq(&shown);
}

const BOOK: &str = r#"
//- index.md
[a](streaming/kafka.md#log), ![b](streaming/log.png), [c][k], [d](streaming/), <a href="streaming/kafka.md">e</a>

[k]: <streaming/kafka.md#log> "Kafka"
//- streaming/kafka.md
# Log
[x](../index.md), [y](log.png), [z](pulsar.md?a=b#p), [me](#log), [gone](gone.md), [web](https://example.org)
//- streaming/pulsar.md
[back](kafka.md)
//- streaming/log.png
"#;

#[test]
fn follows_a_page_into_another_folder() {
    check(
        &[("streaming/kafka.md", "logs/apache/kafka.md")],
        BOOK,
        &expect![[r#"
        //- index.md
        [a](logs/apache/kafka.md#log), ![b](streaming/log.png), [c][k], [d](streaming/), <a href="logs/apache/kafka.md">e</a>

        [k]: <logs/apache/kafka.md#log> "Kafka"
        //- streaming/kafka.md
        # Log
        [x](../../index.md), [y](../../streaming/log.png), [z](../../streaming/pulsar.md?a=b#p), [me](#log), [gone](../../streaming/gone.md), [web](https://example.org)
        //- streaming/pulsar.md
        [back](../logs/apache/kafka.md)
        streaming/kafka.md -> logs/apache/kafka.md
    "#]],
    );
}

#[test]
fn follows_a_folder_with_all_that_is_in_it() {
    check(
        &[("streaming", "queues/streaming")],
        BOOK,
        &expect![[r#"
        //- index.md
        [a](queues/streaming/kafka.md#log), ![b](queues/streaming/log.png), [c][k], [d](queues/streaming/), <a href="queues/streaming/kafka.md">e</a>

        [k]: <queues/streaming/kafka.md#log> "Kafka"
        //- streaming/kafka.md
        # Log
        [x](../../index.md), [y](log.png), [z](pulsar.md?a=b#p), [me](#log), [gone](gone.md), [web](https://example.org)
        streaming -> queues/streaming
    "#]],
    );
}

#[test]
fn follows_an_image() {
    check(
        &[("streaming/log.png", "images/the log (1).png")],
        BOOK,
        &expect![[r#"
        //- index.md
        [a](streaming/kafka.md#log), ![b](images/the%20log%20(1).png), [c][k], [d](streaming/), <a href="streaming/kafka.md">e</a>

        [k]: <streaming/kafka.md#log> "Kafka"
        //- streaming/kafka.md
        # Log
        [x](../index.md), [y](../images/the%20log%20(1).png), [z](pulsar.md?a=b#p), [me](#log), [gone](gone.md), [web](https://example.org)
        streaming/log.png -> images/the log (1).png
    "#]],
    );
}

#[test]
fn follows_two_pages_that_change_places() {
    check(
        &[
            ("streaming/kafka.md", "streaming/pulsar.md"),
            ("streaming/pulsar.md", "streaming/kafka.md"),
        ],
        BOOK,
        &expect![[r#"
            //- index.md
            [a](streaming/pulsar.md#log), ![b](streaming/log.png), [c][k], [d](streaming/), <a href="streaming/pulsar.md">e</a>

            [k]: <streaming/pulsar.md#log> "Kafka"
            //- streaming/kafka.md
            # Log
            [x](../index.md), [y](log.png), [z](kafka.md?a=b#p), [me](#log), [gone](gone.md), [web](https://example.org)
            //- streaming/pulsar.md
            [back](pulsar.md)
            streaming/kafka.md -> streaming/pulsar.md
            streaming/pulsar.md -> streaming/kafka.md
        "#]],
    );
}

#[test]
fn refuses_what_cannot_be() {
    check(
        &[("streaming/kafka.md", "index.md")],
        BOOK,
        &expect![[r#"
        refused: there is already a `index.md`
    "#]],
    );
    check(
        &[("streaming", "streaming/old")],
        BOOK,
        &expect![[r#"
        refused: `streaming` cannot be moved into itself
    "#]],
    );
    check(
        &[("gone.md", "new.md")],
        BOOK,
        &expect![[r#"
        refused: there is no `gone.md`
    "#]],
    );
}

#[test]
fn writes_links_as_the_author_did() {
    check(
        &[("b.md", "c/b.md")],
        r"
//- a.md
[1](b.md) [2](./b.md) [3](/b.md) [4](<b.md>) [5](b.md#x) [6](b)
//- b.md
",
        &expect![[r#"
            //- a.md
            [1](c/b.md) [2](./c/b.md) [3](/c/b.md) [4](<c/b.md>) [5](c/b.md#x) [6](c/b)
            b.md -> c/b.md
        "#]],
    );
}

#[test]
fn writes_addresses_as_the_site_has_them() {
    check(
        &[("docs/b/x.md", "docs/c/y.md")],
        r#"
//- mkdocs.yml
site_name: Studies
//- docs/a.md
[1](b/x.md) <a href="../b/x/">2</a> <a href="/b/x/#p">3</a>
//- docs/b/x.md
[up](../a.md) <a href="../../a/">4</a>
"#,
        &expect![[r#"
            //- docs/a.md
            [1](c/y.md) <a href="../c/y/">2</a> <a href="/c/y/#p">3</a>
            docs/b/x.md -> docs/c/y.md
        "#]],
    );
}

#[test]
fn follows_pages_by_their_names() {
    check(
        &[("a/kafka.md", "b/pulsar.md")],
        r"
//- .obsidian/app.json
{}
//- x.md
[[kafka]] [[Kafka|the log]] [[kafka#Log]]
//- a/kafka.md
# Log
",
        &expect![[r#"
            //- x.md
            [[pulsar]] [[pulsar|the log]] [[pulsar#Log]]
            a/kafka.md -> b/pulsar.md
        "#]],
    );
}

#[test]
fn follows_pages_by_their_names_and_by_their_paths_from_the_root_of_the_notes() {
    let fixture = r"
//- .obsidian/app.json
{}
//- home.md
[[log/kafka]] [[home]] [[kafka]]
//- log/kafka.md
[[home]] [[log/kafka#Log]]
# Log
";
    check(
        &[("home.md", "notes/start/home.md")],
        fixture,
        &expect![[r#"
        home.md -> notes/start/home.md
    "#]],
    );
    check(
        &[("log/kafka.md", "logs/apache.md")],
        fixture,
        &expect![[r#"
        //- home.md
        [[logs/apache]] [[home]] [[apache]]
        //- log/kafka.md
        [[home]] [[logs/apache#Log]]
        # Log
        log/kafka.md -> logs/apache.md
    "#]],
    );
    let deep = "//- .obsidian/app.json\n{}\n//- x.md\n[[log/kafka]] ![[log/a.png]]\n//- it/log/kafka.md\n//- it/log/a.png\n";
    check(
        &[("it/log", "it/queues/old")],
        deep,
        &expect![[r#"
        //- x.md
        [[old/kafka]] ![[old/a.png]]
        it/log -> it/queues/old
    "#]],
    );
    returns("it/log", "it/queues/old", deep);
    returns("it", "that", deep);
    returns("home.md", "notes/start/home.md", fixture);
    returns("log/kafka.md", "logs/apache.md", fixture);
}

#[test]
fn follows_what_wiki_links_name_by_a_path_and_pictures_by_their_names() {
    check(
        &[("a/kafka.md", "b/pulsar.md"), ("a/log.png", "b/tape.png")],
        r"
//- .obsidian/app.json
{}
//- x.md
[[a/kafka]] [[kafka]] ![[log.png]] ![[a/log.png|100]]
//- a/kafka.md
//- a/log.png
//- c/kafka.md
",
        &expect![[r#"
            //- x.md
            [[b/pulsar]] [[pulsar]] ![[tape.png]] ![[b/tape.png|100]]
            a/kafka.md -> b/pulsar.md
            a/log.png -> b/tape.png
        "#]],
    );
}

#[test]
fn follows_a_folder_in_the_navigation_and_in_addresses() {
    check(
        &[("docs/b", "docs/c")],
        r"
//- mkdocs.yml
site_name: Studies
nav:
  - B: b/index.md
  - X: b/x.md
//- docs/a.md
[1](b/) [2](b/x/)
//- docs/b/index.md
[up](../)
//- docs/b/x.md
[up](../) [a](../a.md)
//- docs/index.md
",
        &expect![[r#"
            //- docs/a.md
            [1](c/) [2](c/x/)
            //- mkdocs.yml
            site_name: Studies
            nav:
              - B: c/index.md
              - X: c/x.md
            docs/b -> docs/c
        "#]],
    );
}

#[test]
fn follows_a_page_in_every_kind_of_navigation() {
    check(
        &[("docs/a.md", "docs/b/c.md")],
        r#"
//- zensical.toml
[project]
nav = ["index.md", { "A" = "a.md" }]
//- docs/.nav.yml
nav:
  - A: a.md
//- docs/index.md
//- docs/a.md
"#,
        &expect![[r#"
            //- docs/.nav.yml
            nav:
              - A: b/c.md
            //- zensical.toml
            [project]
            nav = ["index.md", { "A" = "b/c.md" }]
            docs/a.md -> docs/b/c.md
        "#]],
    );
    check(
        &[("src/a.md", "src/b/c.md")],
        r"
//- book.toml
//- src/SUMMARY.md
- [A](a.md)
//- src/a.md
",
        &expect![[r#"
            //- src/SUMMARY.md
            - [A](b/c.md)
            src/a.md -> src/b/c.md
        "#]],
    );
    check(
        &[("a.md", "b/c.md")],
        r"
//- docfx.json
{}
//- toc.yml
- name: A
  href: a.md
//- a.md
",
        &expect![[r#"
            //- toc.yml
            - name: A
              href: b/c.md
            a.md -> b/c.md
        "#]],
    );
    check(
        &[("docs/a.md", "docs/b/c.md")],
        r"
//- docs/index.html
<script>$docsify</script>
//- docs/_sidebar.md
- [A](/a.md)
- [A](a)
//- docs/a.md
",
        &expect![[r#"
            //- docs/_sidebar.md
            - [A](/b/c.md)
            - [A](b/c)
            docs/a.md -> docs/b/c.md
        "#]],
    );
}

#[test]
fn writes_a_link_as_its_author_did_where_that_becomes_right() {
    check(
        &[("docs/drafts/a.md", "docs/a.md")],
        r"
//- mkdocs.yml
exclude_docs: drafts/
nav:
  - A: drafts/a.md
  - index.md
//- docs/index.md
[a](drafts/a.md), [a](drafts/a/)
//- docs/drafts/a.md
",
        &expect![[r#"
            //- docs/index.md
            [a](a.md), [a](a/)
            //- mkdocs.yml
            exclude_docs: drafts/
            nav:
              - A: a.md
              - index.md
            docs/drafts/a.md -> docs/a.md
        "#]],
    );
}

#[test]
fn follows_a_chapter_that_its_book_lists() {
    check(
        &[("src/sub", "src/part")],
        r"
//- book.toml
//- src/SUMMARY.md
- [Index](README.md)
- [Sub](sub/README.md)
//- src/README.md
[s](sub/), [s](sub/index.html)
//- src/sub/README.md
[own](./)
",
        &expect![[r#"
            //- src/README.md
            [s](part/), [s](part/index.html)
            //- src/SUMMARY.md
            - [Index](README.md)
            - [Sub](part/README.md)
            src/sub -> src/part
        "#]],
    );
}

#[test]
fn follows_a_page_that_states_a_part_of_its_address() {
    check(
        &[("content/posts/a.md", "content/notes/a.md")],
        r"
//- hugo.toml
//- content/_index.md
[a](posts/other/), [a](old/), [a](/posts/other/)
//- content/posts/a.md
---
slug: other
aliases: [/old/]
---
",
        &expect![[r#"
            //- content/_index.md
            [a](notes/other/), [a](old/), [a](/notes/other/)
            content/posts/a.md -> content/notes/a.md
        "#]],
    );
    check(
        &[("index.md", "notes/start.md")],
        r"
//- _config.yml
//- index.md
[a](named/)
//- notes/a.md
---
permalink: /named/
---
",
        &expect![[r#"
            //- index.md
            [a](../named/)
            index.md -> notes/start.md
        "#]],
    );
}

#[test]
fn leaves_the_address_of_a_page_that_is_no_more_to_the_redirect() {
    check(
        &[("docs/a.md", "docs/b/c.md")],
        r"
//- mkdocs.yml
plugins:
  - redirects:
      redirect_maps:
        old.md: a.md
//- docs/index.md
<a href='old/'>a</a>
//- docs/a.md
",
        &expect![[r#"
            //- mkdocs.yml
            plugins:
              - redirects:
                  redirect_maps:
                    old.md: b/c.md
            docs/a.md -> docs/b/c.md
        "#]],
    );
}

#[test]
fn follows_a_file_that_is_written_in_another_case() {
    check(
        &[("logs/kafka.md", "logs/apache.md")],
        r"
//- a.md
[k](Logs/Kafka.md#log), [k](logs/pulsar.md)
//- logs/kafka.md
# Log
",
        &expect![[r#"
            //- a.md
            [k](logs/apache.md#log), [k](logs/pulsar.md)
            logs/kafka.md -> logs/apache.md
        "#]],
    );
}

#[test]
fn keeps_blanks_and_slashes_as_their_author_wrote_them() {
    check(
        &[("docs/two copies.md", "docs/b/two copies.md")],
        r"
//- mkdocs.yml
//- docs/index.md
[a](two copies.md), [a](two%20copies.md), [a](../x/../two%20copies/)
//- docs/two copies.md
",
        &expect![[r#"
            //- docs/index.md
            [a](b/two copies.md), [a](b/two%20copies.md), [a](b/two%20copies/)
            docs/two copies.md -> docs/b/two copies.md
        "#]],
    );
}

#[test]
fn a_field_has_no_blank_in_it() {
    check(
        &[("b.md", "new name.md")],
        "//- a.md\n---\nredirect_to: ./b.md\n---\n//- b.md\n# B\n",
        &expect![[r#"
        //- a.md
        ---
        redirect_to: ./new%20name.md
        ---
        b.md -> new name.md
    "#]],
    );
}

/// A move there and back restores every byte.
#[track_caller]
fn returns(from: &str, to: &str, fixture: &str) {
    let pages = fixture.split("//- ").skip(1).filter_map(|it| it.split_once('\n'));
    let texts: Texts = pages.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let (from, to) = (Path::new(&format!("/w/{from}")), Path::new(&format!("/w/{to}")));
    let cx = world(&texts);
    let there = moves(&cx, &[(from.clone(), to.clone())]).expect("a move");
    let moved = after(&cx, &texts, &there);
    let cx = world(&moved);
    let back = moves(&cx, &[(to, from)]).expect("a move");
    assert_eq!(after(&cx, &moved, &back), texts, "{moved:#?}");
}

#[test]
fn a_link_to_a_folder_is_one_again_when_its_index_page_has_its_name_again() {
    let links = |config: &str, docs: &str, links: &str| {
        let index = if config == "hugo.toml" { "_index" } else { "index" };
        let text =
            format!("//- {config}\n//- {docs}/guide/{index}.md\n//- {docs}/guide/a.md\n{links}\n");
        let page = |name: &str| format!("{docs}/guide/{name}.md");
        returns(&page(index), &page("start"), &text);
    };
    links("mkdocs.yml", "docs", "[a](index.md), <a href='../'>b</a>, <a href='/guide/'>c</a>");
    links("docs/.vitepress/config.mts", "docs", "[a](index.md), [b](./), [c](/guide/)");
    links("hugo.toml", "content", "[b](../), [c](/guide/)");
}

#[test]
fn an_extensionless_link_is_one_to_a_folder_when_the_page_becomes_its_index() {
    check(
        &[("docs/guide/a.md", "docs/guide/index.md")],
        r"
//- docs/.vitepress/config.mts
//- docs/index.md
[a](guide/a), [a](/guide/a), [a](guide/a.md)
//- docs/guide/a.md
",
        &expect![[r#"
            //- docs/index.md
            [a](guide/), [a](/guide/), [a](guide/index.md)
            docs/guide/a.md -> docs/guide/index.md
        "#]],
    );
}

#[test]
fn a_link_in_a_way_of_its_own_keeps_to_it_while_its_target_stays() {
    let fixture = r"
//- mkdocs.yml
plugins:
  - redirects:
      redirect_maps:
        old.md: b/x.md
//- docs/a/y.md
<a href='../../old/'>1</a>, [2](../B/x.md), [3](../b/x.md/), [4](..)
//- docs/b/x.md
//- docs/index.md
";
    check(
        &[("docs/a/y.md", "docs/a/b/c/y.md")],
        fixture,
        &expect![[r#"
        //- docs/a/y.md
        <a href='../../../../old/'>1</a>, [2](../../../B/x.md), [3](../../../b/x.md/), [4](../../..)
        docs/a/y.md -> docs/a/b/c/y.md
    "#]],
    );
    returns("docs/a/y.md", "docs/a/b/c/y.md", fixture);
}

#[test]
fn a_detour_by_the_name_of_the_own_folder_follows_that_folder() {
    let fixture = r"
//- a/x.md
[y](../a/y.md), [y](../a/c/z.md#p)
//- a/y.md
//- a/c/z.md
";
    check(
        &[("a", "b/c")],
        fixture,
        &expect![[r#"
        //- a/x.md
        [y](../c/y.md), [y](../c/c/z.md#p)
        a -> b/c
    "#]],
    );
    returns("a", "b/c", fixture);
    returns("a/y.md", "a/new.md", fixture);
}

#[test]
fn follows_a_file_to_where_the_site_serves_it() {
    let fixture = r"
//- hugo.toml
baseURL = 'https://example.org/studies/'
//- content/_index.md
![p](/studies/pictures/plan.svg), ![p](pictures/plan.svg)
//- static/pictures/plan.svg
";
    check(
        &[("static/pictures", "static/new/pictures")],
        fixture,
        &expect![[r#"
        //- content/_index.md
        ![p](/studies/new/pictures/plan.svg), ![p](new/pictures/plan.svg)
        static/pictures -> static/new/pictures
    "#]],
    );
    returns("static/pictures", "static/new/pictures", fixture);
}

#[test]
fn the_files_of_a_bundle_lie_beside_its_page_whatever_its_folder_is_called() {
    check(
        &[("content/posts/bundle", "content/posts/new part")],
        r#"
//- hugo.toml
//- content/_index.md
[b]({{< relref "bundle" >}})
//- content/posts/bundle/index.md
![p](plan.svg)
//- content/posts/bundle/plan.svg
"#,
        &expect![[r#"
            //- content/_index.md
            [b]({{< relref "new part" >}})
            content/posts/bundle -> content/posts/new part
        "#]],
    );
}

#[test]
fn a_chapter_stays_a_file_in_the_list_of_its_book() {
    check(
        &[("src/sub/start.md", "src/sub/README.md")],
        r"
//- book.toml
//- src/SUMMARY.md
- [Sub](sub/start.md)
- [A](a.md)
//- src/a.md
[s](sub/start.md), [s](sub/start.html)
//- src/sub/start.md
",
        &expect![[r#"
            //- src/SUMMARY.md
            - [Sub](sub/README.md)
            - [A](a.md)
            //- src/a.md
            [s](sub/), [s](sub/index.html)
            src/sub/start.md -> src/sub/README.md
        "#]],
    );
    returns(
        "src/sub",
        "src/part",
        r"
//- book.toml
//- src/SUMMARY.md
- [A](a.md)
- [Sub](sub/README.md)
//- src/a.md
[s](sub/index.md), [s](sub/index.html), [s](sub/)
//- src/sub/README.md
",
    );
}

#[test]
fn a_readme_beside_an_index_does_not_take_its_address() {
    check(
        &[("a.md", "notes/README.md")],
        r"
//- _config.yml
//- index.md
[n](notes/), [a](a.html)
//- a.md
[n](notes/)
//- notes/index.md
",
        &expect![[r#"
            //- a.md
            [n](./)
            //- index.md
            [n](notes/), [a](notes/README.md)
            a.md -> notes/README.md
        "#]],
    );
}

#[test]
fn what_a_name_holds_ends_no_table_cell_and_no_attribute() {
    check(
        &[("a/p.md", "b c/p|q.md")],
        r"
//- x.md
| [p](a/p.md) | <a href=a/p.md>p</a> | <a href='a/p.md'>p</a> |
|---|---|---|
| [r](a/p.md\|r) | [r](a/r\|s.md) |
//- a/p.md
//- a/r|s.md
",
        &expect![[r#"
            //- x.md
            | [p](b%20c/p%7Cq.md) | <a href=b%20c/p%7Cq.md>p</a> | <a href='b c/p%7Cq.md'>p</a> |
            |---|---|---|
            | [r](a/p.md\|r) | [r](a/r\|s.md) |
            a/p.md -> b c/p|q.md
        "#]],
    );
    check(
        &[("a", "b")],
        "//- x.md\n| a |\n|---|\n| [r](a/r\\|s.md) |\n//- a/r|s.md\n",
        &expect![[r#"
            //- x.md
            | a |
            |---|
            | [r](b/r\|s.md) |
            a -> b
        "#]],
    );
}

#[test]
fn follows_links_behind_the_mark_of_a_generator() {
    let fixture = r"
//- docfx.json
{}
//- toc.yml
- name: A
  href: ~/articles/a.md
//- articles/b.md
[a](~/articles/a.md)
//- articles/a.md
";
    check(
        &[("articles/a.md", "new/c.md")],
        fixture,
        &expect![[r#"
        //- articles/b.md
        [a](~/new/c.md)
        //- toc.yml
        - name: A
          href: ~/new/c.md
        articles/a.md -> new/c.md
    "#]],
    );
    returns("articles/a.md", "new/c.md", fixture);
    let fixture = r"
//- docusaurus.config.js
module.exports = { baseUrl: '/studies/', presets: [['classic', { docs: { path: 'docs' } }]] };
//- docs/a.md
[b](@site/docs/02-guide/b.md), [b](/02-guide/b.md), [b](/docs/guide/b), [b](guide/b), ![p](/img/p.svg), ![p](@site/static/img/p.svg)
//- docs/02-guide/b.md
//- static/img/p.svg
";
    let guide = ("docs/02-guide", "docs/03-part");
    check(
        &[guide, ("static/img", "static/new")],
        fixture,
        &expect![[r#"
        //- docs/a.md
        [b](@site/docs/03-part/b.md), [b](/03-part/b.md), [b](/docs/part/b), [b](part/b), ![p](/new/p.svg), ![p](@site/static/new/p.svg)
        docs/02-guide -> docs/03-part
        static/img -> static/new
    "#]],
    );
    returns(guide.0, guide.1, fixture);
    returns("docs/a.md", "docs/start/here/a.md", fixture);
}
