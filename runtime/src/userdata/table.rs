//! The handle table: values by index and generation, found without a lock.
//!
//! A slot's state is one word: its generation, whether it is live, and how many threads are inside. Who looks counts himself in
//! while the slot is live; who removes takes the live bit away; whoever leaves a dead slot last has it to himself.

use super::slot::Slot;
use crate::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};
use core::ptr;

/// Slots of the first segment; each later segment has twice as many as the one before.
#[cfg(not(loom))]
const FIRST: usize = 32;
#[cfg(loom)]
const FIRST: usize = 2;
/// Segments for 2^31 slots and no more.
#[cfg(not(loom))]
const SEGMENTS: usize = 26;
#[cfg(loom)]
const SEGMENTS: usize = 2;

const LIVE: u64 = 1 << 31;
const INSIDE: u64 = LIVE - 1;

/// Where a value is, and which of all that were there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) index: u32,
    pub(crate) generation: u32,
}

/// A slot that is no longer free and not yet live: whoever has this has the slot.
pub(crate) struct Spare<'t, V> {
    index: u32,
    slot: &'t Slot<V>,
}

/// Values that several threads add, find and remove.
pub(crate) struct Table<V> {
    segments: [AtomicPtr<Slot<V>>; SEGMENTS],
    // How many slots have ever been given out.
    used: AtomicU32,
    // A count against reuse in the upper half, the index of the first free slot plus one in the lower.
    free: AtomicU64,
    // What generations begin with, so that ids of another process are hardly ever ids here.
    seed: AtomicU32,
}

// SAFETY: values go from one thread to another, and clones of one are made on several at once; everything else is atomic.
unsafe impl<V: Send + Sync> Sync for Table<V> {}
// SAFETY: the table owns its segments and values, which may be sent.
unsafe impl<V: Send> Send for Table<V> {}

/// Why nothing was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Nothing is there under this key.
    Nothing,
    /// What is there is not what was asked for.
    Another,
}

/// The segment of an index, its first index, and how many slots it has.
#[inline]
fn place(index: usize) -> (usize, usize, usize) {
    let segment = (index / FIRST + 1).ilog2() as usize;
    (segment, FIRST * ((1 << segment) - 1), FIRST << segment)
}

impl<V: Clone> Table<V> {
    /// Nothing in it.
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Self {
        Self {
            segments: [const { AtomicPtr::new(ptr::null_mut()) }; SEGMENTS],
            used: AtomicU32::new(0),
            free: AtomicU64::new(0),
            seed: AtomicU32::new(0),
        }
    }

    /// Nothing in it.
    #[cfg(loom)]
    pub(crate) fn new() -> Self {
        Self {
            segments: core::array::from_fn(|_| AtomicPtr::new(ptr::null_mut())),
            used: AtomicU32::new(0),
            free: AtomicU64::new(0),
            seed: AtomicU32::new(0),
        }
    }

    /// Sets what generations begin with, if nobody has yet.
    #[cfg(not(loom))]
    pub(crate) fn seed(&self, seed: u32) {
        let _ = self.seed.compare_exchange(0, seed | 1, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Adds a value; it comes back where all indices are in use.
    pub(crate) fn insert(&self, value: V) -> Result<Key, V> {
        let Some(spare) = self.spare() else { return Err(value) };
        Ok(self.insert_in(spare, value))
    }

    /// A slot for the next value of the caller's, if there is one.
    pub(crate) fn spare(&self) -> Option<Spare<'_, V>> {
        let (index, slot) = self.take_free().or_else(|| self.take_new())?;
        Some(Spare { index, slot })
    }

    /// Adds a value where there is a slot for it.
    #[inline]
    pub(crate) fn insert_in(&self, spare: Spare<'_, V>, value: V) -> Key {
        let Spare { index, slot } = spare;
        let generation = (slot.state.load(Ordering::Relaxed) >> 32) as u32;
        // SAFETY: a slot that is neither live nor in the free list belongs to who took it, here alone.
        unsafe { slot.write(value) };
        slot.state.store(u64::from(generation) << 32 | LIVE, Ordering::Release);
        Key { index, generation }
    }

    /// Takes the value out, and where nobody else is at it the slot with it: for the caller's next value.
    #[inline]
    pub(crate) fn take_out(&self, key: Key) -> Option<(V, Option<Spare<'_, V>>)> {
        let slot = self.slot(key.index)?;
        let live = u64::from(key.generation) << 32 | LIVE;
        let next = next_generation(key.generation);
        let is_last = next == self.first_generation(key.index);
        let dead = u64::from(next) << 32;
        if is_last || slot.state.compare_exchange(live, dead, Ordering::AcqRel, Ordering::Relaxed).is_err() {
            return Some((self.remove(key)?, None));
        }
        // SAFETY: it was live, nobody was inside, and from here on nobody comes in; only a free slot is given out, and this
        // one is the caller's.
        Some((unsafe { slot.take() }, Some(Spare { index: key.index, slot })))
    }

    /// The slot is anybody's again.
    pub(crate) fn give_back_spare(&self, spare: Spare<'_, V>) {
        self.give_back(spare.index, spare.slot);
    }

    /// A clone of the value, where the key is one that is still in the table.
    pub(crate) fn get(&self, key: Key) -> Option<V> {
        let slot = self.enter(key)?;
        // SAFETY: the slot was live and this thread is counted, so the value stays until it leaves.
        let value = unsafe { slot.look(V::clone) };
        self.leave(key.index, slot);
        Some(value)
    }

    /// Takes the value out; from here on the key finds nothing.
    pub(crate) fn remove(&self, key: Key) -> Option<V> {
        self.remove_if(key, |_| true).ok()
    }

    /// The same, where the value is what was asked for.
    pub(crate) fn remove_if(&self, key: Key, is_it: impl FnOnce(&V) -> bool) -> Result<V, Kept> {
        let slot = self.enter(key).ok_or(Kept::Nothing)?;
        // SAFETY: as in `get`.
        if !unsafe { slot.look(is_it) } {
            self.leave(key.index, slot);
            return Err(Kept::Another);
        }
        let before = slot.state.fetch_and(!LIVE, Ordering::AcqRel);
        if before & LIVE == 0 {
            self.leave(key.index, slot);
            return Err(Kept::Nothing);
        }
        if before & INSIDE == 1 {
            // Nobody else is inside, and nobody comes any more.
            return Ok(self.empty(key.index, slot, before));
        }
        // SAFETY: as in `get`.
        let value = unsafe { slot.look(V::clone) };
        self.leave(key.index, slot);
        Ok(value)
    }

    /// Counts this thread into a live slot.
    #[inline]
    fn enter(&self, key: Key) -> Option<&Slot<V>> {
        let slot = self.slot(key.index)?;
        let mut state = slot.state.load(Ordering::Acquire);
        loop {
            if state >> 32 != u64::from(key.generation) || state & LIVE == 0 || state & INSIDE == INSIDE {
                return None;
            }
            match slot.state.compare_exchange_weak(state, state + 1, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Some(slot),
                Err(now) => state = now,
            }
        }
    }

    /// Counts this thread out; the last one out of a dead slot drops the value and frees the slot.
    #[inline]
    fn leave(&self, index: u32, slot: &Slot<V>) {
        let before = slot.state.fetch_sub(1, Ordering::AcqRel);
        if before & LIVE == 0 && before & INSIDE == 1 {
            // Last, since its destructor may come back here.
            drop(self.empty(index, slot, before));
        }
    }

    /// Takes the value of a dead slot that nobody is inside of but this thread, and frees the slot.
    fn empty(&self, index: u32, slot: &Slot<V>, state: u64) -> V {
        // SAFETY: dead, and nobody inside: no other thread can come in before it is given out again below.
        let value = unsafe { slot.take() };
        let generation = next_generation((state >> 32) as u32);
        if generation != self.first_generation(index) {
            slot.state.store(u64::from(generation) << 32, Ordering::Release);
            self.give_back(index, slot);
        }
        value
    }

    #[inline]
    fn slot(&self, index: u32) -> Option<&Slot<V>> {
        let (segment, first, _) = place(index as usize);
        let slots = self.segments.get(segment)?.load(Ordering::Acquire);
        if slots.is_null() {
            return None;
        }
        // SAFETY: a segment that is there has as many slots as `place` says, and the index is one of them.
        let slot = unsafe { slots.add(index as usize - first) };
        // SAFETY: `take_new` initialised it before the segment was to be seen, and it stays until the table is dropped.
        Some(unsafe { &*slot })
    }

    fn take_free(&self) -> Option<(u32, &Slot<V>)> {
        let mut head = self.free.load(Ordering::Acquire);
        loop {
            let index = (head as u32).checked_sub(1)?;
            let slot = self.slot(index)?;
            let next = u64::from(slot.next.load(Ordering::Relaxed));
            let new = ((head >> 32) + 1) << 32 | next;
            match self.free.compare_exchange_weak(head, new, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Some((index, slot)),
                Err(now) => head = now,
            }
        }
    }

    fn give_back(&self, index: u32, slot: &Slot<V>) {
        let mut head = self.free.load(Ordering::Acquire);
        loop {
            slot.next.store(head as u32, Ordering::Relaxed);
            let new = ((head >> 32) + 1) << 32 | u64::from(index + 1);
            match self.free.compare_exchange_weak(head, new, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return,
                Err(now) => head = now,
            }
        }
    }

    fn take_new(&self) -> Option<(u32, &Slot<V>)> {
        let last = place(0).2 * ((1 << SEGMENTS) - 1);
        let index = self
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| ((used as usize) < last).then_some(used + 1))
            .ok()?;
        let (segment, first, length) = place(index as usize);
        let segment = &self.segments[segment];
        if segment.load(Ordering::Acquire).is_null() {
            let slots: Box<[Slot<V>]> =
                (first..first + length).map(|index| Slot::new(self.first_generation(index as u32))).collect();
            let slots = Box::into_raw(slots).cast::<Slot<V>>();
            if segment.compare_exchange(ptr::null_mut(), slots, Ordering::AcqRel, Ordering::Acquire).is_err() {
                // SAFETY: made above with that length, and another thread was first, so nobody has seen it.
                drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(slots, length)) });
            }
        }
        Some((index, self.slot(index)?))
    }

    fn first_generation(&self, index: u32) -> u32 {
        let mixed = self.seed.load(Ordering::Relaxed).wrapping_add(index).wrapping_mul(0x9e37_79b1);
        if mixed == 0 { 1 } else { mixed }
    }
}

/// Generations go round; 0 is none.
fn next_generation(generation: u32) -> u32 {
    generation.checked_add(1).unwrap_or(1)
}

impl<V> Drop for Table<V> {
    fn drop(&mut self) {
        for (number, segment) in self.segments.iter().enumerate() {
            let slots = segment.load(Ordering::Acquire);
            if slots.is_null() {
                continue;
            }
            // SAFETY: made by `take_new` with this length; nobody else has the table any more. Values that were never removed
            // are not dropped: their owner was the handle.
            drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(slots, FIRST << number)) });
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;

#[cfg(all(test, loom))]
mod loom_tests;
