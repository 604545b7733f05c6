//! A change of several files that is made as a whole or not at all.

use std::collections::BTreeMap;

use super::Path;
use crate::text::{Edit, Span};

/// What becomes of the workspace. All paths and places are those before the change; the text is
/// edited first, then files come, move and go, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is replaced in which file. Edits of one file do not overlap.
    pub edits: BTreeMap<Path, Vec<Edit>>,
    /// Further edits that are made only if a person says so, one by one.
    pub doubtful: BTreeMap<Path, Vec<Edit>>,
    /// The files that come into being, with their texts.
    pub creates: Vec<(Path, String)>,
    /// The files and folders that move: from where, to where.
    pub moves: Vec<(Path, Path)>,
    /// The files that go.
    pub deletes: Vec<Path>,
}

impl Changes {
    /// Adds an edit of the file at `path`.
    pub fn edit(&mut self, path: &Path, span: Span, with: impl Into<String>) {
        let edit = Edit { span, with: with.into() };
        self.edits.entry(path.clone()).or_default().push(edit);
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
            && self.doubtful.is_empty()
            && self.creates.is_empty()
            && self.moves.is_empty()
            && self.deletes.is_empty()
    }

    /// The files that exist and whose text it rests on.
    pub fn files(&self) -> impl Iterator<Item = &Path> + '_ {
        self.edits.keys().chain(self.doubtful.keys())
    }
}
