//! Which calls of C are under way, on which thread, and for how long.

use super::log::{self, Seen};
use crate::sync::SpinLock;
use crate::sys::{self, maps};
use core::panic::Location;
use core::time::Duration;
use std::collections::BTreeMap;

/// A checked call that has not returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallUnderWay {
    /// The C function.
    pub function: &'static str,
    /// Where it was called.
    pub called_at: &'static Location<'static>,
    /// The thread that called it, as the kernel numbers threads.
    pub thread: u32,
    /// What that thread is called, as far as the kernel keeps it: the first 15 bytes of its name.
    pub thread_name: String,
    /// How long it has been under way, exact to some milliseconds.
    pub age: Duration,
    /// Whether it may be older than `age`, because nobody noted when it began: then `age` counts from when it was first seen.
    pub is_older: bool,
    /// How many blocks of the Rust heap it holds in place.
    pub pins: usize,
    /// How many bytes these blocks have together; a block counts for each argument that points into it.
    pub bytes: usize,
}

/// When [`calls`] has first seen each call that it saw the last time. Not a lock of std's: a fork takes it, too.
static FIRST_SEEN: SpinLock<BTreeMap<(usize, u64), u64>> = SpinLock::new(BTreeMap::new());

/// The checked calls that are under way now, on all threads: those that block, and those that call back. The oldest come first.
///
/// Looking costs the calls nothing. To know when a call began costs it a look at a coarse clock, so that is done at level full, and
/// at the other levels after [`time_calls`]. Else the age counts from the first time that this function has seen the call, so
/// who asks now and then learns how long a blocked call has been blocked at least.
///
/// A picture of one moment. Nothing waits for what is in it, and a blocked call stops nothing but its own pins from being
/// released. Empty at level off, inside [`unchecked`](crate::unchecked), in unchecked builds, and for functions of which there is
/// nothing to check.
///
/// ```
/// for call in pinned_ffi::calls() {
///     println!("{} since {:?}, called at {} by {}", call.function, call.age, call.called_at, call.thread_name);
/// }
/// ```
pub fn calls() -> Vec<CallUnderWay> {
    if !crate::mode::COMPILED {
        return Vec::new();
    }
    let seen = log::calls();
    let now = sys::coarse_nanoseconds();
    let first_seen: Vec<u64> = FIRST_SEEN.with(|known| {
        let earlier = core::mem::take(known);
        let first =
            |call: &Seen| *known.entry(call.record).or_insert(earlier.get(&call.record).copied().unwrap_or(now));
        seen.iter().map(first).collect()
    });
    let mut calls: Vec<CallUnderWay> =
        seen.iter().zip(first_seen).filter_map(|(call, first)| under_way(call, first, now)).collect();
    calls.sort_by_key(|call| core::cmp::Reverse(call.age));
    calls
}

fn under_way(call: &Seen, first_seen: u64, now: u64) -> Option<CallUnderWay> {
    let since = if call.since == 0 { first_seen } else { call.since };
    Some(CallUnderWay {
        function: call.desc.name,
        called_at: call.location,
        thread: call.thread,
        // Without the handlers for forks, a child finds calls of threads that it does not have.
        thread_name: if cfg!(target_os = "linux") { maps::thread_name(call.thread)? } else { String::new() },
        age: Duration::from_nanos(now.saturating_sub(since)),
        is_older: call.since == 0,
        pins: call.pins,
        bytes: call.bytes,
    })
}

/// Says whether each checked call notes when it begins, from now on, so that [`calls`] knows its age to some milliseconds. Level
/// full does so always.
pub fn time_calls(timed: bool) {
    log::set_timed(timed);
}

/// Takes or gives back the lock of this file, around a fork.
#[cfg(target_os = "linux")]
pub(crate) fn around_fork(is_before: bool) {
    if is_before { FIRST_SEEN.hold() } else { FIRST_SEEN.let_go() }
}
