//! Navigation files that are not Markdown: `mkdocs.yml`, `zensical.toml`, `toc.yml`, `.nav.yml`. Their entries are
//! links like any other; nothing else of them counts.

use super::{
    Form, Link, Page,
    front_matter::{self, Node, Value},
};
use crate::text::Span;

/// Where a navigation file keeps its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// The list `nav` of a YAML file, and the targets of its redirects.
    MkDocs,
    /// The list `project.nav` of a TOML file.
    Zensical,
    /// The list `nav` of a folder's own file, as plugins read it: `.nav.yml`, `.pages`.
    Folder,
    /// A YAML list of entries with `href` and `items`.
    Toc,
}

impl Navigation {
    /// The kind of a file with this name, if it is one.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "mkdocs.yml" | "mkdocs.yaml" => Some(Self::MkDocs),
            "zensical.toml" => Some(Self::Zensical),
            "toc.yml" | "toc.yaml" => Some(Self::Toc),
            ".nav.yml" | ".nav.yaml" | ".pages" => Some(Self::Folder),
            _ => None,
        }
    }
}

/// Reads a navigation file. One that is not well formed has no entries.
pub fn parse(text: &str, kind: Navigation) -> Page {
    let read = if kind == Navigation::Zensical { front_matter::toml } else { front_matter::yaml };
    let root = read(text).unwrap_or_default();
    let mut entries = Entries { text, links: Vec::new() };
    match kind {
        Navigation::Toc => entries.toc(root.get("items").unwrap_or(&root)),
        Navigation::Zensical => {
            let nav = root.get("project").and_then(|it| it.get("nav"));
            nav.into_iter().for_each(|it| entries.nav(it, Span::default()));
        }
        Navigation::Folder => {
            root.get("nav").into_iter().for_each(|it| entries.nav(it, Span::default()));
            // Patterns stand for whatever they match.
            entries.links.retain(|it| !it.target.contains(['*', '?', '|']) && &*it.target != "...");
        }
        Navigation::MkDocs => {
            root.get("nav").into_iter().for_each(|it| entries.nav(it, Span::default()));
            root.get("plugins").into_iter().for_each(|it| entries.redirects(it));
        }
    }
    let mut links = entries.links;
    links.sort_by_key(|it| it.dest);
    Page { links, ..Page::default() }
}

struct Entries<'a> {
    text: &'a str,
    links: Vec<Link>,
}

impl Entries<'_> {
    /// Entries as `MkDocs` nests them: a path, a title with a path, a title with more entries.
    fn nav(&mut self, node: &Node, title: Span) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|it| self.nav(it, Span::default())),
            Value::Map(pairs) => pairs.iter().for_each(|(key, value)| self.nav(value, key.span)),
            Value::Scalar(path) => self.push(node, title, path),
            Value::Null => {}
        }
    }

    /// Entries of `DocFX`: maps with a name, a target, and more entries.
    fn toc(&mut self, node: &Node) {
        let Value::List(items) = &node.value else { return };
        for item in items {
            let name = item.get("name").map_or(Span::default(), |it| it.span);
            for field in ["href", "topicHref", "tocHref", "homepage"] {
                if let Some((node, path)) = item.get(field).and_then(|it| Some((it, it.as_str()?)))
                {
                    self.push(node, name, path);
                }
            }
            item.get("items").into_iter().for_each(|it| self.toc(it));
        }
    }

    /// The pages that take the place of others.
    fn redirects(&mut self, plugins: &Node) {
        let Value::List(items) = &plugins.value else { return };
        let maps = items.iter().filter_map(|it| it.get("redirects")?.get("redirect_maps"));
        for map in maps {
            let Value::Map(pairs) = &map.value else { continue };
            for (_, new) in pairs {
                if let Some(path) = new.as_str() {
                    self.push(new, Span::default(), path);
                }
            }
        }
    }

    fn push(&mut self, node: &Node, title: Span, path: &str) {
        let (dest, title) = (self.unquoted(node.span), self.unquoted(title));
        let start = if title.is_empty() { node.span.start } else { title.start };
        self.links.push(Link {
            form: Form::Navigation,
            span: Span::new(start.min(node.span.start), node.span.end),
            text: title,
            dest,
            target: path.into(),
            angle: false,
            image: false,
            unread: false,
        });
    }

    /// A scalar's span without its quotes.
    fn unquoted(&self, span: Span) -> Span {
        let source = &self.text[span.range()];
        let is_quoted = source.len() > 1 && source.starts_with(['"', '\'']);
        if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, kind: Navigation, expected: &[(&str, &str)]) {
        let page = parse(text, kind);
        let links = page.links.iter().map(|it| (&text[it.text.range()], &text[it.dest.range()]));
        assert_eq!(links.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn reads_the_entries_of_mkdocs() {
        check(
            "site_name: ünï\nnav:\n  - index.md\n  - Aurora: 'databases/aurora.md'\n  - Patterns:\n      - patterns/quorum.md\nplugins:\n  - redirects:\n      redirect_maps:\n        old.md: new.md\n",
            Navigation::MkDocs,
            &[
                ("", "index.md"),
                ("Aurora", "databases/aurora.md"),
                ("", "patterns/quorum.md"),
                ("", "new.md"),
            ],
        );
    }

    #[test]
    fn reads_the_entries_of_zensical() {
        check(
            "[project]\nnav = [ \"index.md\", { \"Aurora\" = \"aurora.md\" } ]\n",
            Navigation::Zensical,
            &[("", "index.md"), ("Aurora", "aurora.md")],
        );
    }

    #[test]
    fn reads_the_entries_of_a_folder() {
        check(
            "title: T\nnav:\n  - index.md\n  - Quorum: quorum.md\n  - sub\n  - '*.md'\n  - ...\n  - ... | flat | x*.md\n",
            Navigation::Folder,
            &[("", "index.md"), ("Quorum", "quorum.md"), ("", "sub")],
        );
    }

    #[test]
    fn reads_the_entries_of_docfx() {
        check(
            "- name: Aurora\n  href: aurora.md\n  items:\n    - name: Writes\n      href: writes.md\n",
            Navigation::Toc,
            &[("Aurora", "aurora.md"), ("Writes", "writes.md")],
        );
    }

    #[test]
    fn a_file_that_is_not_well_formed_has_no_entries() {
        check("nav: [\n", Navigation::MkDocs, &[]);
        check("[project", Navigation::Zensical, &[]);
    }
}
