//! What the author states of the site at the root of a folder, over what its configuration says.

use std::sync::Arc;

use super::{
    Absolute, Addresses, Generator, Site, Source, docfx, docsify, docusaurus, hugo, jekyll, mdbook,
    mkdocs, notes, vitepress,
};
use crate::{
    model::{Path, Words, path},
    syntax::{SlugCase, SlugStyle},
};

/// What is stated; nothing where it is to be found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Who makes the site.
    pub generator: Option<Generator>,
    /// The folder of its pages, from the root of the folder.
    pub docs: Option<Box<str>>,
    /// What the addresses of its pages look like.
    pub addresses: Option<Addresses>,
    /// The address of the site, or its path.
    pub base: Option<Box<str>>,
    /// What `/x` means in a Markdown link.
    pub absolute: Option<Absolute>,
    /// How heading ids are made.
    pub ids: Option<SlugStyle>,
    /// What is said of the names on its pages, and on those of all sites in the folder.
    pub words: Arc<Words>,
}

/// The generators by the names that settings have for them.
pub const GENERATORS: [(&str, Option<Generator>); 13] = [
    ("auto", None),
    ("github", Some(Generator::GitHub)),
    ("mkdocs", Some(Generator::MkDocs)),
    ("zensical", Some(Generator::Zensical)),
    ("mdbook", Some(Generator::MdBook)),
    ("hugo", Some(Generator::Hugo)),
    ("docusaurus", Some(Generator::Docusaurus)),
    ("vitepress", Some(Generator::VitePress)),
    ("vuepress", Some(Generator::VuePress)),
    ("docsify", Some(Generator::Docsify)),
    ("jekyll", Some(Generator::Jekyll)),
    ("docfx", Some(Generator::DocFx)),
    ("obsidian", Some(Generator::Obsidian)),
];

/// The forms of addresses by the names that settings have for them.
pub const ADDRESSES: [(&str, Option<Addresses>); 5] = [
    ("auto", None),
    ("files", Some(Addresses::Files)),
    ("html", Some(Addresses::Html)),
    ("folders", Some(Addresses::Folders)),
    ("bare", Some(Addresses::Bare)),
];

/// The meanings of `/x` by the names that settings have for them.
pub const ABSOLUTE: [(&str, Option<Absolute>); 3] =
    [("auto", None), ("docs", Some(Absolute::Docs)), ("server", Some(Absolute::Server))];

/// The makers of heading ids by the names that settings have for them.
pub const IDS: [(&str, Option<SlugStyle>); 14] = [
    ("auto", None),
    ("github", Some(SlugStyle::GitHub)),
    ("gitlab", Some(SlugStyle::GitLab)),
    ("python-markdown", Some(SlugStyle::PythonMarkdown)),
    ("python-markdown-unicode", Some(SlugStyle::PythonMarkdownUnicode)),
    ("pymdownx", Some(SlugStyle::Pymdownx { case: SlugCase::Lower, percent: false })),
    ("mdbook", Some(SlugStyle::MdBook)),
    ("hugo", Some(SlugStyle::Hugo)),
    ("docusaurus", Some(SlugStyle::Docusaurus)),
    ("kramdown", Some(SlugStyle::Kramdown)),
    ("kramdown-gfm", Some(SlugStyle::KramdownGfm)),
    ("vitepress", Some(SlugStyle::VitePress)),
    ("markdig", Some(SlugStyle::Markdig)),
    ("obsidian", Some(SlugStyle::Obsidian)),
];

/// Lays what is stated for `folder` over the site that was found at its root.
pub(super) fn apply(sites: &mut Vec<Site>, folder: &Path, stated: &Stated, source: &Source<'_>) {
    if *stated == (Stated { words: Arc::clone(&stated.words), ..Stated::default() }) {
        return;
    }
    let at_root = |it: &Site| *it.folder == *folder.as_str();
    let found = sites.iter().position(|it| at_root(it) && it.config.is_some());
    let mut site = match found {
        Some(index) => sites.remove(index),
        None => Site::plain(folder.as_str()),
    };
    if let Some(generator) = stated.generator.filter(|it| *it != site.generator) {
        site = preset(generator, folder, source);
        site.note("generator", generator.name(), FILE);
    }
    if let Some(docs) = &stated.docs {
        site.docs = path::join(folder.as_str(), docs).trim_end_matches('/').into();
        site.mounts.clear();
        site.note("pages", format!("`{docs}`"), FILE);
    }
    if let Some(addresses) = stated.addresses {
        site.addresses = addresses;
        site.loose = false;
        site.note("addresses", named(&ADDRESSES, &addresses), FILE);
    }
    if let Some(base) = &stated.base {
        let whole = if base.contains("://") { base.to_string() } else { format!("x://x/{base}") };
        site.base = notes::base(&whole);
        site.note("base", format!("the site begins at `{}`", site.base), FILE);
    }
    if let Some(absolute) = stated.absolute {
        site.absolute = absolute;
        site.note("links", format!("`/x` starts from: {}", named(&ABSOLUTE, &absolute)), FILE);
    }
    if let Some(ids) = stated.ids {
        site.dialect.slugs = ids;
        site.note("heading ids", format!("as {} makes them", named(&IDS, &ids)), FILE);
    }
    sites.insert(0, site);
}

const FILE: &str = "`casebook.toml`";

fn named<T: PartialEq>(names: &[(&'static str, Option<T>)], value: &T) -> &'static str {
    names.iter().find(|it| it.1.as_ref() == Some(value)).map_or("", |it| it.0)
}

/// The site that a generator makes where nothing is configured.
fn preset(generator: Generator, folder: &Path, source: &Source<'_>) -> Site {
    let config = |name: &str| Path::new(&format!("{folder}/{name}"));
    let mut site = match generator {
        Generator::MkDocs => mkdocs::site(&config("mkdocs.yml"), "", source),
        Generator::Zensical => mkdocs::site(&config("zensical.toml"), "", source),
        Generator::MdBook => mdbook::site(&config("book.toml"), "", source),
        Generator::Hugo => hugo::site(&config("hugo.toml"), "", &[], source),
        Generator::Docusaurus => docusaurus::site(&config("docusaurus.config.js"), "", source),
        Generator::VitePress | Generator::VuePress => {
            vitepress::made(generator, folder.as_str(), "")
        }
        Generator::Docsify => docsify::made(folder.as_str()),
        Generator::Jekyll => jekyll::site(&config("_config.yml"), ""),
        Generator::DocFx => docfx::site(&config("docfx.json")),
        Generator::Obsidian => {
            let mut site = Site::plain(folder.as_str());
            site.generator = generator;
            site.dialect.reads.wiki_links = true;
            site
        }
        Generator::GitHub => Site::plain(folder.as_str()),
    };
    site.config = None;
    site.notes.clear();
    site
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn what_is_stated_counts_before_what_is_found() {
        check_rule(
            "broken-link",
            r#"
//- casebook.toml
[site]
docs = "pages"
addresses = "html"
//- mkdocs.yml
//- pages/a.md
[b](b.html), [b](../b/)
                 ^^^^^ no page or file `pages/b`
//- pages/b.md
"#,
        );
    }

    #[test]
    fn a_generator_can_be_stated_where_none_is_found() {
        check_rule(
            "broken-link",
            r#"
//- casebook.toml
[site]
generator = "mkdocs"
//- docs/a.md
[b](b), [b](b.md)
    ^ no file `b`: MkDocs links files, with their extension
//- docs/b.md
"#,
        );
    }
}
