//! Where a link leads, from its own page and the site profile alone.

mod address;
mod docfx;
mod docsify;
mod field;
mod hugo;
mod mdbook;
mod mkdocs;
mod navigation;
mod plain;
mod vault;
mod vitepress;
mod web;
pub(crate) mod wiki;
mod zensical;

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};
use percent_encoding::percent_decode_str;

use super::{Key, Path, Site, path, site::Generator};
use crate::syntax::{Form, Link};

/// What a link's destination means on its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address on the web, a mail address, or anything else with a scheme.
    Web,
    /// Nothing is named.
    Empty,
    /// A label of the page itself.
    Label,
    /// A file of the workspace.
    Local(Aim),
}

/// What a link aims at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aim {
    /// What would make the link lead somewhere, best first.
    pub candidates: Arc<[Key]>,
    /// So many of them, from the first, make it right.
    pub right: usize,
    /// So many of them, from the first, open for a reader: those behind the right ones by the address
    /// on the site, which its generator does not look at. What comes last only tells an editor what
    /// the author had in mind: on the site it leads nowhere.
    pub opens: usize,
    /// The place in it, percent-decoded; none where any place is right (`#top`, `#L12`).
    pub fragment: Option<String>,
}

/// What `link`, standing on the page at `from`, leads to.
///
/// It does not ask which pages exist, so that an edit of another page never changes the answer.
pub fn resolve(site: &Site, from: &Path, link: &Link) -> Target {
    Resolver::new(site, from).resolve(link)
}

/// Resolves the links of one page, each path that is written on it once.
pub struct Resolver<'a> {
    site: &'a Site,
    from: &'a Path,
    /// What paths aim at, by all that counts besides them: how the link is written, and whether it is
    /// an image. None for those that cannot be judged.
    known: HashMap<(Form, bool, &'a str), Option<Aim>>,
}

impl<'a> Resolver<'a> {
    /// For the links of the page at `from`.
    pub fn new(site: &'a Site, from: &'a Path) -> Self {
        Self { site, from, known: HashMap::new() }
    }

    /// What `link` leads to; see [`resolve`].
    pub fn resolve(&mut self, link: &'a Link) -> Target {
        if link.is_reference() {
            return Target::Label;
        }
        if link.target.is_empty() {
            return Target::Empty;
        }
        // Templates are filled in before anyone follows the link.
        let is_template = link.target.contains("{{") || link.target.contains("{%");
        // `a::b` names what code says.
        let is_template = is_template || (link.target.contains("::") && !link.target.contains('/'));
        if link.form == Form::Autolink || has_scheme(&link.target) || is_template {
            return Target::Web;
        }
        let key = (link.form, link.image, link.path());
        let aim = self.known.entry(key).or_insert_with(|| aim(self.site, self.from, link));
        let fragment = link.fragment().and_then(fragment);
        aim.as_ref().map_or(Target::Web, |it| Target::Local(Aim { fragment, ..it.clone() }))
    }
}

/// What the path of a link aims at; none if it cannot be judged.
fn aim(site: &Site, from: &Path, link: &Link) -> Option<Aim> {
    let written = link.path().split('?').next().unwrap_or_default();
    let decoded = percent_decode_str(written).decode_utf8_lossy();
    let mut ranks = Ranks::default();
    if decoded.is_empty() {
        ranks.right.push(Key::Page(from.clone()));
    } else if matches!(link.form, Form::Wiki | Form::WikiEmbed) {
        wiki::aim(site, from, &decoded, &mut ranks);
    } else if link.form == Form::Navigation {
        navigation::aim(site, from, &decoded, &mut ranks);
    } else if link.form == Form::Include {
        // A file is drawn in from the page's folder, the site's or, as snippets are, its own.
        let own = [from.folder(), &site.folder, &site.docs];
        for folder in own.into_iter().chain(site.snippets.iter().map(|it| &**it)) {
            ranks.right(&path::join(folder, decoded.trim_start_matches('/')));
        }
    } else if link.form == Form::Field {
        field::aim(site, from, &decoded, &mut ranks);
    } else if site.mount(from).is_none() {
        plain::aim(site, from, &decoded, &mut ranks);
    } else if is_served(site.generator) && address::leaves(site, from, &decoded) {
        return None;
    } else {
        match site.generator {
            Generator::MkDocs => mkdocs::aim(site, from, link, &decoded, &mut ranks),
            Generator::Zensical => zensical::aim(site, from, &decoded, &mut ranks),
            Generator::MdBook => {
                if !mdbook::aim(site, from, &decoded, &mut ranks) {
                    return None;
                }
            }
            Generator::Hugo if link.form == Form::Shortcode => {
                hugo::shortcode(site, from, &decoded, &mut ranks);
            }
            Generator::Hugo | Generator::Docusaurus | Generator::Jekyll => {
                if !web::aim(site, from, link, &decoded, &mut ranks) {
                    return None;
                }
            }
            Generator::VitePress | Generator::VuePress => {
                if !vitepress::aim(site, from, link, &decoded, &mut ranks) {
                    return None;
                }
            }
            Generator::Docsify => docsify::aim(site, from, &decoded, &mut ranks),
            Generator::DocFx => docfx::aim(site, from, &decoded, &mut ranks),
            Generator::Obsidian => vault::aim(site, from, &decoded, &mut ranks),
            Generator::GitHub => plain::aim(site, from, &decoded, &mut ranks),
        }
    }
    Some(ranks.aim())
}

/// Whether links that the generator does not know are addresses to it, and may lead to what lies beside the
/// site on its server.
fn is_served(generator: Generator) -> bool {
    use Generator::{Docusaurus, Hugo, Jekyll, MdBook, VitePress, VuePress};
    matches!(generator, MdBook | Hugo | Docusaurus | Jekyll | VitePress | VuePress)
}

/// The candidates of a link by what they make of it.
#[derive(Debug, Default)]
struct Ranks {
    right: Vec<Key>,
    opens: Vec<Key>,
    meant: Vec<Key>,
}

impl Ranks {
    fn right(&mut self, file: &str) {
        self.right.push(Key::Page(Path::new(file)));
    }

    fn opens(&mut self, file: &str) {
        self.opens.push(Key::Page(Path::new(file)));
    }

    fn meant(&mut self, file: &str) {
        self.meant.push(Key::Page(Path::new(file)));
    }

    fn aim(self) -> Aim {
        let most = self.right.len() + self.opens.len() + self.meant.len();
        let mut candidates: Vec<Key> = Vec::with_capacity(most);
        let mut take = |keys: Vec<Key>| {
            for key in keys {
                if !candidates.contains(&key) {
                    candidates.push(key);
                }
            }
            candidates.len()
        };
        let (right, opens, _) = (take(self.right), take(self.opens), take(self.meant));
        Aim { candidates: candidates.into(), right, opens, fragment: None }
    }
}

/// A fragment that names a place which the page itself must have.
fn fragment(written: &str) -> Option<String> {
    let named = written.split(":~:").next().unwrap_or_default();
    let decoded = percent_decode_str(named).decode_utf8_lossy().into_owned();
    (!is_lines(&decoded) && !decoded.is_empty() && decoded != "top").then_some(decoded)
}

/// `L12`, `L12-L20`, `L12C3-L14C5`: lines of a file, as GitHub and editors name them.
fn is_lines(fragment: &str) -> bool {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let is_place = |it: &str| {
        let (line, column) = it.split_once('C').unwrap_or((it, "0"));
        is_number(line) && is_number(column)
    };
    let Some(first) = fragment.strip_prefix('L') else { return false };
    let (from, to) = first.split_once('-').unwrap_or((first, "0"));
    is_place(from) && is_place(to.strip_prefix('L').unwrap_or(to))
}

/// Whether a destination begins with a scheme of RFC 3986 (two letters or more: `c:` is a drive) or
/// names a host (`//example.org`).
fn has_scheme(target: &str) -> bool {
    if target.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = target.split_once(':') else { return false };
    let is_scheme = |it: &str| {
        it.starts_with(|c: char| c.is_ascii_alphabetic())
            && it.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    scheme.len() > 1 && is_scheme(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_schemes_from_paths() {
        assert!(has_scheme("mailto:a@example.org"));
        assert!(has_scheme("//example.org/a.md"));
        assert!(!has_scheme("notes/a:b.md"));
        assert!(!has_scheme("c:/a.md"));
    }

    #[test]
    fn leaves_out_fragments_that_every_page_has() {
        assert_eq!(fragment("top"), None);
        assert_eq!(fragment("L12-L20"), None);
        assert_eq!(fragment("L12C3-L14C5"), None);
        assert_eq!(fragment("L2-redis-cache"), Some("L2-redis-cache".to_owned()));
        assert_eq!(fragment(":~:text=six"), None);
        assert_eq!(fragment("six%20copies:~:text=six"), Some("six copies".to_owned()));
    }
}
