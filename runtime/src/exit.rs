//! What is told when the program ends.

#[cfg(any(debug_assertions, feature = "checked"))]
use crate::alloc::unreachable;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::check::budget;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::learn;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::mode::{self, Level};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::pin::{lost, search::SearchError};
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::report;
#[cfg(any(debug_assertions, feature = "checked"))]
use crate::sync::plain::{AtomicBool, Ordering};

#[cfg(any(debug_assertions, feature = "checked"))]
static ARMED: AtomicBool = AtomicBool::new(false);

/// Whether [`arm_exit`] was called before.
#[cfg(any(debug_assertions, feature = "checked"))]
#[inline]
pub(crate) fn is_armed() -> bool {
    ARMED.load(Ordering::Relaxed)
}

/// Makes sure that what hooks find after the last call is told when the program ends.
pub(crate) fn arm_exit() {
    #[cfg(any(debug_assertions, feature = "checked"))]
    {
        extern "C" fn tell() {
            let frame = 0_u8;
            at_exit(core::ptr::from_ref(core::hint::black_box(&frame)).addr());
        }
        if !is_armed() && !ARMED.swap(true, Ordering::Relaxed) {
            report::begin();
            // SAFETY: `tell` is a plain function that does not unwind: printing swallows its errors.
            unsafe { libc::atexit(tell) };
        }
    }
}

/// What is told when the program ends, whatever the policy, for there is nothing left to stop: what hooks have found, pins that
/// nobody can end, and how often each bug was seen. `frame` is where the program's own stack begins.
#[cfg(any(debug_assertions, feature = "checked"))]
#[inline(never)]
fn at_exit(frame: usize) {
    report::ending();
    learn::at_exit();
    crate::alloc::evidence::check_quarantine();
    crate::watch::copy::check_old();
    if crate::alloc::pending::has_any() {
        report::log(report::of_hooks());
    }
    if (mode::level() == Level::Full || mode::report_path().is_some())
        && let Some(summary) = budget::summary()
    {
        report::say(&summary);
    }
    if mode::level() != Level::Off {
        match lost::seen_from(frame) {
            Ok(holders) if holders.is_empty() => {}
            Ok(holders) => report::log(report::of_lost(&holders)),
            Err(error) => report::say(&report::unsearched(error)),
        }
    }
    if mode::level() == Level::Full {
        match unreachable::lost_blocks() {
            Ok(lost) if lost.is_empty() => {}
            Ok(lost) => report::log(report::of_unreachable(&lost)),
            // The rule is for what one thread leaves behind.
            Err(SearchError::OtherThreads) => {}
            Err(error) => report::say(&report::unreached(error)),
        }
    }
    report::end();
}
