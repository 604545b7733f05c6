//! docsify: a page `index.html` that names it, among pages that a browser reads as they are.

use super::{Absolute, Addresses, Generator, Site, Source};
use crate::model::Path;

/// The site that a page `index.html` shows, if it is docsify's.
pub(super) fn site(index: &Path, source: &Source<'_>) -> Option<Site> {
    let text = (source.read)(index)?;
    if !text.contains("$docsify") {
        return None;
    }
    let mut site = made(index.folder());
    site.config = Some(index.clone());
    Some(site)
}

/// The site of the pages in a folder.
pub(super) fn made(folder: &str) -> Site {
    let mut site = Site {
        generator: Generator::Docsify,
        absolute: Absolute::Docs,
        addresses: Addresses::Bare,
        rewrites: true,
        ..Site::plain(folder)
    };
    site.note("pages", "this folder", "`index.html`");
    site.note("links", "name files, with or without `.md`, from the page's folder or this one", "");
    site
}
