//! Math that is a block of its own.

use super::{
    blocks::Blocks,
    tree::{Block, Id, Tag},
};

impl Blocks<'_> {
    /// `$$..$$` and its like, alone in a block.
    pub(super) fn math(&mut self, parent: Id, block: &Block) -> bool {
        let lines = block.lines();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
        let all = self.text[first.start..last.end].trim_end_matches(' ');
        if !all.starts_with(['$', '\\']) || !self.fuel.burn(1) {
            return false;
        }
        let closes = |open: &str, close: &str| {
            let inner = all.strip_prefix(open).filter(|it| it.len() > close.len());
            inner.is_some_and(|it| {
                let first = it.chars().next().map_or(0, char::len_utf8);
                it[first..].find(close).is_some_and(|at| at + first + close.len() == it.len())
            })
        };
        let environment = || closes("\\begin{", "}") && all.contains("\\end{");
        if !(closes("$$", "$$") || closes("\\[", "\\]") || environment()) {
            self.fuel.burn(all.len());
            return false;
        }
        let id = self.tree.add(parent, Tag::Math);
        self.tree[id].is_opaque = true;
        true
    }
}
