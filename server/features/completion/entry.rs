//! What is being typed in a navigation file that is not Markdown: the path of an entry.

use super::context::{Context, Typed};
use crate::{
    model::url::Quote,
    text::{Offset, Span, offset},
};

/// The entry that is typed at `at`, between the two parts of its line; `above` are the lines before.
pub(super) fn entry(above: &str, before: &str, after: &str, at: Offset) -> Option<Context> {
    let key = before.trim_start().trim_start_matches("- ");
    let is_toc =
        ["href:", "topicHref:", "tocHref:", "homepage:"].iter().any(|it| key.starts_with(it));
    if !is_toc && !lists_pages(above, before) {
        return None;
    }
    let value = match before.rfind(": ").map(|it| it + 2) {
        Some(start) => &before[start..],
        None => before.trim_start().strip_prefix('-')?,
    };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
    let typed = value.trim_start_matches(['"', '\'']);
    if quote.is_some_and(|it| typed.contains(it)) || typed.contains("://") || typed.starts_with('#')
    {
        return None;
    }
    let end = match quote {
        Some(quote) => after.find(quote).unwrap_or(0),
        None => after.find(" #").unwrap_or(after.len()),
    };
    let rest = after[..end].trim_end().len();
    let span = Span::new(at - offset(typed.len()), at + offset(rest));
    let typed = Typed { before: typed.to_owned(), span, quote: Quote::Angle, image: false };
    Some(Context::Destination(typed))
}

/// The same in a list `nav` of TOML: `nav = ["index.md", { "Title" = "page.md" }]`.
pub(super) fn entry_of_toml(above: &str, before: &str, after: &str, at: Offset) -> Option<Context> {
    let so_far = format!("{above}{before}");
    let start = so_far.match_indices("nav").filter_map(|(at, name)| {
        let line = so_far[..at].rfind('\n').map_or(0, |it| it + 1);
        let rest = so_far[at + name.len()..].trim_start().strip_prefix('=')?;
        so_far[line..at].trim().is_empty().then(|| rest.trim_start())
    });
    let list = start.last()?;
    let depth = list.matches('[').count().checked_sub(list.matches(']').count())?;
    let quotes = before.matches(['"', '\'']).count();
    if depth == 0 || quotes.is_multiple_of(2) {
        return None;
    }
    let open = before.rfind(['"', '\''])?;
    let typed = &before[open + 1..];
    let rest = after.find(['"', '\'']).unwrap_or(0);
    // What stands before `=` is a title.
    let is_title = after.get(rest + 1..).is_some_and(|it| it.trim_start().starts_with('='));
    if is_title || typed.contains("://") {
        return None;
    }
    let span = Span::new(at - offset(typed.len()), at + offset(rest));
    let typed = Typed { before: typed.to_owned(), span, quote: Quote::Angle, image: false };
    Some(Context::Destination(typed))
}

/// Whether the line stands in the list of pages of `mkdocs.yml`, or among its redirects.
fn lists_pages(above: &str, before: &str) -> bool {
    let opens = |it: &&str| it.starts_with(|it: char| it.is_alphabetic());
    if opens(&before) {
        return false;
    }
    let section = above.lines().rev().find(opens).unwrap_or_default();
    section.starts_with("nav:")
        || (section.starts_with("plugins:")
            && above
                .rfind("redirect_maps:")
                .is_some_and(|it| it > above.rfind("plugins:").unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use crate::testing::Fixture;

    #[track_caller]
    fn check(fixture: &str, expected: &[&str]) {
        let fixture = Fixture::new(fixture);
        let found = super::super::completion(&fixture.snapshot(), fixture.place(), true);
        let found: Vec<_> = found.items.iter().map(|it| it.with.as_str()).collect();
        assert_eq!(found, expected);
    }

    const PAGES: &str = "//- docs/index.md\n//- docs/databases/two copies.md\n# Two copies\n";

    #[test]
    fn offers_pages_as_the_navigation_writes_them() {
        let nav =
            |entry: &str| format!("//- mkdocs.yml\nsite_name: Studies\nnav:\n{entry}\n{PAGES}");
        check(&nav("  - Copies: two$0"), &["databases/two copies.md"]);
        check(&nav("  - databases/$0"), &["databases/two copies.md"]);
        check(&nav("  - 'ind$0ex'"), &["index.md"]);
    }

    #[test]
    fn offers_pages_as_toml_writes_them() {
        let nav = |entry: &str| {
            format!(
                "//- zensical.toml\n[project]\nsite_name = \"Studies\"\nnav = [\n{entry}\n]\n{PAGES}"
            )
        };
        check(&nav("  { \"Copies\" = \"two$0\" },"), &["databases/two copies.md"]);
        check(&nav("  \"databases/$0\""), &["databases/two copies.md"]);
        check(&nav("  'ind$0ex',"), &["index.md"]);
        check(&nav("  { \"ind$0\" = \"index.md\" },"), &[]);
        check(&format!("//- zensical.toml\n[project]\ndocs_dir = \"ind$0\"\n{PAGES}"), &[]);
    }

    #[test]
    fn offers_pages_in_tables_of_contents_and_in_navigation_of_folders() {
        check(
            "//- docfx.json\n{}\n//- toc.yml\n- name: Q\n  href: quo$0\n//- quorum.md\n# Quorum\n",
            &["quorum.md"],
        );
        check(
            "//- mkdocs.yml\n//- docs/.nav.yml\nnav:\n  - quo$0\n//- docs/quorum.md\n# Quorum\n",
            &["quorum.md"],
        );
        check(
            "//- book.toml\n//- src/SUMMARY.md\n- [Q](quo$0)\n//- src/quorum.md\n# Quorum\n",
            &["quorum.md"],
        );
        check(
            "//- docs/index.html\n<script>$docsify</script>\n//- docs/_sidebar.md\n- [Q](quo$0)\n//- docs/quorum.md\n# Quorum\n",
            &["quorum.md"],
        );
    }

    #[test]
    fn offers_nothing_elsewhere_in_the_configuration() {
        check(&format!("//- mkdocs.yml\nsite_name: ind$0\n{PAGES}"), &[]);
        check(&format!("//- mkdocs.yml\ntheme:\n  name: ind$0\n{PAGES}"), &[]);
    }
}
