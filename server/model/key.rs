//! Keys: what pages define and refer to. The one idea that crosses pages.

use super::{Kind, Path};

/// Something that a page can define and other pages can refer to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A file. A path that ends with `/` stands for a folder.
    Page(Path),
    /// A page by its title, as readers see it; pages that send their readers elsewhere have none.
    Title(Box<str>),
    /// A place in a page: a heading's id or another id, without `#`.
    Anchor(Path, Box<str>),
    /// A file by its bare name or, in notes, by the end of its path, in lower case and a page without
    /// extension, as wiki links name it.
    Name(Box<str>),
    /// What a browser asks a site for: the folder of its pages, and behind it the address without the
    /// `/` at its end. Only where the address cannot be told from the path alone.
    Address(Path),
    /// A system, pattern, company or domain, by a name as [`super::vocabulary::slug`] writes it.
    Entity(Kind, Box<str>),
    /// Whatever links with this text lead to; the text as [`super::vocabulary::slug`] writes it.
    Called(Box<str>),
}
