//! Pages whose anchors nobody can list: their generator draws in what the page does not show.

use super::{Path, Site, site::Generator};
use crate::syntax::{Form, Page};

/// What stands for every anchor of such a page among those that it defines.
pub const ANY: &str = "*";

/// Whether headings of other files, or made by programs, may stand on a page.
pub(super) fn is_open(site: &Site, path: &Path, page: &Page, text: &str) -> bool {
    let includes = page.links.iter().filter(|it| it.form == Form::Include);
    if includes.map(|it| Path::new(it.path())).any(|it| it.is_page()) {
        return true;
    }
    let in_heading = |mark: &str| page.headings.iter().any(|it| it.title.contains(mark));
    match site.generator {
        // mkdocstrings and its kin write `::: name`; hooks and macros what they like.
        Generator::MkDocs | Generator::Zensical => {
            text.lines().any(|it| it.trim_start().starts_with("::: "))
                || (site.programs && (has_directive(text) || text.contains("{{")))
        }
        Generator::Hugo => {
            in_heading("{{")
                || shortcodes(text).any(|(open, name)| {
                    let draws =
                        ["include", "readfile", "snippet", "file", "markdown", "tab", "tabs"];
                    !matches!(name, "ref" | "relref") && (open == "{{%" || draws.contains(&name))
                })
        }
        Generator::Jekyll => {
            text.contains("{% include") || text.contains("{% capture") || in_heading("{{")
        }
        // What is drawn in has the anchors of those that draw it in.
        Generator::Docusaurus => imports(text) || path.name().starts_with('_'),
        Generator::VitePress | Generator::VuePress => {
            text.contains("include") || path.name().starts_with('_') || in_heading("{{")
        }
        // Its ids have rules of their own.
        Generator::Docsify => true,
        _ => false,
    }
}

/// Whether there is a comment that asks a program for something: `<!-- md:option a.b -->`.
fn has_directive(text: &str) -> bool {
    text.match_indices("<!--").any(|(at, _)| {
        let inner = text[at + 4..].trim_start_matches(' ');
        let word = inner.trim_start_matches(|it: char| it.is_ascii_alphanumeric());
        word.len() < inner.len() && word.starts_with(':')
    })
}

/// The shortcodes of a text: how each opens, and its name.
fn shortcodes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices("{{").filter_map(|(at, _)| {
        let open = text.get(at..at + 3).filter(|it| it.ends_with(['<', '%']))?;
        let name = text[at + 3..].trim_start();
        let end = name.find(|it: char| !it.is_alphanumeric() && it != '-' && it != '_');
        Some((open, &name[..end.unwrap_or(name.len())]))
    })
}

/// Whether a page takes in another one as a component.
fn imports(text: &str) -> bool {
    let is_page = |it: &str| it.contains(".mdx") || it.contains(".md'") || it.contains(".md\"");
    text.lines().any(|it| it.starts_with("import ") && is_page(it))
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("broken-anchor", fixture);
    }

    #[test]
    fn anchors_that_a_file_drawn_in_may_have_are_not_missed() {
        check(
            r#"
//- mkdocs.yml
markdown_extensions: [pymdownx.snippets]
//- docs/a.md
[b](b.md#drawn), [c](c.md#gone)
                          ^^^^ no heading `#gone` in `docs/c.md`
//- docs/b.md
--8<-- "parts/one.md"
//- docs/c.md
--8<-- "parts/one.py"
"#,
        );
    }

    #[test]
    fn anchors_that_programs_make_are_not_missed() {
        check(
            r#"
//- one/mkdocs.yml
hooks: [hook.py]
//- one/docs/a.md
[b](b.md#package.name), [c](c.md#option), [d](d.md#gone)
                                                   ^^^^ no heading `#gone` in `one/docs/d.md`
//- one/docs/b.md
::: package
//- one/docs/c.md
- <!-- md:option option -->
//- one/docs/d.md
<!-- a comment -->
//- two/hugo.toml
//- two/content/a.md
[why](#why)
       ^^^ no heading `#why` on this page
## What
//- two/content/b.md
[what](#whats-next)
## {{% heading "whatsnext" %}}
"#,
        );
    }
}
