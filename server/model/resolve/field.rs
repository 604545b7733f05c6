//! Front matter fields that name a page. Each theme and each script reads them in its own way, so every
//! way is right: a file or an address, from the page or from the root.

use super::{Ranks, Site, address};
use crate::model::{Path, path};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let rest = written.trim_start_matches('/');
    let files = [path::join(from.folder(), rest), path::join(&site.docs, rest)];
    let files = if written.starts_with('/') { &files[1..] } else { &files[..] };
    for file in files {
        let bare = file.trim_end_matches('/');
        ranks.right(bare);
        if !Path::new(bare).is_page() {
            ["", "/index", "/README", "/_index"]
                .iter()
                .for_each(|it| ranks.right(&format!("{bare}{it}.md")));
        }
    }
    if let Some(place) = address::follow(site, from, written) {
        address::files(site, &place).iter().for_each(|it| ranks.right(it));
        if !site.mounts.is_empty() || site.rewrites {
            ranks.right.extend(address::stated(site, &place).into_iter().take(1));
        }
    }
}
