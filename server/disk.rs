//! The only room that reads the workspace's files.

mod make;

pub use make::{absolute_new, make};

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path as FsPath, PathBuf},
    sync::{Arc, mpsc::sync_channel},
};

use ignore::{WalkBuilder, WalkState};
use rayon::{ThreadPool, prelude::*};

use crate::{
    model::{
        Path, Settings, Site,
        site::{CONFIGURATIONS, Source, Stated, discover, is_configuration},
    },
    settings::{self, FILE_NAME, Layer},
    world::{Affected, Change, Content, Document, Draft, Snapshot, World},
};

/// So many pages are read at once.
const BATCH: usize = 256;

/// So many of them are taken in at once: whoever asks something meanwhile waits no longer than that takes.
const STEP: usize = 32;

/// Loads the folders into the world: their sites, their files, their pages. `progress` hears of each
/// batch: how many pages are done, and of how many.
///
/// Each folder is read by its own `casebook.toml`, with `editor` laid over it. A folder that cannot be
/// read counts as empty; the other folders are loaded all the same.
pub fn load(
    world: &World,
    folders: &[Path],
    editor: &Layer,
    progress: impl FnMut(usize, usize),
) -> Affected {
    load_on(None, world, folders, editor, progress)
}

/// The same with the pages read on these threads. The world is changed on the calling one: who waits for it
/// does not wait for the readers.
pub fn load_on(
    readers: Option<&ThreadPool>,
    world: &World,
    folders: &[Path],
    editor: &Layer,
    mut progress: impl FnMut(usize, usize),
) -> Affected {
    let settings = configured(folders, editor);
    let files: Vec<Path> = settings.iter().flat_map(|it| scan(it)).collect();
    tracing::debug!("listed {} files", files.len());
    let sites = sites(&settings, &files);
    world.apply(Change::Roots { folders: folders.to_vec(), sites });
    world.apply(Change::Configured(settings));
    world.apply(Change::Lost(excluded(&world.snapshot())));
    let (pages, assets): (Vec<Path>, Vec<Path>) = files.into_iter().partition(Path::is_read);
    found(world, &assets);
    progress(0, pages.len());
    let cx = world.snapshot();
    let read = |batch: &[Path]| -> Vec<Draft> {
        batch.par_iter().filter_map(|it| draft(&cx, it).ok()).collect()
    };
    let mut done = 0;
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(2);
        let pages = &pages;
        scope.spawn(move || {
            for batch in pages.chunks(BATCH) {
                let drafts = match readers {
                    Some(threads) => threads.install(|| read(batch)),
                    None => read(batch),
                };
                if send.send((batch.len(), drafts)).is_err() {
                    break;
                }
            }
        });
        // While one batch is taken in, the next is read.
        for (read, drafts) in receive {
            let mut drafts = drafts.into_iter();
            while drafts.len() > 0 {
                world.apply(Change::Read(drafts.by_ref().take(STEP).collect()));
            }
            done += read;
            progress(done, pages.len());
        }
    });
    tracing::debug!("read {} pages", pages.len());
    let cx = world.snapshot();
    probe(world, cx.documents().map(AsRef::as_ref));
    tracing::debug!("looked for what is missing");
    let mut all: Vec<_> = cx.documents().map(|it| it.id).collect();
    all.sort_unstable();
    Affected(all)
}

/// Takes in what may have changed on disk. Where files came or went, or one that says which files
/// count, the folders are looked through again; after a change of settings, everything is.
pub fn refresh(
    world: &World,
    folders: &[Path],
    changed: &BTreeSet<Path>,
    editor: &Layer,
) -> Affected {
    let cx = world.snapshot();
    if changed.iter().any(|it| it.name() == FILE_NAME) {
        return load(world, folders, editor, |_, _| {});
    }
    let inside = |it: &&Path| cx.covers(it.as_str()) && !is_leftover(it.name());
    let changed: Vec<Path> = changed.iter().filter(inside).cloned().collect();
    let known = |it: &Path| cx.document(it).is_some() && exists(it);
    if changed.iter().all(|it| known(it) && !is_configuration(it)) {
        return found(world, &changed);
    }
    let files: Vec<Path> = cx.all_settings().iter().flat_map(|it| scan(it)).collect();
    let sites = sites(cx.all_settings(), &files);
    let mut affected = Affected::default();
    if *sites != *cx.sites() {
        affected.0.extend(world.apply(Change::Roots { folders: folders.to_vec(), sites }).0);
    }
    let known = cx.files().filter(|it| !exists(it)).cloned().collect();
    affected.0.extend(world.apply(Change::Lost(known)).0);
    let news = files.into_iter().filter(|it| !cx.exists(it) || changed.binary_search(it).is_ok());
    affected.0.extend(found(world, &news.collect::<Vec<_>>()).0);
    let cx = world.snapshot();
    let again = affected.0.iter().filter_map(|it| cx.page(*it)).map(AsRef::as_ref);
    let probed = probe(world, again);
    affected.0.extend(probed.0);
    affected.0.sort_unstable();
    affected.0.dedup();
    affected
}

/// Reads files that are new or changed into the world, on all cores. Files that cannot be read any
/// more are lost.
pub fn found(world: &World, paths: &[Path]) -> Affected {
    let cx = world.snapshot();
    let read: Vec<Result<Draft, Path>> = paths.par_iter().map(|it| draft(&cx, it)).collect();
    // The world copies what a snapshot still holds, so ours goes first.
    drop(cx);
    let (mut drafts, mut lost) = (Vec::new(), Vec::new());
    for it in read {
        match it {
            Ok(draft) => drafts.push(draft),
            Err(path) => lost.push(path),
        }
    }
    tracing::trace!("parsed {} files", drafts.len());
    let mut affected = world.apply(Change::Found(drafts));
    tracing::trace!("took them in");
    if !lost.is_empty() {
        affected.0.extend(world.apply(Change::Lost(lost)).0);
    }
    affected
}

fn draft(cx: &Snapshot, path: &Path) -> Result<Draft, Path> {
    let content = read(path, cx.settings(path)).ok_or_else(|| path.clone())?;
    Ok(Draft::new(cx.site(path), path.clone(), content))
}

/// What is in a file; none if there is no such file, or it may not be read.
pub fn read(path: &Path, settings: &Settings) -> Option<Content> {
    let file = FsPath::new(path.as_str());
    let size = fs::metadata(file).ok().filter(fs::Metadata::is_file)?.len();
    if !path.is_read() {
        return Some(Content::Asset);
    }
    if size > settings.max_file_size {
        return Some(Content::TooLarge(size));
    }
    match fs::read(file) {
        Ok(bytes) => Some(decode(bytes)),
        Err(error) => {
            tracing::warn!("cannot read `{path}`: {error}");
            None
        }
    }
}

/// Bytes as text, without a byte order mark, as editors hand it to us.
fn decode(mut bytes: Vec<u8>) -> Content {
    if bytes.starts_with(MARK) {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Content::Text(text),
        Err(error) => {
            let at = crate::text::offset(error.utf8_error().valid_up_to());
            Content::Lossy(String::from_utf8_lossy(error.as_bytes()).into_owned(), at)
        }
    }
}

/// The settings of each folder.
fn configured(folders: &[Path], editor: &Layer) -> Vec<Arc<Settings>> {
    let read = folders.iter().map(|folder| {
        let file = fs::read_to_string(FsPath::new(folder.as_str()).join(FILE_NAME)).ok();
        Arc::new(settings::read(folder.as_str(), file.as_deref(), editor).0)
    });
    read.collect()
}

/// The known files that the settings leave out.
fn excluded(cx: &Snapshot) -> Vec<Path> {
    let excluded = |it: &&Path| {
        let settings = cx.settings(it);
        settings.exclude.matches(&settings.folder, it)
    };
    cx.files().filter(excluded).cloned().collect()
}

/// What became of a page that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is written.
    Whole,
    /// It is not what it was when it was read, and was left alone.
    Changed,
}

/// Puts `new` in the place of `old` in the page at `path`: all of it or nothing. A byte order mark stays.
pub fn write(path: &Path, old: &str, new: &str) -> io::Result<Written> {
    // A link to a page stays a link.
    let file = fs::canonicalize(path.as_str())?;
    let bytes = fs::read(&file)?;
    let mark: &[u8] = if bytes.starts_with(MARK) { MARK } else { b"" };
    if bytes[mark.len()..] != *old.as_bytes() {
        return Ok(Written::Changed);
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // An editor's backup name: nobody takes it for a page.
    let beside = file.with_file_name(format!(".#{name}.{}~", std::process::id()));
    let whole = (|| {
        fs::write(&beside, [mark, new.as_bytes()].concat())?;
        fs::set_permissions(&beside, fs::metadata(&file)?.permissions())?;
        fs::rename(&beside, &file)
    })();
    if whole.is_err() {
        drop(fs::remove_file(&beside));
    }
    whole.map(|()| Written::Whole)
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Every file below a folder that an author would count in: what `.gitignore` and its kind or the
/// settings leave out, hidden files, and the lock and backup files of editors are passed over. Sorted.
fn scan(settings: &Settings) -> Vec<Path> {
    let folder = &*settings.folder;
    let found = std::sync::Mutex::new(Vec::new());
    let mut walk = WalkBuilder::new(folder);
    walk.require_git(false).threads(cores()).follow_links(false);
    // Of hidden files only those count that list pages.
    walk.hidden(false).filter_entry(|it| {
        let name = it.file_name().to_string_lossy();
        it.depth() == 0 || !name.starts_with('.') || Path::new(&name).navigation().is_some()
    });
    let root = fs::canonicalize(folder).ok();
    walk.build_parallel().run(|| {
        let (found, root) = (&found, root.as_deref());
        Box::new(move |entry| {
            match entry {
                Ok(entry) => {
                    if let Some(path) = listed(&entry, root)
                        && !settings.exclude.matches(folder, &path)
                        && let Ok(mut found) = found.lock()
                    {
                        found.push(path);
                    }
                }
                Err(error) => tracing::warn!("passed over: {error}"),
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_unstable();
    found
}

/// The path of an entry that is a file, or a link to a file inside `root`.
fn listed(entry: &ignore::DirEntry, root: Option<&FsPath>) -> Option<Path> {
    let kind = entry.file_type()?;
    let path = entry.path();
    if is_leftover(&entry.file_name().to_string_lossy()) {
        return None;
    }
    if kind.is_symlink() {
        let target = fs::canonicalize(path).ok()?;
        (target.is_file() && target.starts_with(root?)).then(|| from_fs(path))?
    } else {
        kind.is_file().then(|| from_fs(path))?
    }
}

/// Whether a file name is one of an editor's locks or backups.
pub fn is_leftover(name: &str) -> bool {
    name.ends_with('~') || name.starts_with(".#") || (name.starts_with('#') && name.ends_with('#'))
}

/// A path of the file system as one of ours; none if it is not Unicode.
pub fn from_fs(path: &FsPath) -> Option<Path> {
    path.to_str().map(Path::new)
}

/// An absolute path of ours for a path as a user writes it, links resolved.
pub fn absolute(path: &FsPath) -> io::Result<Path> {
    let whole = fs::canonicalize(path)?;
    from_fs(&whole).ok_or_else(|| io::Error::other("its path is not Unicode"))
}

/// The nearest folder at or above `path` that holds settings.
pub fn settings_above(path: &Path) -> Option<Path> {
    let mut folder = path.as_str();
    while !folder.is_empty() {
        if FsPath::new(folder).join(FILE_NAME).exists() {
            return Some(Path::new(folder));
        }
        folder = folder.rfind('/').map_or("", |it| &folder[..it]);
    }
    None
}

/// The nearest folder at or above `path`, within its repository, that holds the configuration of a site.
pub fn site_above(path: &Path) -> Option<Path> {
    let mut folder = path.as_str();
    while !folder.is_empty() {
        let at = FsPath::new(folder);
        let holds = |it: &&str| at.join(it).is_file();
        if CONFIGURATIONS.iter().any(holds) {
            return Some(Path::new(folder));
        }
        if at.join(".git").exists() {
            return None;
        }
        folder = folder.rfind('/').map_or("", |it| &folder[..it]);
    }
    None
}

/// The folder that counts as the workspace of a single page: the nearest one above it that holds a
/// repository or a configuration of ours, else one that holds that of a site, else its own.
pub fn root_of(page: &Path) -> Path {
    let mut folder = page.folder();
    while !folder.is_empty() {
        let at = FsPath::new(folder);
        if at.join(".git").exists() || at.join(FILE_NAME).exists() {
            return Path::new(folder);
        }
        folder = folder.rfind('/').map_or("", |it| &folder[..it]);
    }
    site_above(page).unwrap_or_else(|| Path::new(page.folder()))
}

/// The sites among the files of the folders.
fn sites(folders: &[Arc<Settings>], files: &[Path]) -> Vec<Arc<Site>> {
    let folders: Vec<(Path, Stated)> =
        folders.iter().map(|it| (Path::new(&it.folder), it.stated())).collect();
    let covered = |it: &Path| folders.iter().any(|folder| it.inside(folder.0.as_str()).is_some());
    let read = |it: &Path| {
        covered(it).then(|| fs::read_to_string(FsPath::new(it.as_str())).ok()).flatten()
    };
    let folder = |it: &str| covered(&Path::new(it)) && FsPath::new(it).is_dir();
    discover(&folders, files, &Source { read: &read, folder: &folder })
}

/// Looks on the disk for what these pages link to and the walk passed over: hidden and ignored files
/// exist all the same. Only inside the workspace, and only whether it is there.
pub fn probe<'a>(world: &World, pages: impl Iterator<Item = &'a Document>) -> Affected {
    let cx = world.snapshot();
    let mut missing: Vec<Path> = pages.flat_map(|it| cx.missing(it)).collect();
    missing.sort_unstable();
    missing.dedup();
    missing.retain(exists);
    if missing.is_empty() { Affected::default() } else { world.apply(Change::Listed(missing)) }
}

/// Whether there is such a file, or, for a path that ends with `/`, such a folder.
pub fn exists(path: &Path) -> bool {
    let file = PathBuf::from(path.as_str());
    if path.as_str().ends_with('/') { file.is_dir() } else { file.is_file() }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests;
