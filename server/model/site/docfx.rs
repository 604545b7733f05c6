//! `DocFX`: `docfx.json`.

use super::{Absolute, Addresses, Generator, Site};
use crate::{
    model::Path,
    syntax::{Constructs, Dialect, Renderer, SlugStyle},
};

pub(super) fn site(config: &Path) -> Site {
    let folder = config.folder();
    let mut site = Site {
        generator: Generator::DocFx,
        config: Some(config.clone()),
        folder: folder.into(),
        docs: folder.into(),
        addresses: Addresses::Html,
        base: "/".into(),
        absolute: Absolute::Server,
        rewrites: true,
        dialect: Dialect {
            renderer: Renderer::Markdig,
            slugs: SlugStyle::Markdig,
            separator: '-',
            tabs: None,
            reads: Constructs {
                attr_list: true,
                footnotes: true,
                tables: true,
                fences: true,
                strikethrough: true,
                tasks: true,
                def_list: true,
                bare_links: true,
                abbr: true,
                math: true,
                emoji: true,
                ..Constructs::default()
            },
        },
        ..Site::default()
    };
    site.note_places("", "", "");
    site.note("links", "name files; `~/x.md` starts from this folder", "");
    site
}
