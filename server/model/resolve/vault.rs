//! Links in a vault of notes: a file from the page's folder or from the root, with or without its
//! extension, or a page by its name.

use super::{Ranks, Site};
use crate::model::{Key, Path, path};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let rest = written.trim_start_matches('/');
    let root = path::join(&site.docs, rest);
    let beside = path::join(from.folder(), rest);
    let both = if written.starts_with('/') { [root, beside] } else { [beside, root] };
    for file in both {
        let bare = file.trim_end_matches('/');
        ranks.right(bare);
        ranks.right(&format!("{bare}.md"));
        if file.ends_with('/') || Path::new(bare).extension().is_none() {
            ranks.right(&format!("{bare}/"));
        }
    }
    let bare = Path::new(rest);
    if !rest.contains('/') && (bare.is_page() || bare.extension().is_none()) {
        let name = if bare.is_page() { bare.stem() } else { bare.name() };
        ranks.right.push(Key::Name(name.to_lowercase().into()));
    }
}
