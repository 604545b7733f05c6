//! Hugo's `ref` and `relref`: a page by its path, from the page's folder or from the root, or by its
//! name wherever it lies.

use super::{Ranks, Site};
use crate::model::{Key, Path, path};

pub(super) fn shortcode(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let root = site.mount(from).map_or(&*site.docs, |it| it.0);
    let mut pages = |to: String| {
        let to = to.trim_end_matches('/');
        if Path::new(to).is_page() {
            ranks.right(to);
        }
        for end in [".md", "/index.md", "/_index.md"] {
            ranks.right(&format!("{to}{end}"));
        }
    };
    if let Some(rest) = written.strip_prefix('/') {
        pages(path::join(root, rest));
    } else {
        pages(path::join(from.folder(), written));
        pages(path::join(root, written));
    }
    let bare = Path::new(written);
    if !written.contains('/') {
        let stem = if bare.is_page() { bare.stem() } else { bare.name() };
        ranks.right.push(Key::Name(stem.to_lowercase().into()));
        // The folder of a page that is a bundle is its name.
        ranks.right.push(Key::Name(format!("{}/", stem.to_lowercase()).into()));
    }
}
