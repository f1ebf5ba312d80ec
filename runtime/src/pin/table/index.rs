//! Where the chain of each block begins.

use super::slot::Slot;
use crate::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};

/// The first slot of each block: open addressing, at most half full.
#[repr(C)]
pub(super) struct Index {
    pub(super) mask: AtomicUsize,
    shift: AtomicU32,
    pub(super) entries: [AtomicPtr<Slot>; 0],
}

impl Index {
    pub(super) fn bytes(capacity: usize) -> usize {
        size_of::<Self>() + capacity * size_of::<AtomicPtr<Slot>>()
    }

    /// One without entries, for memory that is not from the system.
    #[cfg(loom)]
    pub(super) fn empty() -> Self {
        Self { mask: AtomicUsize::new(0), shift: AtomicU32::new(0), entries: [] }
    }

    /// Says how many entries there is room for: a power of two, and two at least.
    pub(super) fn set_capacity(&self, capacity: usize) {
        self.mask.store(capacity - 1, Ordering::Relaxed);
        self.shift.store(usize::BITS - capacity.trailing_zeros(), Ordering::Relaxed);
    }

    /// Where to begin to look for a block: the top bits, which lay out blocks at equal distances evenly.
    #[inline]
    pub(super) fn place(&self, start: usize) -> usize {
        (start >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize).wrapping_shr(self.shift.load(Ordering::Relaxed))
    }

    #[inline]
    pub(super) fn entry_at(&self, at: usize) -> &AtomicPtr<Slot> {
        let entries: *const AtomicPtr<Slot> = self.entries.as_ptr();
        let entry = entries.wrapping_add(at & self.mask.load(Ordering::Relaxed));
        // SAFETY: `memory::index` made room for `mask + 1` entries behind the header, each all atomics, and they stay.
        unsafe { &*entry }
    }

    /// The slot where one begins to look for the block's chain: its first one, or another block's.
    #[inline]
    pub(super) fn nearest(&self, start: usize) -> Option<&Slot> {
        // SAFETY: entries are null or slots of the table, which stay mapped.
        unsafe { self.entry_at(self.place(start)).load(Ordering::Relaxed).as_ref() }
    }

    /// The first slot of the block's chain. For the table's thread, which finds the index at most half full.
    #[inline]
    pub(super) fn first(&self, start: usize) -> Option<&Slot> {
        let mut at = self.place(start);
        loop {
            // SAFETY: entries are null or slots of the table, which stay mapped.
            let slot = unsafe { self.entry_at(at).load(Ordering::Relaxed).as_ref() }?;
            if slot.start.load(Ordering::Relaxed) == start {
                return Some(slot);
            }
            at += 1;
        }
    }

    /// The entry of the block, or the empty one where it would go.
    #[inline]
    pub(super) fn entry(&self, start: usize) -> Option<&AtomicPtr<Slot>> {
        let mut at = self.place(start);
        // Bounded, since a reader may look at an index that is being filled anew.
        let last = at + self.mask.load(Ordering::Relaxed);
        while at <= last {
            let entry = self.entry_at(at);
            // SAFETY: entries are null or slots of the table, which stay mapped.
            match unsafe { entry.load(Ordering::Acquire).as_ref() } {
                Some(slot) if slot.start.load(Ordering::Relaxed) != start => at += 1,
                _ => return Some(entry),
            }
        }
        None
    }
}
