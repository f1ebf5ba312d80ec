//! Whole stacks, remembered with a number: a stack that is met again is compared, not walked.
//!
//! A chain holds for the place at which it was found, like the steps that it is made of: its frames are where they were, as long
//! as each return address from the inside to the outside is the one that was there. Chains are written once and never changed.

use super::return_address;
use crate::sync::plain::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use crate::sys::MAX_FRAMES;
use crate::sys::mapped::{Mapped, Zeroed};

/// A chain is looked for when so many frames have been stepped over, for these tell most stacks apart.
pub(super) const LOOKS: [usize; 2] = [4, 9];

struct Chain {
    /// What its first frames make together; 0 while it is free, [`TAKEN`] while it is written.
    key: AtomicU64,
    number: AtomicU32,
    filled: AtomicU32,
    /// The innermost place, all bits turned: a search of memory is not to take it for a pointer.
    first: AtomicUsize,
    addresses: [AtomicUsize; MAX_FRAMES],
    /// How far each place is from the innermost one.
    distances: [AtomicU32; MAX_FRAMES],
}

// SAFETY: atomics alone.
unsafe impl Zeroed for Chain {}

const TAKEN: u64 = 2;
/// Stacks that begin alike, and others that share a place by chance.
const WAYS: usize = 4;
const SETS: usize = 1 << 10;
static TABLE: Mapped<[Chain; WAYS], SETS> = Mapped::new();

// SAFETY: atomics alone.
unsafe impl Zeroed for [Chain; WAYS] {}

/// What the first frames of a stack make together, from their keys.
#[derive(Clone, Copy, Default)]
pub(super) struct Beginning(u64);

impl Beginning {
    #[inline]
    pub(super) fn and(self, key: u64) -> Self {
        Self(self.0.rotate_left(5) ^ key)
    }

    /// Neither 0 nor [`TAKEN`].
    #[inline]
    fn key(self) -> u64 {
        self.0 | 1
    }

    #[inline]
    fn set(self) -> Option<&'static [Chain; WAYS]> {
        TABLE.get().map(|table| &table[(self.0 >> 44) as usize % SETS])
    }
}

/// The number of the stack that begins with these frames, the innermost of which is at `first`, and is known from there on.
#[inline]
pub(super) fn find(beginning: Beginning, frames: &[usize], first: usize) -> Option<u32> {
    let key = beginning.key();
    beginning.set()?.iter().find_map(|chain| {
        // Acquired: what follows was written before.
        (chain.key.load(Ordering::Acquire) == key && chain.is_there(frames, first))
            .then(|| chain.number.load(Ordering::Relaxed))
    })
}

impl Chain {
    #[inline]
    fn is_there(&self, frames: &[usize], first: usize) -> bool {
        if self.first.load(Ordering::Relaxed) != !first {
            return false;
        }
        if !self.addresses.iter().zip(frames).all(|(address, frame)| address.load(Ordering::Relaxed) == *frame) {
            return false;
        }
        let filled = (self.filled.load(Ordering::Relaxed) as usize).min(MAX_FRAMES);
        for at in frames.len()..filled {
            // The frame before is the one that was there, so this place is one of a return address, as it was then.
            let place = first.wrapping_add(self.distances[at].load(Ordering::Relaxed) as usize);
            if self.addresses[at].load(Ordering::Relaxed) != return_address(place) {
                return false;
            }
        }
        true
    }
}

/// Remembers a whole stack under this number, if there is room.
#[inline(never)]
pub(super) fn remember(beginnings: &[Beginning], frames: &[usize], places: &[usize], number: u32) {
    let Some(first) = places.first() else { return };
    if places.iter().any(|place| u32::try_from(place.wrapping_sub(*first)).is_err()) {
        return;
    }
    // A look that the stack was too short for has no beginning.
    for beginning in beginnings.iter().filter(|beginning| beginning.0 != 0) {
        for chain in beginning.set().into_iter().flatten() {
            let is_free = chain.key.load(Ordering::Relaxed) == 0;
            if !is_free || chain.key.compare_exchange(0, TAKEN, Ordering::Relaxed, Ordering::Relaxed).is_err() {
                continue;
            }
            chain.number.store(number, Ordering::Relaxed);
            chain.first.store(!first, Ordering::Relaxed);
            chain.filled.store(frames.len() as u32, Ordering::Relaxed);
            for ((address, distance), (frame, place)) in
                chain.addresses.iter().zip(&chain.distances).zip(frames.iter().zip(places))
            {
                address.store(*frame, Ordering::Relaxed);
                distance.store((place - first) as u32, Ordering::Relaxed);
            }
            chain.key.store(beginning.key(), Ordering::Release);
            return;
        }
    }
}
