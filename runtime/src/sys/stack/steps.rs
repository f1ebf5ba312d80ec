//! The steps from one return address on the stack to the next, remembered.

use crate::sync::plain::{AtomicU64, AtomicUsize, Ordering};

/// A step, written by many without a lock: two halves of different steps do not fit each other.
struct Step {
    /// What the distance and the key of the step make together; 0 while the entry is free.
    check: AtomicU64,
    /// How far it is to the next place; not where that is, which a search of static memory would take for a pointer.
    distance: AtomicUsize,
}

/// Steps that share a place by chance; a line of the cache, so that a look at the others costs next to nothing. Were there one
/// only, two steps of a hot stack that share it would send each walk to the unwinder.
const WAYS: usize = 4;

#[repr(align(64))]
struct Set([Step; WAYS]);

const SETS: usize = 1 << 12;
static TABLE: [Set; SETS] =
    [const { Set([const { Step { check: AtomicU64::new(0), distance: AtomicUsize::new(0) } }; WAYS]) }; SETS];

/// In place of a distance: the outermost frame.
pub(super) const END: usize = 0;
/// The largest frame that is stepped over.
const FARTHEST: usize = 1 << 20;

/// What stands for a return address at a place; never 0.
#[inline]
pub(super) fn key(place: usize, address: usize) -> u64 {
    let mixed =
        (place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (address as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) | 1
}

#[inline]
fn set(key: u64) -> &'static [Step; WAYS] {
    &TABLE[(key >> 40) as usize % SETS].0
}

/// How far it is from there to the next place, where that is known.
#[inline]
pub(super) fn distance(key: u64) -> Option<usize> {
    set(key).iter().find_map(|step| step.of(key))
}

/// Towards the outside only, so that a walk ends.
pub(super) fn remember(key: u64, distance: usize) {
    if distance > FARTHEST {
        return;
    }
    let set = set(key);
    let known = set.iter().find(|step| step.of(key).is_some());
    let free = || set.iter().find(|step| step.check.load(Ordering::Relaxed) == 0);
    let step = known.or_else(free).unwrap_or(&set[key as usize / 2 % WAYS]);
    step.distance.store(distance, Ordering::Relaxed);
    step.check.store(key ^ distance as u64, Ordering::Relaxed);
}

impl Step {
    #[inline]
    fn of(&self, key: u64) -> Option<usize> {
        let distance = self.distance.load(Ordering::Relaxed);
        (self.check.load(Ordering::Relaxed) == key ^ distance as u64).then_some(distance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_meet_in_one_place_are_all_known() {
        // Keys of one set, as the place is made of the upper bits.
        let keys: Vec<u64> = (0..WAYS as u64).map(|number| 0xabcd_ef00_0000_0001 + 2 * number).collect();
        for (key, distance) in keys.iter().zip([64, END, 128, 48]) {
            remember(*key, distance);
        }
        assert_eq!(keys.iter().map(|key| distance(*key)).collect::<Vec<_>>(), [64, END, 128, 48].map(Some));
        remember(keys[2], 256);
        assert_eq!(keys.iter().map(|key| distance(*key)).collect::<Vec<_>>(), [64, END, 256, 48].map(Some));
        // A fifth takes the place of one of them, and the farthest are not remembered.
        let fifth = 0xabcd_ef00_0000_1001;
        remember(fifth, 32);
        assert_eq!(distance(fifth), Some(32));
        assert_eq!(keys.iter().filter(|key| distance(**key).is_some()).count(), WAYS - 1);
        remember(fifth + 2, FARTHEST + 1);
        assert_eq!(distance(fifth + 2), None);
    }
}
