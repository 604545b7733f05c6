//! Links as `VitePress` and `VuePress` make them: a page by its file, or by its address with or without
//! `.html`, from the page's folder or with `/` from the folder of the pages.

use super::{Ranks, Site};
use crate::{
    model::{Path, path, site::Generator},
    syntax::{Form, Link},
};

/// Says whether the link can be judged at all.
pub(super) fn aim(site: &Site, from: &Path, link: &Link, written: &str, ranks: &mut Ranks) -> bool {
    let index = if site.generator == Generator::VuePress { "README.md" } else { "index.md" };
    let own = match written.strip_prefix('/') {
        Some(rest) => {
            // A tag of HTML is not touched: the site's own folder is part of what it says.
            let base = site.base.trim_matches('/');
            let below = rest.strip_prefix(base).filter(|it| it.is_empty() || it.starts_with('/'));
            let bare = below.filter(|_| link.form == Form::Html).unwrap_or(rest);
            let mounts = site.mounts.iter();
            let below = mounts.filter_map(|(folder, prefix)| {
                let rest = bare.strip_prefix(&**prefix)?;
                Some(path::join(folder, rest.trim_start_matches('/')))
            });
            let own = path::join(&site.docs, bare.trim_start_matches('/'));
            std::iter::once(own).chain(below).collect::<Vec<_>>()
        }
        None if written.starts_with("@/") => vec![path::join(&site.docs, &written[2..])],
        None => vec![path::join(from.folder(), written)],
    };
    for file in &own {
        let bare = file.trim_end_matches('/');
        let stem = bare.strip_suffix(".html").unwrap_or(bare);
        if file.ends_with('/') || bare == &*site.docs {
            ranks.right(&format!("{bare}/{index}"));
            ranks.right(&format!("{bare}/index.md"));
        } else if !Path::new(bare).is_page() {
            if stem.len() == bare.len() && Path::new(bare).extension().is_some() {
                ranks.right(bare);
            }
            ranks.right(&format!("{stem}.md"));
        }
        ranks.right(bare);
        if let Some(place) = bare.strip_prefix(&*site.docs).and_then(|it| it.strip_prefix('/')) {
            site.statics.iter().for_each(|it| ranks.right(&format!("{it}/{place}")));
            site.statics.iter().for_each(|it| ranks.right(&format!("{it}/{place}.html")));
        }
        if Path::new(bare).extension().is_none() {
            ranks.opens(&format!("{bare}/{index}"));
            ranks.opens(&format!("{bare}.md"));
        }
        ranks.meant(&format!("{bare}/"));
    }
    let names_page = Path::new(written).is_page();
    !site.loose || names_page
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn follows_links_as_vitepress_does() {
        check_rule(
            "broken-link",
            r"
//- docs/.vitepress/config.mts
export default { base: '/studies/' }
//- docs/index.md
//- docs/guide/index.md
[a](../a), [a](../a.html), [a](/a.md), [start](/), [guide](./), [logo](/logo.svg), [gone](/gone),
                                                                                          ^^^^^ no file `docs/gone.md`
[gone](gone.html), <a href='/studies/a'>a</a>, [file](data.csv)
       ^^^^^^^^^ no file `docs/guide/gone.md`
                                                      ^^^^^^^^ no file `docs/guide/data.csv`
//- docs/a.md
[there](/guide/), [almost](/guide)
//- docs/public/logo.svg
",
        );
    }

    #[test]
    fn follows_the_folders_that_are_rewritten() {
        check_rule(
            "broken-link",
            r"
//- docs/.vitepress/config.js
export default { rewrites: { 'en/:rest*': ':rest*' } }
//- docs/en/guide/a.md
[b](/guide/b), [b](./b), [c](/guide/c)
                             ^^^^^^^^ no file `docs/guide/c.md`
//- docs/en/guide/b.md
",
        );
    }

    #[test]
    fn follows_links_as_vuepress_does() {
        check_rule(
            "broken-link",
            r"
//- .vuepress/config.js
module.exports = {}
//- README.md
[guide](/guide/), [a](./guide/a.md), [a](/guide/a.html), [gone](/gone/)
                                                                ^^^^^^ no file `gone/README.md`
//- guide/README.md
//- guide/a.md
",
        );
    }
}
