//! Floor 4: what an author can ask. One file each: a function from a snapshot and a place to an answer
//! in our own words.

pub mod call_hierarchy;
pub mod code_actions;
pub mod code_lens;
pub mod completion;
pub mod definition;
pub mod document_links;
pub mod document_symbols;
pub mod entity;
pub mod folding;
mod fuzzy;
mod heading_link;
pub mod highlight;
pub mod hover;
pub mod inlay_hints;
pub mod moves;
pub mod preview;
pub mod refactor;
pub mod references;
pub mod rename;
pub mod selection;
pub mod semantic_tokens;
pub mod stats;
mod under;
pub mod workspace_symbols;

pub use heading_link::{HeadingLink, heading_link};

use crate::{
    model::Path,
    text::{Offset, Span},
    world::DocId,
};

/// A place in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub id: DocId,
    /// Where in its text.
    pub at: Offset,
}

/// A stretch of a page, or of a file that is not a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file.
    pub path: Path,
    /// Where in its text.
    pub span: Span,
}

#[cfg(test)]
mod tests;
