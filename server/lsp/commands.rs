//! What an editor's own commands ask for, beyond the protocol.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::{Position, Uri, notification::Notification},
};

use super::{
    background, edits,
    session::{Session, path},
};
use crate::{
    features::{self, HeadingLink},
    world::Affected,
};

/// The commands, as the protocol names them.
pub(super) const NAMES: &[&str] =
    &["casebook.check", "casebook.linkToHeading", "casebook.status", "casebook.text"];

/// Our state, for a status bar.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Status {
    /// `indexing` or `ready`.
    pub(super) state: String,
    pub(super) pages: usize,
    pub(super) problems: usize,
}

impl Notification for Status {
    type Params = Self;
    const METHOD: &'static str = "casebook/status";
}

/// Runs a command.
pub(super) async fn execute(
    session: &Arc<Session>,
    command: &str,
    arguments: Vec<Value>,
) -> Result<Option<Value>> {
    match command {
        "casebook.check" => check(session).await.map(Some),
        "casebook.linkToHeading" => link_to_heading(session, arguments).await,
        "casebook.status" => {
            let problems = problems(session).await;
            let status = session.read(move |view| {
                json!({
                    "version": env!("CARGO_PKG_VERSION"),
                    "roots": view.cx.roots().iter().map(ToString::to_string).collect::<Vec<_>>(),
                    "pages": view.cx.count(),
                    "problems": problems,
                    "encoding": view.encoding.kind().as_str(),
                })
            });
            status.await.map(Some)
        }
        "casebook.text" => text(session, arguments).await,
        other => Err(Error::invalid_params(format!("there is no command `{other}`"))),
    }
}

/// The text of a page as we have it, to compare with the editor's.
async fn text(session: &Arc<Session>, arguments: Vec<Value>) -> Result<Option<Value>> {
    #[derive(Deserialize)]
    struct Of {
        uri: Uri,
    }
    let of: Of = argument(arguments, "{uri}")?;
    let answer = session.read(move |view| Some(view.document(&of.uri)?.text.to_string().into()));
    answer.await
}

/// The one argument of a command.
fn argument<T: DeserializeOwned>(arguments: Vec<Value>, needed: &str) -> Result<T> {
    let argument = arguments.into_iter().next().unwrap_or_default();
    serde_json::from_value(argument)
        .map_err(|error| Error::invalid_params(format!("`{needed}` is needed: {error}")))
}

/// How many problems the workspace has. Pages that have not changed since are not looked at again.
pub(super) async fn problems(session: &Arc<Session>) -> usize {
    let (own, cx) = (Arc::clone(session), session.world.snapshot());
    let findings = move || cx.documents().map(|it| own.cache.findings(&cx, it).1.len()).sum();
    background::run(findings).await.unwrap_or_default()
}

/// Counts the findings of every page, and has them shown from now on.
async fn check(session: &Arc<Session>) -> Result<Value> {
    let own = Arc::clone(session);
    let counted = session.read(move |view| {
        let pages: Vec<_> = view.cx.documents().collect();
        if !own.abilities().pulls {
            own.listed.begin();
            own.bell.ring(&Affected(pages.iter().map(|it| it.id).collect()));
        }
        let problems: usize =
            pages.par_iter().map(|it| own.cache.findings(&view.cx, it).1.len()).sum();
        json!({ "pages": view.cx.count(), "problems": problems })
    });
    counted.await
}

/// The heading at or above a position: its path, its anchor, and a link to it, as the page `from` writes
/// it; without one, as a page at the root does.
async fn link_to_heading(session: &Arc<Session>, arguments: Vec<Value>) -> Result<Option<Value>> {
    #[derive(Deserialize)]
    struct At {
        uri: Uri,
        position: Position,
        from: Option<Uri>,
    }
    let at: At = argument(arguments, "{uri, position}")?;
    // The path is from the root, which is known once the workspace is.
    edits::loaded(session, Some(&at.uri)).await?;
    let answer = session.read(move |view| {
        let place = view.at(&at.uri, at.position)?;
        let from = at.from.as_ref().map(path);
        let HeadingLink { path, anchor, markdown } =
            features::heading_link(&view.cx, place, from.as_ref())?;
        Some(json!({ "path": path, "anchor": anchor, "markdown": markdown }))
    });
    answer.await
}
