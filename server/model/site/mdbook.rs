//! mdBook: `book.toml`, and `SUMMARY.md`, which lists the pages.

use super::{Absolute, Addresses, Generator, Site, Source, notes};
use crate::{
    model::{Path, path},
    syntax::{
        Constructs, Dialect, Renderer, SlugStyle,
        front_matter::{self, Node, Value},
    },
};

pub(super) fn site(config: &Path, text: &str, source: &Source<'_>) -> Site {
    let root = front_matter::toml(text).unwrap_or_default();
    let at = |names: &[&str]| names.iter().try_fold(&root, |node, name| node.get(name));
    let src = at(&["book", "src"]);
    let folder = config.folder();
    let html = |name: &str| at(&["output", "html", name]);
    // On unless it is switched off, as of mdBook 0.5.
    let smart = html("smart-punctuation").or_else(|| html("curly-quotes"));
    let smart = smart.is_none() || notes::is_true(smart);
    let mut site = Site {
        generator: Generator::MdBook,
        config: Some(config.clone()),
        folder: folder.into(),
        docs: path::join(folder, src.and_then(Node::as_str).unwrap_or("src"))
            .trim_end_matches('/')
            .into(),
        addresses: Addresses::Html,
        base: notes::base(html("site-url").and_then(Node::as_str).unwrap_or_default()),
        absolute: Absolute::Server,
        rewrites: true,
        dialect: Dialect {
            renderer: Renderer::MdBook,
            slugs: SlugStyle::MdBook,
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
                smart,
                ..Constructs::default()
            },
        },
        ..Site::default()
    };
    redirects(&mut site, html("redirect"));
    let summary = Path::new(&site.at("SUMMARY.md"));
    if let Some(text) = (source.read)(&summary) {
        site.listed = Some(listed(&site, &summary, &text));
    }
    site.note_places(&notes::set(src, "src"), "", "`output.html.site-url`");
    if let Some(listed) = &site.listed {
        let what = format!("{} listed; a page that is not is not on the site", listed.len());
        site.note("chapters", what, "`SUMMARY.md`");
    }
    site
}

/// Addresses that lead elsewhere. What leads out of the book leads to nothing of ours.
fn redirects(site: &mut Site, stated: Option<&Node>) {
    let Some(Value::Map(pairs)) = stated.map(|it| &it.value) else { return };
    let pairs = pairs.iter().filter_map(|(old, new)| Some((old.as_str()?, new.as_str()?)));
    for (old, new) in pairs {
        let old = old.trim_start_matches('/');
        let depth = old.matches('/').count();
        let climbs = new.split('/').take_while(|it| *it == "..").count();
        let folder = format!("/{}", old.rsplit_once('/').map_or("", |it| it.0));
        let path = new.split('#').next().unwrap_or_default();
        let inside = !new.contains("://") && !new.starts_with('/') && climbs <= depth;
        let target = path::join(&folder, path);
        let target = target.trim_start_matches('/').strip_suffix(".html").filter(|_| inside);
        let target = target.map_or(String::new(), |it| format!("{it}.md"));
        site.redirects.push((old.into(), target.into()));
    }
}

/// The pages that the table of contents links to.
fn listed(site: &Site, summary: &Path, text: &str) -> std::collections::BTreeSet<Box<str>> {
    let page = crate::syntax::parse(text, &site.dialect);
    let links = page.links.iter().filter_map(|it| {
        let decoded = percent_encoding::percent_decode_str(it.path()).decode_utf8_lossy();
        let file = Path::new(&path::join(summary.folder(), &decoded));
        Some(file.inside(&site.docs)?.into())
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_pages_that_the_summary_lists() {
        let summary =
            "# Summary\n\n[Intro](README.md)\n- [A](./sub/six%20copies.md)\n- [Draft]()\n";
        let read = |it: &Path| (it.as_str() == "/w/book/SUMMARY.md").then(|| summary.to_owned());
        let text = "[book]\nsrc = \"book\"\n[output.html]\nsite-url = \"/studies/\"\n";
        let site =
            site(&Path::new("/w/book.toml"), text, &Source { read: &read, folder: &|_| false });
        assert_eq!((&*site.docs, &*site.base), ("/w/book", "/studies/"));
        assert!(site.takes("/w/book/sub/six copies.md") && site.takes("/w/book/plan.svg"));
        assert!(!site.takes("/w/book/draft.md"));
    }
}
