//! Which file a reference leads to.

use super::Snapshot;
use crate::model::{Key, Path, Reference};

impl Snapshot {
    /// The first candidate of a reference that is there, by its place among them, and the file or
    /// folder (with the `/` at its end) that it leads to.
    pub fn lead(&self, reference: &Reference) -> Option<(usize, Path)> {
        let mut keys = reference.candidates.iter().enumerate();
        keys.find_map(|(at, key)| match key {
            Key::Page(path) => self.exists(path).then(|| (at, path.clone())),
            key => Some((at, self.definers(key).first()?.path.clone())),
        })
    }
}
