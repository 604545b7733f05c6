#![doc = include_str!("useless_suppression.md")]

use super::{Finding, Fix, Found, suppression};
use crate::{
    text::{Edit, Span, offset},
    world::{Document, Snapshot},
};

/// What suppresses nothing is known only when all other rules are through: see `suppression.rs`.
pub(super) fn check(_: &Snapshot, _: &Document) -> Vec<Found> {
    Vec::new()
}

/// Takes the code out of the comment, or the whole comment where nothing else is left in it.
pub(super) fn fix(_: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    let text = document.text.to_string();
    let comments = suppression::comments(&text, document);
    let around = |it: &&suppression::Comment<'_>| {
        it.span.start <= finding.span.start && finding.span.end <= it.span.end
    };
    let Some(comment) = comments.iter().find(around) else { return Vec::new() };
    if comment.codes.len() > 1 && finding.span.start > comment.span.start {
        let before = &text[..finding.span.start as usize];
        let start = before.trim_end_matches([',', ' ', '\t', '\r', '\n']).len();
        let end = finding.span.end as usize;
        let end = end + usize::from(text[end..].starts_with(','));
        let code = document.source(finding.span);
        let edit = Edit { span: (start..end).into(), with: String::new() };
        return vec![Fix::one(document, format!("Take `{code}` out of the comment"), edit).safe()];
    }
    let span = whole_line(&text, comment.span.start as usize, comment.span.end as usize);
    let edit = Edit { span, with: String::new() };
    vec![Fix::one(document, "Remove the comment".to_owned(), edit).safe()]
}

/// The line with its break where nothing else stands on it, else the stretch itself.
pub(super) fn whole_line(text: &str, start: usize, end: usize) -> Span {
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    let line_end = text[end..].find(['\n', '\r']).map_or(text.len(), |it| end + it);
    let alone = text[line_start..start].trim().is_empty() && text[end..line_end].trim().is_empty();
    if !alone {
        return (start..end).into();
    }
    let ending =
        if text[line_end..].starts_with("\r\n") { 2 } else { usize::from(line_end < text.len()) };
    Span::new(offset(line_start), offset(line_end + ending))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::testing::{check_fix, check_rule};

    #[test]
    fn marks_comments_that_suppress_nothing_and_codes_that_are_none() {
        check_rule(
            "useless-suppression",
            r"
//- a.md
<!-- casebook-disable-next-line broken-link -->
[b](b.md)

<!-- casebook-disable-next-line broken-link, broken-anchor -->
                                             ^^^^^^^^^^^^^ there is no finding of `broken-anchor` to suppress here
[b](b.md)

<!-- casebook-disable -->
^^^^^^^^^^^^^^^^^^^^^^^^^ there is no finding to suppress here
[a](a.md#x)

<!-- casebook-enable -->
<!-- casebook-disable-file brokenlink -->
                           ^^^^^^^^^^ there is no rule `brokenlink`

`<!-- casebook-disable-file broken-link -->`
//- x.md
# X
".replace("[a](a.md#x)", "[x](x.md)").as_str(),
        );
    }

    #[test]
    fn what_is_suppressed_is_not_found() {
        check_rule(
            "broken-link",
            r"
//- a.md
<!-- casebook-disable-next-line -->
[b](b.md)
[c](c.md)
    ^^^^ no file `c.md`

<!-- casebook-disable broken-link -->
[d](d.md)

<!-- casebook-enable broken-link -->
[e](e.md)
    ^^^^ no file `e.md`
//- b.md.md
<!-- casebook-disable-file broken-link broken-anchor -->
[d](d.md)
",
        );
    }

    #[test]
    fn comments_are_read_as_the_place_writes_them() {
        check_rule(
            "broken-field",
            r"
//- a.md
---
title: A
# casebook-disable-next-line broken-field
related: gone.md
redirect_to: gone.md
             ^^^^^^^ no file `gone.md`
---
# casebook-disable-file broken-field
",
        );
        check_rule(
            "broken-field",
            r"
//- a.md
---
title: A # casebook-disable-next-line broken-field
related: gone.md
         ^^^^^^^ no file `gone.md`
---
",
        );
        check_rule(
            "broken-link",
            r"
//- docusaurus.config.js
//- docs/a.mdx
{/* casebook-disable-next-line broken-link */}
[b](b.md)
[c](c.md)
    ^^^^ no file `docs/c.md`
",
        );
        check_rule(
            "broken-link",
            r"
//- mkdocs.yml
nav:
  # casebook-disable-next-line broken-link
  - gone.md
  - lost.md
    ^^^^^^^ no file `docs/lost.md`
//- docs/index.md
# A
",
        );
    }

    #[test]
    fn takes_out_what_is_of_no_use_in_front_matter() {
        check_fix(
            "useless-suppression",
            "//- a.md\n---\n# casebook-disable-next-line broken-field\ntitle: A\n---\n",
            &expect![[r#"
                Remove the comment
                //- a.md
                ---
                title: A
                ---
            "#]],
        );
    }

    #[test]
    fn takes_out_what_is_of_no_use() {
        check_fix(
            "useless-suppression",
            r"
//- a.md
<!-- casebook-disable-next-line broken-link, broken-anchor -->
[b](b.md)

<!-- casebook-disable-file -->
# A
",
            &expect![[r#"
                Take `broken-anchor` out of the comment
                //- a.md
                <!-- casebook-disable-next-line broken-link -->
                [b](b.md)

                <!-- casebook-disable-file -->
                # A
            "#]],
        );
    }
}
