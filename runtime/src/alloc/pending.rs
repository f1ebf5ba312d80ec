//! Violations found inside an allocator hook, where nothing may be reported: kept in fixed slots until the next safe point.

use crate::addr::{Addr, Extent};
use crate::alloc::c_blocks::CBlock;
use crate::alloc::map::{BlockStacks, MAP};
use crate::mode::{self, Level};
use crate::pin::Holder;
use crate::pin::stored::{Lent, Stored};
use crate::sync::SpinLock;
use crate::sync::plain::{AtomicUsize, Ordering};

/// What was done to a block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// PF010: freed while somebody held it
    Freed(Holder),
    /// PF011: reallocated while somebody held it
    Reallocated(Holder),
    /// PF022: written behind its end
    WrittenPastEnd {
        /// How far behind the end the first changed byte is.
        after: usize,
    },
    /// PF041: freed as a block of another length or alignment
    WrongLayout {
        /// The length that was given.
        bytes: usize,
        /// The alignment that was given.
        align: usize,
    },
    /// PF040: freed by the other side
    ForeignFree(Side),
    /// PF042: freed or reallocated although it was freed
    FreedTwice,
    /// PF040: freed although no allocator gave that address
    NoBlock(NoBlock),
    /// PF020: freed although C has a pointer to it
    StillHeld(Stored),
    /// PF044: a copy written after its call
    WrittenAfterReturn(Lent),
    /// PF043: written although it was freed
    WrittenAfterFree {
        /// Where the first changed byte is.
        offset: usize,
    },
}

/// What an address is that no allocator gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoBlock {
    /// So far behind the start of a block of C's.
    Part(usize),
    /// On the stack of whoever frees it.
    Stack,
    /// No multiple of what every block begins at.
    Misaligned,
    /// What freed blocks are filled with.
    Poison,
}

/// Which side did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// C's `free` or `realloc`, whoever called it.
    C,
    /// Rust's allocator.
    Rust,
}

/// One violation, copied so that it can be told after the block is gone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    pub(crate) kind: Kind,
    pub(crate) block: Extent,
    /// Whether the block is known to be C's.
    pub(crate) is_of_c: bool,
    pub(crate) stacks: BlockStacks,
    /// The stack that broke the rule, 0 where it was not kept.
    pub(crate) broken_at: u32,
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
pub(crate) fn record(kind: Kind, start: usize, bytes: usize, broken_at: u32) {
    if mode::COMPILED && mode::level_in_hook() == Some(Level::Off) {
        return;
    }
    let block = Extent { start: Addr(start), bytes };
    keep(Pending { kind, block, is_of_c: false, stacks: MAP.stacks(start), broken_at });
}

/// Keeps a violation that is about a block of C's.
pub(crate) fn record_of_c(kind: Kind, block: CBlock, broken_at: u32) {
    if mode::COMPILED && mode::level_in_hook() == Some(Level::Off) {
        return;
    }
    let stacks = BlockStacks { allocated: block.stack, freed: block.freed_by() };
    let extent = Extent { start: Addr(block.start), bytes: block.bytes };
    keep(Pending { kind, block: extent, is_of_c: true, stacks, broken_at });
}

fn keep(pending: Pending) {
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
