//! Links as mdBook makes them: `.md` becomes `.html`, in Markdown and in raw HTML, and nobody looks
//! whether it is there. A page `README.md` becomes `index.html`, but a link to it does not. Only
//! `SUMMARY.md` names chapters by their files.

use super::{Ranks, Site, address};
use crate::model::{Path, path};

/// Says whether the link can be judged at all.
pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) -> bool {
    let file = match written.strip_prefix('/') {
        Some(rest) => path::join(&site.docs, rest),
        None => path::join(from.folder(), written),
    };
    let file = file.trim_end_matches('/');
    if from.name() == "SUMMARY.md" && from.folder() == &*site.docs {
        ranks.right(file);
    }
    // What follows the ending is lost.
    let made = match written.rfind(".md") {
        Some(at) => format!("{}.html", &written[..at]),
        None => written.to_owned(),
    };
    let place = address::follow(site, from, &made);
    if place.as_ref().is_some_and(|it| address::is_gone(site, it)) {
        return false;
    }
    let found = place.map(|it| address::files(site, &it)).unwrap_or_default();
    found.iter().for_each(|it| ranks.right(it));
    ranks.meant(file);
    ranks.meant(&format!("{file}.md"));
    ranks.meant(&format!("{file}/"));
    true
}
