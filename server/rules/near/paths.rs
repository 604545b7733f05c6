//! The files that a dead path may have meant.

use std::cmp::Reverse;

use percent_encoding::percent_decode_str;

use super::{Alike, MOST, Repair, letters};
use crate::{
    model::{
        Key, Path,
        path::{join, relative},
        url::{Quote, quoted},
    },
    syntax::{Form, Link},
    world::{Document, Snapshot},
};

/// What may have been meant by a link whose path leads to nothing, as the page would write it.
pub(in crate::rules) fn path(cx: &Snapshot, document: &Document, link: &Link) -> Repair {
    let said = link.path().split('?').next().unwrap_or_default();
    let said = percent_decode_str(said).decode_utf8_lossy();
    let meant = Meant { cx, document, written: &said, text: &text_of(document, link) };
    let (targets, sure) = meant.targets(link);
    let with = targets.iter().take(MOST).map(|it| written(document, link, it));
    Repair { with: with.collect(), sure }
}

/// A file as the page would write it in this link.
pub(in crate::rules) fn written(document: &Document, link: &Link, to: &Path) -> String {
    let quote = match link.form {
        Form::Html => Quote::Html,
        Form::Navigation => Quote::Angle,
        _ if link.angle => Quote::Angle,
        _ => Quote::Bare,
    };
    // An entry of a navigation file is read from where the pages lie.
    let from = match link.form {
        Form::Navigation if document.path.inside(&document.site.docs).is_none() => {
            &document.site.docs
        }
        _ => document.path.folder(),
    };
    quoted(&relative(from, to.as_str()), quote)
}

/// The words of a link as letters.
fn text_of(document: &Document, link: &Link) -> String {
    letters(&document.source(link.text))
}

struct Meant<'a> {
    cx: &'a Snapshot,
    document: &'a Document,
    written: &'a str,
    text: &'a str,
}

impl<'a> Meant<'a> {
    /// What may have been meant, best first, and whether the first is certain.
    fn targets(&self, link: &Link) -> (Vec<&'a Path>, bool) {
        if let Some(found) = self.otherwise_read() {
            return (vec![found], self.keeps_anchor(found, link));
        }
        let ending = self.same_ending();
        if let [only] = ending[..] {
            let sure = self.keeps_anchor(only, link) && !self.is_chance(only);
            return (ending, sure);
        }
        let named = ending.iter().copied().filter(|it| self.is_named(it));
        let named: Vec<&Path> = named.collect();
        if let [only] = named[..] {
            return (named, self.keeps_anchor(only, link));
        }
        if !ending.is_empty() {
            return (ending, false);
        }
        let mut alike = self.cut_short();
        if let ([only], true) = (&alike[..], self.written.contains("..")) {
            return (vec![only], true);
        }
        alike.extend(self.alike());
        let named = alike.iter().copied().filter(|it| self.is_named(it));
        match named.collect::<Vec<_>>()[..] {
            [only] => (vec![only], self.keeps_anchor(only, link)),
            _ => (alike, false),
        }
    }

    /// Whether a file was written and a folder found that shares nothing but its name.
    fn is_chance(&self, found: &Path) -> bool {
        let named_file = Path::new(self.written.trim_end_matches('/')).is_page();
        named_file && is_first(found.stem()) && shared_end(&route(found), &self.parts()) < 2
    }

    /// Whether the anchor of the link, if it has one, is in the page at `path`: a repair must not put
    /// one dead link in the place of another.
    fn keeps_anchor(&self, path: &Path, link: &Link) -> bool {
        let Some(fragment) = link.fragment().filter(|it| !it.is_empty()) else { return true };
        let Some(page) = self.cx.document(path) else { return true };
        page.anchor(&page.site.anchor(&percent_decode_str(fragment).decode_utf8_lossy())).is_some()
    }

    /// The path read from the page's own folder, from its address, or from the root of the site, with
    /// or without extension, as a page or as a folder with its first page.
    fn otherwise_read(&self) -> Option<&'a Path> {
        let own = self.document.path.folder();
        let address = format!("{own}/{}", self.document.path.stem());
        let rest = self.parts().join("/");
        let inside = self.written.trim_start_matches('/');
        let mut read = Vec::new();
        if !self.written.starts_with('/') {
            read.push(join(own, inside));
            if !is_first(self.document.path.stem()) {
                read.push(join(&address, inside));
            }
        }
        if !rest.is_empty() {
            read.push(join(&self.document.site.docs, &rest));
        }
        read.iter().find_map(|it| self.at(it))
    }

    /// The file at a path that may lack its extension.
    fn at(&self, path: &str) -> Option<&'a Path> {
        let bare = path.trim_end_matches('/');
        let stem = bare.strip_suffix(".md").unwrap_or(bare);
        let forms = ["", ".md", "/index.md", "/README.md"].map(|it| format!("{stem}{it}"));
        let files = std::iter::once(bare.to_owned()).chain(forms);
        let found = files.filter(|it| it != path).find_map(|it| self.cx.file(&it))?;
        self.fits(found).then_some(found)
    }

    /// The parts of the path that name something: without `..`, extension and the name of a first
    /// page.
    fn parts(&self) -> Vec<&'a str> {
        let trimmed = self.written.trim_end_matches('/');
        let bare = trimmed.strip_suffix(".md").unwrap_or(trimmed);
        let parts = bare.split('/').filter(|it| !matches!(*it, "" | "." | ".."));
        let mut parts: Vec<&str> = parts.collect();
        if parts.last().is_some_and(|it| is_first(it)) {
            parts.pop();
        }
        parts
    }

    /// The pages whose paths end most like this one: all that share as many parts as any does.
    fn same_ending(&self) -> Vec<&'a Path> {
        let parts = self.parts();
        let Some(last) = parts.last() else { return Vec::new() };
        let by_name = |name: &str| self.cx.definers(&Key::Name(name.to_lowercase().into()));
        let pages = by_name(last).into_iter().map(|it| &it.path);
        let firsts = FIRST.iter().flat_map(|it| by_name(it)).map(|it| &it.path);
        let firsts = firsts.filter(|it| folder_name(it).eq_ignore_ascii_case(last));
        let fitting = pages.chain(firsts).filter(|it| self.fits(it));
        let mut all: Vec<(usize, &Path)> =
            fitting.map(|it| (shared_end(&route(it), &parts), it)).collect();
        let most = all.iter().map(|it| it.0).max().unwrap_or_default();
        all.retain(|it| it.0 == most);
        let mut all: Vec<&Path> = all.into_iter().map(|it| it.1).collect();
        self.sort(&mut all);
        all
    }

    /// Where a part was cut short by a slip (`search-analyti../`): the folder it begins.
    fn cut_short(&self) -> Vec<&'a Path> {
        let trimmed = self.written.trim_end_matches('/');
        let Some(start) =
            trimmed.strip_suffix("..").filter(|it| !it.is_empty() && !it.ends_with('/'))
        else {
            return Vec::new();
        };
        let begun = join(self.document.path.folder(), start);
        let (folder, name) = begun.rsplit_once('/').unwrap_or(("", &begun));
        let folder = format!("{folder}/");
        let beside = self.cx.entries(&folder);
        let begun = beside.iter().filter(|it| it.1.is_none() && it.0.starts_with(name));
        begun.filter_map(|it| self.at(&format!("{folder}{}/", it.0))).collect()
    }

    /// Pages in the folder that is named, whose names are a slip of the pen away.
    fn alike(&self) -> Vec<&'a Path> {
        let missing = Path::new(&join(self.document.path.folder(), self.written));
        let bare = Path::new(missing.as_str().trim_end_matches('/'));
        let folder = format!("{}/", bare.folder());
        let beside = self.cx.entries(&folder).into_iter().filter_map(|it| it.1);
        let paths: Vec<Path> = beside.filter(|it| self.fits(it)).cloned().collect();
        let alike = Alike::new(bare.stem()).among(paths.iter(), |it| it.stem());
        alike.into_iter().filter_map(|it| self.cx.file(it.as_str())).collect()
    }

    /// Whether a file can be meant: never the page itself, nor one that sends its readers elsewhere.
    fn fits(&self, path: &Path) -> bool {
        *path != self.document.path && self.cx.document(path).is_none_or(|it| !it.is_stub())
    }

    /// Whether the text of the link names the page at `path`.
    fn is_named(&self, path: &Path) -> bool {
        let title = self.cx.document(path).map(|it| letters(it.title()));
        !self.text.is_empty()
            && (letters(path.stem()) == self.text || title.as_deref() == Some(self.text))
    }

    /// The nearest first.
    fn sort(&self, all: &mut [&'a Path]) {
        let own: Vec<&str> = self.document.path.as_str().split('/').collect();
        let near =
            |it: &Path| it.as_str().split('/').zip(&own).take_while(|(a, b)| a == *b).count();
        all.sort_by_key(|it| (Reverse(near(it)), (*it).clone()));
    }
}

/// The names of a folder's first page.
const FIRST: [&str; 3] = ["index", "readme", "_index"];

fn is_first(stem: &str) -> bool {
    FIRST.iter().any(|it| it.eq_ignore_ascii_case(stem))
}

fn folder_name(path: &Path) -> &str {
    path.folder().rsplit('/').next().unwrap_or_default()
}

/// The parts of a page's address: its folders and, unless it is a first page, its name.
fn route(path: &Path) -> Vec<&str> {
    let mut parts: Vec<&str> = path.folder().split('/').filter(|it| !it.is_empty()).collect();
    if !is_first(path.stem()) {
        parts.push(path.stem());
    }
    parts
}

/// How many parts two addresses share, counted from their ends.
fn shared_end(a: &[&str], b: &[&str]) -> usize {
    a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
}
