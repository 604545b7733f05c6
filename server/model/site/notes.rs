//! What was found out about a site, for people.

use super::{Addresses, Site};
use crate::syntax::front_matter::Node;

/// One thing that was found out about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about: `pages`, `addresses`.
    pub about: &'static str,
    /// What holds.
    pub what: Box<str>,
    /// The setting or the file it was read from; empty for what holds unless set.
    pub from: Box<str>,
}

impl Site {
    /// Notes what holds, and what says so.
    pub(super) fn note(
        &mut self,
        about: &'static str,
        what: impl Into<Box<str>>,
        from: impl Into<Box<str>>,
    ) {
        self.notes.push(Note { about, what: what.into(), from: from.into() });
    }

    /// Notes where the pages are, what their addresses look like and where the site lies.
    pub(super) fn note_places(&mut self, pages: &str, addresses: &str, base: &str) {
        let shown = self.docs.strip_prefix(&*self.folder).unwrap_or(&self.docs);
        let shown = shown.trim_start_matches('/');
        let shown = if shown.is_empty() { "this folder".to_owned() } else { format!("`{shown}/`") };
        self.note("pages", shown, pages);
        let shape = match self.addresses {
            Addresses::Files => "`a/b.md` is `a/b.md`",
            Addresses::Html => "`a/b.md` is `a/b.html`",
            Addresses::Folders => "`a/b.md` is `a/b/`",
            Addresses::Bare => "`a/b.md` is `a/b`",
        };
        self.note("addresses", shape, addresses);
        if &*self.base != "/" {
            let below = format!("the site begins at `{}`", self.base);
            self.note("base", below, base);
        }
    }
}

/// `name` between backticks if the configuration sets it.
pub(super) fn set(value: Option<&Node>, name: &str) -> String {
    if value.is_some() { format!("`{name}`") } else { String::new() }
}

/// Whether a scalar says yes.
pub(super) fn is_true(node: Option<&Node>) -> bool {
    node.and_then(Node::as_str).is_some_and(|it| matches!(it, "true" | "yes" | "on" | "True"))
}

/// The path of a site's address, with `/` at both ends.
pub(super) fn base(address: &str) -> Box<str> {
    let rest = address.split_once("://").map_or(address, |it| it.1);
    let path = rest.find('/').map_or("", |at| &rest[at..]).trim_matches('/');
    if path.is_empty() { "/".into() } else { format!("/{path}/").into() }
}
