//! `MkDocs` and Zensical: `mkdocs.yml`, `zensical.toml`.
//!
//! What is not set has the default of `MkDocs` 1.6. A configuration that cannot be read counts as one
//! that sets nothing.

use super::{Absolute, Addresses, Excluded, Generator, Site, Source, markdown_extensions, notes};
use crate::{
    model::{Path, path},
    syntax::front_matter::{self, Node, Value},
};

/// `INHERIT` is followed so many times.
const DEEPEST: usize = 8;

/// A configuration with those that it inherits from, its own first.
pub(super) struct Layers(Vec<(String, Node)>);

/// The site that the configuration at `config` describes.
pub(super) fn site(config: &Path, text: &str, source: &Source<'_>) -> Site {
    let is_toml = config.extension() == Some("toml");
    let layers = Layers::read(config, text, source);
    let folder = config.folder();
    let docs = layers.text("docs_dir").unwrap_or("docs");
    let folders = layers.text("use_directory_urls").is_none_or(|it| !is_false(it));
    let mut site = Site {
        generator: if is_toml { Generator::Zensical } else { Generator::MkDocs },
        config: Some(config.clone()),
        folder: folder.into(),
        docs: path::join(folder, docs).trim_end_matches('/').into(),
        addresses: if folders { Addresses::Folders } else { Addresses::Html },
        base: notes::base(layers.text("site_url").unwrap_or_default()),
        rewrites: true,
        ..Site::default()
    };
    let set = |name: &str| notes::set(layers.get(name), name);
    site.note_places(&set("docs_dir"), &set("use_directory_urls"), "`site_url`");
    links(&mut site, &layers);
    excluded(&mut site, &layers);
    redirects(&mut site, &layers);
    programs(&mut site, &layers);
    let theme = layers.get("theme").and_then(|it| it.as_str().or(it.get("name")?.as_str()));
    let theme = theme.unwrap_or(if is_toml { "zensical" } else { "mkdocs" });
    site.note("theme", format!("`{theme}`"), set("theme"));
    markdown_extensions::read(&mut site, &layers);
    site
}

fn links(site: &mut Site, layers: &Layers) {
    let validation = layers.get("validation");
    let links = validation.and_then(|it| it.get("links"));
    let stated = links.or(validation).and_then(|it| it.get("absolute_links")?.as_str());
    let from_docs = stated == Some("relative_to_docs");
    site.absolute = if from_docs { Absolute::Docs } else { Absolute::Server };
    let (what, from) = if from_docs {
        ("`/x.md` starts from the pages' folder", "`validation: absolute_links`")
    } else {
        ("`/x` is left as it is: an address on the web server", "")
    };
    site.note("links", what, from);
}

fn excluded(site: &mut Site, layers: &Layers) {
    let stated = layers.text("exclude_docs").unwrap_or_default();
    // Drafts are there for their author only.
    let drafts = layers.text("draft_docs").unwrap_or_default();
    let lines = [".*", "/templates/"].into_iter().chain(stated.lines()).chain(drafts.lines());
    site.excluded = Excluded::new(lines.map(str::trim).filter(|it| !it.is_empty()));
    let unlisted = layers.text("not_in_nav").unwrap_or_default();
    site.unlisted = Excluded::new(unlisted.lines().map(str::trim).filter(|it| !it.is_empty()));
    if !drafts.trim().is_empty() {
        let lines: Vec<_> = drafts.split_whitespace().map(|it| format!("`{it}`")).collect();
        site.note("drafts", lines.join(", "), "`draft_docs`");
    }
    if !stated.trim().is_empty() {
        let lines: Vec<_> = stated.split_whitespace().map(|it| format!("`{it}`")).collect();
        site.note("left out", lines.join(", "), "`exclude_docs`");
    }
}

fn redirects(site: &mut Site, layers: &Layers) {
    let Some(maps) = layers.plugin("redirects").and_then(|it| it.get("redirect_maps")) else {
        return;
    };
    let Value::Map(entries) = &maps.value else { return };
    let pairs = entries.iter().filter_map(|(from, to)| Some((from.as_str()?, to.as_str()?)));
    site.redirects = pairs.map(|(from, to)| (from.into(), to.into())).collect();
    let number = site.redirects.len();
    let pages = if number == 1 { "page" } else { "pages" };
    site.note("redirects", format!("{number} {pages}"), "`plugins: redirects`");
}

/// Plugins that make anchors, or references to them, of what a page says.
const PROGRAMS: &[&str] = &["macros", "mkdocstrings", "autorefs", "mkdocs-macros", "table-reader"];

/// Plugins that put the navigation of a folder in the place of its name.
const NAVIGATORS: &[&str] =
    &["literate-nav", "awesome-nav", "awesome-pages", "section-index", "nav-weight"];

fn programs(site: &mut Site, layers: &Layers) {
    let navigator =
        |it: (&Node, Option<&Node>)| it.0.as_str().is_some_and(|it| NAVIGATORS.contains(&it));
    site.folders_in_nav = layers.get("plugins").is_some_and(|it| entries(it).any(navigator));
    let hooks = layers.get("hooks").is_some();
    let known =
        |it: &(&Node, Option<&Node>)| it.0.as_str().is_some_and(|it| PROGRAMS.contains(&it));
    let plugin = layers.get("plugins").and_then(|it| entries(it).find(known)?.0.as_str());
    site.programs = hooks || plugin.is_some();
    let from = if hooks {
        "`hooks`".to_owned()
    } else {
        format!("`plugins: {}`", plugin.unwrap_or_default())
    };
    if site.programs {
        site.note("programs", "may add anchors to pages: those of such pages are not judged", from);
    }
}

/// Whether a scalar says no, as YAML 1.1 has it.
fn is_false(scalar: &str) -> bool {
    matches!(scalar.to_ascii_lowercase().as_str(), "false" | "no" | "off")
}

impl Layers {
    fn read(config: &Path, text: &str, source: &Source<'_>) -> Self {
        let mut layers = Vec::new();
        let mut next = Some((config.clone(), text.to_owned()));
        while let Some((at, text)) = next.take() {
            let is_toml = at.extension() == Some("toml");
            let root = if is_toml { front_matter::toml(&text) } else { front_matter::yaml(&text) };
            let root = root.map(|it| it.get("project").cloned().filter(|_| is_toml).unwrap_or(it));
            let root = root.unwrap_or_default();
            let parent = root.get("INHERIT").and_then(Node::as_str);
            let parent = parent.map(|it| Path::new(&path::join(at.folder(), it)));
            layers.push((text, root));
            if layers.len() < DEEPEST {
                next = parent.and_then(|it| Some((it.clone(), (source.read)(&it)?)));
            }
        }
        Self(layers)
    }

    /// The value of a setting.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.0.iter().find_map(|it| it.1.get(name)).filter(|it| it.value != Value::Null)
    }

    /// The text of a setting.
    fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The source of an option's value with what stands before it, up to the end of its line: tags are
    /// not among the values.
    pub(super) fn source(&self, key: &Node, value: &Node) -> Option<&str> {
        let name = key.as_str()?;
        let found = self.0.iter().map(|it| &*it.0);
        let text = found.into_iter().find(|it| it.get(key.span.range()) == Some(name))?;
        let start = key.span.end as usize;
        let end = start.max(value.span.end as usize);
        let line = text.get(end..)?.find('\n').map_or(text.len(), |it| end + it);
        text.get(start..line)
    }

    /// The options of a plugin that is switched on.
    fn plugin(&self, name: &str) -> Option<&Node> {
        entries(self.get("plugins")?).find(|it| it.0.as_str() == Some(name)).and_then(|it| it.1)
    }
}

/// The entries of a list of names and of maps with one name each, or of a map: the name, and its options.
pub(super) fn entries(node: &Node) -> Box<dyn Iterator<Item = (&Node, Option<&Node>)> + '_> {
    match &node.value {
        Value::List(items) => Box::new(items.iter().flat_map(|it| match &it.value {
            Value::Map(_) => entries(it),
            _ => Box::new(std::iter::once((it, None))),
        })),
        Value::Map(pairs) => Box::new(pairs.iter().map(|(key, value)| (key, Some(value)))),
        _ => Box::new(std::iter::empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Source<'_> = Source { read: &|_| None, folder: &|_| false };

    fn read(text: &str) -> Site {
        site(&Path::new("/w/mkdocs.yml"), text, &NONE)
    }

    #[test]
    fn takes_the_defaults_of_mkdocs() {
        let site = read("site_name: Studies\n");
        assert_eq!((&*site.docs, site.addresses), ("/w/docs", Addresses::Folders));
        assert_eq!((&*site.base, site.absolute), ("/", Absolute::Server));
        assert!(!site.takes("/w/docs/.hidden/a.md") && site.takes("/w/docs/a.md"));
    }

    #[test]
    fn reads_a_configuration_with_tags_of_python() {
        let site = read(
            "site_url: https://example.org/studies/\n\
             docs_dir: pages\n\
             use_directory_urls: false\n\
             key: !ENV [KEY, none]\n\
             plugins:\n- search\n- redirects:\n    redirect_maps:\n      'old.md': new.md\n\
             markdown_extensions:\n- pymdownx.emoji:\n    emoji_index: !!python/name:material.extensions.emoji.twemoji\n\
             exclude_docs: |\n  drafts/\n  *.tmp.md\n\
             validation:\n  links:\n    absolute_links: relative_to_docs\n",
        );
        assert_eq!((&*site.docs, &*site.base), ("/w/pages", "/studies/"));
        assert_eq!((site.addresses, site.absolute), (Addresses::Html, Absolute::Docs));
        assert_eq!(site.redirects, [("old.md".into(), "new.md".into())]);
        assert!(!site.takes("/w/pages/drafts/a.md") && !site.takes("/w/pages/x/a.tmp.md"));
        assert!(site.dialect.reads.emoji);
    }

    #[test]
    fn inherits_what_it_does_not_set() {
        let parent = "docs_dir: pages\nuse_directory_urls: false\n";
        let read = |path: &Path| (path.as_str() == "/w/base.yml").then(|| parent.to_owned());
        let text = "INHERIT: ../base.yml\nuse_directory_urls: true\n";
        let site = site(
            &Path::new("/w/sub/mkdocs.yml"),
            text,
            &Source { read: &read, folder: &|_| false },
        );
        assert_eq!((&*site.docs, site.addresses), ("/w/sub/pages", Addresses::Folders));
    }

    #[test]
    fn reads_the_configuration_of_zensical() {
        let text = "[project]\nsite_name = \"Studies\"\ndocs_dir = \"pages\"\n";
        let site = site(&Path::new("/w/zensical.toml"), text, &NONE);
        assert_eq!((site.generator, &*site.docs), (Generator::Zensical, "/w/pages"));
        assert!(site.dialect.reads.admonition && site.dialect.reads.bare_links);
    }

    #[test]
    fn a_configuration_that_cannot_be_read_sets_nothing() {
        assert_eq!(&*read("docs_dir: [\n").docs, "/w/docs");
    }
}
