//! Floor 1: Markdown, one page at a time.
//!
//! [`parse`] is total: any text gives a page. It looks at nothing but its arguments.

pub mod dialect;
pub mod front_matter;
mod html;
mod link;
mod markdown;
pub mod page;
pub mod slug;
pub mod tree;

pub use dialect::{Constructs, Dialect, Renderer, SlugCase, SlugStyle};
pub use page::{Form, Heading, Item, Link, LinkDefinition, Page, Table, normal_label};

/// Reads a page as the generator of its site reads it. Any text gives a page.
pub fn parse(text: &str, dialect: &Dialect) -> Page {
    let front_matter = front_matter::parse(text);
    let start = front_matter.as_ref().map_or(0, |it| it.span.end as usize);
    let mut page = markdown::read(text, start, dialect);
    page.front_matter = front_matter;
    page
}

/// Whether the place stands in code, where nothing is a link.
pub fn is_code(text: &str, dialect: &Dialect, at: crate::text::Offset) -> bool {
    let start = front_matter::parse(text).map_or(0, |it| it.span.end as usize);
    (at as usize) < start || markdown::is_code(text, start, dialect, at)
}
