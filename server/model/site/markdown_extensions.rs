//! The Markdown extensions of a `MkDocs` or Zensical site, as far as they bear on ids and links.

use super::{
    Generator, Site,
    mkdocs::{Layers, entries},
    notes,
};
use crate::{
    model::path,
    syntax::{
        Constructs, Dialect, Renderer, SlugCase, SlugStyle, TabIds,
        front_matter::{Node, Value},
    },
};

/// Those that Zensical switches on where none are set.
const ZENSICAL: &[&str] = &[
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "pymdownx.arithmatex",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.magiclink",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
];

/// Those that are always on.
const BUILT_IN: &[&str] = &["tables", "fenced_code"];

/// Plugins of `MkDocs` that read `[[page]]`.
const WIKI_PLUGINS: &[&str] =
    &["roamlinks", "ezlinks", "wikilinks", "obsidian-bridge", "obsidian-support"];

/// Fills in the dialect of a site.
pub(super) fn read(site: &mut Site, layers: &Layers) {
    let mut dialect = Dialect {
        renderer: Renderer::PythonMarkdown,
        slugs: SlugStyle::PythonMarkdown,
        separator: '-',
        tabs: None,
        reads: Constructs::default(),
    };
    BUILT_IN.iter().for_each(|it| switch_on(&mut dialect.reads, it));
    let stated = layers.get("markdown_extensions");
    let names: Vec<(String, Option<&Node>)> = match stated {
        Some(node) => entries(node).filter_map(|it| Some((name(it.0.as_str()?), it.1))).collect(),
        None if site.generator == Generator::Zensical => {
            ZENSICAL.iter().map(|it| ((*it).to_owned(), None)).collect()
        }
        None => Vec::new(),
    };
    for (name, options) in &names {
        switch_on(&mut dialect.reads, name);
        match (name.as_str(), options) {
            ("toc", Some(options)) => {
                if let Some(separator) = separator(options) {
                    dialect.separator = separator;
                }
                if let Some(slugs) = slugify(options, layers) {
                    dialect.slugs = slugs;
                }
            }
            ("pymdownx.tabbed", Some(options)) => {
                dialect.tabs = slugify(options, layers).map(|slugs| TabIds {
                    slugs,
                    separator: separator(options).unwrap_or('-'),
                    combine: notes::is_true(options.get("combine_header_slug")),
                });
            }
            ("pymdownx.snippets", Some(options)) => {
                let paths = options.get("base_path").map(Node::scalars).unwrap_or_default();
                let paths = paths.into_iter().filter_map(Node::as_str);
                // Where tags of Python stand for the configuration's folder, they are not among these.
                let folders =
                    paths.map(|it| path::join(&site.folder, it).trim_end_matches('/').into());
                site.snippets = folders.collect();
            }
            ("pymdownx.emoji", Some(options)) => {
                dialect.reads.icons = has_icons(options, layers);
            }
            _ => {}
        }
    }
    let nested = stated.filter(|it| matches!(it.value, Value::Map(_)));
    if let (Generator::Zensical, Some(node)) = (site.generator, nested) {
        tables_of_toml(&mut dialect, node);
    }
    if let Some(plugins) = layers.get("plugins") {
        let wiki = |it: (&Node, _)| it.0.as_str().is_some_and(|it| WIKI_PLUGINS.contains(&it));
        dialect.reads.wiki_links |= entries(plugins).any(|(name, options)| wiki((name, options)));
    }
    let slugs = dialect.slugs;
    site.dialect = dialect;
    let shown = names.iter().map(|it| format!("`{}`", it.0)).collect::<Vec<_>>().join(", ");
    let from = if stated.is_some() { "`markdown_extensions`" } else { "" };
    if !names.is_empty() {
        site.note("extensions", shown, from);
    }
    let made = match slugs {
        SlugStyle::PythonMarkdownUnicode => {
            "as `markdown.extensions.toc.slugify_unicode` makes them"
        }
        SlugStyle::Pymdownx { .. } => "as `pymdownx.slugs` makes them",
        _ => "as Python-Markdown makes them",
    };
    let from = if slugs == SlugStyle::PythonMarkdown { "" } else { "`toc: slugify`" };
    site.note("heading ids", made, from);
}

/// In TOML, `[markdown_extensions.pymdownx.details]` nests what YAML writes in one name.
fn tables_of_toml(dialect: &mut Dialect, node: &Node) {
    for (family, options) in entries(node) {
        let (Some(family), Some(options)) = (family.as_str(), options) else { continue };
        if matches!(family, "pymdownx" | "zensical" | "markdown") {
            for (name, _) in entries(options) {
                let name = format!("{family}.{}", name.as_str().unwrap_or_default());
                switch_on(&mut dialect.reads, &name);
            }
        }
    }
}

/// The name without the package of the extensions that come with Python-Markdown.
fn name(written: &str) -> String {
    written.strip_prefix("markdown.extensions.").unwrap_or(written).to_owned()
}

fn switch_on(reads: &mut Constructs, name: &str) {
    match name {
        "abbr" => reads.abbr = true,
        "admonition" => reads.admonition = true,
        "attr_list" => reads.attr_list = true,
        "def_list" => reads.def_list = true,
        "footnotes" => reads.footnotes = true,
        "md_in_html" => reads.md_in_html = true,
        "tables" => reads.tables = true,
        "fenced_code" => reads.fences = true,
        "smarty" => reads.smart = true,
        "wikilinks" => reads.wiki_links = true,
        "pymdownx.superfences" => (reads.fences, reads.superfences) = (true, true),
        "pymdownx.details" => reads.details = true,
        "pymdownx.tabbed" => reads.tabbed = true,
        "pymdownx.snippets" => reads.snippets = true,
        "pymdownx.arithmatex" => reads.math = true,
        "pymdownx.emoji" => reads.emoji = true,
        "pymdownx.smartsymbols" => reads.symbols = true,
        "pymdownx.magiclink" => reads.bare_links = true,
        "pymdownx.tilde" => reads.strikethrough = true,
        "pymdownx.tasklist" => reads.tasks = true,
        "extra" => {
            let all = ["abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html"];
            all.iter().for_each(|it| switch_on(reads, it));
        }
        "pymdownx.extra" => {
            let all = ["abbr", "attr_list", "def_list", "footnotes", "md_in_html"];
            all.iter().for_each(|it| switch_on(reads, it));
            switch_on(reads, "pymdownx.superfences");
        }
        name if name.starts_with("pymdownx.blocks") => reads.blocks = true,
        _ => {}
    }
}

/// Whether emoji come from the index of a theme, which knows icons too:
/// `material.extensions.emoji.twemoji`, `zensical.extensions.emoji.twemoji`.
fn has_icons(options: &Node, layers: &Layers) -> bool {
    let Value::Map(pairs) = &options.value else { return false };
    let Some((key, value)) = pairs.iter().find(|it| it.0.as_str() == Some("emoji_index")) else {
        return false;
    };
    let is_theme = |it: &str| it.contains(".extensions.emoji");
    layers.source(key, value).is_some_and(is_theme) || value.as_str().is_some_and(is_theme)
}

/// The option that says what stands between the words of an id.
fn separator(options: &Node) -> Option<char> {
    options.get("separator").and_then(Node::as_str)?.chars().next()
}

/// The option that says who makes ids; none where it is not set, or names nobody known.
fn slugify(options: &Node, layers: &Layers) -> Option<SlugStyle> {
    let Value::Map(pairs) = &options.value else { return None };
    let (key, value) = pairs.iter().find(|it| it.0.as_str() == Some("slugify"))?;
    let written = layers.source(key, value).unwrap_or_default();
    let first = written.lines().next().unwrap_or_default();
    let named = value.get("object").or(Some(value)).and_then(Node::as_str).unwrap_or_default();
    let function = [first, named].into_iter().find(|it| it.contains("slug")).unwrap_or_default();
    let words = value.get("kwds");
    let word = |name: &str| words.and_then(|it| it.get(name)?.as_str());
    let has = |name: &str| function.contains(name);
    let percent = word("percent_encode").is_some_and(|it| it.eq_ignore_ascii_case("true"))
        || has("_encoded")
        || has("gfm_encoded");
    let case = match word("case") {
        Some("lower") => SlugCase::Lower,
        Some("lower-ascii") => SlugCase::LowerAscii,
        Some("fold") => SlugCase::Fold,
        _ if has("gfm") => SlugCase::LowerAscii,
        _ if has("uslugify") && !has("_cased") => SlugCase::Lower,
        _ => SlugCase::None,
    };
    if has("pymdownx.slugs") {
        return Some(SlugStyle::Pymdownx { case, percent });
    }
    has("slugify_unicode").then_some(SlugStyle::PythonMarkdownUnicode)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Path,
        site::{Source, mkdocs},
    };

    fn dialect(text: &str) -> Dialect {
        mkdocs::site(
            &Path::new("/w/mkdocs.yml"),
            text,
            &Source { read: &|_| None, folder: &|_| false },
        )
        .dialect
    }

    #[test]
    fn switches_on_what_is_listed() {
        let reads = dialect(
            "markdown_extensions:\n- extra\n- pymdownx.details\n- toc:\n    permalink: true\n",
        )
        .reads;
        assert!(
            reads.attr_list && reads.footnotes && reads.details && reads.tables && reads.fences
        );
        assert!(!reads.admonition && !reads.superfences && !reads.tasks);
    }

    #[test]
    fn tells_who_makes_the_ids() {
        let slugs = |slugify: &str| {
            dialect(&format!(
                "markdown_extensions:\n- toc:\n    slugify: {slugify}\n    separator: _\n"
            ))
        };
        let pymdownx = |case, percent| SlugStyle::Pymdownx { case, percent };
        let it =
            slugs("!!python/object/apply:pymdownx.slugs.slugify\n      kwds:\n        case: lower");
        assert_eq!((it.slugs, it.separator), (pymdownx(SlugCase::Lower, false), '_'));
        let it = slugs(
            "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower-ascii, percent_encode: true}}",
        );
        assert_eq!(it.slugs, pymdownx(SlugCase::LowerAscii, true));
        assert_eq!(
            slugs("!!python/name:pymdownx.slugs.uslugify").slugs,
            pymdownx(SlugCase::Lower, false)
        );
        assert_eq!(
            slugs("!!python/name:pymdownx.slugs.uslugify_cased_encoded").slugs,
            pymdownx(SlugCase::None, true)
        );
        assert_eq!(
            slugs("!!python/name:markdown.extensions.toc.slugify_unicode").slugs,
            SlugStyle::PythonMarkdownUnicode
        );
        assert_eq!(slugs("!!python/name:my.own").slugs, SlugStyle::PythonMarkdown);
    }

    #[test]
    fn reads_extensions_written_as_a_map() {
        let reads = dialect(
            "markdown_extensions:\n  admonition:\n  pymdownx.tabbed:\n    alternate_style: true\n",
        )
        .reads;
        assert!(reads.admonition && reads.tabbed);
    }
}
