//! Structures that C knows by their address, as their last calls left them.

use crate::sync::SpinLock;
use core::panic::Location;

/// The first words of a structure, zero behind its end.
pub(crate) type Words = [u64; 32];

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) addr: usize,
    pub(crate) bytes: usize,
    /// As the last call left it.
    pub(crate) words: Words,
    /// As it was before the call under way.
    before: Words,
    /// The words where C put a pointer that was none before: they tell this one from all others.
    pub(crate) own: u32,
    /// The call that made it known here.
    pub(crate) site: &'static Location<'static>,
}

const PLACES: usize = 64;

impl Known {
    /// In disguise, and back: the table is static memory, where C's pointers are searched for.
    fn veiled(mut self) -> Self {
        self.addr = !self.addr;
        self.words.iter_mut().chain(&mut self.before).for_each(|word| *word = !*word);
        self
    }
}

/// The last ones in disguise, each address once; older ones give way.
static KNOWN: SpinLock<([Option<Known>; PLACES], usize)> = SpinLock::new(([None; PLACES], 0));

/// The one that is at another address and fits; `fits` is asked without a lock.
pub(crate) fn search(addr: usize, bytes: usize, fits: impl Fn(&Known) -> bool) -> Option<Known> {
    let is_here = |known: &Known| known.addr == !addr;
    if KNOWN.with_patience(|(known, _)| known.iter().flatten().any(is_here)).unwrap_or(true) {
        return None;
    }
    (0..PLACES).find_map(|place| {
        let known = KNOWN.with_patience(|(known, _)| known[place]).flatten()?.veiled();
        (known.bytes == bytes && fits(&known)).then_some(known)
    })
}

/// Before a call: C knows the structure at this address from here on, and no longer where it was `moved` from.
pub(crate) fn before(addr: usize, bytes: usize, words: &Words, moved: Option<Known>, site: &'static Location<'static>) {
    KNOWN.with_patience(|(known, next)| {
        let from = moved.map_or(addr, |from| from.addr);
        let found = known.iter().position(|known| known.is_some_and(|known| known.addr == !from));
        let place = found.unwrap_or_else(|| {
            *next += 1;
            *next % PLACES
        });
        let old = known[place].map(Known::veiled).filter(|known| known.addr == from && known.bytes == bytes);
        let fresh = Known { addr, bytes, words: *words, before: *words, own: 0, site };
        known[place] = Some(old.map_or(fresh, |old| Known { addr, before: *words, ..old }).veiled());
    });
}

/// After a call.
pub(crate) fn after(addr: usize, words: &Words) {
    KNOWN.with_patience(|(known, _)| {
        let Some(place) = known.iter_mut().flatten().find(|known| known.addr == !addr) else { return };
        let mut known = place.veiled();
        for (number, (before, now)) in known.before.iter().zip(words).enumerate() {
            let bit = 1 << number;
            if before != now {
                known.own &= !bit;
                if is_pointer(*now) && !is_pointer(*before) {
                    known.own |= bit;
                }
            }
        }
        known.words = *words;
        *place = known.veiled();
    });
}

/// Whether a word may be an address: no small number, and none beyond user space.
fn is_pointer(word: u64) -> bool {
    (0x1_0000..1 << 47).contains(&word)
}

/// Takes or gives back the lock of this file, around a fork.
pub(crate) fn around_fork(is_before: bool) {
    if is_before { KNOWN.hold() } else { KNOWN.let_go() }
}
