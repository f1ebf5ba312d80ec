//! What tells one holder of pins from all others: a number that stands in the holder and, by chance, nowhere else.
//!
//! The number lies in the holder as it is, and everywhere else in disguise. So whether anybody still has a holder can be
//! asked of memory alone, wherever it was moved (`search.rs`).

use crate::sync::plain::{AtomicU32, AtomicU64, Ordering};
use core::cell::Cell;
use core::hash::{BuildHasher, Hash};
use std::hash::RandomState;

/// The mark of one holder, part of it and moved with it. Unchecked builds have none.
#[derive(Debug)]
pub(crate) struct Mark {
    #[cfg(any(debug_assertions, feature = "checked"))]
    number: u64,
    // Whether what had this number is held no more, or it is none yet.
    #[cfg(any(debug_assertions, feature = "checked"))]
    is_over: bool,
}

/// A holder, by its mark in disguise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct HolderId(u64);

impl HolderId {
    /// No holder: of a pin that stays for ever, and of a free place.
    pub(crate) const NOBODY: Self = Self(0);

    /// The holder that a word of memory is the mark of, if it is one.
    #[inline]
    pub(crate) fn of_word(word: u64) -> Self {
        Self(!word)
    }

    /// The holder of a disguised mark.
    #[inline]
    pub(crate) fn of_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The disguised mark.
    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.0
    }
}

#[cfg(any(debug_assertions, feature = "checked"))]
impl Mark {
    /// No mark yet.
    pub(crate) const fn none() -> Self {
        Self { number: 0, is_over: true }
    }

    /// The holder that has this mark. Where it holds nothing yet it gets another one first: an old copy must not speak for what
    /// it will hold.
    pub(crate) fn holder(&mut self) -> HolderId {
        loop {
            if let Some(holder) = self.quick_holder() {
                return holder;
            }
            self.begin();
        }
    }

    /// The same, if there was a number before. Calls nothing.
    #[inline]
    pub(crate) fn quick_holder(&mut self) -> Option<HolderId> {
        if self.is_over {
            if self.number == 0 {
                return None;
            }
            let number = self.number.wrapping_add(STEP);
            self.is_over = false;
            // Nobody reads the number but the search, which the compiler does not see: it is in memory from here …
            // SAFETY: a place of our own.
            unsafe { (&raw mut self.number).write_volatile(number) };
        }
        Some(HolderId::of_word(self.number))
    }

    /// Whether it never had a number.
    #[inline]
    pub(crate) fn is_new(&self) -> bool {
        self.number == 0
    }

    /// Gives it the number that its first one follows.
    #[inline(never)]
    pub(crate) fn begin(&mut self) {
        self.number = fresh();
    }

    /// The holder holds nothing any more. The number may stay where it is; it says nothing from here on.
    #[inline]
    pub(crate) fn end(&mut self) {
        // … until here, wherever the holder was moved meanwhile.
        // SAFETY: a place of our own.
        unsafe { (&raw const self.number).read_volatile() };
        self.is_over = true;
    }

    /// Takes the number out of memory.
    #[cfg(test)]
    #[inline(never)]
    pub(crate) fn clear(&mut self) {
        *self = Self::none();
        core::hint::black_box(&mut self.number);
    }
}

#[cfg(not(any(debug_assertions, feature = "checked")))]
impl Mark {
    /// No mark: this build has none.
    pub(crate) const fn none() -> Self {
        Self {}
    }

    /// Does nothing.
    #[inline(always)]
    pub(crate) fn end(&mut self) {}
}

/// How many marks a thread takes at once, so that threads do not meet at one counter.
const RUN: u64 = 1 << 10;

static GIVEN: AtomicU64 = AtomicU64::new(RUN);
static SECRET: AtomicU64 = AtomicU64::new(0);

thread_local! {
    // What the next mark of this thread is made of, and how many there are from it on.
    static NEXT: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
}

/// A number never given before in this process, spread over all 64 bits: one more than a multiple of 4, and so neither 0 nor
/// what is stored for nobody.
#[cfg_attr(not(any(debug_assertions, feature = "checked")), allow(dead_code, reason = "unchecked builds mark nothing"))]
fn fresh() -> u64 {
    loop {
        let (next, left) = NEXT.get();
        if let Some(left) = left.checked_sub(1) {
            NEXT.set((next.wrapping_add(SPREAD), left));
            return next << 2 | 1;
        }
        another_run();
    }
}

/// Gives this thread another run of numbers.
#[cfg_attr(not(any(debug_assertions, feature = "checked")), allow(dead_code, reason = "unchecked builds mark nothing"))]
#[cold]
fn another_run() {
    #[cfg(not(loom))]
    super::search::watch_thread();
    let first = GIVEN.fetch_add(RUN, Ordering::Relaxed).wrapping_mul(SPREAD).wrapping_add(secret());
    NEXT.set((first, RUN));
}

fn secret() -> u64 {
    let secret = SECRET.load(Ordering::Relaxed);
    if secret != 0 {
        return secret;
    }
    let mut hasher = RandomState::new().build_hasher();
    0_u8.hash(&mut hasher);
    let made = core::hash::Hasher::finish(&hasher) | 1;
    match SECRET.compare_exchange(0, made, Ordering::Relaxed, Ordering::Relaxed) {
        Ok(_) => made,
        Err(first) => first,
    }
}

/// The step from one number to the next: a multiple of it for each counted number is another one, spread over all 64 bits (2^64
/// divided by the golden ratio, an odd number).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The step from a mark to the next one of the same holder: no small multiple of it is one of four times the other step.
const STEP: u64 = 0x5851_f42d_4c95_7f2d << 2;

static FORKS: AtomicU32 = AtomicU32::new(0);

/// How many forks lie between this process and the first: a pin of another generation is the parent's.
#[inline]
pub(crate) fn generation() -> u32 {
    FORKS.load(Ordering::Relaxed)
}

/// In the child of a fork, before it pins anything.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "called by handlers that only Linux has"))]
pub(crate) fn forked() {
    FORKS.fetch_add(1, Ordering::Relaxed);
}

#[cfg(all(test, any(debug_assertions, feature = "checked")))]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_mark_stays_until_it_ends_and_none_comes_twice() {
        let mut mark = Mark::none();
        let first = mark.holder();
        assert_eq!(mark.holder(), first);
        assert_eq!(HolderId::of_word(mark.number), first);
        mark.end();
        assert_ne!(mark.holder(), first);
        // Of each thread: many holders, and one that holds again and again.
        let many = |_: usize| {
            std::thread::spawn(|| {
                let mut again = Mark::none();
                let mut both = || {
                    again.end();
                    [Mark::none().holder(), again.holder()]
                };
                (0..5_000).flat_map(|_| both()).map(HolderId::bits).collect::<Vec<u64>>()
            })
        };
        let threads: Vec<_> = (0..4).map(many).collect();
        let all: BTreeSet<u64> = threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect();
        assert_eq!(all.len(), 40_000);
        assert!(all.iter().all(|mark| mark >> 32 != 0), "no mark looks like a small number");
    }
}
