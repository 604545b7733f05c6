//! Docusaurus: `docusaurus.config.js` and its kin. The configuration is a program; what it says is read
//! from its text where it is said plainly.

use super::{Absolute, Addresses, Generator, Site, notes};
use crate::{
    model::{Path, path},
    syntax::{Constructs, Dialect, Renderer, SlugStyle},
};

pub(super) fn site(config: &Path, text: &str) -> Site {
    let folder = config.folder();
    let base = value(text, "baseUrl").unwrap_or("/");
    let (docs, docs_at) = (section(text, "docs"), "docs");
    let (blog, blog_at) = (section(text, "blog"), "blog");
    let mount = |section: Option<&str>, name: &str| {
        let value = |key| section.and_then(|it| value(it, key));
        let from = path::join(folder, value("path").unwrap_or(name));
        let route = value("routeBasePath").unwrap_or(name);
        (from.trim_end_matches('/').into(), route.trim_matches('/').into())
    };
    let pages = (path::join(folder, "src/pages").into(), "".into());
    let slash = value(text, "trailingSlash") == Some("true");
    let mut site = Site {
        generator: Generator::Docusaurus,
        config: Some(config.clone()),
        folder: folder.into(),
        docs: folder.into(),
        addresses: if slash { Addresses::Folders } else { Addresses::Bare },
        base: notes::base(&format!("x://x/{}", base.trim_matches('/'))),
        absolute: Absolute::Server,
        mounts: vec![mount(docs, docs_at), mount(blog, blog_at), pages],
        statics: vec![path::join(folder, "static").into()],
        rewrites: true,
        dialect: Dialect {
            renderer: Renderer::Mdx,
            slugs: SlugStyle::Docusaurus,
            separator: '-',
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

/// What is written behind `name:`, without quotes.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + name.len()..];
        let Some(written) = rest.trim_start_matches(['\'', '"']).trim_start().strip_prefix(':')
        else {
            continue;
        };
        if before.is_some_and(|it| it.is_alphanumeric() || it == '_') {
            continue;
        }
        let written = written.trim_start();
        let quote = written.chars().next().filter(|it| matches!(it, '\'' | '"' | '`'));
        let Some(quote) = quote else {
            let end = written.find(|it: char| !it.is_alphanumeric()).unwrap_or(written.len());
            return Some(&written[..end]);
        };
        return written[1..].split(quote).next();
    }
    None
}

/// What stands between the braces behind `name:`.
fn section<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let at = text.find(&format!("{name}: {{"))?;
    let open = at + text[at..].find('{')?;
    let mut depth = 0;
    for (index, it) in text[open..].char_indices() {
        depth += i32::from(it == '{') - i32::from(it == '}');
        if depth == 0 {
            return text.get(open + 1..open + index);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_said_plainly() {
        let text = "const config = {\n  baseUrl: '/studies/',\n  presets: [['classic', {\n    docs: {\n      routeBasePath: '/',\n      path: \"pages\",\n    },\n    blog: false,\n  }]],\n};\n";
        let site = site(&Path::new("/w/docusaurus.config.js"), text);
        assert_eq!(&*site.base, "/studies/");
        assert_eq!(site.mounts[0], ("/w/pages".into(), "".into()));
        assert_eq!(site.mounts[1], ("/w/blog".into(), "blog".into()));
    }
}
