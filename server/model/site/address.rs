//! The addresses of pages that state them, or whose generator makes more of a path than it says.

use super::{Addresses, Generator, Site};
use crate::{
    model::Path,
    syntax::front_matter::{FrontMatter, Node},
};

/// The names, without extension, of pages that stand for their folder.
const INDEXES: &[&str] = &["index", "_index", "README", "readme"];

impl Site {
    /// The addresses of a page from the site's root, without `/` at their ends; none for generators
    /// where the path says it all.
    pub fn addresses_of(&self, page: &Path, head: Option<&FrontMatter>) -> Vec<String> {
        let Some((folder, prefix)) = self.mount(page) else { return Vec::new() };
        let Some(place) = page.inside(folder) else { return Vec::new() };
        let text = |name: &str| head.and_then(|it| it.get(name)?.as_str());
        let mut found = match self.generator {
            Generator::Hugo => vec![hugo(place, text("slug"), text("url"))],
            Generator::Docusaurus => vec![docusaurus(place, text("slug"), text("id"))],
            Generator::Jekyll => jekyll(self.addresses, place, text("permalink")),
            _ => return Vec::new(),
        };
        found.iter_mut().for_each(|it| *it = joined(prefix, it));
        for name in ["aliases", "redirect_from"] {
            let stated = head.and_then(|it| it.get(name)).map(Node::scalars).unwrap_or_default();
            found.extend(stated.into_iter().filter_map(|it| Some(joined("", it.as_str()?))));
        }
        found
    }

    /// Whether a page says itself where it is, so that its path does not tell.
    pub(in crate::model) fn is_moved(&self, head: Option<&FrontMatter>) -> bool {
        // A name alone leaves the page in its folder.
        let (name, whole) = match self.generator {
            Generator::Hugo => ("url", true),
            Generator::Docusaurus => ("slug", false),
            Generator::Jekyll => ("permalink", true),
            _ => return false,
        };
        let stated = head.and_then(|it| it.get(name)?.as_str());
        stated.is_some_and(|it| whole || it.starts_with('/'))
    }

    /// The place on the site that relative addresses on a page start from.
    pub fn start(&self, page: &Path) -> Option<String> {
        let own = match self.generator {
            Generator::Hugo | Generator::Docusaurus | Generator::Jekyll => {
                self.addresses_of(page, None).into_iter().next()?
            }
            _ => {
                let place = page.inside(&self.docs)?;
                let (folder, name) = place.rsplit_once('/').unwrap_or(("", place));
                let stem = name.rsplit_once('.').map_or(name, |it| it.0);
                let is_index = matches!(stem, "index" | "README");
                let is_folder = is_index || self.addresses != Addresses::Folders;
                return Some(if is_folder { folder.into() } else { format!("{folder}/{stem}") });
            }
        };
        let is_index = INDEXES.contains(&page.stem());
        Some(match self.addresses {
            Addresses::Folders => own,
            Addresses::Html if is_index => own,
            _ => own.rsplit_once('/').map_or(String::new(), |it| it.0.to_owned()),
        })
    }
}

fn joined(prefix: &str, place: &str) -> String {
    format!("{prefix}/{place}").trim_matches('/').to_owned()
}

/// The folder, and the name without its extension.
fn parts(place: &str) -> (&str, &str) {
    let (folder, name) = place.rsplit_once('/').unwrap_or(("", place));
    (folder, name.rsplit_once('.').map_or(name, |it| it.0))
}

fn hugo(place: &str, slug: Option<&str>, url: Option<&str>) -> String {
    if let Some(url) = url {
        return url.trim_matches('/').to_owned();
    }
    let (folder, stem) = parts(place);
    let whole = match stem {
        "index" => match (slug, folder.rsplit_once('/')) {
            (Some(slug), Some((above, _))) => joined(above, slug),
            (Some(slug), None) => slug.to_owned(),
            _ => folder.to_owned(),
        },
        "_index" => folder.to_owned(),
        stem => joined(folder, slug.unwrap_or(stem)),
    };
    urlized(&whole)
}

/// As Hugo writes a path in an address: lower case, blanks as `-`, without most punctuation.
fn urlized(place: &str) -> String {
    let kept = place.chars().flat_map(char::to_lowercase).filter_map(|it| match it {
        ' ' => Some('-'),
        '/' | '.' | '-' | '_' | '+' | '~' | '@' => Some(it),
        it => it.is_alphanumeric().then_some(it),
    });
    kept.collect()
}

fn docusaurus(place: &str, slug: Option<&str>, id: Option<&str>) -> String {
    let (folder, stem) = parts(place);
    let folder = folder.split('/').map(without_number).collect::<Vec<_>>().join("/");
    match slug {
        Some(slug) if slug.starts_with('/') => return slug.trim_matches('/').to_owned(),
        Some(slug) => return joined(&folder, slug.trim_start_matches("./")),
        None => {}
    }
    let name = without_number(stem);
    let own_folder = folder.rsplit('/').next().is_some_and(|it| !it.is_empty() && it == name);
    if INDEXES.contains(&name) || own_folder {
        return folder;
    }
    joined(&folder, id.unwrap_or(name))
}

/// Without the number that only sorts: `01-intro`.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|it: char| it.is_ascii_digit());
    let bare = rest.trim_start_matches([' ', '-', '_', '.']);
    let is_date = bare.starts_with(|it: char| it.is_ascii_digit());
    if rest.len() == name.len() || rest.len() == bare.len() || bare.is_empty() || is_date {
        return name;
    }
    bare
}

fn jekyll(addresses: Addresses, place: &str, permalink: Option<&str>) -> Vec<String> {
    if let Some(permalink) = permalink {
        return vec![permalink.trim_matches('/').trim_end_matches("/index.html").to_owned()];
    }
    let (folder, stem) = parts(place);
    if INDEXES.contains(&stem) {
        return vec![folder.to_owned()];
    }
    let bare = joined(folder, stem);
    match addresses {
        Addresses::Html => vec![format!("{bare}.html"), bare],
        _ => vec![bare],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hugo_writes_paths_in_lower_case() {
        assert_eq!(hugo("Posts/B c.md", None, None), "posts/b-c");
        assert_eq!(hugo("posts/bundle/index.md", None, None), "posts/bundle");
        assert_eq!(hugo("posts/a.md", Some("other"), None), "posts/other");
        assert_eq!(hugo("posts/_index.md", None, None), "posts");
        assert_eq!(hugo("posts/a.md", None, Some("/x/y/")), "x/y");
    }

    #[test]
    fn docusaurus_leaves_out_numbers_that_sort() {
        assert_eq!(docusaurus("01-start/02-install.md", None, None), "start/install");
        assert_eq!(docusaurus("guide/guide.mdx", None, None), "guide");
        assert_eq!(docusaurus("guide/a.md", Some("b"), None), "guide/b");
        assert_eq!(docusaurus("guide/a.md", Some("/b"), None), "b");
        assert_eq!(docusaurus("guide/a.md", None, Some("c")), "guide/c");
        assert_eq!(docusaurus("v/1.0-notes.md", None, None), "v/1.0-notes");
    }
}
