#![doc = include_str!("mojibake.md")]

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

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
    [WINDOWS_1252, MACINTOSH].into_iter().find_map(|page| {
        let starts = run.char_indices().map(|it| it.0);
        starts.clone().find_map(|from| {
            let ends = starts.clone().filter(|it| *it > from).chain([run.len()]);
            ends.rev().find_map(|to| Some((from, to, back(&run[from..to], page)?)))
        })
    })
}

/// What was written, if `text` is that read with a code page, and nothing else.
fn back(text: &str, page: &'static Encoding) -> Option<String> {
    let (bytes, _, lossy) = page.encode(text);
    let meant = String::from_utf8(bytes.to_vec()).ok().filter(|_| !lossy)?;
    let (again, _) = page.decode_without_bom_handling(meant.as_bytes());
    (again == text && meant.chars().all(is_likely)).then_some(meant)
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
