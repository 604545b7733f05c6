use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::tag::ASKED;
use crate::syntax::{Constructs, Dialect, Form, parse};

/// What is read of a page, one thing a line, with the source that its span covers.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let mut dialect = Dialect::mkdocs_material();
    dialect.reads.blocks = true;
    let page = parse(text, &dialect);
    let source = |span: crate::text::Span| &text[span.range()];
    let mut all = Vec::new();
    for it in &page.headings {
        let anchor = it.anchor.as_deref().unwrap_or_default();
        all.push((it.span.start, format!("h{} #{anchor} `{}`", it.level, source(it.text))));
    }
    for it in &page.links {
        let (path, fragment) = it.parts(source(it.dest));
        let mut line = format!("{:?} `{}`", it.form, source(path));
        if let Some(fragment) = fragment {
            let _ = write!(line, " # `{}`", source(fragment));
        }
        if source(it.dest) != &*it.target {
            let _ = write!(line, " = {}", it.target);
        }
        if it.unread {
            line.push_str(" unread");
        }
        if !it.text.is_empty() {
            let _ = write!(line, " in `{}`", source(it.text));
        }
        all.push((it.span.start, line));
    }
    all.extend(
        page.ids.iter().map(|it| (it.span.start, format!("id #{} `{}`", it.id, source(it.span)))),
    );
    all.sort_by_key(|it| it.0);
    let lines: Vec<String> = all.into_iter().map(|it| it.1.replace('\n', "\\n") + "\n").collect();
    expected.assert_eq(&lines.concat());
}

#[test]
fn makes_ids_as_toc_does() {
    check(
        "# Six & seven\n## É 生 🚀 Rocket!\n## Same\n## Same\n## Same_1\n## \n## `code_span` and _emphasis_ snake_case\n### [A link](x.md) & ![alt](y.png)\n",
        &expect![[r"
            h1 #six-seven `Six & seven`
            h2 #e-rocket `É 生 🚀 Rocket!`
            h2 #same `Same`
            h2 #same_1 `Same`
            h2 #same_2 `Same_1`
            h2 #_1 ``
            h2 #code_span-and-emphasis-snake_case ``code_span` and _emphasis_ snake_case`
            h3 #a-link `[A link](x.md) & ![alt](y.png)`
            Inline `x.md` in `A link`
            Image `y.png` in `alt`
        "]],
    );
}

#[test]
fn reads_ids_that_are_written_out() {
    check(
        "# One {#first}\n# Two {: #second .wide }\n# Three { not closed\n# Four {#first}\n\nA paragraph.\n{: #para }\n\n*word*{: #word } [x](y.md){#link}\n",
        &expect![[r"
            h1 #first `One`
            h1 #second `Two`
            h1 #three-not-closed `Three { not closed`
            h1 #first `Four`
            id #para `para`
            id #word `word`
            Inline `y.md` in `x`
            id #link `link`
        "]],
    );
}

#[test]
fn reads_the_blocks_of_pymdownx() {
    check(
        "/// note | See [title](t.md)\n    attrs: {class: wide}\n\n## Inside\n\n    [code](no.md)\n\n//// tab | One\n[a](a.md)\n////\n///\n\n    [more](m.md)\n\n- /// details\n  [b](b.md)\n\n    ///\n\n// no block\n",
        &expect![[r#"
            Inline `t.md` in `title`
            h2 #inside `Inside`
            Inline `a.md` in `a`
            Inline `m.md` in `more`
            Inline `b.md` in `b`
        "#]],
    );
}

#[test]
fn reads_the_bodies_of_containers() {
    check(
        "!!! note \"See [title](t.md)\"\n\n    Body [a](a.md#x).\n\n    ## Inside\n\n    ```md\n    [code](no.md)\n    ```\n\n??? tip\n    [b](b.md)\n\n=== \"One\"\n\n    - item [c](c.md)\n\n        more [d](d.md)\n\n=== \"Two\"\n\n    [e](e.md)\n\n    [f](f.md)\n\n        [g](no.md)\n",
        &expect![[r"
            Inline `t.md` in `title`
            Inline `a.md` # `x` in `a`
            h2 #inside `Inside`
            Inline `b.md` in `b`
            Inline `c.md` in `c`
            Inline `d.md` in `d`
            Inline `e.md` in `e`
            Inline `f.md` in `f`
        "]],
    );
}

#[test]
fn leaves_code_alone() {
    check(
        "    [a](no.md)\n\n`[b](no.md)` ``[c](no.md) ` ``\n\n```\n# no\n[d](no.md)\n```\n\n- item\n\n    ```\n    # no\n    ```\n\n- [e](e.md)\n",
        &expect![[r"
            Inline `e.md` in `e`
        "]],
    );
}

#[test]
fn reads_html_only_where_it_is_asked_to() {
    check(
        "<div id=\"raw\">\n[a](no.md) <a href=\"b.md\">b</a>\n<h2 id=\"x\">No</h2>\n</div>\n\n<div markdown>\n[c](c.md)\n\n## Yes\n\n<h3>In the tree</h3>\n</div>\n\n<p markdown=\"span\">[d](d.md)</p>\n\nInline <a id=\"here\"></a><img src=\"e.png\">.\n<!-- [f](no.md) -->\n",
        &expect![[r"
            id #raw `raw`
            Html `b.md`
            id #x `x`
            Inline `c.md` in `c`
            h2 #yes `Yes`
            h3 #in-the-tree `In the tree`
            Inline `d.md` in `d`
            id #here `here`
            Html `e.png`
        "]],
    );
}

#[test]
fn reads_lists_by_four() {
    check(
        "Text\n- no list [a](a.md)\n\n1. One\n\n    ## In a list\n\n    [b](b.md)\n\n  - two\n    - three [c](c.md)\n\nTerm\n:   Meaning [d](d.md)\n\n    > [e](e.md)\n",
        &expect![[r"
            Inline `a.md` in `a`
            h2 #in-a-list `In a list`
            Inline `b.md` in `b`
            Inline `c.md` in `c`
            Inline `d.md` in `d`
            Inline `e.md` in `e`
        "]],
    );
}

#[test]
fn reads_every_kind_of_link() {
    check(
        "[a](<b c.md> \"t\") [a](b%20c.md 'it''s') [a b](c d.md) [a](b(1).md) [a][ref] [ref][] [ref] [gone][gone]\n[x [y] z](w.md) [![img](i.png)](l.md) \\[no](no.md) [a](b\\_c.md#d) <https://e.org> note[^1] [^2]\n\n[ref]: <to.md#x> \"title\"\n[^1]: See [n](n.md).\n",
        &expect![[r"
            Inline `b c.md` in `a`
            Inline `b%20c.md` in `a`
            Inline `c d.md` in `a b`
            Inline `b(1).md` in `a`
            Reference `ref` in `a`
            Collapsed `ref` in `ref`
            Shortcut `ref` in `ref`
            Inline `w.md` in `x [y] z`
            Inline `l.md` in `![img](i.png)`
            Image `i.png` in `img`
            Inline `b\_c.md` # `d` = b_c.md#d in `a`
            Autolink `https://e.org`
            Footnote `1`
            id #fnref:1 `[^1]`
            Footnote `2`
            Definition `to.md` # `x` in `ref`
            id #fn:1 `1`
            Inline `n.md` in `n`
        "]],
    );
}

#[test]
fn knows_where_everything_stands_behind_tabs_and_returns() {
    check(
        "!!! note\r\n\r\n\tSee [a](a.md#b).\r\n\r\n-\titem [c](c.md)\r\n",
        &expect![[r"
        Inline `a.md` # `b` in `a`
        Inline `c.md` in `c`
    "]],
    );
}

#[test]
fn draws_files_in() {
    check(
        "--8<-- \"a/b.md:4:6\"\n\n```\n--8<-- 'c.txt'\n```\n\n--8<--\nd.md\n; e.md\n--8<--\n",
        &expect![[r"
            Include `a/b.md`
            Include `c.txt`
            Include `d.md`
        "]],
    );
}

#[test]
fn a_head_that_is_no_yaml_is_text() {
    check(
        "---\ntitle: a: b: c\n---\n\n# Title\n",
        &expect![[r"
        h2 #title-a-b-c `title: a: b: c`
        h1 #title `Title`
    "]],
    );
}

#[test]
fn forms_are_told_apart() {
    let page = parse("![a](b.png) [[c]]", &Dialect::mkdocs_material());
    assert_eq!(page.links.iter().map(|it| it.form).collect::<Vec<_>>(), [Form::Image]);
}

#[test]
fn leaves_the_fields_of_a_head_out() {
    check(
        "Title: a [b](no.md)\n    and more\n\n[c](c.md)\n",
        &expect![[r"
        Inline `c.md` in `c`
    "]],
    );
}

#[test]
fn reads_blocks_of_mathematics_in_any_script() {
    check("$$é = 1$$\n\n\\[生\\]\n\n$$é\n", &expect![[""]]);
}

#[test]
fn finds_the_links_in_what_is_passed_on_unread() {
    check(
        "<div>\n\n- **[One](1.md#x)** and [two](<2 2.md> \"t\"), `[no](no.md)`, <code>[no](no.md)</code>\n\n```\n[no](no.md)\n```\n\n<!-- [no](no.md) -->\n<p title=\"[no](no.md)\">\n\n![three](3.png)\n</div>\n<pre>\n\n[no](no.md)\n</pre>\n\n<div markdown>\n[four](4.md)\n<div>\n\n[five](5.md)\n</div>\n</div>\n",
        &expect![[r#"
            Inline `1.md` # `x` unread in `One`
            Inline `2 2.md` unread in `two`
            Image `3.png` unread in `three`
            Inline `4.md` in `four`
            Inline `5.md` unread in `five`
        "#]],
    );
}

#[test]
fn a_link_in_a_link_is_one_only_behind_an_element() {
    check(
        "[a [b](1)](2), [a *b* [c](3)](4), [a `b` [c](5)](6), [![a](7) [b](8)](9)\n",
        &expect![[r#"
            Inline `2` in `a [b](1)`
            Inline `1` unread in `b`
            Inline `4` in `a *b* [c](3)`
            Inline `3` in `c`
            Inline `6` in `a `b` [c](5)`
            Inline `5` in `c`
            Inline `9` in `![a](7) [b](8)`
            Image `7` in `a`
            Inline `8` in `b`
        "#]],
    );
}

#[test]
fn an_undefined_label_in_a_link_is_found_once() {
    check(
        "[*x* ![a][gone]](1)\n",
        &expect![[r#"
        Inline `1` in `*x* ![a][gone]`
        Reference `gone` in `a`
    "#]],
    );
}

/// Every search that may come to nothing asks for fuel first. A reader that goes on without it asks
/// for more than in proportion to the text.
#[test]
fn asks_for_no_more_work_than_in_proportion_to_the_text() {
    for bytes in [4_000, 16_000] {
        for (name, text) in crate::syntax::bombs::bombs(bytes) {
            let before = ASKED.get();
            let material = Dialect::mkdocs_material();
            let reads = Constructs { blocks: true, ..material.reads };
            super::read(&text, 0, &Dialect { reads, ..material });
            let asked = ASKED.get() - before;
            assert!(asked <= 100 * text.len() + 10_000, "{name}: {asked} for {}", text.len());
        }
    }
}

#[test]
fn a_definition_has_no_destination_in_a_block_that_others_took_the_lines_of() {
    check(
        "[a]:\n=== \"T\"\n\n    [b](1)\n\n[c]:\n/// note\n[d](2)\n///\n\n[e]:\n  3\n\n[e]\n",
        &expect![[r#"
            Inline `1` in `b`
            Inline `2` in `d`
            Definition `3` in `e`
            Shortcut `e` in `e`
        "#]],
    );
}

#[test]
fn an_empty_cell_stands_in_its_row() {
    let text = "<div markdown>\n\n\n</div>a|b\n-|-\n|";
    let page = parse(text, &Dialect::mkdocs_material());
    let places = page.tables[0].rows[0].iter().map(|it| it.range()).collect::<Vec<_>>();
    assert_eq!(places, [31..31, 32..32]);
}

#[test]
fn an_element_that_is_not_closed_ends_with_a_whole_character() {
    let page = parse("a|b\n-|-\n <div markdown>\u{1f680}", &Dialect::mkdocs_material());
    assert_eq!(page.tables[0].rows[0][0].range(), 22..23);
}
