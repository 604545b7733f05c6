//! Finds the sites of a workspace among its files.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Generator, Site, Stated, docfx, docsify, docusaurus, hugo, jekyll, mdbook, mkdocs, stated,
    vitepress,
};
use crate::{
    model::{Path, path::is_inside},
    syntax::{Renderer, SlugStyle},
};

/// How configuration is read. It looks at nothing outside the workspace.
pub struct Source<'a> {
    /// The text of a file; none if there is no such file, or it may not be read.
    pub read: &'a dyn Fn(&Path) -> Option<String>,
    /// Whether there is such a folder, hidden or not.
    pub folder: &'a dyn Fn(&str) -> bool,
}

/// The names that only the configuration of a site has.
pub const CONFIGURATIONS: &[&str] = &[
    "zensical.toml",
    "mkdocs.yml",
    "mkdocs.yaml",
    "book.toml",
    "hugo.toml",
    "hugo.yaml",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docfx.json",
    "_config.yml",
];

/// The generator whose configuration has this name; `content` says whether there is a folder of that
/// name beside it. The first of two in one folder counts.
fn generator(name: &str, content: bool) -> Option<Generator> {
    Some(match name {
        "zensical.toml" => Generator::Zensical,
        "mkdocs.yml" | "mkdocs.yaml" => Generator::MkDocs,
        "book.toml" => Generator::MdBook,
        "hugo.toml" | "hugo.yaml" | "hugo.yml" | "hugo.json" => Generator::Hugo,
        "config.toml" | "config.yaml" | "config.yml" if content => Generator::Hugo,
        "docusaurus.config.js"
        | "docusaurus.config.ts"
        | "docusaurus.config.mjs"
        | "docusaurus.config.cjs" => Generator::Docusaurus,
        "docfx.json" => Generator::DocFx,
        "_config.yml" | "_config.yaml" => Generator::Jekyll,
        _ => return None,
    })
}

/// Whether a change of a file may change how a site is made, by its name.
pub fn is_configuration(path: &Path) -> bool {
    generator(path.name(), true).is_some()
        || matches!(path.name(), "SUMMARY.md" | "index.html")
        || vitepress::is_configuration(path)
}

/// The sites among `files`, which are sorted, and for each of the folders a plain one: what no generator
/// takes is read as GitHub shows it.
///
/// What is stated for a folder counts before what is found at its root.
pub fn discover(folders: &[(Path, Stated)], files: &[Path], source: &Source<'_>) -> Vec<Arc<Site>> {
    let has_content = |it: &Path| (source.folder)(&format!("{}/content", home(it)));
    let mut configs: Vec<(Generator, &Path)> =
        files.iter().filter_map(|it| Some((generator(it.name(), has_content(it))?, it))).collect();
    // Zensical reads what is written for MkDocs: of the two in one folder it is the one.
    let family = |it: Generator| if it == Generator::Zensical { Generator::MkDocs } else { it };
    configs.sort_by_key(|it| (home(it.1), family(it.0).name(), it.0 != Generator::Zensical));
    configs.dedup_by_key(|it| (home(it.1), family(it.0)));
    let sites = configs.into_iter().filter_map(|(generator, config)| {
        let text = (source.read)(config)?;
        Some(match generator {
            Generator::MkDocs | Generator::Zensical => mkdocs::site(config, &text, source),
            Generator::MdBook => mdbook::site(config, &text, source),
            Generator::Hugo => hugo::site(config, &text, files, source),
            Generator::Docusaurus => docusaurus::site(config, &text, source),
            Generator::DocFx => docfx::site(config),
            Generator::Jekyll => jekyll::site(config, &text),
            _ => return None,
        })
    });
    let mut sites: Vec<Site> = sites.collect();
    sites.extend(vaults(folders, files, source));
    sites.extend(above(files).into_iter().filter_map(|it| vitepress::site(it, files, source)));
    let beside = |it: &Path, name: &str| {
        files.binary_search(&Path::new(&format!("{}/{name}", it.folder()))).is_ok()
    };
    let indexes = files.iter().filter(|it| {
        it.name() == "index.html" && (beside(it, "README.md") || beside(it, "_sidebar.md"))
    });
    sites.extend(indexes.filter_map(|it| docsify::site(it, source)));
    for (folder, stated) in folders {
        stated::apply(&mut sites, folder, stated, source);
    }
    let plain = folders.iter().map(|it| Site::plain(it.0.as_str()));
    let mut sites: Vec<Site> = sites.into_iter().chain(plain).collect();
    for site in &mut sites {
        let docs = format!("{}/", site.docs);
        let own = folders.iter().filter(|it| is_inside(&docs, it.0.as_str()));
        if let Some((_, stated)) = own.max_by_key(|it| it.0.as_str().len()) {
            site.words = Arc::clone(&stated.words);
        }
    }
    sites.into_iter().map(Arc::new).collect()
}

/// The folder that a configuration is about.
fn home(config: &Path) -> &str {
    config.folder().strip_suffix("/config/_default").unwrap_or(config.folder())
}

/// The folders of pages, and those above them.
fn above(files: &[Path]) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    for page in files.iter().filter(|it| it.is_page()) {
        let mut folder = page.folder();
        while !folder.is_empty() && seen.insert(folder) {
            folder = folder.rfind('/').map_or("", |it| &folder[..it]);
        }
    }
    seen
}

/// Folders that a program for notes has taken as its own.
fn vaults(folders: &[(Path, Stated)], files: &[Path], source: &Source<'_>) -> Vec<Site> {
    let mut seen: BTreeSet<&str> = folders.iter().map(|it| it.0.as_str()).collect();
    let is_ours = |it: &&str| folders.iter().any(|root| is_inside(it, root.0.as_str()));
    seen.extend(above(files).into_iter().filter(is_ours));
    let marks = [".obsidian", ".foam", ".zk", ".logseq"];
    let marked = seen.into_iter().filter_map(|folder| {
        let mark = marks.iter().find(|it| (source.folder)(&format!("{folder}/{it}")))?;
        let mut site = Site::plain(folder);
        site.generator = Generator::Obsidian;
        site.dialect.reads.wiki_links = true;
        if *mark == ".obsidian" {
            site.dialect.renderer = Renderer::Obsidian;
            site.dialect.slugs = SlugStyle::Obsidian;
        }
        site.note("pages", "this folder", format!("`{mark}/`"));
        site.note("links", "`[[page]]` names a page wherever it lies", "");
        Some(site)
    });
    marked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[&str]) -> Vec<(Generator, String)> {
        let paths: Vec<Path> = files.iter().map(|it| Path::new(it)).collect();
        let read = |it: &Path| files.contains(&it.as_str()).then(String::new);
        let folder = |it: &str| files.iter().any(|file| file.starts_with(&format!("{it}/")));
        let source = Source { read: &read, folder: &folder };
        let sites = discover(&[(Path::new("/w"), Stated::default())], &paths, &source);
        sites.iter().map(|it| (it.generator, it.docs.to_string())).collect()
    }

    #[test]
    fn finds_several_sites_in_one_workspace() {
        assert_eq!(
            found(&[
                "/w/mkdocs.yml",
                "/w/guide/book.toml",
                "/w/notes/.obsidian/x",
                "/w/notes/deep/a.md"
            ]),
            [
                (Generator::MkDocs, "/w/docs".into()),
                (Generator::MdBook, "/w/guide/src".into()),
                (Generator::Obsidian, "/w/notes".into()),
                (Generator::GitHub, "/w".into()),
            ]
        );
    }

    #[test]
    fn takes_a_general_name_for_that_of_hugo_only_beside_its_folder() {
        assert_eq!(found(&["/w/config.toml"]).len(), 1);
        assert_eq!(found(&["/w/config.toml", "/w/content/a.md"])[0].0, Generator::Hugo);
        assert_eq!(
            found(&["/w/config/_default/hugo.toml", "/w/content/a.md"])[0],
            (Generator::Hugo, "/w/content".into())
        );
    }
}
