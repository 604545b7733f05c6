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
    let input = root.get("kramdown").and_then(|it| it.get("input")?.as_str());
    let blocks_of_html = root.get("kramdown").and_then(|it| it.get("parse_block_html"));
    let blocks_of_html = notes::is_true(blocks_of_html);
    let slugs = match input.unwrap_or("GFM") {
        _ if gfm => SlugStyle::GitHub,
        "GFM" => SlugStyle::KramdownGfm,
        _ => SlugStyle::Kramdown,
    };
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
            slugs,
            separator: '-',
            tabs: None,
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
                md_in_html: blocks_of_html,
                ..Constructs::default()
            },
        },
        ..Site::default()
    };
    let permalink = notes::set(root.get("permalink"), "permalink");
    site.note_places(&notes::set(root.get("source"), "source"), &permalink, "`baseurl`");
    site.note("links", "may name files, as `jekyll-relative-links` reads them", "");
    let ids = match slugs {
        SlugStyle::GitHub => "as GitHub makes them",
        SlugStyle::KramdownGfm => "as kramdown's parser of GitHub's Markdown makes them",
        _ => "as kramdown makes them",
    };
    let from = match input {
        _ if gfm => "`markdown`",
        Some(_) => "`kramdown: input`",
        None => "",
    };
    site.note("heading ids", ids, from);
    if site.loose {
        let what = "made by rules of the site: links to them are not judged";
        site.note("addresses", what, "`permalink`, `collections`, `defaults`");
    }
    site
}
