//! Links that a browser reads, from the page's address: Hugo, Docusaurus, Jekyll. Where the generator
//! rewrites links to files, those may be named, too.

use super::{Ranks, Site, address};
use crate::{
    model::{Path, path, site::Generator},
    syntax::{Form, Link},
};

/// Says whether the link can be judged at all.
pub(super) fn aim(site: &Site, from: &Path, link: &Link, written: &str, ranks: &mut Ranks) -> bool {
    let root = site.mount(from).map_or(&*site.docs, |it| it.0);
    let files = files(site, from, root, written);
    let is_page = Path::new(written).is_page();
    let is_file = is_page || (link.image && site.generator == Generator::Docusaurus);
    if link.form != Form::Html && site.rewrites && is_file {
        files.iter().for_each(|it| ranks.right(it));
    }
    // Docusaurus bundles whatever file a link names.
    if site.generator == Generator::Docusaurus && link.form != Form::Html && !is_page {
        let assets = files.iter().filter(|it| Path::new(it).extension().is_some());
        assets.for_each(|it| ranks.right(it));
    }
    // The files of a bundle lie beside its page wherever it goes.
    let is_bundle = matches!(from.stem(), "index" | "_index") && !written.starts_with(['/', '.']);
    if site.generator == Generator::Hugo && is_bundle && Path::new(written).extension().is_some() {
        files.iter().filter(|_| !is_page).for_each(|it| ranks.right(it));
    }
    if site.loose && !is_page && Path::new(written).extension().is_none() {
        return false;
    }
    // Docusaurus itself puts the site's own folder before what begins with `/`, where it is not there.
    let completes = site.generator == Generator::Docusaurus && link.form != Form::Html;
    let place = match written.strip_prefix('/') {
        Some(rest) if completes && !written.starts_with(&*site.base) => {
            address::below(site, "", rest)
        }
        _ => address::follow(site, from, written),
    };
    if let Some(place) = place {
        ranks.right.extend(address::stated(site, &place));
    }
    if site.generator == Generator::Hugo && site.rewrites && link.form != Form::Html {
        hooked(site, root, &files, written, ranks);
    }
    for file in &files {
        let file = file.trim_end_matches('/');
        ranks.meant(file);
        for end in [".md", ".mdx", "/index.md", "/_index.md"] {
            ranks.meant(&format!("{file}{end}"));
        }
    }
    true
}

/// What a link hook of Hugo finds by `GetPage`: a page by its path, in any case, from the page's folder or
/// from the root.
fn hooked(site: &Site, root: &str, files: &[String], written: &str, ranks: &mut Ranks) {
    let from_root = path::join(root, written.trim_start_matches('/'));
    for file in files.iter().chain([&from_root]) {
        let Some(place) = Path::new(file.trim_end_matches('/')).inside(root).map(str::to_owned)
        else {
            continue;
        };
        let bare = place.strip_suffix(".md").unwrap_or(&place);
        let bare =
            ["/index", "/_index"].iter().find_map(|it| bare.strip_suffix(it)).unwrap_or(bare);
        ranks.right.extend(address::stated(site, &bare.to_lowercase()).into_iter().take(1));
    }
}

/// The files that `written` names, if it names files; `root` is the folder of the pages.
fn files(site: &Site, from: &Path, root: &str, written: &str) -> Vec<String> {
    if let Some(rest) = written.strip_prefix('/') {
        return vec![path::join(root, rest)];
    }
    if let Some(rest) = written.strip_prefix("@site/") {
        return vec![path::join(&site.folder, rest)];
    }
    let mut all = vec![path::join(from.folder(), written)];
    // What does not say where it starts is looked for from the root, too.
    if site.generator == Generator::Docusaurus && !written.starts_with('.') {
        all.push(path::join(root, written));
        all.push(path::join(&site.folder, written));
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn a_link_hook_of_hugo_finds_pages_in_any_case_and_from_the_root() {
        check_rule(
            "broken-link",
            r"
//- hugo.toml
//- config/_default/languages.toml
[en]
contentDir = 'content/en'
//- layouts/_default/_markup/render-link.html
//- content/en/a/b.md
[c](a/c.md), [C](C.md), [c](/a/c), [c](a/c), [gone](a/gone)
                                                    ^^^^^^ no page has the address `/a/b/a/gone`
//- content/en/a/c.md
",
        );
    }

    #[test]
    fn docusaurus_puts_the_folder_of_the_site_before_an_address() {
        check_rule(
            "broken-link",
            r"
//- docusaurus.config.js
module.exports = { baseUrl: '/studies/', presets: [['classic', { docs: { path: 'docs' } }]] };
//- docs/a.md
[b](/docs/b), [b](/studies/docs/b), <a href='/studies/docs/b'>b</a>, ![p](/img/p.svg), [gone](/docs/gone)
                                                                                              ^^^^^^^^^^ no page has the address `/docs/gone`
//- docs/b.md
//- static/img/p.svg
",
        );
    }

    #[test]
    fn does_not_judge_what_starts_from_an_address_that_the_page_states() {
        check_rule(
            "broken-link",
            r"
//- _config.yml
//- a.md
---
permalink: /other/place/
---
[b](../b.html), [b](b.md), [gone](/gone.html)
                                  ^^^^^^^^^^ no page has the address `/gone.html`
//- b.md
",
        );
    }
}
