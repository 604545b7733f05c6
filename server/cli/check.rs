//! `casebook check`: every finding of a workspace.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, IsTerminal, Read},
    path::{Path as FsPath, PathBuf},
    sync::Arc,
};

use clap::Args;
use rayon::prelude::*;

use super::{
    FAILED,
    baseline::Baseline,
    complain,
    format::{Format, Other, Report, clean, point},
    print,
    select::Selection,
    since,
    watch::Watch,
    workspace::Workspace,
};
use crate::{
    disk,
    model::Path,
    rules::{findings, settings_findings},
    world::{Change, Condition, Document, Snapshot},
};

/// What to check, and how to say what was found.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct Check {
    /// Folders, or pages in them.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    pub(super) selection: Selection,
    /// Counts per rule instead of the findings.
    #[arg(long)]
    statistics: bool,
    /// Only findings of pages that changed since a git revision, and what the change broke elsewhere.
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Only findings that are not in this file.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Writes all findings to the file of `--baseline` instead of printing them.
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
    /// Reads one page from standard input, as if it were saved at `--stdin-path`.
    #[arg(long, requires = "stdin_path")]
    stdin: bool,
    /// Where the page from standard input would lie.
    #[arg(long, value_name = "PATH", requires = "stdin")]
    stdin_path: Option<PathBuf>,
    /// Checks again whenever a file changes, until interrupted.
    #[arg(long, conflicts_with_all = ["stdin", "write_baseline", "changed_since"])]
    watch: bool,
    /// How many threads work; all cores unless set.
    #[arg(long, short, value_name = "NUMBER")]
    jobs: Option<usize>,
}

/// Checks; the exit code is 0 if nothing was found, 1 if something was, 2 if it could not look.
pub(super) fn run(check: &Check) -> u8 {
    if let Some(jobs) = check.jobs {
        drop(rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global());
    }
    match checked(check) {
        Ok(code) => code,
        Err(why) => {
            complain(&clean(&why));
            FAILED
        }
    }
}

fn checked(check: &Check) -> Result<u8, String> {
    let layer = check.selection.layer();
    let workspace = match &check.stdin_path {
        Some(path) => typed(path, &layer)?,
        None => Workspace::open(&check.paths, &layer)?,
    };
    // What changes during the first check is heard, too.
    let watch = check.watch.then(|| Watch::new(&workspace)).transpose()?;
    let code = once(check, &workspace)?;
    if let Some(watch) = watch {
        watch.run(&workspace, &layer, || {
            print(if io::stdout().is_terminal() { "\u{1b}[2J\u{1b}[H" } else { "\n" });
            if let Err(why) = once(check, &workspace) {
                complain(&clean(&why));
            }
        });
    }
    // The process ends here: giving back every page of the world would only take time.
    std::mem::forget(workspace);
    Ok(code)
}

/// The workspace of a page that is read from standard input.
fn typed(path: &FsPath, layer: &crate::settings::Layer) -> Result<Workspace, String> {
    let mut text = String::new();
    io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| format!("cannot read standard input: {error}"))?;
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(FsPath::new("."));
    let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
    let cannot = |why: String| format!("cannot check `{}`: {why}", path.display());
    let folder = disk::absolute(folder).map_err(|error| cannot(error.to_string()))?;
    let at = Path::new(&format!("{folder}/{name}"));
    if !at.is_read() {
        return Err(cannot("it is no Markdown page".to_owned()));
    }
    let workspace = Workspace::around(&at, layer);
    workspace.world.apply(Change::Edited { path: at, version: 0, text: text.as_str().into() });
    Ok(workspace)
}

fn once(check: &Check, workspace: &Workspace) -> Result<u8, String> {
    let cx = workspace.world.snapshot();
    let mut reports = match &check.changed_since {
        Some(rev) => since::reports(workspace, &cx, rev)?,
        None => reports(workspace, &cx),
    };
    for report in &mut reports {
        report.findings.retain(|it| check.selection.takes(it));
    }
    if let Some(file) = &check.baseline {
        if check.write_baseline {
            let baseline = Baseline::of(&reports);
            baseline.write(file)?;
            print(&format!(
                "{} {} written\n",
                baseline.len(),
                plural(baseline.len(), "finding", "findings")
            ));
            return Ok(0);
        }
        Baseline::read(file)?.subtract(&mut reports);
    }
    if check.format != Format::Json {
        from_here(&mut reports);
    }
    let number: usize = reports.iter().map(|it| it.findings.len()).sum();
    let colours =
        io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
    if check.statistics {
        print(&statistics(&reports));
    } else {
        print(&check.format.render(&reports, colours));
    }
    if check.format == Format::Pretty {
        let with = reports.iter().filter(|it| !it.findings.is_empty()).count();
        let all = reports.len();
        let files = plural(all, "file", "files");
        print(&match number {
            // A pipe is told nothing, a person that it is over.
            0 if !io::stdout().is_terminal() => String::new(),
            0 => format!("no findings in {all} {files}\n"),
            _ => format!(
                "{number} {} in {with} of {all} {files}\n",
                plural(number, "finding", "findings")
            ),
        });
    }
    for page in workspace.pages(&cx) {
        if let Condition::TooLarge(size) = page.condition {
            let shown = clean(&cx.shown(&page.path));
            complain(&format!("`{shown}` is not read: {size} bytes are more than `files.maxSize`"));
        }
    }
    // Who checks the wrong folder day by day would never know.
    if workspace.pages(&cx).is_empty() {
        complain("there is no Markdown page to check");
    }
    Ok(u8::from(number > 0))
}

/// Shows files as they are reached from the current folder, so that terminals and builds can open them;
/// those outside of it as they are reached from the root of their own.
fn from_here(reports: &mut [Report]) {
    let Ok(here) = disk::absolute(FsPath::new(".")) else { return };
    for report in reports {
        let others = report.others.values_mut().flatten().map(|it| (&it.path, &mut it.shown));
        for (path, shown) in others.chain([(&report.path, &mut report.shown)]) {
            if let Some(from_here) = path.inside(here.as_str()) {
                from_here.clone_into(shown);
            }
        }
    }
}

pub(super) fn plural(number: usize, one: &'static str, many: &'static str) -> &'static str {
    if number == 1 { one } else { many }
}

/// What is found in every page that is asked for, and in files of settings.
fn reports(workspace: &Workspace, cx: &Arc<Snapshot>) -> Vec<Report> {
    let pages = workspace.pages(cx);
    let mut reports: Vec<Report> = pages.par_iter().map(|it| report(cx, it)).collect();
    let files = cx.all_settings().iter().filter_map(|settings| {
        let file = settings.file.as_ref().filter(|it| workspace.wants(&it.path))?;
        let findings = settings_findings(cx, settings);
        let shown = cx.shown(&file.path);
        (!findings.is_empty()).then(|| Report {
            path: file.path.clone(),
            shown,
            text: (&*file.text).into(),
            findings,
            others: BTreeMap::new(),
        })
    });
    reports.extend(files);
    reports.sort_by(|a, b| a.path.cmp(&b.path));
    reports
}

pub(super) fn report(cx: &Snapshot, document: &Document) -> Report {
    let findings = findings(cx, document);
    let others = findings.iter().filter(|it| !it.related.is_empty()).map(|finding| {
        let places = finding.related.iter().filter_map(|it| {
            let page = cx.document(&it.path)?;
            let (line, column) = point(&page.text, it.span(page).start);
            let (path, shown) = (it.path.clone(), cx.shown(&it.path));
            Some(Other { path, shown, line, column, message: it.message.clone() })
        });
        ((finding.span, finding.code), places.collect())
    });
    Report {
        path: document.path.clone(),
        shown: cx.shown(&document.path),
        text: document.text.clone(),
        others: others.collect(),
        findings,
    }
}

/// How often each rule finds something, the most frequent first.
fn statistics(reports: &[Report]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for report in reports {
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        report.findings.iter().for_each(|it| *here.entry(it.code).or_default() += 1);
        for (code, number) in here {
            let all = counts.entry(code).or_default();
            (all.0, all.1) = (all.0 + number, all.1 + 1);
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|it| (std::cmp::Reverse(it.1.0), it.0));
    let mut out = String::new();
    for (code, (number, pages)) in counts {
        let _ = writeln!(out, "{number:>7}  {code} in {pages} {}", plural(pages, "page", "pages"));
    }
    out
}
