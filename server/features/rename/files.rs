//! Files, by a link that leads to them.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::{
    features::moves::{moves, relink},
    model::{Changes, Key, Path, Target, path, resolve},
    syntax::{Form, Link},
    world::{Document, Snapshot},
};

/// Moves the file or folder that `link` leads to, to where the link would lead with the new path.
pub(super) fn file(
    cx: &Snapshot,
    document: &Document,
    path: &Path,
    link: &Link,
    name: &str,
) -> Result<Changes, String> {
    let to = meant(document, path, link, name);
    if !cx.covers(to.as_str()) {
        return Err(format!("`{name}` lies outside the workspace"));
    }
    let pairs = [(path.clone(), to)];
    if cx.exists(path) { moves(cx, &pairs) } else { Ok(relink(cx, &pairs)) }
}

/// A path as it reads without percent-encoding.
pub(super) fn decoded(written: &str) -> String {
    percent_decode_str(written).decode_utf8_lossy().into_owned()
}

/// The file that an author means who writes `name` in place of the link's path.
fn meant(document: &Document, old: &Path, link: &Link, name: &str) -> Path {
    let name = name.split('#').next().unwrap_or_default();
    let plain = decoded(name);
    let is_folder = old.as_str().ends_with('/');
    if matches!(link.form, Form::Wiki | Form::WikiEmbed) && !plain.contains('/') {
        return with_extension(&Path::new(&path::join(old.folder(), &plain)), old);
    }
    let named = Link { target: name.into(), ..link.clone() };
    let candidates = match resolve(&document.site, &document.path, &named) {
        Target::Local(aim) => aim.candidates,
        _ => Arc::default(),
    };
    let mut paths: Vec<&Path> = Vec::new();
    for key in candidates.iter() {
        paths.extend(match key {
            Key::Page(path) => Some(path),
            _ => None,
        });
    }
    let alike = |it: &&&Path| it.extension() == old.extension() && !it.as_str().ends_with('/');
    let is_index = matches!(old.stem(), "index" | "README" | "_index");
    let found = if is_folder {
        paths.iter().find(|it| it.as_str().ends_with('/'))
    } else {
        // A page that stands for its folder stays one.
        let same = paths.iter().find(|it| is_index && it.name() == old.name());
        same.or_else(|| paths.iter().find(alike))
    };
    let found = found.map(|it| (*it).clone());
    found.unwrap_or_else(|| {
        let folder = document.path.folder();
        with_extension(&Path::new(path::join(folder, &plain).trim_end_matches('/')), old)
    })
}

/// A path with the extension of another, if it has none.
fn with_extension(path: &Path, other: &Path) -> Path {
    match other.extension() {
        Some(extension) if path.extension().is_none() => Path::new(&format!("{path}.{extension}")),
        _ => path.clone(),
    }
}
