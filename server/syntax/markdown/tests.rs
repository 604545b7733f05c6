use expect_test::{Expect, expect};

use crate::syntax::{Constructs, Dialect, Renderer, SlugStyle, parse};

fn dialect(renderer: Renderer, slugs: SlugStyle) -> Dialect {
    let base = Dialect::default();
    let reads = Constructs {
        attr_list: !matches!(renderer, Renderer::GitHub | Renderer::Obsidian),
        wiki_links: renderer == Renderer::Obsidian,
        ..base.reads
    };
    Dialect { renderer, slugs, reads, ..base }
}

/// The ids of the headings of a page.
#[track_caller]
fn check_ids(style: (Renderer, SlugStyle), text: &str, expected: &[&str]) {
    let page = parse(text, &dialect(style.0, style.1));
    let ids: Vec<&str> = page.headings.iter().filter_map(|it| it.anchor.as_deref()).collect();
    assert_eq!(ids, expected);
}

/// The links and ids of a page, by the source that their spans cover.
#[track_caller]
fn check(renderer: Renderer, text: &str, expected: &Expect) {
    let page = parse(text, &dialect(renderer, SlugStyle::GitHub));
    let mut all: Vec<(u32, String)> = Vec::new();
    for it in &page.links {
        let unread = if it.unread { ", unread" } else { "" };
        let shown = format!("{:?} `{}`{unread}\n", it.form, &text[it.dest.range()]);
        all.push((it.span.start, shown));
    }
    all.extend(page.ids.iter().map(|it| (it.span.start, format!("id `{}`\n", it.id))));
    all.sort();
    expected.assert_eq(&all.into_iter().map(|it| it.1).collect::<String>());
}

const HEADINGS: &str = "# Six & seven\n# É 生 🚀 Rocket!\n# Same\n# Same\n# Same-1\n# `code_span` _it_ [link](u.md)\n# 1. First\n# :tada: Yes\n";

#[test]
fn makes_ids_as_github_does() {
    check_ids(
        (Renderer::GitHub, SlugStyle::GitHub),
        HEADINGS,
        &[
            "six--seven",
            "é-生--rocket",
            "same",
            "same-1",
            "same-1-1",
            "code_span-it-link",
            "1-first",
            "tada-yes",
        ],
    );
}

#[test]
fn makes_ids_as_gitlab_does() {
    check_ids(
        (Renderer::GitHub, SlugStyle::GitLab),
        "# Six & seven\n# 42\n# Same\n# Same\n",
        &["six-seven", "anchor-42", "same", "same-1"],
    );
}

#[test]
fn makes_ids_as_mdbook_does() {
    check_ids(
        (Renderer::MdBook, SlugStyle::MdBook),
        HEADINGS,
        &[
            "six--seven",
            "é-生--rocket",
            "same",
            "same-1",
            "same-1-1",
            "code_span-it-link",
            "1-first",
            "tada-yes",
        ],
    );
}

#[test]
fn makes_ids_as_hugo_does() {
    check_ids(
        (Renderer::Goldmark, SlugStyle::Hugo),
        "# Six & seven\n# É 生 🚀 Rocket!\n# Same\n# Same\n# !\n# Own {#mine}\n",
        &["six--seven", "é-生--rocket", "same", "same-1", "heading", "mine"],
    );
    check_ids((Renderer::Goldmark, SlugStyle::HugoAscii), "# É 生 Rocket\n", &["e--rocket"]);
    check_ids(
        (Renderer::Goldmark, SlugStyle::HugoBlackfriday),
        "# Six & seven, eight\n",
        &["six-seven-eight"],
    );
}

#[test]
fn makes_ids_as_kramdown_does() {
    check_ids(
        (Renderer::Kramdown, SlugStyle::Kramdown),
        "# 1. Six & seven\n# Same\n# Same\n# 生\n# Own\n{: #mine }\n# Two {#two}\n",
        &["six--seven", "same", "same-1", "section", "mine", "two"],
    );
}

#[test]
fn makes_ids_as_kramdown_does_for_jekyll() {
    check_ids(
        (Renderer::Kramdown, SlugStyle::KramdownGfm),
        "# 1. Six & seven\n# Same\n# Same\n# 生 a_b -- x²\n# İ ΑΣ\n",
        &["1-six--seven", "same", "same-1", "生-a_b--x", "i̇-ασ"],
    );
}

#[test]
fn makes_ids_as_vitepress_does() {
    check_ids(
        (Renderer::MarkdownIt, SlugStyle::VitePress),
        "# Six & seven\n# Same\n# Same\n# 1. Élan :rocket:\n# a &amp; b\n# Own {#mine}\n# 生\n",
        &["six-seven", "same", "same-1", "_1-elan", "a-amp-b", "mine", "生"],
    );
}

#[test]
fn counts_as_the_first_vuepress_does() {
    check_ids(
        (Renderer::MarkdownIt, SlugStyle::VuePress1),
        "# Same\n# Same\n# Same\n# Other\n",
        &["same", "same-2", "same-3", "other"],
    );
}

#[test]
fn takes_the_id_of_a_heading_from_a_comment_of_mdx() {
    check_ids(
        (Renderer::Mdx, SlugStyle::Docusaurus),
        "<Tabs>\n    # Head {/* #own */}\n\n    # Other {/* own */}\n</Tabs>\n",
        &["own", "other-"],
    );
}

#[test]
fn makes_ids_as_markdig_does() {
    check_ids(
        (Renderer::Markdig, SlugStyle::Markdig),
        "# Six & seven\n# Same\n# Same\n# !\n",
        &["six--seven", "same", "same-1", "section"],
    );
}

#[test]
fn makes_ids_as_docusaurus_does() {
    check_ids(
        (Renderer::Mdx, SlugStyle::Docusaurus),
        "# Six & seven\n# Own {#mine}\n# Same\n# Same\n",
        &["six--seven", "mine", "same", "same-1"],
    );
}

#[test]
fn gives_headings_that_are_tags_an_id_on_github() {
    check_ids(
        (Renderer::GitHub, SlugStyle::GitHub),
        "<h1 align=\"center\">Six <b>copies</b></h1>\n\n## Six copies\n",
        &["six-copies", "six-copies-1"],
    );
}

#[test]
fn reads_bare_addresses() {
    check(
        Renderer::GitHub,
        "See https://e.org/a_b_(c)), www.e.org. [x](https://no.org) and `https://no.org`.\n",
        &expect![[r"
            Autolink `https://e.org/a_b_(c)`
            Autolink `www.e.org`
            Inline `https://no.org`
        "]],
    );
}

#[test]
fn reads_a_definition_that_comes_twice() {
    check(
        Renderer::GitHub,
        "[a]\n\n[a]: one.md\n[a]: two.md\n\n> [a]: three.md\n",
        &expect![[r"
        Shortcut `a`
        Definition `one.md`
        Definition `two.md`
        Definition `three.md`
    "]],
    );
}

#[test]
fn text_before_a_colon_is_no_definition() {
    check(
        Renderer::GitHub,
        "- [q](one.md)]: x\n- [r]: two\n- -->[q](one.md)]: \n\n[q]: q.md\n",
        &expect![[r#"
            Inline `one.md`
            Definition `two`
            Inline `one.md`
            Definition `q.md`
        "#]],
    );
}

#[test]
fn reads_what_mdbook_draws_in() {
    check(
        Renderer::MdBook,
        "{{#include a.rs:2:4}}\n\n```rust\n{{#rustdoc_include b.rs:x}}\n```\n\\{{#include no.rs}} {{#title no}}\n",
        &expect![[r"
            Include `a.rs`
            Include `b.rs`
        "]],
    );
}

#[test]
fn reads_references_of_hugo() {
    check(
        Renderer::Goldmark,
        "[a]({{< ref \"a.md#x\" >}}) {{% relref b %}} {{< figure src=\"no.png\" >}}\n",
        &expect![[r"
            Shortcode `a.md#x`
            Shortcode `b`
        "]],
    );
}

#[test]
fn reads_markdown_between_tags_of_mdx() {
    check(
        Renderer::Mdx,
        "import X from './x'\n\n<div id=\"here\">\n[a](a.md)\n</div>\n\n{/* [no](no.md) */}\n<https://e.org>\n",
        &expect![[r"
            id `here`
            Inline `a.md`
            Autolink `https://e.org`
        "]],
    );
}

#[test]
fn reads_what_is_indented_between_tags_of_mdx() {
    check(
        Renderer::Mdx,
        "<Tabs\n  values={[{ a: '>' }]}\n>\n  <Tab id=\"one\">\n\n      # Head {/* #own */}\n\n      - [a](a.md)\n\n          [b](b.md)\n\n      ```\n      [no](no.md)\n      ```\n  </Tab>\n</Tabs>\n\n* {/* [no](no.md) */}\n\n    [c](c.md)\n",
        &expect![[r#"
            id `one`
            Inline `a.md`
            Inline `b.md`
            Inline `c.md`
        "#]],
    );
}

#[test]
fn reads_no_markdown_in_shortcodes_that_show_code() {
    check(
        Renderer::Goldmark,
        "{{< code file=a.md >}}\n[no](no.md)\n{{< /code >}}\n\n[a](a.md)\n",
        &expect![[r"
            Inline `a.md`
        "]],
    );
}

#[test]
fn kramdown_reads_no_markdown_in_html_that_does_not_ask_for_it() {
    check(
        Renderer::Kramdown,
        "<div>\n\n# Head\n\n[no](no.md)\n\n</div>\n\n<div markdown=\"1\" id=\"x\">\n[a](a.md)\n</div>\n",
        &expect![[r#"
            Inline `no.md`, unread
            id `x`
            Inline `a.md`
        "#]],
    );
}

#[test]
fn reads_wiki_links_and_names_of_blocks() {
    check(
        Renderer::Obsidian,
        "[[page#heading|text]] ![[image.png]] `[[no]]`\n\nA block. ^block-1\n",
        &expect![[r"
            Wiki `page#heading`
            WikiEmbed `image.png`
            id `^block-1`
        "]],
    );
}

#[test]
fn parts_no_character_where_a_tag_of_mdx_becomes_blanks() {
    check(
        Renderer::Mdx,
        "1. <a é<b>`\n\n[a](b.md)\n\n`a`{/*é</p>\n\n{/* b */} www.e.org\n",
        &expect![[r#"
            Inline `b.md`
            Autolink `www.e.org`
        "#]],
    );
}
