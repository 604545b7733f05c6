//! Whether a link leads to what it names on its site, and if not, why: every rule about the paths of
//! links asks here.

use super::{
    Found,
    fix::keeps_anchor,
    near::{self, Repair},
};
use crate::{
    model::{Key, Path, Reference, Site, path, site::Generator},
    syntax::{Form, Link},
    world::{Document, Outcome, Resolved, Snapshot},
};

/// What is wrong with a link's path. Of each link at most one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It leads nowhere.
    Broken,
    /// The same of a field of the front matter.
    Field,
    /// What it names is there in another case.
    Case,
    /// It begins with `/`, and the site does not begin there.
    Absolute,
    /// It names a folder where only files can be named.
    Folder,
    /// It is an address: a browser opens it, the generator does not look at it.
    Address,
}

/// The links of a page that have this fault.
pub(super) fn found(cx: &Snapshot, document: &Document, fault: Fault) -> Vec<Found> {
    let found = document.outline.refers.iter().filter_map(|reference| {
        let link = document.page.links.get(reference.link as usize)?;
        let (mut is, mut message, repair) = judge(cx, document, link, reference)?;
        if link.form == Form::Field && is == Fault::Broken {
            is = Fault::Field;
        }
        if is != fault {
            return None;
        }
        let mut repair = repair.unwrap_or_else(|| near::path(cx, document, link));
        repair.sure &= link.form != Form::Navigation || has_moved(cx, document, link, &repair);
        let keeps = |to: &String| keeps_anchor(cx, document, link, to);
        repair.sure &= repair.with.first().is_none_or(keeps);
        if link.unread {
            message.push_str(&unread(document));
        }
        let (span, _) = near::parts(document, link);
        Some(Found::new(span, message).near(repair))
    });
    found.collect()
}

/// Whether the repair of an entry of a navigation file names the only page of that file name. What a
/// site shows of itself is changed in bulk only where the file was clearly moved.
fn has_moved(cx: &Snapshot, document: &Document, link: &Link, repair: &Repair) -> bool {
    let name = |path: &str| Path::new(path.trim_end_matches('/')).name().to_lowercase();
    let Some(to) = repair.with.first().filter(|it| name(it) == name(link.path())) else {
        return false;
    };
    let named = cx.definers(&Key::Name(Path::new(to).stem().to_lowercase().into()));
    let docs = &document.site.docs;
    let pages = named.iter().filter(|it| docs.is_empty() || it.path.inside(docs).is_some());
    pages.filter(|it| it.path.name().to_lowercase() == name(to)).count() == 1
}

/// What is to be added of a link that the generator does not read: it is judged as if it were read,
/// for that is what its author believes.
pub(super) fn unread(document: &Document) -> String {
    format!(
        "; {} reads no Markdown here and shows it as it is written",
        document.site.generator.name()
    )
}

/// Without a repair one is to be searched for, which takes the longest.
type Verdict = (Fault, String, Option<Repair>);

fn judge(
    cx: &Snapshot,
    document: &Document,
    link: &Link,
    reference: &Reference,
) -> Option<Verdict> {
    match cx.outcome(reference) {
        Outcome::Right => None,
        Outcome::Opens => {
            let target = target(cx, reference)?;
            // Raw HTML has no other way to name a picture.
            if link.form == Form::Html && !target.is_page() && !target.as_str().ends_with('/') {
                return None;
            }
            let repair = written(document, link, &target);
            let message = format!(
                "`{}` is an address, which {} does not check: it is that of `{}`",
                link.path(),
                document.site.generator.name(),
                cx.shown(&target)
            );
            Some((Fault::Address, message, Some(repair)))
        }
        Outcome::Elsewhere => Some(elsewhere(cx, document, link, &target(cx, reference)?)),
        Outcome::Missing => other_case(cx, document, link, reference)
            .or_else(|| missing(cx, document, link, reference)),
    }
}

/// The file that a reference leads to, or the folder with a `/` at its end.
fn target(cx: &Snapshot, reference: &Reference) -> Option<Path> {
    let key = reference.candidates.iter().find(|it| cx.defined(it))?;
    match (key, cx.resolve(reference)?) {
        (_, Resolved::Page(page, _) | Resolved::NoAnchor(page)) => Some(page.path.clone()),
        (Key::Page(path), _) => Some(path.clone()),
        _ => None,
    }
}

/// How the link is to be written instead; raw HTML can only name addresses.
fn written(document: &Document, link: &Link, target: &Path) -> Repair {
    if link.form == Form::Html || target.as_str().ends_with('/') {
        return Repair::default();
    }
    Repair::sure(near::written(document, link, target))
}

/// What the author had in mind is there, but the link does not lead to it.
fn elsewhere(cx: &Snapshot, document: &Document, link: &Link, target: &Path) -> Verdict {
    let site: &Site = &document.site;
    let (said, shown) = (link.path(), cx.shown(target));
    let generator = site.generator.name();
    let repair = written(document, link, target);
    if !target.as_str().ends_with('/') && !site.takes(target.as_str()) {
        let why = if target.inside(&site.docs).is_some() {
            format!("the site leaves `{shown}` out")
        } else {
            format!("`{shown}` lies outside of the site's pages")
        };
        return (Fault::Broken, why, Some(Repair::default()));
    }
    if said.starts_with('/') {
        let message = format!("`{said}` starts at the root of the web server, not of the site");
        return (Fault::Absolute, message, Some(repair));
    }
    if !site.rewrites && site.generator == Generator::Hugo && target.is_page() {
        let address = address(cx, document, target);
        let message = format!("`{said}` stays as it is: {generator} reads links as addresses");
        let repair = address.map(Repair::sure).unwrap_or_default();
        return (Fault::Broken, message, Some(repair));
    }
    if link.form == Form::Html {
        let message =
            format!("no page at this address: a browser reads `{said}` from the page's own");
        return (Fault::Broken, message, Some(repair));
    }
    let is_index = matches!(target.stem(), "index" | "README" | "_index") && target.is_page();
    if target.as_str().ends_with('/') || (is_index && !near::names(said, target)) {
        let message = format!("`{said}` is a folder: {generator} links files");
        return (Fault::Folder, message, Some(repair));
    }
    let message = format!(
        "no file `{}`: {generator} links files, with their extension",
        said.trim_end_matches('/')
    );
    (Fault::Broken, message, Some(repair))
}

/// The way from a page's address to another's.
fn address(cx: &Snapshot, document: &Document, target: &Path) -> Option<String> {
    let page = cx.document(target)?;
    let keys = page.outline.defines.iter().map(|it| &it.key);
    let mut addresses = keys.filter_map(|it| match it {
        Key::Address(at) => at.inside(&document.site.docs),
        _ => None,
    });
    let start = document.site.start(&document.path)?;
    Some(format!("{}/", path::relative(&start, addresses.next()?)))
}

/// A file that one of the candidates names but for the case of letters.
fn other_case(
    cx: &Snapshot,
    document: &Document,
    link: &Link,
    reference: &Reference,
) -> Option<Verdict> {
    let named = reference.candidates.iter().find_map(|key| match key {
        Key::Page(path) if cx.covers(path.as_str()) => Some((path, cx.other_case(path)?)),
        _ => None,
    });
    let (path, real) = named?;
    let message = format!("no file `{}`: it is written `{}`", cx.shown(path), cx.shown(real));
    let repair = Repair::sure(near::written(document, link, real));
    Some((Fault::Case, message, Some(repair)))
}

fn missing(
    cx: &Snapshot,
    document: &Document,
    link: &Link,
    reference: &Reference,
) -> Option<Verdict> {
    // What lies outside of the workspace cannot be known to be missing, but a site that takes no such
    // file can.
    let judged = |it: &&Key| match it {
        Key::Page(path) => cx.covers(path.as_str()),
        _ => true,
    };
    let opens = &reference.candidates[..usize::from(reference.opens)];
    // What wiki links say is a name first.
    let is_wiki = matches!(link.form, Form::Wiki | Form::WikiEmbed);
    let is_name = |it: &&Key| is_wiki && matches!(it, Key::Name(_));
    let key = match opens {
        [] => reference.candidates.first()?,
        some => some.iter().find(is_name).or_else(|| some.iter().find(judged))?,
    };
    let (message, repair) = match key {
        Key::Page(path) => (absent(cx, path), None),
        Key::Address(at) => {
            let place = at.inside(&document.site.docs).unwrap_or_default();
            (format!("no page has the address `/{place}`"), None)
        }
        Key::Name(name)
        | Key::Anchor(_, name)
        | Key::Entity(_, name)
        | Key::Called(name)
        | Key::Title(name) => {
            let is_file = Path::new(name).extension().is_some_and(|it| !it.contains(' '));
            let what = if is_file { "file" } else { "page" };
            (format!("no {what} is called `{name}`"), Some(Repair::default()))
        }
    };
    Some((Fault::Broken, message, repair))
}

fn absent(cx: &Snapshot, at: &Path) -> String {
    let shown = cx.shown(at);
    let what = match at.as_str() {
        it if it.ends_with('/') => "folder",
        _ if at.extension().is_some() => "file",
        _ => "page or file",
    };
    format!("no {what} `{shown}`")
}
