//! One editor's session: the world it works on and the two ways to use it, write and read.

use std::{
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::sync::{Notify, watch};
use tower_lsp::{
    Client,
    jsonrpc::{Error, Result},
    ls_types::{Position, TextDocumentPositionParams, Uri},
};

use super::{
    given::Given,
    handshake::Abilities,
    loader::Loader,
    overtaken::Overtaken,
    position::Encoding,
    publisher::{Bell, Listed},
    refresh::Stale,
    settings_file::Files,
};
use crate::{
    features::Place,
    model::{Path, url},
    rules::Cache,
    settings::{self, Layer},
    world::{Affected, Change, Document, Snapshot, World},
};

/// All that one editor's session knows.
pub(super) struct Session {
    pub(super) client: Client,
    pub(super) world: World,
    pub(super) cache: Cache,
    pub(super) loader: Loader,
    pub(super) bell: Bell,
    pub(super) stale: Stale,
    pub(super) listed: Listed,
    pub(super) files: Files,
    pub(super) given: Given,
    pub(super) overtaken: Overtaken,
    /// Rings for all who wait whenever the world has changed.
    pub(super) changed: Notify,
    abilities: OnceLock<Abilities>,
    layer: Mutex<Layer>,
    process: AtomicU32,
    loaded: watch::Sender<bool>,
    shut_down: AtomicBool,
}

/// What is known at one moment, and how this editor counts columns.
pub(super) struct View {
    pub(super) cx: Arc<Snapshot>,
    pub(super) encoding: Encoding,
    /// Whether the workspace has been read once: before that a missing page may only be unread.
    pub(super) loaded: bool,
}

impl Session {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            world: World::default(),
            cache: Cache::default(),
            loader: Loader::default(),
            bell: Bell::default(),
            stale: Stale::default(),
            listed: Listed::default(),
            files: Files::default(),
            given: Given::default(),
            overtaken: Overtaken::default(),
            changed: Notify::new(),
            abilities: OnceLock::new(),
            layer: Mutex::default(),
            process: AtomicU32::new(0),
            loaded: watch::Sender::new(false),
            shut_down: AtomicBool::new(false),
        }
    }

    /// Applies a change before it returns.
    ///
    /// Call it before the first `.await` of a handler. The library starts handlers in the order in
    /// which their messages came, so up to there the order is the author's; after it, any.
    pub(super) fn write(&self, change: Change) -> Affected {
        let own = match &change {
            Change::Edited { path, .. } => Some(path.clone()),
            _ => None,
        };
        let affected = self.world.apply(change);
        self.stale.note(&self.world.snapshot(), own.as_ref(), &affected);
        self.bell.ring(&affected);
        self.changed.notify_waiters();
        affected
    }

    /// Takes note of a change that others made.
    pub(super) fn note(&self, affected: &Affected) {
        self.stale.note(&self.world.snapshot(), None, affected);
        self.bell.ring(affected);
        self.changed.notify_waiters();
    }

    /// Answers from what is known at the call, on another thread.
    ///
    /// Call it before the first `.await` of a handler, for the same reason. A panic in `ask` becomes an
    /// error answer.
    pub(super) fn read<T, F>(&self, ask: F) -> impl Future<Output = Result<T>> + Send + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&View) -> T + Send + 'static,
    {
        let view = self.view();
        let answer = tokio::task::spawn_blocking(move || ask(&view));
        async move {
            answer.await.map_err(|panic| {
                tracing::error!("a request failed: {panic}");
                Error::internal_error()
            })
        }
    }

    pub(super) fn view(&self) -> View {
        // First, as it may change meanwhile: what is said to be read is read.
        let loaded = self.is_loaded();
        View { cx: self.world.snapshot(), encoding: self.abilities().encoding, loaded }
    }

    /// What the editor can do; nothing before the handshake.
    pub(super) fn abilities(&self) -> &Abilities {
        static NONE: OnceLock<Abilities> = OnceLock::new();
        self.abilities.get().unwrap_or_else(|| NONE.get_or_init(Abilities::default))
    }

    pub(super) fn set_abilities(&self, abilities: Abilities) {
        drop(self.abilities.set(abilities));
    }

    /// What the editor itself sets.
    pub(super) fn layer(&self) -> Layer {
        self.layer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes what the editor sets; says whether anything changed.
    pub(super) fn set_layer(&self, new: Layer) -> bool {
        let mut layer = self.layer.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = *layer != new;
        *layer = new;
        changed
    }

    /// How long the author must be still before findings are shown.
    pub(super) fn debounce(&self) -> Duration {
        let cx = self.world.snapshot();
        let set = cx.all_settings().first().map(|it| it.debounce);
        Duration::from_millis(set.unwrap_or_else(|| settings::defaults("").debounce))
    }

    pub(super) fn process_id(&self) -> Option<u32> {
        Some(self.process.load(Ordering::Relaxed)).filter(|it| *it != 0)
    }

    pub(super) fn set_process_id(&self, id: Option<u32>) {
        self.process.store(id.unwrap_or_default(), Ordering::Relaxed);
    }

    /// Whether the workspace has been read once: before that a missing page may only be unread.
    pub(super) fn is_loaded(&self) -> bool {
        *self.loaded.borrow()
    }

    pub(super) fn set_loaded(&self) {
        self.loaded.send_replace(true);
    }

    /// Waits until the workspace has been read once.
    pub(super) async fn until_loaded(&self) {
        // The sender lives as long as the session, so this ends with the workspace read.
        drop(self.loaded.subscribe().wait_for(|it| *it).await);
    }

    pub(super) fn was_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::Relaxed)
    }

    pub(super) fn set_shut_down(&self) {
        self.shut_down.store(true, Ordering::Relaxed);
    }
}

impl View {
    /// The page that an address names, if it is known.
    pub(super) fn document(&self, uri: &Uri) -> Option<&Arc<Document>> {
        self.cx.document(&path(uri))
    }

    pub(super) fn place(&self, at: &TextDocumentPositionParams) -> Option<Place> {
        self.at(&at.text_document.uri, at.position)
    }

    pub(super) fn at(&self, uri: &Uri, position: Position) -> Option<Place> {
        let document = self.document(uri)?;
        Some(Place { id: document.id, at: self.encoding.offset(&document.text, position) })
    }
}

/// The path that an address names.
pub(super) fn path(uri: &Uri) -> Path {
    url::to_path(uri.as_str())
}
