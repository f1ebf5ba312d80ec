//! Violations found inside an allocator hook, where nothing may be reported: kept in fixed slots until the next safe point.

use crate::addr::{Addr, Extent};
use crate::alloc::map::{BlockStacks, MAP};
use crate::mode::{self, Level};
use crate::pin::Holder;
use crate::sync::SpinLock;
use crate::sync::plain::{AtomicUsize, Ordering};

/// What was done to a block that somebody held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// PF010
    Freed,
    /// PF011
    Reallocated,
}

/// One violation, copied so that it can be told after the block is gone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    pub(crate) kind: Kind,
    pub(crate) block: Extent,
    pub(crate) holder: Holder,
    pub(crate) stacks: BlockStacks,
}

const SLOTS: usize = 64;

struct Queue {
    slots: [Option<Pending>; SLOTS],
    filled: usize,
}

static QUEUE: SpinLock<Queue> = SpinLock::new(Queue { slots: [None; SLOTS], filled: 0 });
static WAITING: AtomicUsize = AtomicUsize::new(0);
static DROPPED: AtomicUsize = AtomicUsize::new(0);

/// Keeps a violation. Full slots only count it.
pub(crate) fn record(kind: Kind, start: usize, bytes: usize, holder: Holder) {
    if mode::COMPILED && mode::level_in_hook() == Some(Level::Off) {
        return;
    }
    let pending = Pending { kind, block: Extent { start: Addr(start), bytes }, holder, stacks: MAP.stacks(start) };
    let kept = QUEUE.with_patience(|queue| {
        let Some(slot) = queue.slots.get_mut(queue.filled) else { return false };
        *slot = Some(pending);
        queue.filled += 1;
        WAITING.store(queue.filled, Ordering::Relaxed);
        true
    });
    if kept != Some(true) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

/// Takes or gives back the lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before { QUEUE.hold() } else { QUEUE.let_go() }
}

/// Whether anything waits.
#[inline]
pub(crate) fn has_any() -> bool {
    WAITING.load(Ordering::Relaxed) != 0
}

/// Takes the oldest violation.
pub(crate) fn take() -> Option<Pending> {
    QUEUE.with(|queue| {
        if queue.filled == 0 {
            return None;
        }
        let oldest = queue.slots[0];
        queue.slots.rotate_left(1);
        queue.filled -= 1;
        WAITING.store(queue.filled, Ordering::Relaxed);
        oldest
    })
}

/// How many violations found no free slot, since the last time this was asked.
pub(crate) fn take_dropped() -> usize {
    DROPPED.swap(0, Ordering::Relaxed)
}
