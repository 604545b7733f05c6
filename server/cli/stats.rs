//! `casebook stats`: what there is in a workspace.

use std::{fmt::Write as _, path::PathBuf};

use clap::{Args, ValueEnum};

use super::{FAILED, complain, format::clean, print, workspace::Workspace};
use crate::{features::stats, settings::Layer};

/// What is counted.
#[derive(Debug, Args)]
pub(super) struct Stats {
    /// The folder of the workspace, or a page in it.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Prints examples instead, spread evenly over all there are, to judge by reading them.
    #[arg(long, value_enum)]
    sample: Option<Sample>,
    /// How many examples.
    #[arg(long, default_value_t = 50)]
    number: usize,
    /// Other examples for each number.
    #[arg(long, default_value_t = 0)]
    seed: usize,
    /// Of names in front matter and tables only those in this field: `patterns_used`.
    #[arg(long)]
    field: Option<String>,
}

/// What examples are of.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sample {
    /// Names of systems and of patterns in running text.
    Mentions,
    /// Names of systems in running text.
    Systems,
    /// Names of patterns in running text.
    Patterns,
    /// Names in front matter and tables, with the page each leads to.
    Names,
    /// Names in front matter and tables that lead to no page, with the field or the kind of cell.
    Lost,
}

/// Prints the counts, or a sample.
pub(super) fn run(arguments: &Stats) -> u8 {
    let paths = std::slice::from_ref(&arguments.path);
    let workspace = match Workspace::open(paths, &Layer::default()) {
        Ok(workspace) => workspace,
        Err(reason) => {
            complain(&reason);
            return FAILED;
        }
    };
    let cx = workspace.world.snapshot();
    let mut out = String::new();
    let kinds: &[stats::Of] = match arguments.sample {
        None => {
            for count in stats::stats(&cx) {
                let _ = writeln!(out, "{:>7}  {}", count.count, count.what);
                for (what, number) in count.of {
                    let _ = writeln!(out, "         {number:>7}  {what}");
                }
            }
            &[]
        }
        Some(Sample::Mentions) => &[stats::Of::Systems, stats::Of::Patterns],
        Some(Sample::Systems) => &[stats::Of::Systems],
        Some(Sample::Patterns) => &[stats::Of::Patterns],
        Some(Sample::Names) => &[stats::Of::Names],
        Some(Sample::Lost) => &[stats::Of::Lost],
    };
    let Stats { number, seed, field, .. } = arguments;
    let how = stats::Sampling { most: *number, seed: *seed, field: field.as_deref() };
    for it in kinds.iter().flat_map(|it| stats::sample(&cx, *it, how)) {
        let _ = writeln!(out, "{}\n  `{}` -> {}\n  {}", it.place, it.name, it.leads_to, it.around);
    }
    print(&clean(&out));
    // The process ends here: giving back every page of the world would only take time.
    std::mem::forget((workspace, cx));
    0
}
