//! The outer frames of a stack: most stacks of a thread have them in common, so they are compared with the last ones instead of
//! being found one by one.
//!
//! Where the way from one return address to the next is remembered, each step waits for the one before it. Here all places are
//! known beforehand, and the processor reads them at once.

use super::{MAX_FRAMES, return_address};
use crate::sync::plain::{Ordering, compiler_fence};
use core::cell::Cell;

/// Frames that are found one by one: in these, stacks differ.
pub(super) const INNER: usize = 3;
const OUTER: usize = MAX_FRAMES - INNER;
const ENTRIES: usize = 32;

/// The frames further out than one whose return address was at some place.
struct Entry {
    // In disguise: a search of the thread's memory must not take it for a pointer. 0 while nothing is there.
    place: Cell<usize>,
    address: Cell<usize>,
    count: Cell<usize>,
    // How far from the place the next ones are, and what was there.
    distances: [Cell<u32>; OUTER],
    addresses: [Cell<usize>; OUTER],
}

struct Entries {
    // A signal handler that comes in between leaves them alone.
    is_busy: Cell<bool>,
    all: [Entry; ENTRIES],
}

impl Entry {
    const fn free() -> Self {
        Self {
            place: Cell::new(0),
            address: Cell::new(0),
            count: Cell::new(0),
            distances: [const { Cell::new(0) }; OUTER],
            addresses: [const { Cell::new(0) }; OUTER],
        }
    }
}

thread_local! {
    static LAST: Entries =
        const { Entries { is_busy: Cell::new(false), all: [const { Entry::free() }; ENTRIES] } };
}

impl Entries {
    fn of(&self, place: usize, address: usize) -> &Entry {
        let mixed = (place ^ address.rotate_left(20)).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64 as usize);
        &self.all[mixed >> (usize::BITS - ENTRIES.trailing_zeros())]
    }
}

/// The frames behind the one with this return address at this place, written to `into`, and how many there are; `None` where
/// they are not what they were.
#[inline]
pub(super) fn recall(place: usize, address: usize, into: &mut [usize]) -> Option<usize> {
    LAST.try_with(|last| {
        let entry = last.of(place, address);
        if last.is_busy.get() || entry.place.get() != !place || entry.address.get() != address {
            return None;
        }
        let count = entry.count.get();
        let frames = entry.distances.get(..count)?.iter().zip(entry.addresses.get(..count)?).zip(into);
        for ((distance, known), frame) in frames {
            // Only where all before it were the same is this one known to be there.
            if return_address(place + distance.get() as usize) != known.get() {
                return None;
            }
            *frame = known.get();
        }
        Some(count)
    })
    .ok()?
}

/// Keeps the frames behind such a one, with their places.
pub(super) fn keep(place: usize, address: usize, places: &[usize], addresses: &[usize]) {
    let _ = LAST.try_with(|last| {
        if last.is_busy.replace(true) {
            return;
        }
        compiler_fence(Ordering::SeqCst);
        let entry = last.of(place, address);
        let frames = entry.distances.iter().zip(&entry.addresses).zip(places.iter().zip(addresses));
        let mut is_near = true;
        for ((distance, known), (at, found)) in frames {
            let far = u32::try_from(at.wrapping_sub(place));
            is_near &= far.is_ok();
            distance.set(far.unwrap_or(0));
            known.set(*found);
        }
        entry.count.set(places.len().min(OUTER));
        entry.address.set(address);
        entry.place.set(if is_near { !place } else { 0 });
        compiler_fence(Ordering::SeqCst);
        last.is_busy.set(false);
    });
}
