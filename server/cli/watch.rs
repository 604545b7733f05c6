//! `casebook check --watch`: again and again, whenever files change.

use std::{
    collections::BTreeSet,
    path::Path as FsPath,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::workspace::Workspace;
use crate::{disk, settings::Layer};

/// How long to wait for more news from the disk: a checkout is one change.
const GATHER: Duration = Duration::from_millis(50);

/// The folders of a workspace, watched: what changes from now on is heard.
pub(super) struct Watch {
    told: Receiver<notify::Result<notify::Event>>,
    /// Watching ends with it.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch. The error is a sentence.
    pub(super) fn new(workspace: &Workspace) -> Result<Self, String> {
        let (tell, told) = channel();
        let cannot = |error: notify::Error| format!("cannot watch: {error}");
        let mut watcher = notify::recommended_watcher(tell).map_err(cannot)?;
        for root in &workspace.roots {
            watcher.watch(FsPath::new(root.as_str()), RecursiveMode::Recursive).map_err(cannot)?;
        }
        Ok(Self { told, _watcher: watcher })
    }

    /// Takes in what changes on disk and calls `again` after each change, until the process is
    /// interrupted.
    pub(super) fn run(self, workspace: &Workspace, layer: &Layer, mut again: impl FnMut()) {
        while let Ok(first) = self.told.recv() {
            let mut changed = BTreeSet::new();
            let mut next = Some(first);
            while let Some(event) = next {
                if let Ok(event) = event
                    && !matches!(event.kind, notify::EventKind::Access(_))
                {
                    changed.extend(event.paths.iter().filter_map(|it| disk::from_fs(it)));
                }
                next = self.told.recv_timeout(GATHER).ok();
            }
            if !changed.is_empty() {
                disk::refresh(&workspace.world, &workspace.roots, &changed, layer);
                again();
            }
        }
    }
}
