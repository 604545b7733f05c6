//! `casebook show --site`: which sites were found, and what was read from their configuration.

use std::{
    fmt::Write as _,
    path::{Path as FsPath, PathBuf},
};

use super::{FAILED, complain, format::clean, print, workspace::Workspace};
use crate::{
    model::{Site, site::Generator},
    settings::Layer,
    world::Snapshot,
};

/// Prints the sites of the folder at `path`, or the one that the page there belongs to.
pub(super) fn run(path: &FsPath) -> u8 {
    let workspace = match Workspace::open(&[PathBuf::from(path)], &Layer::default()) {
        Ok(workspace) => workspace,
        Err(error) => {
            complain(&error);
            return FAILED;
        }
    };
    let cx = workspace.world.snapshot();
    let mut shown: Vec<String> = Vec::new();
    let mut sites: Vec<_> = cx.sites().iter().collect();
    sites.sort_by_key(|it| (it.config.is_none(), it.config.clone(), it.docs.clone()));
    for site in sites {
        let pages = cx.pages().filter(|it| it.site == *site);
        let (all, asked) = pages
            .fold((0, false), |(all, asked), it| (all + 1, asked || workspace.wants(&it.path)));
        // A plain folder without pages of its own says nothing.
        if asked || (all == 0 && site.config.is_some() && path.is_dir()) {
            shown.push(describe(&cx, site, all));
        }
    }
    print(&clean(&shown.join("\n")));
    0
}

/// One site: a line that says who makes it, and a row for each thing that is known of it.
fn describe(cx: &Snapshot, site: &Site, pages: usize) -> String {
    let mut out = site.generator.name().to_owned();
    match &site.config {
        Some(config) => _ = write!(out, ", by `{}`", cx.shown(config)),
        None if site.notes.is_empty() => out.push_str(": what belongs to no generator's site"),
        None => {}
    }
    let noun = if pages == 1 { "page" } else { "pages" };
    let mut rows: Vec<_> =
        site.notes.iter().map(|it| (it.about, it.what.to_string(), it.from.to_string())).collect();
    match rows.first_mut() {
        Some(first) if first.0 == "pages" => first.1 = format!("{pages} in {}", first.1),
        _ => rows.insert(0, ("pages", format!("{pages} {noun}"), String::new())),
    }
    if site.generator == Generator::GitHub {
        let links = "name files and folders; `/x` starts from this folder";
        rows.push(("links", links.to_owned(), String::new()));
    }
    if rows.iter().all(|it| it.0 != "heading ids") {
        let ids = format!("as {} makes them", site.generator.name());
        rows.push(("heading ids", ids, String::new()));
    }
    out.push('\n');
    for (about, what, from) in rows {
        let from = if from.is_empty() { String::new() } else { format!("  [{from}]") };
        let _ = writeln!(out, "  {about:<12} {}{from}", wrapped(&what));
    }
    out
}

/// Long rows go on under their beginning.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        if length > 0 && length + word.chars().count() > 70 {
            out.push_str("\n               ");
            length = 0;
        } else if length > 0 {
            out.push(' ');
        }
        out.push_str(word);
        length += word.chars().count() + 1;
    }
    out
}
