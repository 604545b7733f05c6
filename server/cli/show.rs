//! `casebook show`: what is known of a system, a pattern, a domain or a page.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{FAILED, complain, format::clean, print, workspace::Workspace};
use crate::{
    features::entity::{self, profile::Profile},
    settings::Layer,
    world::Snapshot,
};

/// What is shown.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Its name, in any spelling, or the file of its page.
    #[arg(required_unless_present_any = ["site", "outline"])]
    name: Option<String>,
    /// Instead: the sites of a folder, or the one that a page belongs to, and how links and ids are
    /// read there.
    #[arg(long, value_name = "PATH", num_args = 0..=1, default_missing_value = ".", conflicts_with = "name")]
    site: Option<PathBuf>,
    /// Instead: the headings of a page, or of all pages of a folder, with the ids that links to them
    /// need; with `--format json` the links too.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["name", "site"])]
    outline: Option<PathBuf>,
    /// The folder of the workspace, or a page in it.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// As the Markdown of the card in an editor.
    Markdown,
    /// For programs: one object for each thing of that name.
    Json,
}

/// Prints what is known of everything that has the name.
pub(super) fn run(arguments: &Show) -> u8 {
    let Show { name, site, outline, path, format } = arguments;
    if let Some(path) = outline {
        return super::outline::run(path, matches!(format, Format::Json));
    }
    if let Some(path) = site {
        return super::site::run(path);
    }
    let name = name.as_deref().unwrap_or_default();
    let workspace = match Workspace::open(std::slice::from_ref(path), &Layer::default()) {
        Ok(workspace) => workspace,
        Err(reason) => {
            complain(&reason);
            return FAILED;
        }
    };
    let cx = workspace.world.snapshot();
    let found = entity::profiles(&cx, name);
    if found.is_empty() {
        let near = entity::near(&cx, name);
        let near = near.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
        let near = if near.is_empty() { near } else { format!("; there is {near}") };
        complain(&format!("nothing is called `{name}`{near}"));
        return 1;
    }
    for (index, profile) in found.iter().enumerate() {
        let shown = match format {
            Format::Text => profile.terminal(&cx),
            Format::Markdown => profile.markdown() + "\n",
            Format::Json => json(&cx, profile),
        };
        print(&clean(&format!("{}{shown}", if index > 0 { "\n" } else { "" })));
    }
    // The process ends here: giving back every page of the world would only take time.
    std::mem::forget((workspace, cx));
    0
}

#[derive(Serialize)]
struct Shown<'a> {
    name: &'a str,
    tags: &'a [String],
    summary: &'a str,
    groups: Vec<ShownGroup<'a>>,
    foot: &'a str,
}

#[derive(Serialize)]
struct ShownGroup<'a> {
    title: &'a str,
    lines: Vec<Vec<ShownPiece<'a>>>,
    more: usize,
}

/// `path` is from the workspace's root, `line` counts from 1.
#[derive(Serialize)]
struct ShownPiece<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

fn json(cx: &Snapshot, profile: &Profile) -> String {
    let Profile { name, tags, summary, groups, foot } = profile;
    let groups = groups.iter().map(|group| {
        let lines = group.lines.iter().map(|line| {
            let pieces = line.iter().map(|piece| ShownPiece {
                text: &piece.text,
                path: piece.to.as_ref().map(|it| cx.shown(&it.to.path)),
                line: piece.to.as_ref().map(|it| it.line),
            });
            pieces.collect()
        });
        ShownGroup { title: &group.title, lines: lines.collect(), more: group.more }
    });
    let shown = Shown { name, tags, summary, groups: groups.collect(), foot };
    serde_json::to_string(&shown).map(|it| it + "\n").unwrap_or_default()
}
