//! Small blocks in slots of our own: which size belongs to which class, and what each thread has at hand.
//!
//! A slot is as long as its class's blocks in whole granules, so the heap map's inner bytes are written once, when the slot is
//! cut, and a block costs one byte of the map when it is made and one when it is freed. Nothing is kept in the slots
//! themselves: what C writes past a block or into a freed one does not lead the allocator astray. A freed slot waits
//! behind others of its class before it is used again, and its memory is never anybody else's: so a pointer into it is
//! known to dangle until then.

mod range;
mod store;

use super::map::{GRANULE, MAP};
use super::reentry;
use crate::sync::plain::{AtomicBool, AtomicPtr, AtomicU32, Ordering, compiler_fence};
use crate::sys;
use core::cell::Cell;
use core::ptr;
pub(crate) use range::is_ours;

/// The largest block, in bytes.
pub(crate) const MOST_BYTES: usize = 512;
/// Two for each number of granules that a block may have: see [`class_of`]. There is no class 0 and no class 1.
const CLASSES: usize = 2 * (MOST_BYTES / GRANULE + 1);
/// Blocks of its class that a thread frees before a slot of its own is used again.
const WAIT: u32 = 32;
/// Freed slots of a class that a thread keeps.
const RING: u32 = 64;
/// Slots that go between a thread and the store at a time.
const BATCH: usize = 32;

/// A slot, by its place in the range in granules.
type Slot = u32;

/// The slots of one class that a thread has.
struct Class {
    /// How many of `at_hand` are there.
    ready: AtomicU32,
    /// Slots that waited elsewhere, or were never used.
    at_hand: [AtomicU32; BATCH],
    /// How many slots ever entered `waiting`, and how many left it; both wrap around.
    freed: AtomicU32,
    taken: AtomicU32,
    waiting: [AtomicU32; RING as usize],
}

/// What one thread has at hand. Atomics for their sharing alone: only the owner looks into its classes.
#[repr(C)]
struct Cache {
    classes: [Class; CLASSES],
    /// Whether the owner is inside: a signal handler that comes in between goes elsewhere.
    busy: AtomicBool,
    owned: AtomicBool,
    next: AtomicPtr<Cache>,
}

/// All caches, newest first; none is ever unmapped. One whose thread has ended is taken over by a later thread.
static CACHES: AtomicPtr<Cache> = AtomicPtr::new(ptr::null_mut());

/// What stands for the cache of a thread that has none any more.
const GONE: *const Cache = ptr::without_provenance(1);

thread_local! {
    static OWN: Cell<*const Cache> = const { Cell::new(ptr::null()) };
    static LEAVE: Leave = const { Leave };
}

/// At the end of a thread: its cache is free for another, as it is.
struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        let own = Some(OWN.replace(GONE)).filter(|own| *own != GONE).unwrap_or(ptr::null());
        // SAFETY: a cache that this thread has claimed, never unmapped.
        if let Some(own) = unsafe { own.as_ref() } {
            own.owned.store(false, Ordering::Release);
        }
    }
}

/// The class of a size, which is not zero: even where the last granule has a rest, odd where the block fills it.
#[inline]
fn class_of(bytes: usize) -> usize {
    2 * bytes.div_ceil(GRANULE) + usize::from(bytes.is_multiple_of(GRANULE))
}

/// The granules of a block of the class.
#[inline]
fn granules(class: usize) -> usize {
    class / 2
}

/// From slot to slot, in granules. Behind a block that fills its last one an empty granule follows: C may point to the end of a
/// block, and that must not be the start of another.
fn stride(class: usize) -> usize {
    class / 2 + class % 2
}

/// A block of `bytes` bytes, at most [`MOST_BYTES`] and not zero, aligned to a granule and known to the heap map. `None` where
/// there is no memory, or this thread has no cache just now.
#[inline]
pub(super) fn take(bytes: usize) -> Option<*mut u8> {
    let own = OWN.try_with(Cell::get).ok()?;
    let class = class_of(bytes);
    let slot = if own.is_null() || own == GONE {
        claim(own)?.take(class)?
    } else {
        // SAFETY: a cache that this thread has claimed, never unmapped.
        unsafe { &*own }.take(class)?
    };
    let start = range::addr(slot);
    if MAP.revive(start, bytes) { Some(ptr::with_exposed_provenance_mut(start)) } else { take_another(start, bytes) }
}

/// The slot at `start` is somebody's: two threads freed its block at the same moment, neither saw the other, and it was given
/// back twice. A free that looks and marks in one locked step would take every block a fifth longer; this is four instructions.
#[cold]
#[inline(never)]
fn take_another(start: usize, bytes: usize) -> Option<*mut u8> {
    super::freed_twice(start, 0);
    take(bytes)
}

/// Gives back the block of `bytes` bytes at `start`, a slot; the heap map has it as freed.
#[inline]
pub(super) fn give_back(start: usize, bytes: usize) {
    let (class, slot) = (class_of(bytes), range::slot(start));
    let own = OWN.try_with(Cell::get).unwrap_or(GONE);
    // SAFETY: unless it is one of these two, a cache that this thread has claimed, never unmapped.
    if own.is_null() || own == GONE || !unsafe { &*own }.put(class, slot) {
        store::put(class, &[slot]);
    }
}

/// The granules of the block in the slot at `start`; `None` elsewhere.
#[inline]
pub(crate) fn granules_at(start: usize) -> Option<usize> {
    range::class_at(start).map(granules)
}

/// Whether the block at `start` is a slot of just this size, live, and neither shown to C nor pinned ever.
#[inline]
pub(super) fn is_plain(start: usize, bytes: usize) -> bool {
    range::class_at(start) == Some(class_of(bytes)) && MAP.is_plain(start, bytes)
}

/// Frees such a block. What most frees are: left to the compiler it was a call of its own, and programs on the heap took 5 % longer.
#[inline(always)]
pub(super) fn free_plain(start: usize, bytes: usize) {
    MAP.mark_freed(start);
    give_back(start, bytes);
}

/// The first block of a thread, or one of a thread that is nearly gone, which has no cache.
#[cold]
fn claim(own: *const Cache) -> Option<&'static Cache> {
    if own == GONE || !range::is_there() {
        return None;
    }
    let cache = free_cache().or_else(new_cache)?;
    // What the C library allocates for the destructor is not the program's.
    if reentry::of_rust(|| LEAVE.try_with(|_| ())).is_err() {
        OWN.set(GONE);
        cache.owned.store(false, Ordering::Release);
        return None;
    }
    OWN.set(cache);
    super::note_installed();
    Some(cache)
}

fn free_cache() -> Option<&'static Cache> {
    let mut next = CACHES.load(Ordering::Acquire);
    // SAFETY: the list holds mapped caches that are never unmapped; a cache is all atomics.
    while let Some(cache) = unsafe { next.as_ref() } {
        if !cache.owned.load(Ordering::Relaxed)
            && cache.owned.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok()
        {
            return Some(cache);
        }
        next = cache.next.load(Ordering::Acquire);
    }
    None
}

fn new_cache() -> Option<&'static Cache> {
    let pages = sys::map_pages(size_of::<Cache>())?.cast::<Cache>();
    // SAFETY: fresh zeroed pages of that size, never unmapped; zero is valid for every atomic inside, and an empty cache.
    let cache: &'static Cache = unsafe { pages.as_ref() };
    cache.owned.store(true, Ordering::Relaxed);
    let mut head = CACHES.load(Ordering::Relaxed);
    loop {
        cache.next.store(head, Ordering::Relaxed);
        match CACHES.compare_exchange_weak(head, pages.as_ptr(), Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) => return Some(cache),
            Err(now) => head = now,
        }
    }
}

impl Cache {
    /// Runs `body` for the owner, unless it is inside already.
    #[inline]
    fn alone<R>(&self, body: impl FnOnce() -> R) -> Option<R> {
        if self.busy.load(Ordering::Relaxed) {
            return None;
        }
        self.busy.store(true, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
        let result = body();
        compiler_fence(Ordering::SeqCst);
        self.busy.store(false, Ordering::Relaxed);
        Some(result)
    }

    #[inline]
    fn take(&self, class: usize) -> Option<Slot> {
        self.alone(|| self.classes[class].take(class)).flatten()
    }

    #[inline]
    fn put(&self, class: usize, slot: Slot) -> bool {
        self.alone(|| self.classes[class].put(class, slot)).is_some()
    }
}

impl Class {
    #[inline]
    fn take(&self, class: usize) -> Option<Slot> {
        let (freed, taken) = (self.freed.load(Ordering::Relaxed), self.taken.load(Ordering::Relaxed));
        if freed.wrapping_sub(taken) > WAIT {
            self.taken.store(taken.wrapping_add(1), Ordering::Relaxed);
            return Some(self.waiting[(taken % RING) as usize].load(Ordering::Relaxed));
        }
        let ready = match self.ready.load(Ordering::Relaxed) {
            0 => self.fetch(class)?,
            ready => ready,
        };
        self.ready.store(ready - 1, Ordering::Relaxed);
        Some(self.at_hand[ready as usize - 1].load(Ordering::Relaxed))
    }

    #[inline]
    fn put(&self, class: usize, slot: Slot) {
        let freed = self.freed.load(Ordering::Relaxed);
        if freed.wrapping_sub(self.taken.load(Ordering::Relaxed)) == RING {
            self.spill(class);
        }
        self.waiting[(freed % RING) as usize].store(slot, Ordering::Relaxed);
        self.freed.store(freed.wrapping_add(1), Ordering::Relaxed);
    }

    /// Gets slots from the store; how many are at hand then.
    #[cold]
    fn fetch(&self, class: usize) -> Option<u32> {
        let mut batch = [0; BATCH];
        let count = store::get(class, &mut batch);
        // The last is taken first: fresh ones in the order of their addresses, as vectors of buffers like them.
        let batch = batch[..count].iter().rev();
        self.at_hand.iter().zip(batch).for_each(|(place, slot)| place.store(*slot, Ordering::Relaxed));
        if count == 0 { None } else { Some(count as u32) }
    }

    /// Gives the store those that waited longest.
    #[cold]
    fn spill(&self, class: usize) {
        let taken = self.taken.load(Ordering::Relaxed);
        let mut batch = [0; BATCH];
        for (number, slot) in (0_u32..).zip(&mut batch) {
            *slot = self.waiting[(taken.wrapping_add(number) % RING) as usize].load(Ordering::Relaxed);
        }
        self.taken.store(taken.wrapping_add(BATCH as u32), Ordering::Relaxed);
        store::put(class, &batch);
    }
}

/// Takes or gives back every lock, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    store::around_fork(is_before);
}

#[cfg(test)]
mod tests;
