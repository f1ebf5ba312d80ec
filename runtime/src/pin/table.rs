//! The pin table: how often each block is pinned by hand, and where.
//!
//! Sharded by address; a shard is an open-addressing table in memory of its own, so that an
//! allocator hook may look while it holds nothing else.

use super::mark::{self, HolderId};
use crate::sync::SpinLock;
use crate::sync::plain::{AtomicU32, Ordering};
use crate::sys;
use core::panic::Location;
use core::ptr::NonNull;

#[cfg(not(loom))]
const SHARDS: usize = 64;
#[cfg(loom)]
const SHARDS: usize = 2;
const FIRST_CAPACITY: usize = 64;
/// Pins kept of one block; later ones are counted only.
pub(crate) const KEPT: usize = 4;

type Site = &'static Location<'static>;

/// Counts and sites of the pins of each block, by the block's start.
pub(crate) struct PinTable {
    shards: [Bin; SHARDS],
}

/// A shard, and how many pins it counts: on the cache line that its lock has fetched already.
struct Bin {
    shard: SpinLock<Shard>,
    pinned: AtomicU32,
}

/// One pin of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pin {
    // None is a free place.
    pub(crate) site: Option<Site>,
    /// Who can end it.
    pub(crate) holder: HolderId,
    /// The stack that made it (alloc/sites.rs), 0 where it was not kept.
    pub(crate) stack: u32,
    /// The process that made it, as a number of forks.
    pub(crate) generation: u32,
}

impl Pin {
    const FREE: Self = Self { site: None, holder: HolderId::NOBODY, stack: 0, generation: 0 };

    /// A pin that `holder` makes now, at `site`.
    pub(crate) fn new(site: Site, holder: HolderId, stack: u32) -> Self {
        Self { site: Some(site), holder, stack, generation: mark::generation() }
    }

    fn is(&self, site: Site, holder: HolderId) -> bool {
        self.holder == holder && self.site.is_some_and(|kept| core::ptr::eq(kept, site))
    }
}

/// The pins of one block.
#[derive(Clone, Copy)]
pub(crate) struct Pins {
    // 0 is a free record; a record whose count fell to 0 keeps its key, so that probing goes on past it.
    pub(crate) start: usize,
    pub(crate) count: u32,
    pub(crate) kept: [Pin; KEPT],
}

impl Pins {
    /// Those pins that are kept, of all that are counted.
    pub(crate) fn kept(&self) -> impl Iterator<Item = &Pin> {
        self.kept.iter().filter(|pin| pin.site.is_some())
    }
}

struct Shard {
    records: Option<NonNull<Pins>>,
    capacity: usize,
    // Records with a key, whether pinned or not.
    used: usize,
    // Pins made since somebody last looked at the sum of all shards.
    unlooked: u32,
}

// SAFETY: the records belong to the shard alone, and sites are shared references to statics.
unsafe impl Send for Shard {}

impl Shard {
    const EMPTY: Self = Self { records: None, capacity: 0, used: 0, unlooked: 0 };

    fn records(&mut self) -> &mut [Pins] {
        match self.records {
            // SAFETY: `grow` mapped `capacity` zeroed records, for which all-zero is a valid free
            // record (None is the null niche of a reference); `&mut self` makes the access unique.
            Some(records) => unsafe { core::slice::from_raw_parts_mut(records.as_ptr(), self.capacity) },
            None => &mut [],
        }
    }

    /// The record of `start`, or the free one where it would go.
    fn slot(&mut self, start: usize) -> Option<&mut Pins> {
        let capacity = self.capacity;
        let first = start >> 4;
        let mut at = first.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize) >> 20;
        let records = self.records();
        for _ in 0..capacity {
            at &= capacity - 1;
            if records[at].start == start || records[at].start == 0 {
                return records.get_mut(at);
            }
            at += 1;
        }
        None
    }

    /// Makes room for one more key. `false` when the system gives no memory.
    fn reserve(&mut self) -> bool {
        if self.used * 4 < self.capacity * 3 {
            return true;
        }
        let pinned = self.records().iter().filter(|record| record.count > 0).count();
        let capacity = (pinned * 4).max(FIRST_CAPACITY).next_power_of_two();
        let Some(pages) = sys::map_pages(capacity * size_of::<Pins>()) else { return false };
        let mut grown = Shard { records: Some(pages.cast()), capacity, used: 0, unlooked: self.unlooked };
        for record in self.records().iter().filter(|record| record.count > 0) {
            if let Some(slot) = grown.slot(record.start) {
                *slot = *record;
                grown.used += 1;
            }
        }
        let old = core::mem::replace(self, grown);
        if let Some(pages) = old.records {
            // SAFETY: the old mapping was of this size, and its records were copied above.
            unsafe { sys::unmap_pages(pages.cast(), old.capacity * size_of::<Pins>()) };
        }
        true
    }
}

impl PinTable {
    /// No pins.
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Self {
        Self { shards: [const { Bin { shard: SpinLock::new(Shard::EMPTY), pinned: AtomicU32::new(0) } }; SHARDS] }
    }

    /// No pins.
    #[cfg(loom)]
    pub(crate) fn new() -> Self {
        let empty = |_| Bin { shard: SpinLock::new(Shard::EMPTY), pinned: AtomicU32::new(0) };
        Self { shards: core::array::from_fn(empty) }
    }

    fn bin(&self, start: usize) -> &Bin {
        &self.shards[(start >> 4 ^ start >> 12) % SHARDS]
    }

    /// Pins the block starting at `start` once more; `on_first` runs under the lock when it was not pinned.
    ///
    /// `None` when there is no memory to remember it, and then nothing is pinned. Else whether `every` pins were made in this
    /// shard since this was last true: the moment to look at [`total`](Self::total).
    pub(crate) fn pin(&self, start: usize, pin: Pin, every: u32, on_first: impl FnOnce()) -> Option<bool> {
        let bin = self.bin(start);
        bin.shard.with(|shard| {
            if !shard.reserve() {
                return None;
            }
            let record = shard.slot(start)?;
            let is_new = record.start == 0;
            record.start = start;
            if record.count == 0 {
                record.kept = [Pin::FREE; KEPT];
                on_first();
            }
            if let Some(free) = record.kept.iter_mut().find(|pin| pin.site.is_none()) {
                *free = pin;
            }
            record.count += 1;
            if is_new {
                shard.used += 1;
            }
            // Written under the lock only; others read it without.
            bin.pinned.store(bin.pinned.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
            shard.unlooked += 1;
            let is_due = shard.unlooked >= every;
            if is_due {
                shard.unlooked = 0;
            }
            Some(is_due)
        })
    }

    /// Takes one pin of `site` and `holder` off the block; `on_last` runs under the lock when no pin is left. Unknown blocks are
    /// ignored.
    pub(crate) fn unpin(&self, start: usize, site: Site, holder: HolderId, on_last: impl FnOnce()) {
        let bin = self.bin(start);
        bin.shard.with(|shard| {
            let Some(record) = shard.slot(start).filter(|record| record.start == start && record.count > 0) else {
                return;
            };
            record.count -= 1;
            if let Some(own) = record.kept.iter_mut().find(|kept| kept.is(site, holder)) {
                *own = Pin::FREE;
            }
            bin.pinned.store(bin.pinned.load(Ordering::Relaxed).saturating_sub(1), Ordering::Relaxed);
            if record.count == 0 {
                on_last();
            }
        });
    }

    /// Makes one pin of `site` and `holder` one that nobody is expected to end.
    #[cfg(not(loom))]
    pub(crate) fn keep_for_ever(&self, start: usize, site: Site, holder: HolderId) {
        self.bin(start).shard.with(|shard| {
            if let Some(record) = shard.slot(start).filter(|record| record.start == start)
                && let Some(own) = record.kept.iter_mut().find(|kept| kept.is(site, holder))
            {
                own.holder = HolderId::NOBODY;
            }
        });
    }

    /// How many pins there are, of all blocks: a sum over the shards, one after another.
    pub(crate) fn total(&self) -> usize {
        self.shards.iter().map(|bin| bin.pinned.load(Ordering::Relaxed) as usize).sum()
    }

    /// Takes or gives back every lock of the table, around a fork.
    #[cfg(not(loom))]
    pub(crate) fn around_fork(&self, is_before: bool) {
        for bin in &self.shards {
            if is_before { bin.shard.hold() } else { bin.shard.let_go() }
        }
    }

    /// How often the block is pinned.
    pub(crate) fn count(&self, start: usize) -> u32 {
        self.bin(start).shard.with(|shard| match shard.slot(start) {
            Some(record) if record.start == start => record.count,
            _ => 0,
        })
    }

    /// Adds every pinned block to `found`. Nothing is allocated under a lock, which an allocator hook may want.
    #[cfg(not(loom))]
    pub(crate) fn all(&self, found: &mut Vec<Pins>) {
        for bin in &self.shards {
            let before = found.len();
            loop {
                let missing = bin.shard.with(|shard| {
                    let mut pinned = shard.records().iter().filter(|pins| pins.count > 0);
                    while found.len() < found.capacity()
                        && let Some(pins) = pinned.next()
                    {
                        found.push(*pins);
                    }
                    pinned.count()
                });
                if missing == 0 {
                    break;
                }
                found.truncate(before);
                // Others may pin meanwhile.
                let room = (found.capacity() + missing) * 2 - before;
                found.reserve(room);
            }
        }
    }

    /// One place that pins the block, if it is pinned.
    pub(crate) fn first_site(&self, start: usize) -> Option<Site> {
        self.bin(start).shard.with(|shard| {
            let record = shard.slot(start).filter(|record| record.start == start && record.count > 0)?;
            record.kept().find_map(|pin| pin.site)
        })
    }
}

#[cfg(all(test, not(loom)))]
mod tests;

#[cfg(all(test, loom))]
mod loom_tests;
