//! What is read from any text, well formed or not.

use proptest::{prelude::*, sample::select};

use super::*;
use crate::syntax;

const PIECES: &[&str] = &[
    "---\n",
    "type: pattern\n",
    "patterns: [a, \"b\", 'c']\n",
    "patterns_used:\n  gold:\n  - a: é→\n",
    "modern_examples:\n- company: X→\n  scale: 5★\n",
    "\n",
    "\n\n",
    "# T→ (É)\n",
    "- **[É](é.md)** - 5→ 9s\n",
    "- Né: 10T+ é/day, \"→\n",
    "| System | Patterns (x | Scale |\n",
    "|---|---|---|\n",
    "| **É** | a (→), [b](c.md) | 5ms→ |\n",
    "[x→](y.md)",
    "→",
    "*",
    "`",
    "(",
    ")",
    "[",
    "]",
    "|",
    ":",
    "é",
    "9",
    ",",
    "%",
];

proptest! {
    #![proptest_config(crate::testing::cases(256))]

    #[test]
    fn any_text_is_read_and_every_place_lies_in_it(
        pieces in proptest::collection::vec(select(PIECES), 0..24)
    ) {
        let text = pieces.concat();
        let site = Site::plain("/w");
        let page = syntax::parse(&text, &site.dialect);
        let outline = crate::model::Outline::new(&site, &Path::new("/w/index.md"), &page, &text);
        let knowledge = outline.knowledge;
        let spans = knowledge.refers.iter().map(|it| it.span);
        let spans = spans.chain(knowledge.facts.iter().map(|it| it.span));
        for span in spans.chain(knowledge.names.iter().map(|it| it.span)) {
            prop_assert!(text.get(span.range()).is_some(), "{span:?}");
        }
    }
}
