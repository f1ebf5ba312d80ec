//! Which calls are checked where not all are: one in so many, left to chance, so that no loop falls into step with it.

use crate::mode;
use crate::sync::plain::{AtomicU64, Ordering};
use core::cell::Cell;
use core::num::NonZeroU32;

thread_local! {
    // Zero is "not begun".
    static STATE: Cell<u64> = const { Cell::new(0) };
}

/// Whether this call is one to check.
#[inline]
pub(crate) fn is_turn() -> bool {
    let one_in = mode::one_in();
    one_in == NonZeroU32::MIN || is_drawn(one_in)
}

fn is_drawn(one_in: NonZeroU32) -> bool {
    STATE.with(|state| {
        let next = step(if state.get() == 0 { seed(core::ptr::from_ref(state).addr()) } else { state.get() });
        state.set(next);
        // The upper half of a product with an odd number: what xorshift leaves of a pattern is in the lower bits.
        let drawn = next.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        (drawn * u64::from(one_in.get())) >> 32 == 0
    })
}

/// Marsaglia's xorshift with 64 bits: every number but zero comes, and zero never.
fn step(mut state: u64) -> u64 {
    state ^= state << 13;
    state ^= state >> 7;
    state ^ state << 17
}

/// Where a thread begins: elsewhere than other threads, and by the address elsewhere than other processes.
fn seed(address: usize) -> u64 {
    static THREADS: AtomicU64 = AtomicU64::new(0);
    let thread = THREADS.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // A few steps spread the few bits that differ.
    (0..8).fold((address as u64 ^ thread) | 1, |state, _| step(state))
}

#[cfg(test)]
mod tests {
    use super::{NonZeroU32, is_drawn};

    fn one_in(number: u32) -> NonZeroU32 {
        NonZeroU32::new(number).expect("not zero")
    }

    #[test]
    fn the_share_is_right_and_no_rhythm_is_left_out() {
        assert!((0..1000).all(|_| is_drawn(one_in(1))));
        let drawn: Vec<bool> = (0..200_000).map(|_| is_drawn(one_in(10))).collect();
        let count = |from: usize, every: usize| drawn.iter().skip(from).step_by(every).filter(|is| **is).count();
        // Six standard deviations about the mean, for the whole and for each place in a loop of ten calls.
        assert!((20_000_usize.abs_diff(count(0, 1))) < 810, "{}", count(0, 1));
        for place in 0..10 {
            assert!(2_000_usize.abs_diff(count(place, 10)) < 255, "{place}: {}", count(place, 10));
        }
    }

    #[test]
    fn threads_do_not_draw_alike() {
        let draw = || std::thread::spawn(|| (0..256).map(|_| is_drawn(one_in(2))).collect::<Vec<bool>>());
        let (one, other) = (draw().join().expect("no panic"), draw().join().expect("no panic"));
        assert_ne!(one, other);
    }
}
