//! What the editor knows and we do not yet: above all the edits that it was given and that have not come back
//! as changes of its texts.
//!
//! An editor may tell of what it did with an answer only later: Neovim gathers changes for 150 ms, and tells
//! of a page that it opens for an edit after that. What is computed meanwhile would be for texts that are
//! no more, and where the editor cannot tell (it compares versions only of pages that it had open), a second
//! edit would be made in the wrong places.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout_at};

use super::session::Session;
use crate::world::{Document, Snapshot};

/// So long an edit is waited for. An editor may also refuse it.
const PATIENCE: Duration = Duration::from_millis(400);

/// The texts for which edits were last given, and until when they are waited for.
type Awaited = (Instant, Vec<Arc<Document>>);

/// What was last given, if it is still awaited.
#[derive(Default)]
pub(super) struct Given(Arc<Mutex<Option<Awaited>>>);

impl Given {
    /// The editor has edits for these texts.
    pub(super) fn note(&self, texts: Vec<Arc<Document>>) {
        let until = Instant::now() + PATIENCE;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((until, texts));
        // The texts may be many, and are others soon: they are not kept for whoever may ask next.
        let given = Arc::clone(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep_until(until).await;
            let mut given = given.lock().unwrap_or_else(PoisonError::into_inner);
            if given.as_ref().is_some_and(|it| it.0 <= until) {
                *given = None;
            }
        });
    }

    /// Until when one of these texts is to be waited for; none if all are others by now.
    fn until(&self, now: &Snapshot) -> Option<Instant> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, texts) = given.as_mut()?;
        let until = *until;
        texts.retain(|it| is_same(it, now));
        if texts.is_empty() {
            *given = None;
            return None;
        }
        Some(until)
    }
}

fn is_same(text: &Arc<Document>, now: &Snapshot) -> bool {
    let page = now.document(&text.path);
    page.is_some_and(|it| Arc::ptr_eq(it, text) || it.text == text.text)
}

/// Waits until every edit that the editor was given has come back, and until what it told of the disk is
/// read; but not for ever.
pub(super) async fn back(session: &Session) {
    let latest = Instant::now() + PATIENCE;
    loop {
        let heard = session.changed.notified();
        let given = session.given.until(&session.world.snapshot());
        let until = match given {
            Some(until) => until,
            None if session.loader.is_idle() => return,
            None => latest,
        };
        if timeout_at(until, heard).await.is_err() {
            return;
        }
    }
}
