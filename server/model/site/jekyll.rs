//! Jekyll: `_config.yml`.

use super::{Absolute, Addresses, Excluded, Generator, Site, notes};
use crate::{
    model::{Path, path},
    syntax::{
        Constructs, Dialect, Renderer, SlugStyle,
        front_matter::{self, Node},
    },
};

pub(super) fn site(config: &Path, text: &str) -> Site {
    let root = front_matter::yaml(text).unwrap_or_default();
    let text = |name: &str| root.get(name).and_then(Node::as_str);
    let folder = config.folder();
    let pretty = text("permalink") == Some("pretty");
    let base = text("baseurl").unwrap_or_default().trim_matches('/');
    let gfm = text("markdown").is_some_and(|it| it.contains("GFM") || it.contains("CommonMark"));
    let left_out = root.get("exclude").map(Node::scalars).unwrap_or_default();
    let left_out = left_out.into_iter().filter_map(Node::as_str);
    let mut site = Site {
        generator: Generator::Jekyll,
        config: Some(config.clone()),
        folder: folder.into(),
        docs: path::join(folder, text("source").unwrap_or(".")).trim_end_matches('/').into(),
        addresses: if pretty { Addresses::Folders } else { Addresses::Html },
        base: if base.is_empty() { "/".into() } else { format!("/{base}/").into() },
        absolute: Absolute::Server,
        excluded: Excluded::new(left_out),
        // GitHub Pages always has the plugin that does it; elsewhere it may be in a `Gemfile`.
        rewrites: true,
        loose: root.get("collections").is_some()
            || root.get("defaults").is_some()
            || text("permalink").is_some_and(|it| it != "pretty"),
        dialect: Dialect {
            renderer: if gfm { Renderer::GitHub } else { Renderer::Kramdown },
            slugs: if gfm { SlugStyle::GitHub } else { SlugStyle::Kramdown },
            separator: '-',
            reads: Constructs {
                attr_list: true,
                footnotes: true,
                tables: true,
                fences: true,
                strikethrough: true,
                def_list: true,
                abbr: true,
                math: true,
                smart: true,
                md_in_html: true,
                ..Constructs::default()
            },
        },
        ..Site::default()
    };
    let permalink = notes::set(root.get("permalink"), "permalink");
    site.note_places(&notes::set(root.get("source"), "source"), &permalink, "`baseurl`");
    site.note("links", "may name files, as `jekyll-relative-links` reads them", "");
    if site.loose {
        let what = "made by rules of the site: links to them are not judged";
        site.note("addresses", what, "`permalink`, `collections`, `defaults`");
    }
    site
}
