//! The pins that one thread has made by hand: how often each block is pinned, by whom and where.
//!
//! The thread writes its table without a lock; whoever frees a block reads all tables. A pin lies in a slot that stays where it
//! is, so ending it takes no search, and any thread may do it. Slots of one block form a chain, which an index finds by the
//! block's start. A slot without pins keeps its block, for the next pin of it, until the table has no other slot left: then all
//! such slots are taken back at once (`sweep`), while readers wait.

use crate::sync::SpinLock;
use crate::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering, fence};
use core::ptr::{self, NonNull};
use index::Index;
pub(crate) use slot::{Found, Pin, Slot};

mod index;
mod ready;
mod slot;

#[cfg(not(loom))]
const FIRST_SLOTS: usize = 64;
#[cfg(loom)]
const FIRST_SLOTS: usize = 1;
/// Chunks of slots, each as large as all before it together: more pins than memory has room for.
#[cfg(not(loom))]
const CHUNKS: usize = 32;
#[cfg(loom)]
const CHUNKS: usize = 3;
/// Slots of one block that a pin looks at before it takes another.
const LOOKED_AT: usize = 4;
/// Looks at a table that is being swept, before a reader gives up.
#[cfg(not(loom))]
const PATIENCE: u32 = crate::sync::PATIENCE;
#[cfg(loom)]
const PATIENCE: u32 = 3;

/// The pins of one thread. Mapped once, never unmapped; a later thread takes over a finished thread's, with the pins that stand.
#[repr(C)]
pub(crate) struct Table {
    // Pins that the owner counts, and how many of these other threads have ended.
    pins: AtomicU32,
    ended: AtomicU32,
    // How many pins there may be before somebody looks at the sum of all tables again.
    unlooked: AtomicU32,
    // Odd while the table is swept.
    version: AtomicU32,
    index: AtomicPtr<Index>,
    spare: AtomicPtr<Index>,
    // Slots that nothing uses, and those of the newest chunk that nothing has used yet.
    free: AtomicPtr<Slot>,
    unused: AtomicPtr<Slot>,
    unused_left: AtomicUsize,
    chunks: [AtomicPtr<Slot>; CHUNKS],
    sweeping: SpinLock<()>,
}

impl core::fmt::Debug for Table {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Table").field("pins", &self.total()).finish_non_exhaustive()
    }
}

impl Table {
    /// Pins the block starting at `start` once more. For the table's thread.
    ///
    /// `None` when there is no memory to remember it, and then nothing is pinned. Else the slot that ends the pin.
    pub(super) fn pin(&self, start: usize, pin: &Pin) -> Option<&Slot> {
        let slot = match self.slot_for(start, pin) {
            Some(slot) => slot,
            None => self.link(start, pin)?,
        };
        self.count(slot);
        Some(slot)
    }

    /// The same, if a slot is there for it.
    #[inline(always)]
    pub(super) fn pin_again(&self, start: usize, pin: &Pin) -> Option<&Slot> {
        if self.is_due(1) {
            return None;
        }
        let mut slot = self.index()?.first(start)?;
        for _ in 0..LOOKED_AT {
            if slot.is_unused() {
                slot.write(pin);
            } else if !slot.is(pin) {
                // SAFETY: null or a slot of this table.
                slot = unsafe { slot.next.load(Ordering::Relaxed).as_ref() }?;
                continue;
            }
            self.count(slot);
            return Some(slot);
        }
        None
    }

    /// One pin more in the slot. Written by this thread only; others read it without a lock.
    #[inline]
    fn count(&self, slot: &Slot) {
        slot.count.store(slot.count.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
        self.pins.store(self.pins.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }

    /// Whether it holds, with `more` pins, as many as [`look_after`](Self::look_after) allowed: the moment to look at the sum of
    /// all tables.
    #[inline]
    pub(super) fn is_due(&self, more: u32) -> bool {
        self.pins.load(Ordering::Relaxed).wrapping_add(more) >= self.unlooked.load(Ordering::Relaxed)
    }

    /// Has somebody look once there are `more` pins than now; with 0, at the next pin.
    pub(super) fn look_after(&self, more: u32) {
        let pins = if more == 0 { 0 } else { self.pins.load(Ordering::Relaxed) };
        self.unlooked.store(pins.saturating_add(more), Ordering::Relaxed);
    }

    /// One of the newest slots of the block: of the same holder and place, or without pins.
    fn slot_for(&self, start: usize, pin: &Pin) -> Option<&Slot> {
        let first = self.index()?.first(start)?;
        // SAFETY: null or a slot of this table.
        let slots = core::iter::successors(Some(first), |slot| unsafe { slot.next.load(Ordering::Relaxed).as_ref() });
        slots.take(LOOKED_AT).find(|slot| self.fits(slot, pin))
    }

    /// Whether the pin may be counted in this slot, which is made its own where it has no other.
    #[inline]
    fn fits(&self, slot: &Slot, pin: &Pin) -> bool {
        if slot.is_dead() {
            self.settle(slot);
            slot.write(pin);
            return true;
        }
        slot.is(pin)
    }

    /// Ends one pin of the slot. For the table's thread.
    #[inline]
    pub(super) fn unpin(&self, slot: &Slot) {
        slot.count.store(slot.count.load(Ordering::Relaxed).wrapping_sub(1), Ordering::Release);
        self.pins.store(self.pins.load(Ordering::Relaxed).wrapping_sub(1), Ordering::Relaxed);
    }

    /// Ends one pin of the slot. For any other thread: the last it does with the slot.
    pub(super) fn unpin_elsewhere(&self, slot: &Slot) {
        self.ended.fetch_add(1, Ordering::Relaxed);
        slot.ended.fetch_add(1, Ordering::Release);
    }

    /// Takes what others have ended off the counts of a slot that has no pin left.
    #[inline]
    fn settle(&self, slot: &Slot) {
        let ended = slot.ended.load(Ordering::Acquire);
        if ended != 0 {
            self.settle_ended(slot, ended);
        }
    }

    #[cold]
    #[inline(never)]
    fn settle_ended(&self, slot: &Slot, ended: u32) {
        self.pins.store(self.pins.load(Ordering::Relaxed).wrapping_sub(ended), Ordering::Relaxed);
        self.ended.fetch_sub(ended, Ordering::Relaxed);
        // In this order: a reader takes the second from the first, and what is below zero for nothing.
        slot.count.store(0, Ordering::Release);
        slot.ended.store(0, Ordering::Release);
    }

    #[inline]
    fn index(&self) -> Option<&Index> {
        // SAFETY: null or an index of this table, which stays mapped.
        unsafe { self.index.load(Ordering::Acquire).as_ref() }
    }

    /// Another slot for the block, before the others of it. No pin counts yet.
    #[cold]
    fn link(&self, start: usize, pin: &Pin) -> Option<&Slot> {
        let slot = match self.take() {
            Some(slot) => slot,
            None if self.sweep() => self.take()?,
            None => return None,
        };
        let Some(entry) = self.index().and_then(|index| index.entry(start)) else {
            self.give_back(slot);
            return None;
        };
        slot.write(pin);
        slot.table.store(ptr::from_ref(self).cast_mut(), Ordering::Relaxed);
        slot.next.store(entry.load(Ordering::Relaxed), Ordering::Relaxed);
        slot.start.store(start, Ordering::Release);
        entry.store(ptr::from_ref(slot).cast_mut(), Ordering::Release);
        Some(slot)
    }

    fn take(&self) -> Option<&Slot> {
        // SAFETY: null or a slot of this table.
        if let Some(slot) = unsafe { self.free.load(Ordering::Relaxed).as_ref() } {
            self.free.store(slot.next.load(Ordering::Relaxed), Ordering::Relaxed);
            return Some(slot);
        }
        let left = self.unused_left.load(Ordering::Relaxed).checked_sub(1)?;
        self.unused_left.store(left, Ordering::Relaxed);
        let slot = self.unused.load(Ordering::Relaxed);
        self.unused.store(slot.wrapping_add(1), Ordering::Relaxed);
        // SAFETY: one of the slots of the newest chunk that were left.
        unsafe { slot.as_ref() }
    }

    fn give_back(&self, slot: &Slot) {
        slot.start.store(0, Ordering::Release);
        slot.next.store(self.free.load(Ordering::Relaxed), Ordering::Relaxed);
        self.free.store(ptr::from_ref(slot).cast_mut(), Ordering::Relaxed);
    }

    /// All slots, used or not.
    fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.chunks.iter().enumerate().flat_map(|(number, chunk)| {
            let first = chunk.load(Ordering::Acquire);
            let count = if first.is_null() { 0 } else { slots_in(number) };
            // SAFETY: `grow` mapped so many slots there, and they stay.
            (0..count).filter_map(move |at| unsafe { first.wrapping_add(at).as_ref() })
        })
    }

    /// Maps one chunk more. `false` when the system gives no memory.
    fn grow(&self) -> bool {
        let Some((number, place)) =
            self.chunks.iter().enumerate().find(|(_, chunk)| chunk.load(Ordering::Relaxed).is_null())
        else {
            return false;
        };
        let Some(slots) = memory::slots(slots_in(number)) else { return false };
        self.unused.store(slots.as_ptr(), Ordering::Relaxed);
        self.unused_left.store(slots_in(number), Ordering::Relaxed);
        place.store(slots.as_ptr(), Ordering::Release);
        true
    }

    /// Makes room: takes back all slots without pins, and maps more where these are less than half. `false` when there is none.
    #[cold]
    fn sweep(&self) -> bool {
        let dead = self.slots().filter(|slot| slot.is_dead()).count();
        let used = self.slots().count();
        if dead * 2 < used.max(1) && !self.grow() && dead == 0 {
            return false;
        }
        let all = used + self.unused_left.load(Ordering::Relaxed);
        let Some(index) = self.index_for((all * 2).next_power_of_two()) else { return false };
        self.sweeping.with(|()| {
            let version = self.version.load(Ordering::Relaxed);
            self.version.store(version.wrapping_add(1), Ordering::Relaxed);
            fence(Ordering::Release);
            for slot in self.slots().take(used) {
                if slot.is_dead() {
                    self.settle(slot);
                    self.give_back(slot);
                } else if let Some(entry) = index.entry(slot.start.load(Ordering::Relaxed)) {
                    slot.next.store(entry.load(Ordering::Relaxed), Ordering::Relaxed);
                    entry.store(ptr::from_ref(slot).cast_mut(), Ordering::Release);
                }
            }
            let old = self.index.swap(ptr::from_ref(index).cast_mut(), Ordering::AcqRel);
            self.spare.store(old, Ordering::Relaxed);
            self.version.store(version.wrapping_add(2), Ordering::Release);
        });
        true
    }

    /// An empty index with so many entries: the one before the last if it fits, for nobody but a late reader looks at it, who
    /// will find that the version is another.
    fn index_for(&self, capacity: usize) -> Option<&Index> {
        // SAFETY: null or an index of this table, which stays mapped.
        if let Some(spare) = unsafe { self.spare.load(Ordering::Relaxed).as_ref() }
            && spare.mask.load(Ordering::Relaxed) == capacity - 1
        {
            (0..capacity).for_each(|at| spare.entry_at(at).store(ptr::null_mut(), Ordering::Relaxed));
            return Some(spare);
        }
        let index = memory::index(capacity)?;
        // SAFETY: just made, and never given back.
        let index = unsafe { index.as_ref() };
        index.set_capacity(capacity);
        Some(index)
    }

    /// How many pins it holds.
    #[inline]
    pub(super) fn total(&self) -> u32 {
        let ended = self.ended.load(Ordering::Relaxed);
        self.pins.load(Ordering::Relaxed).wrapping_sub(ended).cast_signed().max(0).unsigned_abs()
    }

    /// What `look` makes of the slots of the block; `None` where the table did not hold still for so long.
    fn of<R>(&self, start: usize, mut look: impl FnMut(&mut dyn Iterator<Item = &Slot>) -> R) -> Option<R> {
        let mut turn = 0;
        while turn < PATIENCE {
            let version = self.version.load(Ordering::Acquire);
            if version.is_multiple_of(2) {
                let head = self.index().and_then(|index| index.entry(start));
                let mut at = head.map_or(ptr::null_mut(), |entry| entry.load(Ordering::Acquire));
                let found = look(&mut core::iter::from_fn(|| {
                    // SAFETY: null or a slot of this table.
                    let slot = unsafe { at.as_ref() }?;
                    // An entry that was empty when it was looked for is another block's as soon as the owner pins that.
                    if slot.start.load(Ordering::Acquire) != start {
                        return None;
                    }
                    at = slot.next.load(Ordering::Acquire);
                    Some(slot)
                }));
                fence(Ordering::Acquire);
                if self.version.load(Ordering::Relaxed) == version {
                    return Some(found);
                }
            }
            crate::sync::wait(&mut turn);
        }
        None
    }

    /// How often the block is pinned; once where nobody can tell, for a hook behind a signal in the middle of a sweep.
    pub(super) fn count_of(&self, start: usize) -> u32 {
        if self.pins.load(Ordering::Relaxed) == 0 {
            return 0;
        }
        self.of(start, |slots| slots.map(Slot::alive).sum()).unwrap_or(1)
    }

    /// How often the block is pinned. For the table's thread, which is not sweeping it meanwhile.
    pub(super) fn count_of_own(&self, start: usize) -> u32 {
        let head = self.index().and_then(|index| index.first(start));
        // SAFETY: null or a slot of this table.
        let slots = core::iter::successors(head, |slot| unsafe { slot.next.load(Ordering::Relaxed).as_ref() });
        slots.map(Slot::alive).sum()
    }

    /// One of the pins of the block, if it is pinned and somebody can tell.
    pub(super) fn first(&self, start: usize) -> Option<Found> {
        if self.pins.load(Ordering::Relaxed) == 0 {
            return None;
        }
        self.of(start, |slots| slots.filter_map(Slot::read).next()).flatten()
    }

    /// Every pin that stands.
    pub(super) fn all(&self) -> impl Iterator<Item = Found> {
        self.slots().filter_map(Slot::read)
    }

    /// Keeps the thread from sweeping for the time of a fork.
    #[cfg(not(loom))]
    pub(super) fn around_fork(&self, is_before: bool) {
        if is_before { self.sweeping.hold() } else { self.sweeping.let_go() }
    }
}

/// How many slots the chunk of this number has.
fn slots_in(number: usize) -> usize {
    FIRST_SLOTS << number.saturating_sub(1)
}

#[cfg(not(loom))]
mod memory {
    //! Memory from the system, zeroed, never given back: all-zero is a valid free slot and an empty index.

    use super::{Index, NonNull, Slot};
    use crate::sys::map_pages;

    pub(super) fn slots(count: usize) -> Option<NonNull<Slot>> {
        map_pages(count * size_of::<Slot>()).map(NonNull::cast)
    }

    pub(super) fn index(capacity: usize) -> Option<NonNull<Index>> {
        map_pages(Index::bytes(capacity)).map(NonNull::cast)
    }
}

#[cfg(loom)]
use loom_tests::memory;

#[cfg(all(test, not(loom)))]
mod tests;

#[cfg(all(test, loom))]
mod loom_tests;
