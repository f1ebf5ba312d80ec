//! One slot of a table: the pins of one block that one holder has made at one place.

use super::Table;
use crate::pin::mark::{self, HolderId};
use crate::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};
use core::panic::Location;
use core::ptr;

type Site = &'static Location<'static>;

/// Some pins of one block that one holder has made at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pin {
    pub(crate) site: Site,
    /// Who can end it.
    pub(crate) holder: HolderId,
    /// The stack that made it (alloc/sites.rs), 0 where it was not kept.
    pub(crate) stack: u32,
    /// The process that made it, as a number of forks.
    pub(crate) generation: u32,
}

impl Pin {
    /// A pin that `holder` makes now, at `site`.
    #[inline]
    pub(crate) fn new(site: Site, holder: HolderId, stack: u32) -> Self {
        Self { site, holder, stack, generation: mark::generation() }
    }

    fn made(&self) -> u64 {
        u64::from(self.stack) << 32 | u64::from(self.generation)
    }
}

/// The pins of one slot, as a reader finds them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// The block.
    pub(crate) start: usize,
    /// How often it is pinned so.
    pub(crate) count: u32,
    pub(crate) pin: Pin,
}

/// Pins of one block, one holder and one place; all fields but `ended` are written by the table's thread.
#[repr(C, align(64))]
#[derive(Debug)]
pub(crate) struct Slot {
    // 0 where the slot is free.
    pub(super) start: AtomicUsize,
    pub(super) site: AtomicPtr<Location<'static>>,
    pub(super) holder: AtomicU64,
    pub(super) made: AtomicU64,
    // The next slot of the same block; of a free slot the next free one.
    pub(super) next: AtomicPtr<Slot>,
    pub(super) table: AtomicPtr<Table>,
    pub(super) count: AtomicU32,
    // How many of `count` other threads have ended.
    pub(super) ended: AtomicU32,
}

impl Slot {
    /// The table that it is part of.
    #[inline]
    pub(in crate::pin) fn table(&self) -> *const Table {
        self.table.load(Ordering::Relaxed)
    }

    #[inline]
    pub(super) fn is_dead(&self) -> bool {
        self.count.load(Ordering::Relaxed) == self.ended.load(Ordering::Acquire)
    }

    /// Whether it has no pins, and nothing that others have ended is still to be taken off.
    #[inline]
    pub(super) fn is_unused(&self) -> bool {
        self.count.load(Ordering::Relaxed) == 0 && self.ended.load(Ordering::Acquire) == 0
    }

    /// How many pins there are. While others change it, any answer between.
    pub(super) fn alive(&self) -> u32 {
        let ended = self.ended.load(Ordering::Acquire);
        let alive = self.count.load(Ordering::Acquire).wrapping_sub(ended).cast_signed();
        alive.max(0).unsigned_abs()
    }

    #[inline]
    pub(super) fn is(&self, pin: &Pin) -> bool {
        ptr::eq(self.site.load(Ordering::Relaxed), pin.site)
            && self.holder.load(Ordering::Relaxed) == pin.holder.bits()
            && self.made.load(Ordering::Relaxed) == pin.made()
    }

    #[inline]
    pub(super) fn write(&self, pin: &Pin) {
        self.site.store(ptr::from_ref(pin.site).cast_mut(), Ordering::Relaxed);
        self.holder.store(pin.holder.bits(), Ordering::Relaxed);
        self.made.store(pin.made(), Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> Option<Found> {
        let start = self.start.load(Ordering::Acquire);
        let count = self.alive();
        if start == 0 || count == 0 {
            return None;
        }
        // SAFETY: only `write` stores here, from a reference to a static.
        let site = unsafe { self.site.load(Ordering::Relaxed).as_ref() }?;
        let holder = HolderId::of_bits(self.holder.load(Ordering::Relaxed));
        let made = self.made.load(Ordering::Relaxed);
        fence(Ordering::Acquire);
        let is_same = self.start.load(Ordering::Relaxed) == start;
        let pin = Pin { site, holder, stack: (made >> 32) as u32, generation: made as u32 };
        is_same.then_some(Found { start, count, pin })
    }

    /// Makes its pins such that nobody is expected to end.
    pub(crate) fn keep_for_ever(&self) {
        self.holder.store(HolderId::NOBODY.bits(), Ordering::Relaxed);
    }
}
