//! Places outside C and outside allocator hooks, where what was put off is freed, and what was found is told.

use crate::addr::Addr;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::mode::{self, Level};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::pin::limit;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::{report, sys::ErrnoGuard, unchecked};
#[cfg(any(debug_assertions, feature = "checked"))]
use core::panic::Location;

/// Behind a pin of `memory` that was just made, and is held by somebody already: reports memory that is freed, and too many pins.
#[inline(always)]
#[track_caller]
#[cfg_attr(not(any(debug_assertions, feature = "checked")), expect(unused_variables, reason = "nothing is reported"))]
pub(crate) fn after_pin(memory: Addr, is_freed: bool) {
    #[cfg(any(debug_assertions, feature = "checked"))]
    if is_freed || limit::is_exceeded() {
        tell_of_pin(memory, is_freed);
    }
}

#[cfg(any(debug_assertions, feature = "checked"))]
#[cold]
#[track_caller]
fn tell_of_pin(memory: Addr, is_freed: bool) {
    if mode::level() == Level::Off || unchecked::is_active() {
        return;
    }
    if is_freed {
        report::raise(vec![report::of_freed_pin(memory, Location::caller())]);
    } else if limit::take() {
        report::raise(vec![report::of_limit()]);
    }
}

/// A place outside C and outside allocator hooks: frees what waited for an unpin, reports what hooks found.
#[inline]
#[track_caller]
pub(crate) fn safe_point() {
    #[cfg(any(debug_assertions, feature = "checked"))]
    if crate::alloc::quarantine::has_deferred() || crate::alloc::pending::has_any() {
        settle();
    }
}

#[cfg(any(debug_assertions, feature = "checked"))]
#[cold]
#[track_caller]
fn settle() {
    if crate::alloc::quarantine::has_deferred() {
        crate::alloc::release_deferred();
    }
    if crate::alloc::pending::has_any() {
        report::raise(report::of_hooks());
    }
}

/// Frees what waited for an unpin, and leaves reports to the next safe point: for threads that belong to C or to a driver,
/// which a panic would end.
pub(crate) fn free_deferred() {
    #[cfg(any(debug_assertions, feature = "checked"))]
    if crate::alloc::quarantine::has_deferred() {
        let _errno = ErrnoGuard::new();
        crate::alloc::release_deferred();
    }
}

/// As [`safe_point`], for drops: a drop that panics while the thread unwinds would end the process.
#[inline]
pub(crate) fn quiet_safe_point() {
    #[cfg(any(debug_assertions, feature = "checked"))]
    if crate::alloc::quarantine::has_deferred() || crate::alloc::pending::has_any() {
        settle_quietly();
    }
}

#[cfg(any(debug_assertions, feature = "checked"))]
#[cold]
fn settle_quietly() {
    let _errno = ErrnoGuard::new();
    if crate::alloc::quarantine::has_deferred() {
        crate::alloc::release_deferred();
    }
    if crate::alloc::pending::has_any() {
        if std::thread::panicking() {
            report::log(report::of_hooks());
        } else {
            report::raise(report::of_hooks());
        }
    }
}
