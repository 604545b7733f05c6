//! Findings that are still right, so that nobody works them out twice.

use std::sync::Arc;

use dashmap::DashMap;

use super::{Finding, findings};
use crate::world::{DocId, Document, Snapshot};

/// Findings by page, each with the stamp of the world it was made from. Any thread may ask.
#[derive(Debug, Default)]
pub struct Cache(DashMap<DocId, (u64, Arc<[Finding]>)>);

impl Cache {
    /// The findings of a page, and the stamp that changes whenever they may have changed.
    pub fn findings(&self, cx: &Snapshot, document: &Document) -> (u64, Arc<[Finding]>) {
        let stamp = cx.stamp(document.id);
        if let Some(known) = self.0.get(&document.id).filter(|it| it.0 == stamp) {
            return known.clone();
        }
        let made: (u64, Arc<[Finding]>) = (stamp, findings(cx, document).into());
        self.0.insert(document.id, made.clone());
        made
    }

    /// Forgets pages that are no more.
    pub fn sweep(&self, cx: &Snapshot) {
        self.0.retain(|id, _| cx.page(*id).is_some());
    }
}
