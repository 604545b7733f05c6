//! Addresses on a site: where a browser goes from a page, and which files answer there.

use super::Site;
use crate::model::{
    Key, Path, path,
    site::{Addresses, Generator},
};

/// The names of a folder's own page, best first.
const INDEXES: &[&str] = &["index.md", "README.md"];

/// Where a browser goes that follows `written` from the page at `from`: a place below the site's root,
/// without `/` at its ends. None if that is not on the site.
pub(super) fn follow(site: &Site, from: &Path, written: &str) -> Option<String> {
    let start = if written.starts_with('/') { String::new() } else { site.start(from)? };
    below(site, &start, written)
}

/// Whether `written` climbs above the site's root: to another part of the server, of which nothing is known.
pub(super) fn leaves(site: &Site, from: &Path, written: &str) -> bool {
    if written.starts_with('/') || is_page(written) {
        return false;
    }
    let start = site.start(from).unwrap_or_default();
    let mut depth = start.split('/').filter(|it| !it.is_empty()).count();
    for part in written.split('/') {
        match part {
            ".." if depth == 0 => return true,
            ".." => depth -= 1,
            "" | "." => {}
            _ => depth += 1,
        }
    }
    false
}

/// Where `written` leads from a folder of the site: a place below its root. None if that is not on it.
pub(super) fn below(site: &Site, start: &str, written: &str) -> Option<String> {
    let full = path::join(&format!("{}{start}", site.base), written);
    // The address of the root itself may lack its `/`.
    let rest = full.strip_prefix(&*site.base).or_else(|| {
        (full.len() + 1 == site.base.len() && site.base.starts_with(&*full)).then_some("")
    })?;
    Some(rest.trim_matches('/').to_owned())
}

/// What may answer at a place below the site's root, best first, where pages state their addresses
/// themselves.
pub(super) fn stated(site: &Site, place: &str) -> Vec<Key> {
    let bare = place.strip_suffix("/index.html").unwrap_or(place);
    let bare = if bare == "index.html" { "" } else { bare };
    let mut found =
        vec![Key::Address(Path::new(format!("{}/{bare}", site.docs).trim_end_matches('/')))];
    if bare.is_empty() || Path::new(bare).is_page() {
        return found;
    }
    if site.generator == Generator::Hugo && !bare.contains('/') {
        // The folders at the top are sections, and have pages of their own.
        found.push(Key::Page(Path::new(&format!("{}/{bare}/", site.docs))));
    }
    let folders = site.statics.iter().chain(site.mounts.iter().map(|it| &it.0)).chain([&site.docs]);
    found.extend(folders.map(|it| Key::Page(Path::new(&path::join(it, bare)))));
    found
}

/// The files that may answer at a place below the site's root, best first.
pub(super) fn files(site: &Site, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(new) = redirect(site, place) {
        found.push(new);
    }
    let bare = place.strip_suffix("/index.html").unwrap_or(place);
    let bare = if bare == "index.html" { "" } else { bare };
    let name = bare.rsplit('/').next().unwrap_or_default();
    let page = match site.addresses {
        Addresses::Files => Some(bare),
        Addresses::Folders | Addresses::Bare => {
            (!name.is_empty() && !is_page(bare)).then_some(bare)
        }
        Addresses::Html => bare.strip_suffix(".html").filter(|it| {
            let name = it.rsplit('/').next().unwrap_or_default();
            !INDEXES.iter().any(|index| index.strip_suffix(".md") == Some(name))
        }),
    };
    let page = page.map(|it| site.at(&format!("{it}.md")));
    let file = (!bare.is_empty() && !is_page(bare)).then(|| site.at(bare));
    if site.addresses == Addresses::Html {
        found.extend(page.into_iter().chain(file));
    } else {
        found.extend(file.into_iter().chain(page));
    }
    if !is_page(bare) {
        found.extend(INDEXES.iter().map(|it| site.at(&format!("{bare}/{it}"))));
    }
    found.retain(|it| site.takes(it));
    found
}

/// The file that the address of a page that is no more leads to.
fn redirect(site: &Site, place: &str) -> Option<String> {
    let bare = place.trim_end_matches("/index.html").trim_end_matches(".html");
    let old = |it: &str| {
        let it = it.trim_end_matches(".md");
        let it = INDEXES
            .iter()
            .find_map(|index| it.strip_suffix(index.trim_end_matches(".md")))
            .unwrap_or(it);
        it.trim_matches('/') == bare
    };
    let (_, new) = site.redirects.iter().find(|it| old(&it.0) && !it.1.is_empty())?;
    let new = new.split(['#', '?']).next().unwrap_or_default();
    (!new.contains("://")).then(|| site.at(new))
}

/// Whether what was at a place is now on another site, or in another part of the server.
pub(super) fn is_gone(site: &Site, place: &str) -> bool {
    site.redirects.iter().any(|it| it.1.is_empty() && *it.0 == *place)
}

fn is_page(place: &str) -> bool {
    Path::new(place).is_page()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(addresses: Addresses, base: &str) -> Site {
        Site { docs: "/w/docs".into(), base: base.into(), addresses, ..Site::default() }
    }

    #[test]
    fn a_browser_starts_from_the_address_of_the_page() {
        let from = |site: &Site, page: &str, written: &str| follow(site, &Path::new(page), written);
        let folders = site(Addresses::Folders, "/studies/");
        assert_eq!(from(&folders, "/w/docs/a/b.md", "../c/"), Some("a/c".to_owned()));
        assert_eq!(from(&folders, "/w/docs/a/index.md", "../c/"), Some("c".to_owned()));
        assert_eq!(from(&folders, "/w/docs/a/b.md", "../../../c"), None);
        assert_eq!(from(&folders, "/w/docs/a.md", "/studies/a/"), Some("a".to_owned()));
        assert_eq!(from(&folders, "/w/docs/a.md", "/studies"), Some(String::new()));
        assert_eq!(from(&folders, "/w/docs/a.md", "/a/"), None);
        let html = site(Addresses::Html, "/");
        assert_eq!(from(&html, "/w/docs/a/b.md", "c.html"), Some("a/c.html".to_owned()));
        assert_eq!(from(&html, "/w/docs/a.md", "../../c.html"), Some("c.html".to_owned()));
    }

    #[test]
    fn knows_the_files_that_answer_at_an_address() {
        let folders = site(Addresses::Folders, "/");
        assert_eq!(
            files(&folders, "a/b"),
            ["/w/docs/a/b", "/w/docs/a/b.md", "/w/docs/a/b/index.md", "/w/docs/a/b/README.md"]
        );
        assert_eq!(files(&folders, ""), ["/w/docs/index.md", "/w/docs/README.md"]);
        assert_eq!(files(&folders, "a/b.md"), [""; 0]);
        let html = site(Addresses::Html, "/");
        assert_eq!(files(&html, "a/b.html")[..2], ["/w/docs/a/b.md", "/w/docs/a/b.html"]);
    }

    #[test]
    fn follows_the_redirect_of_a_page_that_is_no_more() {
        let mut site = site(Addresses::Folders, "/");
        site.redirects = vec![("old/index.md".into(), "new.md#part".into())];
        assert_eq!(files(&site, "old")[0], "/w/docs/new.md");
    }
}
