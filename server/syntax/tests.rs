use proptest::prelude::*;

use super::{Dialect, Page, Renderer, parse};
use crate::text::Span;

/// Pieces of Markdown that mean something, so that what is thrown together often does too.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    " ",
    "# ",
    "## x",
    "`",
    "```\n",
    "~~~",
    "[",
    "](",
    ")",
    "![",
    "]",
    "[^1]",
    "]: ",
    "<",
    ">",
    "<div markdown>",
    "</div>",
    "<a id=\"",
    "\"",
    "'",
    "-->",
    "<!--",
    "!!! note\n",
    "??? x\n",
    "=== \"T\"\n",
    "- ",
    "1. ",
    "> ",
    ": ",
    "*",
    "_",
    "$",
    "\\",
    "{#id}",
    "{: ",
    "}",
    "|",
    "---\n",
    "a|b\n-|-\n",
    "word",
    "é生🚀",
    "\u{2}",
    "\u{3}",
    "\u{b}",
    "[[a#b|c]]",
    "--8<-- \"f\"\n",
    "{{#include x}}",
    "{{< ref \"a\" >}}",
    ":smile:",
    "https://e.org",
    "&amp;",
    "&#",
    "<script>",
    "<?",
    "<![CDATA[",
    "*[A]: b",
    "::: note\n",
    ":::\n",
    "{#x}",
];

pub(super) fn dialects() -> Vec<Dialect> {
    let of = |renderer| Dialect { renderer, ..Dialect::default() };
    vec![
        Dialect::mkdocs_material(),
        of(Renderer::GitHub),
        of(Renderer::MdBook),
        of(Renderer::Goldmark),
        of(Renderer::Mdx),
        of(Renderer::Kramdown),
        of(Renderer::Markdig),
        of(Renderer::Obsidian),
    ]
}

/// Texts of about so many bytes that a careless reader takes long for.
fn bombs(bytes: usize) -> Vec<String> {
    let fill = |piece: &str| piece.repeat(bytes / piece.len());
    let mut all: Vec<String> = [
        "[",
        "![",
        "]",
        "[a](",
        "[a][",
        "[a](<",
        "[a](\"",
        "[](",
        "`",
        "``` ",
        "`a``b```",
        "<",
        "<a ",
        "<a b=\"",
        "<div ",
        "<!--",
        "<!-- -- ",
        "<?",
        "</",
        "<div>",
        "<div markdown>",
        "<b>",
        "</b>",
        "*",
        "_a",
        "**a *b ",
        "$",
        "\\(",
        "\\",
        "&",
        "&#",
        "{",
        " {#a",
        "* ",
        "> ",
        "- ",
        "1. ",
        "# h\n",
        "# h\n\n",
        "a\n",
        "- a\n",
        "> a\n",
        "[a]: b\n",
        "[^a]: b\n",
        "[^a]",
        "*[a]: b\n",
        "!!! a\n",
        "    !!! a\n",
        "=== \"a\"\n",
        "a\n: b\n",
        "a|",
        "|a|\n|-|\n",
        "|",
        "---\n",
        "\t",
        " ",
        "\n",
        "a ",
        "{{",
        "{{<",
        "[[",
        "www.a)",
        "http://a",
        "]:",
        ":a:",
        "(c)",
        "x\n===\n",
        "```\n",
        "~~~\n\n",
        "--8<-- ",
        "x^",
        "<h1>",
    ]
    .iter()
    .map(|it| fill(it))
    .collect();
    // Lists in lists, as deep as the bytes reach.
    let mut nested = String::new();
    for depth in 0.. {
        if nested.len() > bytes {
            break;
        }
        nested.push_str(&"    ".repeat(depth));
        nested.push_str("- a\n");
    }
    all.push(nested);
    all
}

/// What takes more than linear time takes minutes here.
#[test]
fn reads_what_is_long_or_deep() {
    for text in bombs(15_000) {
        for dialect in dialects() {
            parse(&text, &dialect);
        }
    }
}

fn spans(page: &Page) -> Vec<Span> {
    let mut all: Vec<Span> = page.headings.iter().flat_map(|it| [it.span, it.text]).collect();
    all.extend(page.headings.iter().filter_map(|it| it.explicit));
    all.extend(page.links.iter().flat_map(|it| [it.span, it.text, it.dest]));
    all.extend(page.definitions.iter().flat_map(|it| [it.span, it.label]));
    all.extend(page.ids.iter().map(|it| it.span));
    all.extend(page.items.iter().flat_map(|it| [it.span, it.text]));
    all.extend(page.tables.iter().flat_map(|it| std::iter::once(it.span).chain(it.head.clone())));
    all.extend(page.tables.iter().flat_map(|it| it.rows.concat()));
    all.extend(page.lead);
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_page_whose_spans_lie_in_it(
        parts in prop::collection::vec(prop::sample::select(PIECES), 0..40)
    ) {
        let text = parts.concat();
        for dialect in dialects() {
            for span in spans(&parse(&text, &dialect)) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?} by {:?}", dialect.renderer);
            }
        }
    }
}
