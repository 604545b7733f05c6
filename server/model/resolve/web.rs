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
    if site.loose && !is_page && Path::new(written).extension().is_none() {
        return false;
    }
    if let Some(place) = address::follow(site, from, written) {
        ranks.right.extend(address::stated(site, &place));
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
