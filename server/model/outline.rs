//! One page reduced to its keys: what it defines, what it refers to.

use std::sync::Arc;

use super::{
    Aim, Key, Knowledge, Path, Site, Target, open,
    resolve::{Resolver, wiki},
    site::Generator,
};
use crate::{syntax::Page, text::Span};

/// What one page says to the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// What the page is called: front matter `title`, else its first heading, else its file name.
    pub title: Box<str>,
    /// What it is searched by: its title and its path from the site's root, without extension.
    pub search: Box<str>,
    /// The keys it defines, in the order of the text; the page itself comes first.
    pub defines: Vec<Definition>,
    /// What its links refer to, in the order of the text.
    pub refers: Vec<Reference>,
    /// What it says about systems and patterns.
    pub knowledge: Knowledge,
}

/// A key and the place that defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What is defined.
    pub key: Key,
    /// Where: the heading's whole line, the id.
    pub span: Span,
}

/// A link that leads, or should lead, to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The link: an index into [`Page::links`].
    pub link: u32,
    /// What would make it lead somewhere, best first: the first that is defined is what it leads to.
    pub candidates: Arc<[Key]>,
    /// So many of the candidates, from the first, make it right on the site.
    pub right: u8,
    /// So many of them, from the first, open for a reader of the site.
    pub opens: u8,
    /// The anchor it names there, as the site compares anchors.
    pub fragment: Option<Box<str>>,
}

impl Outline {
    /// Reduces the page at `path`, whose source is `text`.
    pub fn new(site: &Site, path: &Path, page: &Page, text: &str) -> Self {
        if path.navigation().is_some() {
            let key = Key::Page(path.clone());
            return Self {
                title: path.name().into(),
                defines: vec![Definition { key, span: Span::default() }],
                refers: refers(site, path, page),
                ..Self::default()
            };
        }
        let mut links = Self::links(site, path, page);
        if open::is_open(site, path, page, text) {
            let key = Key::Anchor(path.clone(), open::ANY.into());
            links.defines.push(Definition { key, span: Span::default() });
        }
        Self { knowledge: Knowledge::new(site, path, page, text, &links.refers), ..links }
    }

    /// The same without what the page says about systems and patterns.
    pub fn links(site: &Site, path: &Path, page: &Page) -> Self {
        let title = title(path, page);
        let shown = path.inside(&site.docs).unwrap_or(path.name());
        let shown = shown.rsplit_once('.').map_or(shown, |it| it.0);
        Self {
            title: title.into(),
            search: format!("{title} {shown}").into(),
            defines: defines(site, path, page),
            refers: refers(site, path, page),
            knowledge: Knowledge::default(),
        }
    }

    /// Every key it refers to, once or more often.
    pub fn referred(&self) -> impl Iterator<Item = Key> + '_ {
        self.refers.iter().flat_map(Reference::keys)
    }

    /// The reference of a link, if the link leads to a page.
    pub fn reference(&self, link: usize) -> Option<&Reference> {
        let at = self.refers.binary_search_by_key(&link, |it| it.link as usize).ok()?;
        Some(&self.refers[at])
    }
}

impl Reference {
    /// What the link with this index aims at.
    pub fn new(site: &Site, link: u32, aim: Aim) -> Self {
        let Aim { candidates, right, opens, fragment } = aim;
        let count = |it: usize| u8::try_from(it).unwrap_or(u8::MAX);
        let fragment = fragment.map(|it| site.anchor(&it));
        Self { link, candidates, right: count(right), opens: count(opens), fragment }
    }

    /// How good its candidate at this place is: 0 if it makes the link right, 1 if it opens for a reader
    /// of the site, 2 if it only tells what the author had in mind.
    pub fn rank(&self, candidate: usize) -> u8 {
        match candidate {
            it if it < usize::from(self.right) => 0,
            it if it < usize::from(self.opens) => 1,
            _ => 2,
        }
    }

    /// The pages, and the anchors in them, that it may mean.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let anchors = self.fragment.iter().flat_map(|fragment| {
            self.candidates.iter().filter_map(|it| match it {
                Key::Page(path) => Some(Key::Anchor(path.clone(), fragment.clone())),
                _ => None,
            })
        });
        self.candidates.iter().cloned().chain(anchors)
    }
}

fn title<'a>(path: &'a Path, page: &'a Page) -> &'a str {
    written_title(page).unwrap_or_else(|| path.stem())
}

/// What the page itself says it is called.
fn written_title(page: &Page) -> Option<&str> {
    let stated = page.front_matter.as_ref().and_then(|it| it.get("title")?.as_str());
    let stated = stated.map(str::trim).filter(|it| !it.is_empty());
    let heading = || {
        let first = page.headings.iter().find(|it| it.level == 1).or(page.headings.first());
        first.map(|it| &*it.title).filter(|it| !it.is_empty())
    };
    stated.or_else(heading)
}

/// The keys by which the page at `path` can be asked for as a whole, itself first. Of the page only its
/// head counts.
pub fn own_keys(site: &Site, path: &Path, page: &Page) -> Vec<Key> {
    let mut own = vec![Key::Page(path.clone())];
    if site.dialect.reads.wiki_links {
        own.extend(wiki::names(site, path));
    } else {
        own.push(Key::Name(path.stem().to_lowercase().into()));
    }
    if path.stem() == "index" && site.generator == Generator::Hugo {
        // A page that is a bundle is called by its folder.
        let folder = path.folder().rsplit('/').next().unwrap_or_default().to_lowercase();
        own.push(Key::Name(format!("{folder}/").into()));
    }
    let stub = page.front_matter.as_ref().is_some_and(|it| it.get("redirect_to").is_some());
    if let Some(title) = written_title(page).filter(|_| !stub) {
        own.push(Key::Title(title.to_lowercase().into()));
    }
    let addresses = site.addresses_of(path, page.front_matter.as_ref());
    own.extend(addresses.into_iter().map(|it| {
        let at = format!("{}/{it}", site.docs);
        Key::Address(Path::new(at.trim_end_matches('/')))
    }));
    own
}

fn defines(site: &Site, path: &Path, page: &Page) -> Vec<Definition> {
    let whole = page.headings.first().map_or(Span::default(), |it| it.span);
    let own = own_keys(site, path, page).into_iter().map(|key| Definition { key, span: whole });
    let headings = page.headings.iter().filter_map(|it| Some((it.anchor.as_deref()?, it.span)));
    let ids = page.ids.iter().map(|it| (&*it.id, it.span));
    let anchors = headings
        .chain(ids)
        .map(|(id, span)| Definition { key: Key::Anchor(path.clone(), site.anchor(id)), span });
    own.chain(anchors).collect()
}

fn refers(site: &Site, path: &Path, page: &Page) -> Vec<Reference> {
    let mut resolver = Resolver::new(site, path);
    let links = page.links.iter().enumerate();
    let parts = matches!(site.generator, Generator::VitePress | Generator::VuePress);
    let part = parts && path.name().starts_with('_');
    let moved = part || site.is_moved(page.front_matter.as_ref());
    let found = links.filter_map(|(index, link)| {
        // What is relative starts from the address that the page says it has.
        let file = link.path();
        let is_file = Path::new(file).is_page() && !part;
        if moved && !file.is_empty() && !file.starts_with('/') && !is_file {
            return None;
        }
        let Target::Local(aim) = resolver.resolve(link) else { return None };
        Some(Reference::new(site, u32::try_from(index).ok()?, aim))
    });
    found.collect()
}
