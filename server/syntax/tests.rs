use proptest::prelude::*;

use super::{Constructs, Dialect, Page, Renderer, bombs::bombs, parse};
use crate::text::Span;

/// Pieces of Markdown that mean something, so that what is thrown together often does too.
pub(crate) const PIECES: &[&str] = &[
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

pub(crate) fn dialects() -> Vec<Dialect> {
    let of = |renderer| Dialect { renderer, ..Dialect::default() };
    let material = Dialect::mkdocs_material();
    let reads = Constructs { blocks: true, symbols: true, bare_links: true, ..material.reads };
    vec![
        Dialect { reads, ..material.clone() },
        material,
        of(Renderer::GitHub),
        of(Renderer::MdBook),
        of(Renderer::Goldmark),
        of(Renderer::Mdx),
        of(Renderer::Kramdown),
        of(Renderer::MarkdownIt),
        of(Renderer::Markdig),
        of(Renderer::Obsidian),
    ]
}

/// What takes more than linear time takes minutes here.
#[test]
fn reads_what_is_long_or_deep() {
    for (_, text) in bombs(8_000) {
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
    #![proptest_config(crate::testing::cases(2_000))]

    #[test]
    fn any_bytes_give_a_page_whose_spans_lie_in_it(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let text = String::from_utf8_lossy(&bytes);
        for dialect in dialects() {
            for span in spans(&parse(&text, &dialect)) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?} by {:?}", dialect.renderer);
            }
        }
    }

    #[test]
    fn any_text_gives_a_page_whose_spans_lie_in_it(
        parts in prop::collection::vec(prop::sample::select(PIECES), 0..40)
    ) {
        let text = parts.concat();
        for dialect in dialects() {
            let page = parse(&text, &dialect);
            for span in spans(&page) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?} by {:?}", dialect.renderer);
            }
            for row in page.tables.iter().flat_map(|it| std::iter::once(&it.head).chain(&it.rows)) {
                let is_in_order = row.windows(2).all(|it| it[0].end <= it[1].start);
                prop_assert!(is_in_order, "{row:?} of {text:?}");
            }
        }
    }
}
