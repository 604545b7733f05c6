//! Pages read where they lie, as GitHub shows them: every file and every folder can be opened.

use super::{Ranks, Site};
use crate::model::{Path, path};

pub(super) fn aim(site: &Site, from: &Path, written: &str, ranks: &mut Ranks) {
    let to = match written.strip_prefix('/') {
        Some(rest) => path::join(&site.docs, rest),
        None => path::join(from.folder(), written),
    };
    let folder = to.strip_suffix('/').unwrap_or(&to);
    if to.ends_with('/') {
        ranks.right(&format!("{folder}/README.md"));
        ranks.right(&format!("{folder}/index.md"));
        ranks.right(&to);
        ranks.meant(&format!("{folder}.md"));
        return;
    }
    ranks.right(&to);
    let name = to.rsplit('/').next().unwrap_or_default();
    if !name.contains('.') {
        ranks.right(&format!("{to}/"));
        ranks.meant(&format!("{to}.md"));
    }
}
