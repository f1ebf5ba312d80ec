//! The per-thread flag that keeps an allocator hook from tracking its own allocations.

use core::cell::Cell;

thread_local! {
    // Const-initialised and without Drop: touching it never allocates and never registers a destructor.
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body` unless this thread is inside such a body already, or its thread-locals are gone.
///
/// Allocations made by `body` pass through untracked.
pub(crate) fn once<R>(body: impl FnOnce() -> R) -> Option<R> {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            let _ = BUSY.try_with(|busy| busy.set(false));
        }
    }
    if BUSY.try_with(|busy| busy.replace(true)).unwrap_or(true) {
        return None;
    }
    let _reset = Reset;
    Some(body())
}

/// Whether this thread is inside such a body.
#[inline]
pub(crate) fn is_busy() -> bool {
    BUSY.try_with(Cell::get).unwrap_or(true)
}
