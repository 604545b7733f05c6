//! Links as `MkDocs` resolves them.
//!
//! A Markdown link is right if it names a file of the site, from the page's own file; a `/` at its end
//! does not count. Everything else is left as it is, as are all attributes of raw HTML: a browser then
//! reads it from the page's address, which the generator does not look at.

use super::{Ranks, Site, address};
use crate::{
    model::{Path, path, site::Absolute},
    syntax::{Form, Link},
};

pub(super) fn aim(site: &Site, from: &Path, link: &Link, written: &str, ranks: &mut Ranks) {
    let is_absolute = written.starts_with('/');
    let from_server = is_absolute && site.absolute == Absolute::Server;
    let file = file(site, from, written);
    if link.form != Form::Html && !from_server && site.takes(&file) {
        ranks.right(&file);
    }
    if link.form == Form::Html || !is_absolute || from_server {
        let place = address::follow(site, from, written);
        let found = place.map(|it| address::files(site, &it)).unwrap_or_default();
        found.iter().for_each(|it| ranks.opens(it));
    }
    ranks.meant(&file);
    ranks.meant(&format!("{file}.md"));
    ranks.meant(&format!("{file}/index.md"));
    ranks.meant(&format!("{file}/README.md"));
    ranks.meant(&format!("{file}/"));
}

/// The file that is named from the page's own: `posixpath.normpath` takes the `/` at the end away.
fn file(site: &Site, from: &Path, written: &str) -> String {
    let full = match written.strip_prefix('/') {
        Some(rest) => path::join(&site.docs, rest),
        None => path::join(from.folder(), written),
    };
    full.trim_end_matches('/').to_owned()
}
