//! `casebook check --watch`: again and again, whenever files change.

use std::{collections::BTreeSet, path::Path as FsPath, sync::mpsc::channel, time::Duration};

use notify::{RecursiveMode, Watcher};

use super::workspace::Workspace;
use crate::{disk, settings::Layer};

/// How long to wait for more news from the disk: a checkout is one change.
const GATHER: Duration = Duration::from_millis(50);

/// Takes in what changes on disk and calls `again` after each change, until the process is interrupted.
pub(super) fn run(
    workspace: &Workspace,
    layer: &Layer,
    mut again: impl FnMut(),
) -> Result<(), String> {
    let (tell, told) = channel();
    let cannot = |error: notify::Error| format!("cannot watch: {error}");
    let mut watcher = notify::recommended_watcher(tell).map_err(cannot)?;
    for root in &workspace.roots {
        watcher.watch(FsPath::new(root.as_str()), RecursiveMode::Recursive).map_err(cannot)?;
    }
    while let Ok(first) = told.recv() {
        let mut changed = BTreeSet::new();
        let mut next = Some(first);
        while let Some(event) = next {
            if let Ok(event) = event
                && !matches!(event.kind, notify::EventKind::Access(_))
            {
                changed.extend(event.paths.iter().filter_map(|it| disk::from_fs(it)));
            }
            next = told.recv_timeout(GATHER).ok();
        }
        if !changed.is_empty() {
            disk::refresh(&workspace.world, &workspace.roots, &changed, layer);
            again();
        }
    }
    Ok(())
}
