//! Sends findings: when the author is still, for the pages that an editor has open.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{sync::Notify, time::Instant};
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::{
    answer,
    commands::{self, Status},
    session::Session,
};
use crate::{
    disk,
    world::{Affected, DocId, Owner},
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
        for (uri, diagnostics) in session.told.news(&view) {
            session.client.publish_diagnostics(uri, diagnostics, None).await;
        }
        if session.abilities().status {
            let status = session.read(|view| view.cx.count()).await.unwrap_or_default();
            let problems = commands::problems(&session).await;
            let status = Status { state: "ready".to_owned(), pages: status, problems };
            session.client.send_notification::<Status>(status).await;
        }
    }
}

type News = Vec<(Uri, Option<i32>, Vec<Diagnostic>)>;

/// What is to be published of these pages: nothing of those that no editor has open.
fn news(session: &Session, pages: &BTreeSet<DocId>) -> News {
    let cx = session.world.snapshot();
    let open = pages.iter().filter_map(|id| cx.page(*id)).filter(|it| it.owner != Owner::Disk);
    let open: Vec<_> = open.cloned().collect();
    // What these pages link to may lie where nobody looked yet.
    let probed = disk::probe(&session.world, open.iter().map(AsRef::as_ref));
    if !probed.0.is_empty() {
        session.bell.ring(&probed);
    }
    let view = session.view();
    session.cache.sweep(&view.cx);
    let news = open.iter().filter_map(|it| {
        let document = view.cx.page(it.id)?;
        let Owner::Editor { version } = document.owner else { return None };
        let (_, findings) = session.cache.findings(&view.cx, document);
        let diagnostics = answer::diagnostics(&view, &document.path, &document.text, &findings);
        Some((answer::uri(&document.path)?, Some(version), diagnostics))
    });
    news.collect()
}
