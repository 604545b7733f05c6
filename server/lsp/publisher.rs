//! Sends findings: when the author is still, for the pages that an editor has open; for all pages once
//! the author has asked for those.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{sync::Notify, time::Instant};
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::{
    answer,
    commands::{self, Status},
    refresh,
    session::Session,
};
use crate::{
    disk,
    model::Path,
    world::{Affected, DocId, Owner, Snapshot},
};

/// However busy the author is, news waits at most this many times the debounce.
const PATIENCE: u32 = 10;

/// The pages to look at again, and the bell that says so.
#[derive(Default)]
pub(super) struct Bell {
    pages: Mutex<BTreeSet<DocId>>,
    rung: Notify,
}

impl Bell {
    pub(super) fn ring(&self, affected: &Affected) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.extend(&affected.0);
        self.rung.notify_one();
    }

    fn take(&self) -> BTreeSet<DocId> {
        std::mem::take(&mut *self.pages.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The pages that no editor has open, but whose findings the editor shows: none until the author asks
/// for the findings of all pages; from then on they are kept up to date.
#[derive(Default)]
pub(super) struct Listed(Mutex<Option<BTreeSet<Path>>>);

impl Listed {
    /// The author asks for the findings of all pages.
    pub(super) fn begin(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default();
    }

    fn asked(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Notes whether a page has findings; says whether it has, or had, any to show.
    fn note(&self, path: &Path, found: bool) -> bool {
        let mut listed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(listed) = listed.as_mut() else { return false };
        if !found {
            return listed.remove(path);
        }
        listed.insert(path.clone());
        true
    }

    /// Takes out the pages that are gone.
    fn lost(&self, cx: &Snapshot) -> Vec<Path> {
        let mut listed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(listed) = listed.as_mut() else { return Vec::new() };
        let lost = listed.iter().filter(|it| cx.document(it).is_none()).cloned().collect();
        listed.retain(|it| cx.document(it).is_some());
        lost
    }
}

/// Publishes for as long as the session lasts. One task that takes a fresh snapshot each time, so that
/// older news cannot follow newer.
pub(super) async fn run(session: Arc<Session>) {
    loop {
        session.bell.rung.notified().await;
        let debounce = session.debounce();
        let last = Instant::now() + debounce * PATIENCE;
        while Instant::now() < last
            && tokio::time::timeout(debounce, session.bell.rung.notified()).await.is_ok()
        {}
        if !session.is_loaded() {
            continue;
        }
        refresh::tell(&session);
        let pages = session.bell.take();
        let pulls = session.abilities().pulls;
        let news = {
            let session = Arc::clone(&session);
            tokio::task::spawn_blocking(move || news(&session, &pages)).await
        };
        match news {
            Err(panic) => tracing::error!("findings failed: {panic}"),
            Ok(_) if pulls => drop(session.client.workspace_diagnostic_refresh().await),
            Ok(news) => {
                for (uri, version, diagnostics) in news {
                    session.client.publish_diagnostics(uri, diagnostics, version).await;
                }
            }
        }
        let view = session.view();
        for (uri, version, diagnostics) in session.files.news(&session, &view) {
            session.client.publish_diagnostics(uri, diagnostics, version).await;
        }
        if session.abilities().status {
            let status = session.read(|view| view.cx.count()).await.unwrap_or_default();
            let problems = commands::problems(&session).await;
            let status = Status { state: "ready".to_owned(), pages: status, problems };
            session.client.send_notification::<Status>(status).await;
        }
        read_ahead(&session);
    }
}

/// Reads names in running text while the author is still, so that the first card comes at once. What is
/// read for names that are no more is read in vain.
fn read_ahead(session: &Arc<Session>) {
    let session = Arc::clone(session);
    tokio::task::spawn_blocking(move || {
        let cx = session.world.snapshot();
        cx.read_ahead(|| cx.names_as(&session.world.snapshot()));
    });
}

type News = Vec<(Uri, Option<i32>, Vec<Diagnostic>)>;

/// What is to be published of these pages: nothing of those that no editor has open, unless the author
/// asked for all.
fn news(session: &Session, pages: &BTreeSet<DocId>) -> News {
    let cx = session.world.snapshot();
    let all = session.listed.asked();
    let looked_at = pages.iter().filter_map(|id| cx.page(*id));
    let looked_at = looked_at.filter(|it| all || it.owner != Owner::Disk);
    let looked_at: Vec<_> = looked_at.cloned().collect();
    // What these pages link to may lie where nobody looked yet.
    let probed = disk::probe(&session.world, looked_at.iter().map(AsRef::as_ref));
    if !probed.0.is_empty() {
        session.note(&probed);
    }
    let view = session.view();
    session.cache.sweep(&view.cx);
    let news = looked_at.iter().filter_map(|it| {
        let document = view.cx.page(it.id)?;
        let (_, findings) = session.cache.findings(&view.cx, document);
        let shown = session.listed.note(&document.path, !findings.is_empty());
        if document.owner == Owner::Disk && !shown {
            return None;
        }
        let diagnostics = answer::diagnostics(&view, &document.path, &document.text, &findings);
        Some((answer::uri(&document.path)?, answer::version(document), diagnostics))
    });
    let lost = session.listed.lost(&view.cx).into_iter();
    let lost = lost.filter_map(|it| Some((answer::uri(&it)?, None, Vec::new())));
    news.chain(lost).collect()
}
