//! Links as docsify follows them: a page by its file, with or without its extension, from the root or, where
//! the site asks for that, from the page's folder.

use super::{Ranks, Site};
use crate::model::{Path, path};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let rest = written.trim_start_matches('/');
    let root = path::join(&site.docs, rest);
    let beside = path::join(from.folder(), rest);
    let both = if written.starts_with('/') { vec![root] } else { vec![beside, root] };
    for file in both {
        let bare = file.trim_end_matches('/');
        ranks.right(bare);
        if !Path::new(bare).is_page() {
            ranks.right(&format!("{bare}.md"));
            ranks.right(&format!("{bare}/README.md"));
        }
        ranks.meant(&format!("{bare}/"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[test]
    fn follows_links_as_docsify_does() {
        check_rule(
            "broken-link",
            r"
//- docs/index.html
<script>window.$docsify = {}</script>
//- docs/_sidebar.md
- [Home](/)
- [Quorum](/guide/quorum.md)
- [Quorum](guide/quorum)
- [Gone](/guide/gone.md)
         ^^^^^^^^^^^^^^ no file `docs/guide/gone.md`
//- docs/README.md
//- docs/guide/quorum.md
[guide](guide/quorum?id=reads), [home](/README), [aurora](aurora.md)
                                                          ^^^^^^^^^ no file `docs/guide/aurora.md`
//- README.md
[docs](docs/README.md), [docs](/docs/guide/quorum.md)
",
        );
    }
}
