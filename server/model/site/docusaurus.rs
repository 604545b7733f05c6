//! Docusaurus: `docusaurus.config.js` and its kin. The configuration is a program; what it says is read
//! from its text where it is said plainly.

use super::{Absolute, Addresses, Generator, Site, Source, notes, said};
use crate::{
    model::{Path, path},
    syntax::{
        Constructs, Dialect, Renderer, SlugStyle,
        front_matter::{self, Node},
    },
};

/// The site that the configuration at `config` describes.
pub(super) fn site(config: &Path, text: &str, source: &Source<'_>) -> Site {
    let folder = config.folder();
    let base = said::value(text, "baseUrl").unwrap_or("/");
    let slash = said::value(text, "trailingSlash") == Some("true");
    let mut site = Site {
        generator: Generator::Docusaurus,
        config: Some(config.clone()),
        folder: folder.into(),
        docs: folder.into(),
        addresses: if slash { Addresses::Folders } else { Addresses::Bare },
        base: notes::base(&format!("x://x/{}", base.trim_matches('/'))),
        absolute: Absolute::Server,
        mounts: Vec::new(),
        statics: vec![path::join(folder, "static").into()],
        rewrites: true,
        dialect: Dialect {
            renderer: Renderer::Mdx,
            slugs: SlugStyle::Docusaurus,
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
    mount_all(&mut site, text, source);
    let mounts = site.mounts.iter().map(|it| {
        let from = it.0.strip_prefix(folder).unwrap_or(&it.0).trim_start_matches('/');
        format!("`{from}/` at `/{}`", it.1)
    });
    let mounts = mounts.collect::<Vec<_>>().join(", ");
    site.note("pages", mounts, "`path`, `routeBasePath`");
    let shape = if slash { "`docs/b.md` is `docs/b/`" } else { "`docs/b.md` is `docs/b`" };
    site.note("addresses", shape, if slash { "`trailingSlash`" } else { "" });
    if &*site.base != "/" {
        let below = format!("the site begins at `{}`", site.base);
        site.note("base", below, "`baseUrl`");
    }
    site
}

/// The folders of pages: documents, blog, pages, those of further plugins, of versions and of languages.
fn mount_all(site: &mut Site, text: &str, source: &Source<'_>) {
    let folder = site.folder.clone();
    let mount = |from: &str, route: &str| -> (Box<str>, Box<str>) {
        let from = path::join(&folder, from);
        (from.trim_end_matches('/').into(), route.trim_matches('/').into())
    };
    // The theme has a section of the same name, which says nothing of folders.
    let tells = ["path", "routeBasePath", "sidebarPath", "editUrl"];
    let preset = |name: &str| {
        let mut found = said::sections(text, name);
        found.find(|it| tells.iter().any(|key| said::value(it, key).is_some()))
    };
    let stated = |section: Option<&str>, key: &str, name: &str| {
        section.and_then(|it| said::value(it, key)).unwrap_or(name).to_owned()
    };
    let (docs, blog) = (preset("docs"), preset("blog"));
    let route = stated(docs, "routeBasePath", "docs");
    let current_is_last = text.contains("lastVersion: 'current'");
    let versions = (source.read)(&Path::new(&format!("{folder}/versions.json")));
    let versions = versions.and_then(|it| front_matter::yaml(&it).ok()).unwrap_or_default();
    let versions: Vec<&str> = versions.scalars().into_iter().filter_map(Node::as_str).collect();
    let mut sets = vec![("current".to_owned(), route.clone())];
    for (index, version) in versions.iter().enumerate() {
        let is_last = index == 0 && !current_is_last;
        let at = if is_last { route.clone() } else { format!("{route}/{version}") };
        sets.push((format!("version-{version}"), at));
    }
    if !versions.is_empty() && !current_is_last {
        sets[0].1 = format!("{route}/next");
    }
    for (set, at) in &sets {
        let from = match set.as_str() {
            "current" => stated(docs, "path", "docs"),
            set => format!("versioned_docs/{set}"),
        };
        site.mounts.push(mount(&from, at));
    }
    let blog_route = stated(blog, "routeBasePath", "blog");
    site.mounts.push(mount(&stated(blog, "path", "blog"), &blog_route));
    site.mounts.push(mount("src/pages", ""));
    for (at, route) in said::values(text, "routeBasePath") {
        let own = said::around(text, at).filter(|it| said::value(it, "id").is_some());
        if let Some(from) = own.and_then(|it| said::value(it, "path")) {
            site.mounts.push(mount(from, route));
        }
    }
    let locales = text.split("locales:").nth(1).and_then(|it| it.split(['[', ']']).nth(1));
    for locale in locales.into_iter().flat_map(|it| it.split(',')) {
        let locale = locale.trim().trim_matches(['\'', '"']);
        let below = format!("i18n/{locale}/docusaurus-plugin-content-");
        for (set, at) in &sets {
            site.mounts.push(mount(&format!("{below}docs/{set}"), &format!("{locale}/{at}")));
        }
        site.mounts.push(mount(&format!("{below}blog"), &format!("{locale}/{blog_route}")));
        site.mounts.push(mount(&format!("{below}pages"), locale));
    }
    site.mounts.retain(|it| (source.folder)(&it.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_said_plainly() {
        let text = "const config = {\n  baseUrl: '/studies/',\n  presets: [['classic', {\n    docs: {\n      routeBasePath: '/',\n      path: \"pages\",\n    },\n    blog: false,\n  }]],\n};\n";
        let source = Source { read: &|_| None, folder: &|_| true };
        let site = site(&Path::new("/w/docusaurus.config.js"), text, &source);
        assert_eq!(&*site.base, "/studies/");
        assert_eq!(site.mounts[0], ("/w/pages".into(), "".into()));
        assert_eq!(site.mounts[1], ("/w/blog".into(), "blog".into()));
    }

    #[test]
    fn reads_versions_further_documents_and_languages() {
        let text = "export default {\n  themeConfig: { docs: { sidebar: {} } },\n  i18n: { defaultLocale: 'en', locales: ['en', 'fr'] },\n  presets: [['classic', { docs: { sidebarPath: 'x' } }]],\n  plugins: [['@docusaurus/plugin-content-docs', {\n    id: 'api',\n    path: 'api-docs',\n    routeBasePath: 'api',\n  }]],\n};\n";
        let read = |it: &Path| {
            (it.as_str() == "/w/versions.json").then(|| "[\"2.0\", \"1.0\"]".to_owned())
        };
        let source = Source { read: &read, folder: &|_| true };
        let site = site(&Path::new("/w/docusaurus.config.ts"), text, &source);
        let at = |folder: &str| {
            let mut found = site.mounts.iter();
            found.find(|it| &*it.0 == folder).map(|it| it.1.to_string()).unwrap_or_default()
        };
        assert_eq!(at("/w/docs"), "docs/next");
        assert_eq!(at("/w/versioned_docs/version-2.0"), "docs");
        assert_eq!(at("/w/versioned_docs/version-1.0"), "docs/1.0");
        assert_eq!(at("/w/api-docs"), "api");
        let french = "/w/i18n/fr/docusaurus-plugin-content-docs/version-2.0";
        assert_eq!(at(french), "fr/docs");
    }
}
