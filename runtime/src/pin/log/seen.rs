//! The calls under way, as other threads see them: what, where, since when, and how much they hold.

use super::{CALLS, logs};
use crate::desc::FnDesc;
use crate::mode;
use crate::sync::plain::{AtomicBool, Ordering, fence};
use core::panic::Location;

static IS_TIMED: AtomicBool = AtomicBool::new(false);

/// Whether a call notes when it begins: that costs it a look at the clock.
pub(crate) fn is_timed() -> bool {
    IS_TIMED.load(Ordering::Relaxed) || mode::keeps_stacks()
}

/// Has calls note when they begin, from now on.
pub(crate) fn set_timed(timed: bool) {
    IS_TIMED.store(timed, Ordering::Relaxed);
    mode::changed();
}

/// A call under way on some thread, as its record says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Which record, and which of the calls that it was used for.
    pub(crate) record: (usize, u64),
    pub(crate) desc: &'static FnDesc,
    pub(crate) location: &'static Location<'static>,
    pub(crate) thread: u32,
    /// When it began, 0 where it did not note it.
    pub(crate) since: u64,
    pub(crate) pins: usize,
    /// Together, of the blocks that it holds.
    pub(crate) bytes: usize,
}

/// All calls under way, those of one thread together and the outermost first. Others go on calling meanwhile.
pub(crate) fn calls() -> Vec<Seen> {
    let mut seen = Vec::new();
    for log in logs() {
        let calls = log.calls.load(Ordering::Acquire).min(CALLS);
        for number in 0..calls {
            let Some(record) = log.records.get(number) else { break };
            let version = record.version.load(Ordering::Acquire);
            let next = log.records.get(number + 1).filter(|_| number + 1 < calls);
            let end = next.map_or(&log.pins, |next| &next.first_pin).load(Ordering::Relaxed);
            let first = record.first_pin.load(Ordering::Relaxed);
            let since = record.since.load(Ordering::Relaxed);
            // SAFETY: only `open` stores here, from a reference to a static.
            let desc = unsafe { record.desc.load(Ordering::Relaxed).as_ref() };
            // SAFETY: only `open` stores here, from a reference to a static.
            let location = unsafe { record.location.load(Ordering::Relaxed).as_ref() };
            let bytes = (first..end).map(|at| log.bytes_at(at)).sum();
            fence(Ordering::Acquire);
            // A call that has ended meanwhile is not under way.
            let is_same = version.is_multiple_of(2) && record.version.load(Ordering::Relaxed) == version;
            if let (Some(desc), Some(location), true) = (desc, location, is_same) {
                seen.push(Seen {
                    record: (core::ptr::from_ref(record).addr(), version),
                    desc,
                    location,
                    thread: log.thread.load(Ordering::Relaxed),
                    since,
                    pins: end.saturating_sub(first),
                    bytes,
                });
            }
        }
    }
    seen
}
