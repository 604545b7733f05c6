//! What a command works on: the folders, their pages, and which of them are asked for.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    disk,
    model::Path,
    settings::Layer,
    world::{Document, Snapshot, World},
};

/// A workspace that has been read.
pub(super) struct Workspace {
    pub(super) world: World,
    pub(super) roots: Vec<Path>,
    /// The pages, and folders with a `/` at their ends, that are asked for.
    asked: Vec<Path>,
}

impl Workspace {
    /// Reads the folders that `paths` name or lie in.
    ///
    /// A folder belongs to the nearest one above it that holds settings, and so does a page; else a page
    /// belongs to its repository. The error is a sentence for the user.
    pub(super) fn open(paths: &[PathBuf], layer: &Layer) -> Result<Self, String> {
        let (mut roots, mut asked) = (Vec::new(), Vec::new());
        for path in paths {
            let cannot = |why: &str| format!("cannot read `{}`: {why}", path.display());
            let at = disk::absolute(path).map_err(|error| cannot(&error.to_string()))?;
            if path.is_dir() {
                asked.push(Path::new(&format!("{at}/")));
                let above = disk::settings_above(&at).or_else(|| disk::site_above(&at));
                roots.push(above.unwrap_or(at));
            } else if at.is_read() {
                File::open(path).map_err(|error| cannot(&error.to_string()))?;
                roots.push(disk::settings_above(&at).unwrap_or_else(|| disk::root_of(&at)));
                asked.push(at);
            } else {
                return Err(cannot("it is neither a folder nor a Markdown page"));
            }
        }
        // Of folders that lie in each other the outer one is read.
        roots.sort();
        roots.dedup_by(|inner, outer| inner == outer || inner.inside(outer.as_str()).is_some());
        let world = World::default();
        let mut bar = Bar::new();
        disk::load(&world, &roots, layer, |done, all| bar.show("Reading", done, all));
        bar.clear();
        Ok(Self { world, roots, asked })
    }

    /// Reads the folder of one page, which need not exist; only that page is asked for.
    pub(super) fn around(page: &Path, layer: &Layer) -> Self {
        let root = disk::settings_above(page).unwrap_or_else(|| disk::root_of(page));
        let world = World::default();
        disk::load(&world, std::slice::from_ref(&root), layer, |_, _| {});
        Self { world, roots: vec![root], asked: vec![page.clone()] }
    }

    /// Whether a file is asked for.
    pub(super) fn wants(&self, path: &Path) -> bool {
        let inside = |asked: &Path| {
            asked.as_str().ends_with('/') && path.as_str().starts_with(asked.as_str())
        };
        self.asked.iter().any(|it| it == path || inside(it))
    }

    /// The pages that are asked for, in the order of their paths.
    pub(super) fn pages<'a>(&self, cx: &'a Snapshot) -> Vec<&'a Arc<Document>> {
        cx.documents().filter(|it| self.wants(&it.path)).collect()
    }
}

/// A line on a terminal that says how far something is, if it takes long enough to ask.
pub(super) struct Bar {
    started: Instant,
    shown: bool,
    on: bool,
}

/// Nobody wonders before.
const PATIENCE: Duration = Duration::from_millis(400);

impl Bar {
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), shown: false, on: io::stderr().is_terminal() }
    }

    pub(super) fn show(&mut self, what: &str, done: usize, all: usize) {
        if !self.on || self.started.elapsed() < PATIENCE {
            return;
        }
        let filled = done * 24 / all.max(1);
        let bar = "#".repeat(filled) + &".".repeat(24 - filled);
        drop(write!(io::stderr().lock(), "\r{what} [{bar}] {done}/{all}\u{1b}[K"));
        self.shown = true;
    }

    pub(super) fn clear(&mut self) {
        if self.shown {
            drop(write!(io::stderr().lock(), "\r\u{1b}[K"));
        }
    }
}
