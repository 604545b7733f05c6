//! Work that nobody waits for yields to what somebody does: to answers, and to the editor itself.

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::oneshot;

/// Threads for reading that yield to all others; none if there can be none.
pub(super) fn readers() -> Option<ThreadPool> {
    let made = ThreadPoolBuilder::new().start_handler(|_| yielding()).build();
    made.inspect_err(|error| tracing::warn!("reading has no threads of its own: {error}")).ok()
}

/// Does `work` on a thread of its own that yields to all others; none if it panics.
pub(super) async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (send, receive) = oneshot::channel();
    let thread = std::thread::Builder::new().spawn(move || {
        yielding();
        drop(send.send(work()));
    });
    if let Err(error) = thread {
        tracing::error!("no thread: {error}");
    }
    receive.await.ok()
}

/// From now on the thread that calls this comes last. It cannot be taken back without privileges, so it is
/// never a thread that others use. Only on Linux, where `nice` is a thread's; elsewhere nothing happens.
fn yielding() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(LESS) {
        tracing::debug!("a thread keeps its priority: {error}");
    }
}

/// As `nice` counts: a third of what others get. On a busy machine the reading has to come to an end, too.
#[cfg(target_os = "linux")]
const LESS: i32 = 5;

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(future)
    }

    #[test]
    fn a_panic_is_no_answer() {
        assert_eq!(block_on(run(|| 1)), Some(1));
        assert_eq!(block_on(run(|| -> u8 { panic!("as it was meant to") })), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_nobody_waits_for_comes_last_and_nobody_else_does() {
        use rayon::prelude::*;
        let mine = || rustix::process::getpriority_process(None).expect("a priority");
        let (before, last) = (mine(), (mine() + LESS).min(19));
        assert_eq!(block_on(run(mine)), Some(last));
        let read = || [(); 8].into_par_iter().map(|()| mine()).collect::<Vec<_>>();
        let read = readers().expect("threads").install(read);
        assert_eq!(read, [last; 8]);
        assert_eq!(mine(), before);
    }
}
