#![doc = include_str!("mojibake.md")]

use std::{collections::HashMap, sync::LazyLock};

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::{Finding, Fix, Found};
use crate::{
    model::Key,
    syntax,
    world::{Document, Snapshot},
};

pub(super) fn check(_: &Snapshot, document: &Document) -> Vec<Found> {
    let text = document.text.to_string();
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|it: char| !it.is_ascii()).map(|it| at + it) {
        let run = text[start..].find(|it: char| it.is_ascii()).unwrap_or(text.len() - start);
        let run = &text[start..start + run];
        at = start + run.len();
        if let Some((from, to, meant)) = repaired(run) {
            let span = (start + from..start + to).into();
            if !syntax::is_code(&text, &document.site.dialect, crate::text::offset(start + from)) {
                let message =
                    format!("`{}` is `{meant}`, read with the wrong code page", &run[from..to]);
                found.push(Found {
                    suggestions: vec![meant],
                    sure: true,
                    ..Found::new(span, message)
                });
            }
        }
    }
    found
}

/// The part of a run of characters beyond ASCII that is text read with the wrong code page, and what was
/// written.
fn repaired(run: &str) -> Option<(usize, usize, String)> {
    CODE_PAGES.iter().find_map(|page| {
        let bytes: Vec<Option<u8>> = run.chars().map(|it| page.get(&it).copied()).collect();
        run.char_indices().enumerate().find_map(|(index, (from, _))| {
            let meant = back(&bytes[index..])?;
            let end = run[from..].char_indices().nth(meant.len()).map(|it| from + it.0);
            Some((from, end.unwrap_or(run.len()), meant))
        })
    })
}

/// The bytes from 128 on by the characters that they are read as.
type CodePage = HashMap<char, u8>;

static CODE_PAGES: LazyLock<[CodePage; 2]> = LazyLock::new(|| {
    [WINDOWS_1252, MACINTOSH].map(|page| {
        let read = |byte: u8| page.decode_without_bom_handling(&[byte]).0.chars().next();
        (128..=255).filter_map(|byte| Some((read(byte)?, byte))).collect()
    })
});

/// What was written, if the first of these bytes are that in UTF-8; as much as can be read.
fn back(bytes: &[Option<u8>]) -> Option<String> {
    let mut meant = String::new();
    while let Some(next) = bytes.get(meant.len()..).and_then(first).filter(|it| is_likely(*it)) {
        meant.push(next);
    }
    (!meant.is_empty()).then_some(meant)
}

fn first(bytes: &[Option<u8>]) -> Option<char> {
    let known: Vec<u8> = bytes.iter().take(4).map_while(|it| *it).collect();
    known.utf8_chunks().next()?.valid().chars().next()
}

/// Whether a character is one that authors write. Two capitals or a letter and a quotation mark can look
/// like a rare character in disguise.
fn is_likely(it: char) -> bool {
    matches!(
        u32::from(it),
        0xa0..=0x17f | 0x2010..=0x205e | 0x20a0..=0x20bf | 0x2100..=0x2bff
            | 0x300..=0x4ff | 0xfe0f | 0x200d
            | 0x3000..=0x9fff | 0xac00..=0xd7af | 0xff00..=0xffef | 0x1f000..=0x1faff
    )
}

/// Writes what was meant. In a heading that others link to, the link would have to follow.
pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let Some(meant) = finding.suggestions.first() else { return Vec::new() };
    let fix = Fix::replace(document, finding, format!("Write `{meant}`"), meant.clone());
    let headings = document.page.headings.iter();
    let mut around = headings.filter(|it| it.span.contains(finding.span));
    let linked = around.any(|it| {
        let keys = document.outline.defines.iter().filter(|own| own.span == it.span);
        let mut keys = keys.filter(|it| matches!(it.key, Key::Anchor(..)));
        keys.any(|it| !cx.references(std::slice::from_ref(&it.key)).is_empty())
    });
    vec![if linked { fix } else { fix.safe() }]
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn leaves_text_alone_that_is_as_it_was_meant() {
        check_rule(
            "mojibake",
            "
//- a.md
caf\u{e9}, CAF\u{c9}\u{bb}, na\u{ef}ve \u{2014} \u{1f4da} \u{65e5}\u{672c} \u{201e}\u{dc}\u{201c}
`caf\u{c3}\u{a9}` is how it looks
",
        );
    }

    #[test]
    fn repairs_text_that_was_read_as_macroman() {
        check_fix(
            "mojibake",
            "//- a.md\n## \u{f8ff}\u{fc}\u{ec}\u{f6} Case Studies\n",
            &expect![[r#"
                Write `📚`
                //- a.md
                ## 📚 Case Studies
            "#]],
        );
    }

    #[test]
    fn repairs_text_that_was_read_as_windows_1252() {
        check_fix(
            "mojibake",
            "//- a.md\nSix \u{e2}\u{20ac}\u{201d} copies\n",
            &expect![[r#"
            Write `—`
            //- a.md
            Six — copies
        "#]],
        );
    }

    #[test]
    fn is_not_sure_of_a_heading_that_is_linked_to() {
        check_fix(
            "mojibake",
            "//- a.md\n# Caf\u{c3}\u{a9}\n//- b.md\n[x](a.md#caf\u{c3})\n",
            &expect![[r#"
                Write `é` (?)
                //- a.md
                # Café
            "#]],
        );
    }
}
