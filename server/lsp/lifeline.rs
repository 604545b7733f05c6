//! Notices when the editor is no more.

use std::time::Duration;

use super::session::Session;

/// Ends when the process that said it is the editor does not exist any more; never, if it did not say.
pub(super) async fn client_is_gone(session: &Session) {
    let mut ticks = tokio::time::interval(Duration::from_secs(2));
    loop {
        ticks.tick().await;
        if session.process_id().is_some_and(|it| !is_alive(it)) {
            return;
        }
    }
}

/// Whether a process exists. Where that cannot be told it counts as alive; the editor's end of our
/// standard input closes with it anyway.
fn is_alive(id: u32) -> bool {
    let processes = std::path::Path::new("/proc");
    !processes.join("self").exists() || processes.join(id.to_string()).exists()
}
