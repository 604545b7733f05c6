//! How the library is asked to read.

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options};

use crate::syntax::{Dialect, Renderer};

/// What the library reads for a dialect.
pub(in crate::syntax) fn options(dialect: &Dialect) -> Options {
    let reads = dialect.reads;
    let mut options = Options::empty();
    options.set(Options::ENABLE_TABLES, reads.tables);
    options.set(Options::ENABLE_FOOTNOTES, reads.footnotes);
    options.set(Options::ENABLE_STRIKETHROUGH, reads.strikethrough);
    options.set(Options::ENABLE_TASKLISTS, reads.tasks);
    options.set(Options::ENABLE_MATH, reads.math);
    options.set(Options::ENABLE_HEADING_ATTRIBUTES, reads.attr_list);
    options.set(Options::ENABLE_DEFINITION_LIST, reads.def_list);
    options.set(Options::ENABLE_WIKILINKS, reads.wiki_links);
    let smart = reads.smart && matches!(dialect.renderer, Renderer::MdBook | Renderer::Goldmark);
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart);
    options
}

/// Lets references to labels that nothing defines through, so that they can be found wanting.
#[allow(clippy::needless_pass_by_value, reason = "the library hands it over")]
pub(super) fn undefined<'a>(link: BrokenLink<'_>) -> Option<(CowStr<'a>, CowStr<'a>)> {
    let wanted = match link.link_type {
        LinkType::Reference | LinkType::Collapsed => !link.reference.trim().is_empty(),
        LinkType::Shortcut => link.reference.strip_prefix('^').is_some_and(is_footnote_label),
        _ => false,
    };
    wanted.then(|| ("".into(), "".into()))
}

fn is_footnote_label(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|it| it.is_alphanumeric() || "-_".contains(it))
}
