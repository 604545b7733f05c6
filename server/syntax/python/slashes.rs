//! The blocks of pymdownx: `/// kind | title`, up to a line of as many slashes.

use super::{
    blocks::Blocks,
    tree::{Block, Id, Line, Look, Tag},
};

/// The line that opens a block: how many slashes it has, of what kind it is, and where its title stands.
struct Opener<'a> {
    slashes: usize,
    kind: &'a str,
    title: Option<(usize, usize)>,
}

impl Blocks<'_> {
    pub(super) fn slashes(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        let text = self.text;
        let Some(at) = block.first(Look::Slashes, |it| opener(it.of(text)).is_some()) else {
            return self.stray(parent, block, rest);
        };
        let line = block.lines()[at];
        let Some(open) = opener(line.of(text)) else { return false };
        let title = open.title.map(|it| Line { start: line.start + it.0, end: line.start + it.1 });
        if !self.fuel.burn(1) {
            return false;
        }
        let mut below = block.after(at + 1);
        let options = below.lines().iter();
        let options = options.take_while(|it| it.of(text).starts_with("    ")).count();
        // What is indented below the first line must be a map of YAML.
        if !self.fuel.burn(options)
            || below.lines()[..options].iter().any(|it| !is_option(it.of(text)))
        {
            return false;
        }
        if at > 0 {
            self.one(parent, block.before(at));
        }
        below = below.after(options);
        let Some((inside, after)) = self.up_to_end(&below, rest, open.slashes) else {
            // Its end is in what the parser of lists has not handed over yet.
            rest.push(below);
            return true;
        };
        let body = match open.kind {
            "tab" => self.tab(parent, title, false),
            "details" => self.titled(parent, Tag::Details, title),
            _ => self.titled(parent, Tag::Admonition, title),
        };
        self.chunk(body, inside);
        rest.push(after);
        true
    }

    /// The end of a block that began in a list.
    fn stray(&mut self, parent: Id, block: &Block, rest: &mut Vec<Block>) -> bool {
        let text = self.text;
        let is = |it: &Line| end(it.of(text)).is_some();
        let Some(at) = block.first(Look::SlashesEnd, is) else { return false };
        if at > 0 {
            self.one(parent, block.before(at));
        }
        rest.push(block.after(at + 1));
        true
    }

    /// The lines up to one of so many slashes, with empty ones between blocks, and what is left behind it.
    /// Takes them from `rest`; none, and takes nothing, if there is no such line.
    fn up_to_end(
        &mut self,
        first: &Block,
        rest: &mut Vec<Block>,
        slashes: usize,
    ) -> Option<(Vec<Line>, Block)> {
        if !self.fuel.burn(1) {
            return None;
        }
        let text = self.text;
        let ends =
            |it: &Block| it.lines().iter().position(|line| end(line.of(text)) == Some(slashes));
        let empty = Line { start: 0, end: 0 };
        if let Some(at) = ends(first) {
            return Some((first.before(at).lines().to_vec(), first.after(at + 1)));
        }
        let mut further = rest.iter().enumerate().rev();
        let Some((index, at)) = further.find_map(|(index, it)| Some((index, ends(it)?))) else {
            self.fuel.burn(first.len() + rest.iter().map(Block::len).sum::<usize>());
            return None;
        };
        let mut inside = first.lines().to_vec();
        let mut taken = rest.split_off(index).into_iter().rev().peekable();
        while let Some(block) = taken.next() {
            inside.push(empty);
            if taken.peek().is_none() {
                inside.extend_from_slice(block.before(at).lines());
                return Some((inside, block.after(at + 1)));
            }
            inside.extend_from_slice(block.lines());
        }
        None
    }
}

/// `/// kind | title`, indented by three blanks at most.
fn opener(line: &str) -> Option<Opener<'_>> {
    let (slashes, rest) = marks(line)?;
    let rest = rest.trim_matches(' ');
    let (kind, title) = rest.split_once('|').map_or((rest, None), |it| (it.0.trim(), Some(it.1)));
    let is_kind = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-');
    let title = title.map(str::trim).filter(|it| !it.is_empty()).map(|it| {
        let start = it.as_ptr() as usize - line.as_ptr() as usize;
        (start, start + it.len())
    });
    (!kind.is_empty() && kind.chars().all(is_kind)).then_some(Opener { slashes, kind, title })
}

/// Whether an indented line may be part of a map of YAML.
fn is_option(line: &str) -> bool {
    line.starts_with("     ") || line.split_once(':').is_some_and(|it| !it.0.contains(['[', '`']))
}

/// How many slashes a line has that ends a block.
fn end(line: &str) -> Option<usize> {
    marks(line).filter(|it| it.1.trim_matches(' ').is_empty()).map(|it| it.0)
}

/// The slashes that a line begins with, three at least, and what stands behind them.
fn marks(line: &str) -> Option<(usize, &str)> {
    let inner = line.trim_start_matches(' ');
    let rest = inner.trim_start_matches('/');
    let slashes = inner.len() - rest.len();
    (line.len() - inner.len() < 4 && slashes > 2).then_some((slashes, rest))
}
