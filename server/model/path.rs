//! Paths of files, as text: absolute, with `/` between the parts, without `.` and `..`.

use std::{
    borrow::{Borrow, Cow},
    fmt,
    sync::Arc,
};

use crate::syntax::Navigation;

/// The absolute path of a file or folder. Cheap to copy; ordered as text.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Arc<str>);

impl Path {
    /// A path from text; `\` counts as `/`, and `.`, `..` and doubled `/` are resolved.
    pub fn new(text: &str) -> Self {
        if cfg!(windows) && text.contains('\\') {
            return Self::new(&text.replace('\\', "/"));
        }
        Self(normal(text.into()).into())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it lies in, without a `/` at the end; empty for the top.
    pub fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |at| &self.0[..at])
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rfind('/').map_or(&self.0, |at| &self.0[at + 1..])
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(at) if at > 0 => &name[..at],
            _ => name,
        }
    }

    /// The extension, without its dot.
    pub fn extension(&self) -> Option<&str> {
        let name = self.name();
        name.rfind('.').filter(|&at| at > 0).map(|at| &name[at + 1..])
    }

    /// What is left of it inside `folder`, if it lies there.
    pub fn inside(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Whether its extension is one of a Markdown page.
    pub fn is_page(&self) -> bool {
        let extension = self.extension().map(str::to_ascii_lowercase);
        matches!(extension.as_deref(), Some("md" | "markdown" | "mdown" | "mkd" | "mdx"))
    }

    /// Whether its extension is one of a picture that browsers show.
    pub fn is_picture(&self) -> bool {
        let extension = self.extension().map(str::to_ascii_lowercase);
        matches!(
            extension.as_deref(),
            Some("png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "bmp" | "ico")
        )
    }

    /// What kind of navigation file, that is not Markdown, it is by its name.
    pub fn navigation(&self) -> Option<Navigation> {
        Navigation::named(self.name())
    }

    /// Whether what is in it counts: it is a page or a navigation file.
    pub fn is_read(&self) -> bool {
        self.is_page() || self.navigation().is_some()
    }
}

/// Whether a path, as text, lies in a folder.
pub fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
}

/// `to`, read from the folder `folder`, both as text; an absolute `to` stays what it is.
pub fn join(folder: &str, to: &str) -> String {
    let whole = if to.starts_with('/') { to.into() } else { [folder, "/", to].concat().into() };
    normal(whole).into_owned()
}

/// The way from a folder to a file: `../messaging/kafka.md`.
pub fn relative(folder: &str, to: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    let to: Vec<&str> = to.split('/').filter(|it| !it.is_empty()).collect();
    let most = from.len().min(to.len().saturating_sub(1));
    let shared = (0..most).take_while(|&at| from[at] == to[at]).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

/// Resolves `.`, `..` and empty parts; a `/` at the end stays.
fn normal(text: Cow<'_, str>) -> Cow<'_, str> {
    // Whether a part that begins here has to go.
    let goes = |at: usize| {
        let rest = &text.as_bytes()[at..];
        matches!(
            rest,
            [b'/', ..] | [b'.'] | [b'.', b'/', ..] | [b'.', b'.'] | [b'.', b'.', b'/', ..]
        )
    };
    let starts = text.starts_with('.') && goes(0);
    if !starts && !memchr::memchr_iter(b'/', text.as_bytes()).any(|it| goes(it + 1)) {
        return text;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut out = String::with_capacity(text.len());
    for part in parts {
        if !out.is_empty() || text.starts_with('/') {
            out.push('/');
        }
        out.push_str(part);
    }
    if text.ends_with('/') || text.ends_with("/.") || text.ends_with("/..") {
        out.push('/');
    }
    out.into()
}

impl From<&str> for Path {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Borrow<str> for Path {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_dots_and_doubled_slashes() {
        assert_eq!(join("/w/a/b", "../c//./d.md"), "/w/a/c/d.md");
        assert_eq!(join("/w", "../../../x.md"), "/x.md");
        assert_eq!(join("/w/a", "../b/"), "/w/b/");
        assert_eq!(join("/w/a", ".."), "/w/");
    }

    #[test]
    fn finds_the_way_between_two_places() {
        assert_eq!(relative("/w/a", "/w/b/c.md"), "../b/c.md");
        assert_eq!(relative("/w/a", "/w/a/c.md"), "c.md");
        assert_eq!(relative("/w/a/b", "/w/c.md"), "../../c.md");
        assert_eq!(relative("/w/b", "/w/b"), "../b");
    }

    #[test]
    fn knows_the_parts_of_a_name() {
        let path = Path::new("/w/a/kafka.streams.md");
        assert_eq!(
            (path.folder(), path.stem(), path.extension()),
            ("/w/a", "kafka.streams", Some("md"))
        );
        assert_eq!(Path::new("/w/.hidden").extension(), None);
    }
}
