//! Finds the sites of a workspace among its files.

use std::sync::Arc;

use super::{Site, mkdocs};
use crate::model::Path;

/// How configuration is read. It looks at nothing outside the workspace.
pub struct Source<'a> {
    /// The text of a file; none if there is no such file, or it may not be read.
    pub read: &'a dyn Fn(&Path) -> Option<String>,
}

/// Names of files that say how a site is made.
const NAMES: &[&str] = &["mkdocs.yml", "mkdocs.yaml", "zensical.toml"];

/// Whether a file may say how a site is made, by its name.
pub fn is_configuration(path: &Path) -> bool {
    NAMES.contains(&path.name())
}

/// The sites among `files`, which are sorted, and for each of the folders a plain one: what no generator
/// takes is read as GitHub shows it.
pub fn discover(folders: &[Path], files: &[Path], source: &Source<'_>) -> Vec<Arc<Site>> {
    let mut sites: Vec<Site> = Vec::new();
    for config in files.iter().filter(|it| is_configuration(it)) {
        // One folder has one site: `zensical.toml` comes after `mkdocs.yml` and wins.
        sites.retain(|it| *it.folder != *config.folder() || config.name() != "zensical.toml");
        if sites.iter().any(|it| *it.folder == *config.folder()) {
            continue;
        }
        let Some(text) = (source.read)(config) else { continue };
        sites.push(mkdocs::site(config, &text, source));
    }
    let plain = folders.iter().map(|it| Site::plain(it.as_str()));
    sites.into_iter().chain(plain).map(Arc::new).collect()
}
