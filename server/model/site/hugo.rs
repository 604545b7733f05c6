//! Hugo: `hugo.toml` and its kin, `config.toml` beside a folder `content`.

use super::{Absolute, Addresses, Generator, Site, Source, notes};
use crate::{
    model::{Path, path},
    syntax::{
        Constructs, Dialect, Renderer, SlugStyle,
        front_matter::{self, Node, Value},
    },
};

pub(super) fn site(config: &Path, text: &str, files: &[Path], source: &Source<'_>) -> Site {
    let root = match config.extension() {
        Some("toml") => front_matter::toml(text),
        _ => front_matter::yaml(text),
    };
    let mut root = root.unwrap_or_default();
    let folder = config.folder();
    let folder = folder.strip_suffix("/config/_default").unwrap_or(folder);
    add_parts(&mut root, folder, source);
    let text = |name: &str| setting(&root, name).and_then(Node::as_str);
    let inside = |name: &str| -> Box<str> { path::join(folder, name).trim_end_matches('/').into() };
    let ugly = notes::is_true(setting(&root, "uglyURLs"));
    let mut site = Site {
        generator: Generator::Hugo,
        config: Some(config.clone()),
        folder: folder.into(),
        docs: inside(text("contentDir").unwrap_or("content")),
        addresses: if ugly { Addresses::Html } else { Addresses::Folders },
        base: notes::base(text("baseURL").unwrap_or_default()),
        absolute: Absolute::Server,
        statics: vec![inside(text("staticDir").unwrap_or("static")), inside("assets")],
        loose: ugly || setting(&root, "permalinks").is_some(),
        dialect: dialect(&root),
        ..Site::default()
    };
    languages(&mut site, &root);
    let hook = hook(folder, &root, files, source);
    site.rewrites = hook.is_some();
    let contents = notes::set(setting(&root, "contentDir"), "contentDir");
    site.note_places(&contents, &notes::set(setting(&root, "uglyURLs"), "uglyURLs"), "`baseURL`");
    match hook {
        Some(why) => site.note("links", "may name files, which become their addresses", why),
        None => site.note("links", "are addresses; files are named by `ref` and `relref`", ""),
    }
    if site.loose {
        let what = "made by rules of the site: links to them are not judged";
        site.note("addresses", what, "`permalinks`, `uglyURLs`");
    }
    site
}

/// The parts of the configuration that have files of their own, named for what they set.
fn add_parts(root: &mut Node, folder: &str, source: &Source<'_>) {
    let at = format!("{folder}/config/_default");
    if !(source.folder)(&at) {
        return;
    }
    for name in ["hugo", "config", "languages", "markup", "module", "permalinks"] {
        let toml =
            || Some(front_matter::toml(&(source.read)(&Path::new(&format!("{at}/{name}.toml")))?));
        let yaml = |end: &str| {
            Some(front_matter::yaml(&(source.read)(&Path::new(&format!("{at}/{name}.{end}")))?))
        };
        let Some(Ok(part)) = toml().or_else(|| yaml("yaml")).or_else(|| yaml("yml")) else {
            continue;
        };
        if root.value == Value::Null {
            root.value = Value::Map(Vec::new());
        }
        let Value::Map(entries) = &mut root.value else { return };
        match part.value {
            Value::Map(own) if matches!(name, "hugo" | "config") => entries.extend(own),
            _ => {
                let key = Node { span: part.span, value: Value::Scalar(name.into()) };
                entries.push((key, part));
            }
        }
    }
}

/// A setting by its name in any case, as Hugo compares them.
fn setting<'a>(root: &'a Node, name: &str) -> Option<&'a Node> {
    let Value::Map(entries) = &root.value else { return None };
    let mut found = entries.iter();
    found.find(|it| it.0.as_str().is_some_and(|it| it.eq_ignore_ascii_case(name))).map(|it| &it.1)
}

fn deep<'a>(root: &'a Node, names: &[&str]) -> Option<&'a Node> {
    names.iter().try_fold(root, |node, name| setting(node, name))
}

fn dialect(root: &Node) -> Dialect {
    let goldmark = deep(root, &["markup", "goldmark"]);
    let off = |names: &[&str]| {
        goldmark.and_then(|it| deep(it, names)?.as_str()).is_some_and(|it| it == "false")
    };
    let extension = |name: &str| !off(&["extensions", name]);
    let kind = goldmark.and_then(|it| deep(it, &["parser", "autoHeadingIDType"])?.as_str());
    let block = goldmark.and_then(|it| deep(it, &["parser", "attribute", "block"]));
    let passthrough = goldmark.and_then(|it| deep(it, &["extensions", "passthrough", "enable"]));
    let _ = block;
    Dialect {
        renderer: Renderer::Goldmark,
        slugs: match kind
            .or_else(|| goldmark.and_then(|it| deep(it, &["parser", "autoIDType"])?.as_str()))
        {
            Some("github-ascii") => SlugStyle::HugoAscii,
            Some("blackfriday") => SlugStyle::HugoBlackfriday,
            _ => SlugStyle::Hugo,
        },
        separator: '-',
        tabs: None,
        reads: Constructs {
            attr_list: !off(&["parser", "attribute", "title"]),
            footnotes: extension("footnote"),
            tables: extension("table"),
            fences: true,
            strikethrough: extension("strikethrough"),
            tasks: extension("taskList"),
            def_list: extension("definitionList"),
            bare_links: extension("linkify"),
            smart: extension("typographer"),
            math: notes::is_true(passthrough),
            emoji: notes::is_true(setting(root, "enableEmoji")),
            ..Constructs::default()
        },
    }
}

/// The folders of the languages, if they have folders of their own.
fn languages(site: &mut Site, root: &Node) {
    let Some(Value::Map(all)) = setting(root, "languages").map(|it| &it.value) else { return };
    let first = setting(root, "defaultContentLanguage").and_then(Node::as_str).unwrap_or("en");
    let below = notes::is_true(setting(root, "defaultContentLanguageInSubdir"));
    for (name, options) in all {
        let Some(name) = name.as_str() else { continue };
        let Some(content) = setting(options, "contentDir").and_then(Node::as_str) else { continue };
        let prefix = if name == first && !below { "" } else { name };
        let content = path::join(&site.folder, content);
        site.mounts.push((content.trim_end_matches('/').into(), prefix.into()));
    }
    if !site.mounts.is_empty() {
        let names = site.mounts.iter().map(|it| {
            format!("`{}`", it.0.trim_start_matches(&*site.folder).trim_start_matches('/'))
        });
        let names = names.collect::<Vec<_>>().join(", ");
        site.note("languages", names, "`languages`");
    }
}

/// What may turn links to files into links to addresses.
fn hook(folder: &str, root: &Node, files: &[Path], source: &Source<'_>) -> Option<String> {
    let embedded = deep(root, &["markup", "goldmark", "renderHooks", "link", "useEmbedded"]);
    let enabled = deep(root, &["markup", "goldmark", "renderHooks", "link", "enableDefault"]);
    let embedded = embedded.and_then(Node::as_str);
    if matches!(embedded, Some("always" | "fallback")) || notes::is_true(enabled) {
        return Some("`markup.goldmark.renderHooks.link`".to_owned());
    }
    let own = files.iter().find(|it| {
        it.name().starts_with("render-link")
            && it.inside(folder).is_some_and(|it| it.contains("_markup/"))
    });
    if let Some(own) = own {
        return Some(format!("`{}`", own.inside(folder).unwrap_or(own.as_str())));
    }
    if setting(root, "theme").is_some() || deep(root, &["module", "imports"]).is_some() {
        return Some("a theme, which may have a link hook".to_owned());
    }
    (source.folder)(&format!("{folder}/themes"))
        .then(|| "`themes/`, where a link hook may be".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_settings_in_any_case() {
        let text = "baseurl = \"https://example.org/s/\"\ncontentdir = \"pages\"\n[markup.goldmark.parser]\nautoHeadingIDType = \"github-ascii\"\n";
        let none = Source { read: &|_| None, folder: &|_| false };
        let site = site(&Path::new("/w/hugo.toml"), text, &[], &none);
        assert_eq!((&*site.docs, &*site.base), ("/w/pages", "/s/"));
        assert_eq!(site.dialect.slugs, SlugStyle::HugoAscii);
        assert!(!site.rewrites && site.dialect.reads.tables && !site.dialect.reads.emoji);
    }

    #[test]
    fn a_link_hook_of_the_site_lets_links_name_files() {
        let hook = [Path::new("/w/layouts/_default/_markup/render-link.html")];
        let none = Source { read: &|_| None, folder: &|_| false };
        assert!(site(&Path::new("/w/hugo.yaml"), "title: Studies\n", &hook, &none).rewrites);
    }
}
