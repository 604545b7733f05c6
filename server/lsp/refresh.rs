//! Tells an editor to ask again for tokens, lenses and hints that a change elsewhere has made stale. It asks
//! by itself only about the page that it changes.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use tower_lsp::{
    jsonrpc::Result,
    ls_types::{Uri, WorkspaceClientCapabilities},
};

use super::{edits, session::Session};
use crate::{
    model::{Path, Settings},
    world::{Affected, DocId, Owner, Snapshot},
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
    /// More than one text changed: what is set may be another, so that they have to go.
    all: bool,
}

impl Stale {
    /// Takes note of a change that has been made: of the page `own` by the editor, or of anything.
    pub(super) fn note(&self, cx: &Snapshot, own: Option<&Path>, affected: &Affected) {
        let id = own.and_then(|it| cx.document(it)).map(|it| it.id);
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since.pages.extend(affected.0.iter().filter(|it| Some(**it) != id));
        since.texts |= !affected.0.is_empty();
        since.all |= own.is_none() && !affected.0.is_empty();
    }
}

/// Waits until the workspace has been read once, if the editor cannot be told then to ask for tokens again.
pub(super) async fn unless_asked_again(session: &Session, page: &Uri) -> Result<()> {
    if session.abilities().refreshes.tokens {
        return Ok(());
    }
    edits::loaded(session, Some(page)).await
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
        since.all || since.texts && on()
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
