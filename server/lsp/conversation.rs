//! What we ask of the editor. Never within a handler: an editor that does not answer holds up nothing.

use std::sync::Arc;

use tower_lsp::ls_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern,
    LSPAny, MessageType, Registration,
};

use super::{loader, session::Session};
use crate::settings::{self, Layer};

/// Asks to hear of files that change on disk, or watches them itself.
pub(super) async fn watch(session: Arc<Session>) {
    if !session.abilities().watches {
        loader::watch(&session);
        return;
    }
    // Any file can be the target of a link, and any folder can come or go.
    let watchers = vec![FileSystemWatcher {
        glob_pattern: GlobPattern::String("**/*".to_owned()),
        kind: None,
    }];
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    let registration = Registration {
        id: "casebook/watch".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    if let Err(error) = session.client.register_capability(vec![registration]).await {
        tracing::warn!("the editor does not watch files: {error}");
        loader::watch(&session);
    }
}

/// Asks for the settings and takes them.
pub(super) async fn configure(session: Arc<Session>) {
    if !session.abilities().configuration {
        return;
    }
    let item = ConfigurationItem { scope_uri: None, section: Some("casebook".to_owned()) };
    match session.client.configuration(vec![item]).await {
        Ok(values) => take_settings(&session, values.first().unwrap_or(&LSPAny::Null)).await,
        Err(error) => tracing::warn!("the editor has no settings for us: {error}"),
    }
}

/// Takes settings; complains where the author sees it.
pub(super) async fn take_settings(session: &Arc<Session>, section: &LSPAny) {
    let layer = Layer::from(section.clone());
    let (_, complaints) = settings::read("", None, &layer);
    if session.set_layer(layer) {
        session.loader.again();
    }
    for complaint in complaints {
        tracing::warn!("{complaint}");
        session.client.show_message(MessageType::WARNING, complaint).await;
    }
}
