//! Tells an editor to ask again for tokens, lenses and hints that a change elsewhere has made stale. It asks
//! by itself only about the page that it changes.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use tower_lsp::ls_types::WorkspaceClientCapabilities;

use super::session::Session;
use crate::{
    model::{Path, Settings},
    world::{Affected, Change, DocId, Owner, Snapshot},
};

/// What an editor can be told to ask for again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Refreshes {
    tokens: bool,
    lenses: bool,
    hints: bool,
}

impl Refreshes {
    pub(super) fn new(workspace: Option<&WorkspaceClientCapabilities>) -> Self {
        let Some(it) = workspace else { return Self::default() };
        let says = |it: Option<bool>| it == Some(true);
        Self {
            tokens: says(it.semantic_tokens.as_ref().and_then(|it| it.refresh_support)),
            lenses: says(it.code_lens.as_ref().and_then(|it| it.refresh_support)),
            hints: says(it.inlay_hint.as_ref().and_then(|it| it.refresh_support)),
        }
    }
}

/// What has become stale since the editor was last told.
#[derive(Default)]
pub(super) struct Stale(Mutex<Since>);

#[derive(Default)]
struct Since {
    /// Pages whose links or names may lead elsewhere, though they were not changed themselves.
    pages: BTreeSet<DocId>,
    /// Some page changed: what it says is shown elsewhere, and its links are counted.
    texts: bool,
    /// What is set for them may be another, so that they have to go.
    settings: bool,
}

/// What a change is about, as far as it matters here.
pub(super) enum About {
    /// The text of one page, which the editor changes.
    Text(Path),
    Settings,
    Anything,
}

impl About {
    pub(super) fn new(change: &Change) -> Self {
        match change {
            Change::Edited { path, .. } => Self::Text(path.clone()),
            Change::Configured(_) => Self::Settings,
            _ => Self::Anything,
        }
    }
}

impl Stale {
    /// Takes note of a change that has been made.
    pub(super) fn note(&self, cx: &Snapshot, about: &About, affected: &Affected) {
        let own = match about {
            About::Text(path) => cx.document(path).map(|it| it.id),
            _ => None,
        };
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since.pages.extend(affected.0.iter().filter(|it| Some(**it) != own));
        since.texts |= !affected.0.is_empty();
        since.settings |= matches!(about, About::Settings) && !affected.0.is_empty();
    }
}

/// Tells the editor what to ask for again, if anything. Nobody waits for its answer.
pub(super) fn tell(session: &Arc<Session>) {
    let since = {
        let mut since = session.stale.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *since)
    };
    let cx = session.world.snapshot();
    let can = session.abilities().refreshes;
    let is_open = |id: &DocId| cx.page(*id).is_some_and(|it| it.owner != Owner::Disk);
    let shown = |wanted: fn(&Settings) -> bool| {
        let on = || cx.all_settings().iter().any(|it| wanted(it));
        since.settings || since.texts && on()
    };
    let tokens = can.tokens && since.pages.iter().any(is_open);
    let lenses = can.lenses && shown(|it| it.code_lens);
    let hints = can.hints && shown(|it| it.inlay_hints);
    let client = session.client.clone();
    tokio::spawn(async move {
        if tokens {
            drop(client.semantic_tokens_refresh().await);
        }
        if lenses {
            drop(client.code_lens_refresh().await);
        }
        if hints {
            drop(client.inlay_hint_refresh().await);
        }
    });
}
