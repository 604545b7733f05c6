//! The ways in which authors write where a file is, and the one that an author used.

use percent_encoding::percent_decode_str;

use crate::{
    model::{Path, Site, path, site::Generator, url},
    syntax::{Form, Link, front_matter::FrontMatter},
};

/// A way to write a path, as it stands in the text and as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) written: String,
    pub(super) target: String,
}

/// Where a path starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    /// The page's folder.
    Relative,
    /// The page's folder, with a `./` before it.
    Dotted,
    /// The folder above, and back into the page's own.
    Detour,
    /// The folder of the site's pages, behind a `/`.
    Docs,
    /// The folder of pages that the page is in, behind a `/`.
    Content,
    /// The same folder, or that of the whole site, behind a mark of the generator.
    Marked(&'static str),
    /// The folder of the site's pages, without the `/`.
    Bare,
    /// The web server, behind a `/`.
    Server,
    /// The page's address.
    Address,
    /// Nowhere: the name alone.
    Name,
}

/// How its end is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    /// `a/b.md`
    File,
    /// `a/b`
    Stem,
    /// `a/b/`
    Folder,
    /// `a/b.html`
    Html,
    /// `a/` for `a/index.md`
    Index,
    /// `a` for `a/index.md`
    BareIndex,
    /// `a/index.md` for `a/README.md`
    IndexFile,
    /// The address that the site gives the page, with a `/` at its end.
    Stated,
    /// The same without.
    BareStated,
}

impl Tail {
    /// Whether it ends in a `/`.
    fn is_folder(self) -> bool {
        matches!(self, Self::Folder | Self::Index | Self::Stated)
    }

    /// This tail, and those that say the same where a page stands for its folder, did or no longer does.
    fn alike(self, was_index: bool, is_index: bool) -> &'static [Self] {
        match self {
            Self::Folder => &[Self::Folder, Self::Index],
            Self::Index => &[Self::Index, Self::Folder],
            Self::Stem if is_index && !was_index => &[Self::BareIndex, Self::Index, Self::Stem],
            Self::Stem => &[Self::Stem, Self::BareIndex],
            Self::BareIndex => &[Self::BareIndex, Self::Stem],
            Self::IndexFile => &[Self::IndexFile, Self::File],
            Self::File => &[Self::File],
            Self::Html => &[Self::Html],
            Self::Stated => &[Self::Stated],
            Self::BareStated => &[Self::BareStated],
        }
    }
}

const BASES: &[Base] = &[
    Base::Relative,
    Base::Dotted,
    Base::Detour,
    Base::Address,
    Base::Docs,
    Base::Content,
    Base::Server,
    Base::Marked("~/"),
    Base::Marked("@/"),
    Base::Marked(SITE),
    Base::Bare,
    Base::Name,
];
/// The mark of Docusaurus for the folder of its configuration.
const SITE: &str = "@site/";
const TAILS: &[Tail] = &[
    Tail::File,
    Tail::Stem,
    Tail::Index,
    Tail::BareIndex,
    Tail::IndexFile,
    Tail::Folder,
    Tail::Html,
    Tail::Stated,
    Tail::BareStated,
];

/// A link from a page to a file.
#[derive(Clone, Copy)]
pub(super) struct Ends<'a> {
    /// The site of the page.
    pub(super) site: &'a Site,
    /// The page that the link stands on.
    pub(super) from: &'a Path,
    /// The file that it leads to.
    pub(super) to: &'a Path,
    /// What the file says of itself.
    pub(super) head: Option<&'a FrontMatter>,
}

/// The ways to write the path of `link`, which now reads `written`, when it leads between other ends:
/// the author's own way first, the plainest last, each made when asked for. Before them whether the author's
/// own way is known; and, where the text is odd and its target stays, what says the same from the new page.
pub(super) fn respell<'a>(
    link: &'a Link,
    written: &'a str,
    old: Ends<'_>,
    new: Ends<'a>,
) -> (bool, Vec<Spelled>, impl Iterator<Item = Spelled> + 'a) {
    let decoded = percent_decode_str(link.path()).decode_utf8_lossy().into_owned();
    let decoded = decoded.split('?').next().unwrap_or_default();
    let is_wiki = matches!(link.form, Form::Wiki | Form::WikiEmbed);
    // A link within its page names no path.
    let known = !decoded.is_empty();
    let is_it = |way: &(Base, Tail)| render(way.0, way.1, old).as_deref() == Some(decoded);
    // `../log/a.md` on a page of `log/` is `a.md` by a detour.
    let is_meant = |way: &(Base, Tail)| {
        let start = start_of(way.0, old);
        start.is_some_and(|start| {
            let rendered = render(way.0, way.1, old);
            rendered.is_some_and(|it| path::join(&start, &it) == path::join(&start, decoded))
        })
    };
    // In double brackets stands a name or, with a `/` in it, a path from the root of the notes.
    let usual = if decoded.contains('/') { Base::Bare } else { Base::Name };
    let usual = TAILS.iter().map(|tail| (usual, *tail)).filter(|_| is_wiki);
    let any = ways().filter(|_| !is_wiki || decoded.starts_with('.'));
    let exact = usual.chain(any).find(is_it).filter(|_| known);
    let own = exact.or_else(|| ways().find(is_meant).filter(|_| known));
    let is_own = own.is_some();
    let is_odd = known && !is_wiki && exact.is_none() && old.to == new.to;
    let same = match exact {
        _ if is_odd => same_place(decoded, old, new),
        None if is_wiki && known => end_of_path(decoded, new).into_iter().collect(),
        _ => Vec::new(),
    };
    let same = same.into_iter().map(|it| spelled(link, written, &it)).collect();
    let own = own.or_else(|| is_wiki.then_some((Base::Name, Tail::Stem)));
    let plainest = [(Base::Relative, Tail::File), (Base::Relative, Tail::Index)];
    // With the end that the author wrote if it can be, from wherever it starts.
    let (was_index, is_index) = (stands(old.site, old.to), stands(new.site, new.to));
    let tails = own.into_iter().flat_map(move |it| it.1.alike(was_index, is_index)).copied();
    let from_own = tails.clone().filter_map(move |tail| Some((own?.0, tail)));
    // A wiki link that needs more than a name has the path from the root.
    let first = if is_wiki { [Base::Name, Base::Bare].as_slice() } else { &[] };
    let bases = move || first.iter().chain(BASES).copied();
    let from_others = tails.flat_map(move |tail| bases().map(move |base| (base, tail)));
    // What looks like a folder stays one, or at least has no extension.
    let is_folder = decoded.ends_with('/');
    let own_base = own.into_iter().flat_map(|it| TAILS.iter().map(move |tail| (it.0, *tail)));
    let folders = own_base.clone().chain(ways()).filter(move |it| is_folder && it.1.is_folder());
    let bare = own_base.chain(ways()).filter(move |it| is_folder && it.1 == Tail::Stem);
    let alike = folders.chain(bare);
    let all = from_own.chain(from_others).chain(alike).chain(ways()).chain(plainest);
    let found = all.filter_map(move |(base, tail)| {
        let is_special = match base {
            Base::Name | Base::Bare => !is_wiki,
            base => matches!(base, Base::Detour | Base::Marked(_)),
        };
        if is_special && own.is_none_or(|it| it.0 != base) {
            return None;
        }
        let path = render(base, tail, new).filter(|it| !it.is_empty())?;
        Some(spelled(link, written, &path))
    });
    (is_own, same, found)
}

/// What a wiki link names that is the end of a path: as much of the new one.
fn end_of_path(decoded: &str, Ends { site, to, .. }: Ends<'_>) -> Option<String> {
    let depth = decoded.matches('/').count();
    let whole = below(&site.docs, to.as_str())?;
    let start = whole.rmatch_indices('/').nth(depth).map_or(0, |it| it.0 + 1);
    let stem = to.extension().map_or(whole.len(), |it| whole.len() - it.len() - 1);
    let is_file = Path::new(decoded).extension() == to.extension();
    (!decoded.starts_with(['.', '/']))
        .then(|| whole[start..if is_file { whole.len() } else { stem }].to_owned())
}

/// A path that is written in a way of its own (by an old address, in another case, by a detour), so that
/// it says the same on another page.
fn same_place(decoded: &str, old: Ends<'_>, new: Ends<'_>) -> Vec<String> {
    if decoded.starts_with(['/', '@']) {
        return vec![decoded.to_owned()];
    }
    let starts = [Base::Relative, Base::Address];
    let found = starts.iter().filter_map(|base| {
        let there = path::join(&start_of(*base, old)?, decoded);
        let start = start_of(*base, new)?;
        // `..` names a folder without the `/`.
        Some(if matches!(decoded.rsplit('/').next(), Some("." | "..")) {
            way(&start, &format!("{}/", there.trim_end_matches('/'))).trim_end_matches('/').into()
        } else {
            way(&start, &there)
        })
    });
    found.collect()
}

/// The folder from which a relative path is read.
fn start_of(base: Base, Ends { site, from, .. }: Ends<'_>) -> Option<String> {
    match base {
        Base::Relative | Base::Dotted | Base::Detour => Some(from.folder().to_owned()),
        Base::Address => Some(format!("{}/{}", site.docs, site.start(from)?)),
        _ => None,
    }
}

fn ways() -> impl Iterator<Item = (Base, Tail)> {
    BASES.iter().flat_map(|base| TAILS.iter().map(move |tail| (*base, *tail)))
}

/// The path to a file, written so; none where it cannot be.
fn render(base: Base, tail: Tail, ends: Ends<'_>) -> Option<String> {
    let Ends { site, from, to, head } = ends;
    if base == Base::Name {
        return match tail {
            Tail::File => Some(to.name().to_owned()),
            Tail::Stem => Some(to.stem().to_owned()),
            Tail::BareIndex if is_index(to) => to.folder().rsplit('/').next().map(str::to_owned),
            _ => None,
        };
    }
    let whole = to.as_str();
    let is_folder = whole.ends_with('/');
    let is_index = is_index(to);
    let bare = || Path::new(whole).extension().map(|it| &whole[..whole.len() - it.len() - 1]);
    let end = match tail {
        Tail::File if is_folder => return None,
        Tail::File => whole.to_owned(),
        Tail::Index if is_folder => whole.to_owned(),
        Tail::BareIndex if is_folder => whole.trim_end_matches('/').to_owned(),
        _ if is_folder => return None,
        Tail::Stated => format!("{}/{}/", site.docs, site.addresses_of(to, head).first()?),
        Tail::BareStated => format!("{}/{}", site.docs, site.addresses_of(to, head).first()?),
        Tail::Stem => bare()?.to_owned(),
        Tail::Folder if !is_index => format!("{}/", bare()?),
        Tail::Html if to.stem() == "README" => format!("{}/index.html", to.folder()),
        Tail::Html => format!("{}.html", bare()?),
        Tail::Index if is_index => format!("{}/", to.folder()),
        Tail::BareIndex if is_index => to.folder().to_owned(),
        Tail::IndexFile if is_index && to.stem() != "index" => format!("{}/index.md", to.folder()),
        _ => return None,
    };
    match base {
        // `../a` on a page of `a/` would be a detour.
        Base::Relative if tail == Tail::BareIndex && end == from.folder() => None,
        Base::Relative => Some(way(from.folder(), &end)),
        Base::Dotted => {
            let way = way(from.folder(), &end);
            (!way.starts_with("../") && way != "./").then(|| format!("./{way}"))
        }
        Base::Detour => {
            let way = way(from.folder(), &end);
            let own = from.folder().rsplit('/').next()?;
            (!way.starts_with("../") && way != "./").then(|| format!("../{own}/{way}"))
        }
        Base::Docs => Some(format!("/{}", on_site(site, &end)?)),
        Base::Content => Some(format!("/{}", below(site.mount(from)?.0, &end)?)),
        Base::Marked(mark) => {
            let folder = if mark == SITE { &site.folder } else { &site.docs };
            Some(format!("{mark}{}", below(folder, &end)?))
        }
        Base::Bare => below(&site.docs, &end).map(str::to_owned),
        Base::Server => Some(format!("{}{}", site.base, on_site(site, &end)?)),
        Base::Address => {
            let end = on_site(site, &end).map_or(end.clone(), |it| format!("{}/{it}", site.docs));
            Some(way(&start_of(base, ends)?, &end))
        }
        Base::Name => None,
    }
}

/// Whether a page stands for its folder on this site.
fn stands(site: &Site, page: &Path) -> bool {
    match page.stem() {
        "index" => true,
        "README" => !matches!(site.generator, Generator::Hugo | Generator::VitePress),
        "_index" => site.generator == Generator::Hugo,
        _ => false,
    }
}

/// Whether a page may stand for its folder.
fn is_index(page: &Path) -> bool {
    matches!(page.stem(), "index" | "README" | "_index")
}

/// The place of a file below the site's root: what lies in a folder of static files is served from there.
fn on_site<'a>(site: &Site, path: &'a str) -> Option<&'a str> {
    let is_page = Path::new(path).is_page();
    let statics = site.statics.iter().filter(|_| !is_page);
    statics.chain([&site.docs]).find_map(|it| below(it, path))
}

/// The way from a folder to a file or, with `/` at its end, to a folder.
fn way(folder: &str, to: &str) -> String {
    let Some(to) = to.strip_suffix('/') else { return path::relative(folder, to) };
    let inner = path::relative(folder, &format!("{to}/x"));
    let way = inner.strip_suffix('x').unwrap_or(&inner);
    if way.is_empty() { "./".to_owned() } else { way.to_owned() }
}

/// What is left of a path below `folder`; nothing, but there, for the folder itself.
fn below<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// A path as it must stand in the text of `link`, which now reads `written`.
fn spelled(link: &Link, written: &str, path: &str) -> Spelled {
    let is_raw = matches!(
        link.form,
        Form::Wiki | Form::WikiEmbed | Form::Navigation | Form::Include | Form::Shortcode
    );
    let target = url::quoted(path, url::Quote::Html).replace("&quot;", "\"").replace("&apos;", "'");
    if is_raw {
        return Spelled { written: path.to_owned(), target };
    }
    if link.form == Form::Field {
        // A value with a blank in it is no path.
        let written = url::quoted(path, url::Quote::Bare);
        return Spelled { target: written.clone(), written };
    }
    let quote = match link.form {
        Form::Html => url::Quote::Html,
        _ if link.angle => url::Quote::Angle,
        _ => url::Quote::Bare,
    };
    let mut quoted = url::quoted(path, quote);
    if quote == url::Quote::Bare && written.contains(' ') {
        quoted = quoted.replace("%20", " ");
    }
    let was_encoded =
        written.is_ascii() && !percent_decode_str(written).decode_utf8_lossy().is_ascii();
    if was_encoded {
        quoted =
            percent_encoding::utf8_percent_encode(&quoted, percent_encoding::CONTROLS).to_string();
    }
    // In a table a bar ends the cell.
    if written.contains("\\|") {
        quoted = quoted.replace('|', "\\|");
    } else if !written.contains('|') {
        quoted = quoted.replace('|', "%7C");
    }
    for (plain, code) in [(' ', "%20"), ('(', "%28"), (')', "%29")] {
        if written.contains(code) {
            quoted = quoted.replace(plain, code);
        }
    }
    Spelled { written: quoted, target }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The way in which a path is written anew after its page and its target have moved.
    #[track_caller]
    fn check(written: &str, expected: &str) {
        let site = Site { docs: "/w/docs".into(), base: "/".into(), ..Site::default() };
        let (from, to) = (Path::new("/w/docs/a/x.md"), Path::new("/w/docs/b/index.md"));
        let (from_new, to_new) = (Path::new("/w/docs/x.md"), Path::new("/w/docs/c/d/index.md"));
        let link = Link {
            form: Form::Inline,
            span: crate::text::Span::default(),
            text: crate::text::Span::default(),
            dest: crate::text::Span::default(),
            target: written.into(),
            angle: false,
            image: false,
            unread: false,
        };
        let old = Ends { site: &site, from: &from, to: &to, head: None };
        let new = Ends { from: &from_new, to: &to_new, ..old };
        let (_, _, mut found) = respell(&link, written, old, new);
        assert_eq!(found.next().map(|it| it.written).as_deref(), Some(expected));
    }

    #[test]
    fn keeps_to_the_way_of_the_author() {
        check("../b/index.md", "c/d/index.md");
        check("../b/index", "c/d/index");
        check("../b/", "c/d/");
        check("../b", "c/d");
        check("/b/index.md", "/c/d/index.md");
        check("/b/", "/c/d/");
        check("../b/index.html", "c/d/index.html");
    }

    #[test]
    fn a_detour_is_no_way_of_its_own() {
        check("../a/../b/index.md", "c/d/index.md");
        check("../../docs/b/", "c/d/");
        check(".././b/index", "c/d/index");
    }
}
