//! Floor 5: the edge to editors.
//!
//! Nothing outside this floor knows that the Language Server Protocol exists, and nothing on it knows
//! what a study is. A message comes in at `server.rs`, is put into our words, is answered by one
//! function of `features`, and goes out again in theirs.

mod actions;
mod answer;
mod arrivals;
mod background;
mod commands;
mod conversation;
mod edits;
mod frames;
mod given;
mod handshake;
mod lenses;
mod lifeline;
mod links;
mod loader;
mod overtaken;
mod position;
mod publisher;
mod pull;
mod refresh;
mod renaming;
mod seeing;
mod server;
mod session;
mod settings_file;
mod structure;
mod texts;

use std::sync::Arc;

use tower_lsp::{LspService, Server};

use session::Session;

/// Serves one editor over standard input and output until it says `exit`, closes its end, or dies.
///
/// Returns the exit code: 0 after a `shutdown`, 1 without.
pub fn serve() -> u8 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("cannot start: {error}");
            return 1;
        }
    };
    let code = runtime.block_on(session());
    // A read of standard input may still be under way and would be waited for.
    runtime.shutdown_background();
    code
}

async fn session() -> u8 {
    let stdin = frames::guarded(tokio::io::stdin());
    let mut session = None;
    let (service, socket) = LspService::build(|client| {
        let made = Arc::new(Session::new(client));
        session = Some(Arc::clone(&made));
        server::Server(made)
    })
    .custom_method(frames::MALFORMED, server::Server::malformed)
    .finish();
    let Some(session) = session else { return 1 };
    let serving =
        Server::new(stdin, tokio::io::stdout(), socket).concurrency_level(64).serve(service);
    tokio::select! {
        () = serving => {}
        () = lifeline::client_is_gone(&session) => tracing::warn!("the editor is gone"),
    }
    u8::from(!session.was_shut_down())
}
