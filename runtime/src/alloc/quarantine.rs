//! Blocks that the program has freed and their allocator does not have back yet.
//!
//! Two reasons to keep one: it was freed while pinned, and stays until its last unpin; or it was
//! freed in the ordinary way, and stays for a while so that a pointer into it is known to dangle.

use crate::alloc::reentry;
use crate::sync::SpinLock;
use crate::sync::plain::{AtomicUsize, Ordering};

/// A freed block that still holds its memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Retired {
    pub(crate) start: usize,
    pub(crate) bytes: usize,
    pub(crate) align: usize,
    /// Whether it is filled with poison (alloc/fill.rs).
    pub(crate) is_poisoned: bool,
}

const NONE: Retired = Retired { start: 0, bytes: 0, align: 0, is_poisoned: false };

const SHARDS: usize = 8;
/// Blocks that a shard holds at level full, and its room.
const SLOTS: usize = 512;
/// Blocks that a shard holds at the other levels: few enough that what comes back is still in the cache.
const FEW_SLOTS: usize = 32;
/// The most bytes a shard holds; a larger block goes back to the inner allocator at once.
const SHARD_BYTES: usize = 1 << 20;

struct Shard {
    ring: [Retired; SLOTS],
    oldest: usize,
    filled: usize,
    bytes: usize,
}

type Rings = [SpinLock<Shard>; SHARDS];

const fn empty() -> Rings {
    [const { SpinLock::new(Shard { ring: [NONE; SLOTS], oldest: 0, filled: 0, bytes: 0 }) }; SHARDS]
}

static RINGS: Rings = empty();
/// Those of C's allocator, at level full.
static OF_C: Rings = empty();

/// Puts a freed block in quarantine and gives `release` those that leave for it, oldest first.
pub(crate) fn retire(block: Retired, keeps_many: bool, release: impl FnMut(Retired)) {
    retire_to(&RINGS, block, keeps_many, release);
}

/// The same for a block of C's allocator.
pub(crate) fn retire_of_c(block: Retired, release: impl FnMut(Retired)) {
    retire_to(&OF_C, block, true, release);
}

fn retire_to(rings: &Rings, block: Retired, keeps_many: bool, mut release: impl FnMut(Retired)) {
    let slots = if keeps_many { SLOTS } else { FEW_SLOTS };
    if block.bytes > SHARD_BYTES {
        release(block);
        return;
    }
    // A thread stays with its shard, so the lock is almost never contended.
    let shard = &rings[reentry::thread_number() % SHARDS];
    // At most three leave per entry, so that no single free pays for many; a shard over its bytes
    // shrinks with the next frees.
    let mut leaving = [NONE; 3];
    let count = shard.with_patience(|shard| {
        let mut count = 0;
        while count < leaving.len()
            && shard.filled > 0
            && (shard.filled >= slots || shard.bytes + block.bytes > SHARD_BYTES)
        {
            // Nothing of it stays, for searches take every word for a pointer.
            leaving[count] = core::mem::replace(&mut shard.ring[shard.oldest], NONE);
            shard.bytes -= leaving[count].bytes;
            shard.oldest = (shard.oldest + 1) % SLOTS;
            shard.filled -= 1;
            count += 1;
        }
        // A switch from full leaves more than fit; the ring itself has room as long as one has left.
        shard.ring[(shard.oldest + shard.filled) % SLOTS] = block;
        shard.filled += 1;
        shard.bytes += block.bytes;
        count
    });
    let Some(count) = count else {
        release(block);
        return;
    };
    for block in &leaving[..count] {
        release(*block);
    }
}

/// Looks at every block that waits because it was freed a while ago, Rust's and C's.
pub(crate) fn for_each(mut look: impl FnMut(Retired)) {
    for ring in RINGS.iter().chain(&OF_C) {
        ring.with_patience(|shard| {
            (0..shard.filled).for_each(|number| look(shard.ring[(shard.oldest + number) % SLOTS]));
        });
    }
}

/// Where this file keeps its blocks, as ranges of static memory.
pub(crate) fn own_memory() -> [(usize, usize); 3] {
    let range = |start: usize, bytes| (start, start + bytes);
    [
        range(core::ptr::from_ref(&RINGS).addr(), size_of_val(&RINGS)),
        range(core::ptr::from_ref(&OF_C).addr(), size_of_val(&OF_C)),
        range(core::ptr::from_ref(&DEFERRED).addr(), size_of_val(&DEFERRED)),
    ]
}

/// Takes or gives back every lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    for ring in RINGS.iter().chain(&OF_C) {
        if is_before { ring.hold() } else { ring.let_go() }
    }
    if is_before { DEFERRED.hold() } else { DEFERRED.let_go() }
}

const DEFERRED_SLOTS: usize = 1024;

struct Deferred {
    slots: [Retired; DEFERRED_SLOTS],
    filled: usize,
}

static DEFERRED: SpinLock<Deferred> = SpinLock::new(Deferred { slots: [NONE; DEFERRED_SLOTS], filled: 0 });
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// Keeps a block that was freed while pinned. With no room left the block is kept for good: a leak is better than a use after free.
pub(crate) fn defer(block: Retired) {
    DEFERRED.with_patience(|deferred| {
        if let Some(slot) = deferred.slots.get_mut(deferred.filled) {
            *slot = block;
            deferred.filled += 1;
            WAITING.store(deferred.filled, Ordering::Relaxed);
        }
    });
}

/// Whether any block waits for its last unpin.
#[inline]
pub(crate) fn has_deferred() -> bool {
    WAITING.load(Ordering::Relaxed) != 0
}

/// Takes one waiting block for which `is_free` says that nothing pins it any more.
pub(crate) fn take_deferred(mut is_free: impl FnMut(usize) -> bool) -> Option<Retired> {
    // The question is asked outside the lock: it takes other locks.
    let mut candidates = [NONE; 64];
    let mut from = 0;
    loop {
        let count = DEFERRED.with(|deferred| {
            let rest = deferred.slots[..deferred.filled].get(from..).unwrap_or(&[]);
            let count = rest.len().min(candidates.len());
            candidates[..count].copy_from_slice(&rest[..count]);
            count
        });
        if count == 0 {
            return None;
        }
        if let Some(found) = candidates[..count].iter().find(|block| is_free(block.start)) {
            let found = *found;
            return DEFERRED.with(|deferred| {
                // Another thread may have taken it meanwhile.
                let at = deferred.slots[..deferred.filled].iter().position(|block| *block == found)?;
                deferred.filled -= 1;
                deferred.slots[at] = deferred.slots[deferred.filled];
                WAITING.store(deferred.filled, Ordering::Relaxed);
                Some(found)
            });
        }
        from += count;
    }
}
