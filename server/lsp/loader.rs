//! Reads the workspace in the background: once at the start, and whatever changes on disk later.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::{Notify, mpsc};
use tower_lsp::ls_types::ProgressToken;

use super::{background, commands::Status, session::Session};
use crate::{disk, model::Path};

/// How long the loader waits for more news from the disk before it reads: a checkout is one batch.
const GATHER: Duration = Duration::from_millis(30);

/// What is to be read.
#[derive(Default)]
pub(super) struct Loader {
    work: Mutex<Work>,
    called: Notify,
    watcher: Mutex<Option<RecommendedWatcher>>,
}

#[derive(Default)]
struct Work {
    /// The folders of the workspace.
    folders: Vec<Path>,
    /// All of it is to be read anew.
    everything: bool,
    /// Files that may have changed.
    changed: BTreeSet<Path>,
    /// Something is being read.
    reading: bool,
}

impl Loader {
    /// The folders are these now: everything is read anew.
    pub(super) fn open(&self, folders: Vec<Path>) {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        work.folders = folders;
        work.everything = true;
        self.called.notify_one();
    }

    /// Some folders came and some went.
    pub(super) fn exchange(&self, added: Vec<Path>, removed: &[Path]) {
        let mut folders = self.folders();
        folders.retain(|it| !removed.contains(it));
        folders.extend(added.into_iter().filter(|it| !folders.contains(it)).collect::<Vec<_>>());
        self.open(folders);
    }

    /// These files may have changed, come or gone.
    pub(super) fn changed(&self, paths: impl IntoIterator<Item = Path>) {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        work.changed.extend(paths);
        self.called.notify_one();
    }

    /// Everything is to be read anew.
    pub(super) fn again(&self) {
        self.open(self.folders());
    }

    fn folders(&self) -> Vec<Path> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner).folders.clone()
    }

    /// Whether all that changed on disk, as far as we have heard of it, is read.
    pub(super) fn is_idle(&self) -> bool {
        let work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        !work.reading && !work.everything && work.changed.is_empty()
    }

    fn rest(&self) {
        self.work.lock().unwrap_or_else(PoisonError::into_inner).reading = false;
    }

    fn take(&self) -> (Vec<Path>, bool, BTreeSet<Path>) {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        let folders = work.folders.clone();
        work.reading = true;
        (folders, std::mem::take(&mut work.everything), std::mem::take(&mut work.changed))
    }
}

/// Reads for as long as the session lasts.
pub(super) async fn run(session: Arc<Session>) {
    loop {
        session.loader.called.notified().await;
        if session.is_loaded() {
            tokio::time::sleep(GATHER).await;
        }
        let (folders, everything, changed) = session.loader.take();
        if everything {
            load(&session, folders).await;
        } else if !changed.is_empty() {
            let own = Arc::clone(&session);
            let read = tokio::task::spawn_blocking(move || {
                let affected = disk::refresh(&own.world, &folders, &changed, &own.layer());
                own.note(&affected);
            });
            if let Err(panic) = read.await {
                tracing::error!("reading what changed failed: {panic}");
            }
        }
        session.loader.rest();
        session.changed.notify_waiters();
    }
}

async fn load(session: &Arc<Session>, folders: Vec<Path>) {
    let (tell, told) = mpsc::unbounded_channel();
    let reporting = tokio::spawn(report(Arc::clone(session), told));
    let worker = {
        let session = Arc::clone(session);
        tokio::task::spawn_blocking(move || {
            let (world, layer) = (&session.world, session.layer());
            let said = |done, all| {
                let _ = tell.send((done, all));
            };
            let readers = background::readers();
            session.note(&disk::load_on(readers.as_ref(), world, &folders, &layer, said));
        })
    };
    if let Err(panic) = worker.await {
        tracing::error!("reading the workspace failed: {panic}");
    }
    session.set_loaded();
    // Rings once more: what was held back while the workspace was unread goes out now.
    session.bell.ring(&crate::world::Affected::default());
    drop(reporting.await);
}

/// Shows how far the reading is, where the editor can show it.
async fn report(session: Arc<Session>, mut told: mpsc::UnboundedReceiver<(usize, usize)>) {
    let Some((_, all)) = told.recv().await else { return };
    if session.abilities().status {
        let status = Status { state: "indexing".to_owned(), pages: all, problems: 0 };
        session.client.send_notification::<Status>(status).await;
    }
    let pages = if all == 1 { "page" } else { "pages" };
    let token = ProgressToken::String("casebook/indexing".to_owned());
    let can = session.abilities().progress;
    if !can || session.client.create_work_done_progress(token.clone()).await.is_err() {
        return;
    }
    let progress = session.client.progress(token, format!("Indexing {all} {pages}"));
    let progress = progress.with_percentage(0).begin().await;
    while let Some((done, all)) = told.recv().await {
        let percent = u32::try_from(done * 100 / all.max(1)).unwrap_or(100);
        progress.report_with_message(format!("{done}/{all}"), percent).await;
    }
    progress.finish_with_message(format!("{all} {pages}")).await;
}

/// Watches the folders by ourselves, for an editor that cannot.
pub(super) fn watch(session: &Arc<Session>) {
    let heard = Arc::downgrade(session);
    let made = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let (Some(session), Ok(event)) = (heard.upgrade(), event) else { return };
        if !matches!(event.kind, notify::EventKind::Access(_)) {
            session.loader.changed(event.paths.iter().filter_map(|it| disk::from_fs(it)));
        }
    });
    let mut watcher = match made {
        Ok(watcher) => watcher,
        Err(error) => {
            tracing::warn!("cannot watch the workspace: {error}");
            return;
        }
    };
    for folder in session.loader.folders() {
        let folder = std::path::PathBuf::from(folder.as_str());
        if let Err(error) = watcher.watch(&folder, RecursiveMode::Recursive) {
            tracing::warn!("cannot watch `{}`: {error}", folder.display());
        }
    }
    *session.loader.watcher.lock().unwrap_or_else(PoisonError::into_inner) = Some(watcher);
}
