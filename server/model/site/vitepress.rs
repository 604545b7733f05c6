//! `VitePress` and `VuePress`: a folder `.vitepress` or `.vuepress` among the pages, with a configuration
//! that is a program.

use super::{Absolute, Addresses, Generator, Site, Source, notes, said};
use crate::{
    model::{Path, path},
    syntax::{Constructs, Dialect, Renderer, SlugStyle},
};

/// The folders that mark a site, and whose they are.
const MARKS: [(&str, Generator); 2] =
    [(".vitepress", Generator::VitePress), (".vuepress", Generator::VuePress)];

/// The names a configuration may have.
const NAMES: [&str; 8] = [
    "config.ts",
    "config.mts",
    "config.js",
    "config.mjs",
    "config.cts",
    "config.cjs",
    "config/index.ts",
    "config/index.js",
];

/// Whether a file is the configuration of such a site.
pub(super) fn is_configuration(file: &Path) -> bool {
    let is = |mark: &str| NAMES.iter().any(|it| file.as_str().ends_with(&format!("/{mark}/{it}")));
    MARKS.iter().any(|it| is(it.0))
}

/// The site whose mark lies in `folder`, if there is one; `files` are all files of the workspace.
pub(super) fn site(folder: &str, files: &[Path], source: &Source<'_>) -> Option<Site> {
    let (mark, generator) =
        MARKS.iter().find(|it| (source.folder)(&format!("{folder}/{}", it.0)))?;
    let found = NAMES.iter().find_map(|name| {
        let config = Path::new(&format!("{folder}/{mark}/{name}"));
        Some(((source.read)(&config)?, config))
    });
    let (text, config) = found.unzip();
    let mut site = made(*generator, folder, text.as_deref().unwrap_or_default());
    site.config = config;
    site.statics = match generator {
        Generator::VitePress => vec![format!("{}/public", site.docs).into()],
        _ => vec![format!("{folder}/{mark}/public").into()],
    };
    // The pages of a route with a name in brackets are made from data.
    let inside = |it: &&Path| it.is_page() && it.inside(&site.docs).is_some();
    site.loose |= files.iter().filter(inside).any(|it| it.as_str().contains("/["));
    site.note("pages", site.docs.trim_start_matches(folder).trim_start_matches('/').to_owned(), "");
    Some(site)
}

/// The site of a configuration in `folder` with this text.
pub(super) fn made(generator: Generator, folder: &str, text: &str) -> Site {
    let docs = path::join(folder, said::value(text, "srcDir").unwrap_or("."));
    let clean = said::value(text, "cleanUrls") == Some("true");
    let base = said::value(text, "base").unwrap_or("/");
    let is_first = generator == Generator::VuePress && text.contains("module.exports");
    let mut site = Site {
        generator,
        folder: folder.into(),
        docs: docs.trim_end_matches('/').into(),
        addresses: if clean { Addresses::Bare } else { Addresses::Html },
        base: notes::base(&format!("x://x/{}", base.trim_matches('/'))),
        absolute: Absolute::Docs,
        rewrites: true,
        dialect: Dialect {
            renderer: Renderer::MarkdownIt,
            slugs: if is_first { SlugStyle::VuePress1 } else { SlugStyle::VitePress },
            separator: '-',
            tabs: None,
            reads: Constructs {
                attr_list: true,
                footnotes: true,
                tables: true,
                fences: true,
                strikethrough: true,
                tasks: true,
                bare_links: true,
                emoji: true,
                ..Constructs::default()
            },
        },
        ..Site::default()
    };
    rewrites(&mut site, text);
    site
}

/// Folders whose pages get addresses of others: `'en/:rest*': ':rest*'`.
fn rewrites(site: &mut Site, text: &str) {
    let Some(rules) = said::sections(text, "rewrites").next() else {
        site.loose |= said::value(text, "rewrites").is_some() || text.contains("rewrites(");
        return;
    };
    let lines = rules.split(['\n', ',']).map(str::trim).filter(|it| it.contains(':'));
    for line in lines {
        let mut quoted = line.split(['\'', '"', '`']).skip(1).step_by(2);
        let (from, to) = (quoted.next().unwrap_or_default(), quoted.next().unwrap_or_default());
        let (from_rest, to_rest) = (from.split_once("/:"), to.rsplit_once(':'));
        match (from_rest, to_rest) {
            (Some((from, name)), Some((to, other))) if name == other && !from.contains(':') => {
                let folder = path::join(&site.docs, from);
                site.mounts.push((folder.into(), to.trim_matches('/').into()));
            }
            _ => site.loose = true,
        }
    }
    if !site.mounts.is_empty() {
        site.mounts.push((site.docs.clone(), "".into()));
        site.note("addresses", "of some folders are those of others", "`rewrites`");
    }
}
