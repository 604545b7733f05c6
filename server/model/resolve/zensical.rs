//! Links as Zensical resolves them: every relative one, in raw HTML too, starts from the page's own file.
//! One that ends with `.md` becomes an address, one of a page that is not there as well.

use super::{Ranks, Site, address};
use crate::model::{Path, path, site::Addresses};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let mut open = |place: Option<String>| {
        let found = place.map(|it| address::files(site, &it)).unwrap_or_default();
        found.iter().for_each(|it| ranks.opens(it));
    };
    let file = match written.strip_prefix('/') {
        Some(rest) => {
            open(address::follow(site, from, written));
            path::join(&site.docs, rest)
        }
        None => path::join(from.folder(), written),
    };
    let file = Path::new(file.trim_end_matches('/'));
    if !written.starts_with('/') {
        open(place(site, from, &file, written));
        if file.extension().is_some() && site.takes(file.as_str()) {
            ranks.right(file.as_str());
        }
    }
    ranks.meant(file.as_str());
    ranks.meant(&format!("{file}.md"));
    ranks.meant(&format!("{file}/"));
}

/// Where a file, or an address that is written like one, is found on the site.
fn place(site: &Site, from: &Path, file: &Path, written: &str) -> Option<String> {
    let Some(stem) = file.as_str().strip_suffix(".md") else {
        let start = Path::new(from.folder());
        return address::below(site, start.inside(&site.docs).unwrap_or_default(), written);
    };
    let stem = Path::new(stem).inside(&site.docs)?.to_owned();
    let folder =
        |index: &str| stem.strip_suffix(index).filter(|it| it.is_empty() || it.ends_with('/'));
    let page = folder("index").or(folder("README")).unwrap_or(&stem);
    let is_folder = page.len() < stem.len() || site.addresses != Addresses::Html;
    Some(format!("{}{}", page.trim_end_matches('/'), if is_folder { "" } else { ".html" }))
}
