//! Floor 1: Markdown, one page at a time.
//!
//! [`parse`] is total: any text gives a page. It looks at nothing but its arguments.

mod attributes;
#[cfg(test)]
pub(crate) mod bombs;
pub mod dialect;
mod emoji;
pub mod front_matter;
mod html;
mod link;
mod markdown;
pub mod navigation;
pub mod page;
pub mod prose;
mod python;
pub mod slug;
pub mod tree;
mod unlinked;

pub use dialect::{Constructs, Dialect, Renderer, SlugCase, SlugStyle, TabIds};
pub use navigation::Navigation;
pub use page::{Form, Heading, Item, Link, LinkDefinition, Page, Table, normal_label};
pub use unlinked::unlinked;

/// Reads a page as the generator of its site reads it. Any text gives a page.
pub fn parse(text: &str, dialect: &Dialect) -> Page {
    let front_matter = front_matter::parse(text);
    let start = body(text, front_matter.as_ref(), dialect);
    let mut page = match dialect.renderer {
        Renderer::PythonMarkdown => python::read(text, start, dialect).page,
        _ => markdown::read(text, start, dialect),
    };
    if let Some(head) = &front_matter {
        // A head that is text is not what the page begins with for a person.
        if page.lead.is_some_and(|it| it.start < head.span.end) {
            page.lead = python::read(text, head.span.end as usize, dialect).page.lead;
        }
        page.links.splice(..0, front_matter::links::links(head, text));
    }
    page.front_matter = front_matter;
    page
}

/// Whether the place stands in code, where nothing is a link.
pub fn is_code(text: &str, dialect: &Dialect, at: crate::text::Offset) -> bool {
    let start = body(text, front_matter::parse(text).as_ref(), dialect);
    if (at as usize) < start {
        return true;
    }
    match dialect.renderer {
        Renderer::PythonMarkdown => {
            let code = python::read(text, start, dialect).code;
            code.iter().any(|it| it.start < at && at < it.end)
        }
        _ => markdown::is_code(text, start, dialect, at),
    }
}

/// The admonitions, details and tabs of a page that Python-Markdown renders, each before those within it:
/// from the line that opens one to the last line that is indented below it.
pub fn containers(text: &str, dialect: &Dialect) -> Vec<crate::text::Span> {
    let reads = &dialect.reads;
    if dialect.renderer != Renderer::PythonMarkdown
        || !(reads.admonition || reads.details || reads.tabbed)
    {
        return Vec::new();
    }
    let start = body(text, front_matter::parse(text).as_ref(), dialect);
    python::containers(text, start, reads, &python::read(text, start, dialect).code)
}

/// Where the renderer begins to read.
fn body(text: &str, front_matter: Option<&front_matter::FrontMatter>, dialect: &Dialect) -> usize {
    let python = dialect.renderer == Renderer::PythonMarkdown;
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    match front_matter {
        // `MkDocs` takes a head that is no YAML for text.
        Some(head) if python && (head.error.is_some() || !text.starts_with("---")) => mark,
        Some(head) => head.span.end as usize,
        None if python => mark + python::fields(&text[mark..]),
        None => mark,
    }
}

#[cfg(test)]
pub(crate) mod tests;
