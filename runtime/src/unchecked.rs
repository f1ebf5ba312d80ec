//! `unchecked`: switches the rules off on this thread, for a scope.

use core::cell::Cell;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Runs `body` with the rules off on this thread. Other threads, and pins made by hand, are not affected.
///
/// Blocks that C allocates meanwhile are not known: whoever frees or loses them is not told (PF040, PF045).
///
/// For calls known to be right in a way that no contract can say. Nests; rules come back also when
/// `body` panics. Costs nothing in unchecked builds.
///
/// ```
/// let sum = pinned_ffi::unchecked(|| 1 + 1);
/// assert_eq!(sum, 2);
/// ```
pub fn unchecked<R>(body: impl FnOnce() -> R) -> R {
    struct Restore;
    impl Drop for Restore {
        fn drop(&mut self) {
            let _ = DEPTH.try_with(|depth| depth.set(depth.get().saturating_sub(1)));
        }
    }
    if !crate::mode::COMPILED {
        return body();
    }
    let _ = DEPTH.try_with(|depth| depth.set(depth.get() + 1));
    let _restore = Restore;
    body()
}

/// Whether this thread is inside [`unchecked`].
#[cfg_attr(not(any(debug_assertions, feature = "checked")), allow(dead_code, reason = "asked by compiled-in checks"))]
#[inline]
pub(crate) fn is_active() -> bool {
    DEPTH.try_with(|depth| depth.get() > 0).unwrap_or(true)
}
