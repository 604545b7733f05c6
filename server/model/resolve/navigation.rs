//! Entries of navigation files: files, from where the site's pages lie or, in a table of contents, from
//! its own folder.

use super::{Ranks, Site};
use crate::{
    model::{Path, path, site::Generator},
    syntax::Navigation,
};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let folder = if from.inside(&site.docs).is_some() { from.folder() } else { &site.docs };
    let file = match written.strip_prefix("~/") {
        Some(rest) => path::join(&site.docs, rest),
        None => path::join(folder, written),
    };
    let bare = file.trim_end_matches('/');
    if file.ends_with('/') && site.generator == Generator::DocFx {
        // A folder stands for its own table of contents.
        ranks.right(&format!("{bare}/toc.yml"));
        ranks.right(&format!("{bare}/toc.md"));
        ranks.right(&file);
    } else if site.takes(bare) {
        ranks.right(bare);
        if site.folders_in_nav || from.navigation() == Some(Navigation::Folder) {
            ranks.right(&format!("{bare}/"));
        }
    }
    ranks.meant(bare);
    ranks.meant(&format!("{bare}.md"));
    ranks.meant(&format!("{bare}/index.md"));
    ranks.meant(&format!("{bare}/"));
}
