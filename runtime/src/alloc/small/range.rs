//! The range of addresses that small blocks have for themselves, and how it is opened and cut into slots.

use super::{Slot, granules, stride};
use crate::alloc::map::{GRANULE, MAP};
use crate::sync::SpinLock;
use crate::sync::plain::{AtomicU8, AtomicUsize, Ordering};
use crate::sys;

/// What is asked for, the first that the system grants and of which a limit on address space (`ulimit -v`) leaves enough.
const SIZES: [usize; 3] = [32 << 30, 4 << 30, 256 << 20];
/// What is cut at once: slots of one class. A slab lies in one leaf of the heap map.
const SLAB: usize = 64 << 10;
/// What is opened at once.
const STEP: usize = 1 << 20;

/// What stands for a base before the system is asked, and where it grants nothing. No address is less than a range away: who reads
/// the one of base and length before another thread writes both, and the other after, must not take a low address for one of ours.
const UNASKED: usize = 1 << (usize::BITS - 1);
const REFUSED: usize = UNASKED + 1;
/// The part of a limit on address space that is taken: the rest is the program's, which cannot know of the range.
const SHARE_OF_LIMIT: usize = 8;

/// First address.
static BASE: AtomicUsize = AtomicUsize::new(UNASKED);
static LENGTH: AtomicUsize = AtomicUsize::new(0);

/// How far the range is cut and opened, in bytes from its base.
struct Frontier {
    cut: usize,
    open: usize,
}

static FRONTIER: SpinLock<Frontier> = SpinLock::new(Frontier { cut: 0, open: 0 });

/// Slots of one class that were never used: the next and the end, in granules from the base.
#[derive(Clone, Copy)]
pub(super) struct Fresh {
    next: Slot,
    end: Slot,
}

/// Which class each slab was cut for.
static SLABS: [AtomicU8; SIZES[0] / SLAB] = [const { AtomicU8::new(0) }; SIZES[0] / SLAB];

/// The class of the slot at an address of the range, 0 where none was cut yet; `None` elsewhere.
#[inline]
pub(super) fn class_at(addr: usize) -> Option<usize> {
    let offset = addr.wrapping_sub(BASE.load(Ordering::Relaxed));
    if offset >= LENGTH.load(Ordering::Relaxed) {
        return None;
    }
    SLABS.get(offset / SLAB).map(|class| usize::from(class.load(Ordering::Relaxed)))
}

/// Whether the address is in the range: then no other allocator and no part of C has ever had it.
#[inline]
pub(crate) fn is_ours(addr: usize) -> bool {
    addr.wrapping_sub(BASE.load(Ordering::Relaxed)) < LENGTH.load(Ordering::Relaxed)
}

#[inline]
pub(super) fn addr(slot: Slot) -> usize {
    BASE.load(Ordering::Relaxed) + slot as usize * GRANULE
}

#[inline]
pub(super) fn slot(addr: usize) -> Slot {
    ((addr - BASE.load(Ordering::Relaxed)) / GRANULE) as Slot
}

/// Whether there is a range; asks for one the first time.
pub(super) fn is_there() -> bool {
    match BASE.load(Ordering::Acquire) {
        UNASKED => FRONTIER.with_patience(|_| reserve()).unwrap_or(false),
        base => base != REFUSED,
    }
}

fn sizes_within(limit: usize) -> impl Iterator<Item = usize> {
    SIZES.into_iter().filter(move |bytes| *bytes <= limit / SHARE_OF_LIMIT)
}

/// Asks the system for the range, alone.
#[cold]
fn reserve() -> bool {
    if BASE.load(Ordering::Relaxed) == UNASKED {
        let granted =
            sizes_within(sys::address_space_limit()).find_map(|bytes| Some((sys::reserve_pages(bytes)?, bytes)));
        let base = granted.map_or(REFUSED, |(pages, bytes)| {
            let start = pages.as_ptr().expose_provenance();
            // Slabs begin at their multiples.
            let base = start.next_multiple_of(SLAB);
            LENGTH.store((start + bytes - base) / STEP * STEP, Ordering::Relaxed);
            base
        });
        BASE.store(base, Ordering::Release);
    }
    BASE.load(Ordering::Relaxed) != REFUSED
}

impl Fresh {
    pub(super) const NONE: Self = Self { next: 0, end: 0 };

    pub(super) fn is_empty(&self) -> bool {
        self.next == self.end
    }

    /// Takes up to `slots.len()` of them, of a class; how many there were.
    pub(super) fn take(&mut self, class: usize, slots: &mut [Slot]) -> usize {
        let mut count = 0;
        for place in slots {
            if self.is_empty() {
                break;
            }
            *place = self.next;
            self.next += stride(class) as Slot;
            count += 1;
        }
        count
    }
}

/// A new slab, cut into slots of the class; `None` at the end of the range, or where the system has no memory.
pub(super) fn cut(class: usize) -> Option<Fresh> {
    FRONTIER.with_patience(|frontier| frontier.cut(class)).flatten()
}

impl Frontier {
    fn cut(&mut self, class: usize) -> Option<Fresh> {
        let (base, end) = (BASE.load(Ordering::Relaxed), self.cut + SLAB);
        if end > LENGTH.load(Ordering::Relaxed) {
            return None;
        }
        if end > self.open {
            // SAFETY: the next pages of the mapping made by `reserve`, in which nothing lies yet.
            if !unsafe { sys::protect(base + self.open, STEP, true) } {
                return None;
            }
            self.open += STEP;
        }
        let count = SLAB / GRANULE / stride(class);
        if !MAP.shape_slots(base + self.cut, granules(class), stride(class), count) {
            return None;
        }
        SLABS[self.cut / SLAB].store(class as u8, Ordering::Relaxed);
        let next = (self.cut / GRANULE) as Slot;
        self.cut = end;
        Some(Fresh { next, end: next + (count * stride(class)) as Slot })
    }
}

/// Takes or gives back the lock, around a fork.
pub(super) fn around_fork(is_before: bool) {
    if is_before { FRONTIER.hold() } else { FRONTIER.let_go() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_a_limit_is_left_to_the_program() {
        let sizes = |limit| sizes_within(limit).collect::<Vec<_>>();
        assert_eq!(sizes(usize::MAX), SIZES);
        assert_eq!(sizes(100 << 30), SIZES[1..]);
        assert_eq!(sizes(6 << 30), SIZES[2..]);
        assert_eq!(sizes(1 << 30), []);
    }

    /// As it looks to who has read a base from before, and a length from after.
    #[test]
    fn no_address_is_in_a_range_that_is_not_there() {
        for base in [UNASKED, REFUSED] {
            for addr in [0, 16, 0x40_0000, SIZES[0] - 16, (1 << 47) - 16, usize::MAX] {
                assert!(addr.wrapping_sub(base) >= SIZES[0], "{addr:#x} from {base:#x}");
            }
        }
    }
}
