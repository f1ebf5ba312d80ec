//! What a thread is in the middle of: flags that keep an allocator hook from tracking its own allocations, and checks out of checks.

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

/// A number that is another one on most other threads: for spreading them over locks.
#[inline]
pub(crate) fn thread_number() -> usize {
    // Each thread has its own flag, at an address of its own.
    let addr = BUSY.try_with(|busy| core::ptr::from_ref(busy).addr()).unwrap_or(0);
    (addr >> 6).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize) >> 56
}

thread_local! {
    static OF_RUST: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body`, whose calls of C's allocator are the Rust allocator's own.
#[inline]
pub(crate) fn of_rust<R>(body: impl FnOnce() -> R) -> R {
    let before = OF_RUST.try_with(|flag| flag.replace(true)).unwrap_or(true);
    let result = body();
    let _ = OF_RUST.try_with(|flag| flag.set(before));
    result
}

/// Whether this thread is inside such a body; a thread that has no flag any more is.
#[inline]
pub(crate) fn is_of_rust() -> bool {
    OF_RUST.try_with(Cell::get).unwrap_or(true)
}

/// Whether this thread is inside a body of [`once`].
#[inline]
pub(crate) fn is_busy() -> bool {
    BUSY.try_with(Cell::get).unwrap_or(true)
}

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// This thread is where a signal handler must not ask for memory nor for a lock: inside an allocator, or inside a check. At level
/// full; the checks of the others ask for neither.
pub(crate) struct Inside {
    before: bool,
}

impl Inside {
    /// From here on, until it is dropped; `None` at the other levels.
    #[inline]
    pub(crate) fn at_full() -> Option<Self> {
        crate::mode::keeps_stacks()
            .then(|| Self { before: INSIDE.try_with(|inside| inside.replace(true)).unwrap_or(true) })
    }
}

impl Drop for Inside {
    #[inline]
    fn drop(&mut self) {
        let _ = INSIDE.try_with(|inside| inside.set(self.before));
    }
}

/// Whether this thread is there. A thread without variables is on its way out, and not inside of anything.
#[inline]
pub(crate) fn is_inside() -> bool {
    INSIDE.try_with(Cell::get).unwrap_or(false)
}
