//! PF008, moved-struct: a structure that C knows by its address, used at another one.

use super::Rule;
use super::memory::{self, Place, Window};
use crate::desc::Direction;
use crate::pin::places::{self, Known, Words};
use crate::sys;
use core::panic::Location;

/// The structure as it is, as far as it is looked at; `None` where it is not surely readable.
fn words_of(addr: usize, bytes: usize, place: Place) -> Option<Words> {
    if matches!(place, Place::Unknown | Place::DeadStack) {
        return None;
    }
    let window = Window::new(place, addr, bytes);
    let mut words = Words::default();
    for (number, word) in words.iter_mut().enumerate().take(bytes / size_of::<u64>()) {
        *word = window.peek(addr + number * size_of::<u64>(), size_of::<u64>())?;
    }
    Some(words)
}

/// Before a call: the rule broken by a structure at an address where C has never seen it, that it has seen elsewhere. From here
/// on C knows it where it is.
pub(crate) fn violated(
    addr: usize,
    bytes: usize,
    direction: Direction,
    place: Place,
    site: &'static Location<'static>,
) -> Option<Rule> {
    let words = words_of(addr, bytes, place)?;
    // What C writes whole begins anew, whatever was there.
    let begins = direction == Direction::Out;
    let moved = if begins { None } else { places::search(addr, bytes, |known| is_same(known, &words)) };
    places::before(addr, bytes, &words, moved, site);
    moved.map(|from| Rule::Moved { from: from.addr, site: from.site })
}

/// After a call: what C has made of it.
pub(crate) fn note(addr: usize, bytes: usize) {
    if let Some(words) = words_of(addr, bytes, memory::locate_readable(addr)) {
        places::after(addr, &words);
    }
}

/// Whether this is what C knows at that other address: it has a pointer that C put there, and that leads back to there.
fn is_same(known: &Known, words: &Words) -> bool {
    (0..words.len()).any(|number| {
        known.own >> number & 1 == 1
            && known.words[number] == words[number]
            && usize::try_from(words[number]).is_ok_and(|word| leads_back(word, known))
    })
}

/// Whether an address is in the structure as C knows it, or at the start of memory that has such an address: the library's own
/// part of it. Memory that has gone to another structure since leads there.
fn leads_back(addr: usize, known: &Known) -> bool {
    let is_there = |addr: usize| (known.addr..known.addr + known.bytes).contains(&addr);
    let mut near = [0_u8; 32 * size_of::<usize>()];
    // Through the kernel: nobody says that the memory is still there. What ends sooner is read in part.
    let mut lengths = [near.len(), near.len() / 4, size_of::<usize>()].into_iter();
    is_there(addr)
        || lengths.any(|length| {
            let near = &mut near[..length];
            sys::read_untrusted(addr, near)
                && near
                    .chunks_exact(size_of::<usize>())
                    .any(|word| is_there(usize::from_ne_bytes(word.try_into().unwrap_or_default())))
        })
}
