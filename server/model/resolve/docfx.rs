//! Links as `DocFX` resolves them: files, from the page's folder, or with `~/` from the root.

use super::{Ranks, Site, address};
use crate::model::{Path, path};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let file = match written.strip_prefix("~/").or_else(|| written.strip_prefix("~\\")) {
        Some(rest) => path::join(&site.docs, rest),
        None if written.starts_with('/') => {
            let place = address::follow(site, from, written);
            let found = place.map(|it| address::files(site, &it)).unwrap_or_default();
            found.iter().for_each(|it| ranks.right(it));
            path::join(&site.docs, written.trim_start_matches('/'))
        }
        None => path::join(from.folder(), written),
    };
    let bare = file.trim_end_matches('/');
    if !written.starts_with('/') {
        ranks.right(bare);
        let place = address::follow(site, from, written);
        let found = place.map(|it| address::files(site, &it)).unwrap_or_default();
        found.iter().for_each(|it| ranks.opens(it));
    }
    ranks.meant(bare);
    ranks.meant(&format!("{bare}.md"));
    ranks.meant(&format!("{bare}/"));
}
