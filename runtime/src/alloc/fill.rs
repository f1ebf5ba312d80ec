//! Bytes that nobody may change: a fence behind each block, and poison in freed ones. Level full only.

use core::ptr;

/// The length of a fence in bytes: what a loop that goes a little too far hits.
pub(crate) const FENCE: usize = 32;
/// The bytes of a freed block that are poisoned, from its start on: what freeing may cost is bounded.
const MOST: usize = 64 << 10;

/// No zero, no character and no small number: what C writes by mistake is seldom this.
const FENCE_BYTE: u8 = 0xc9;
const POISON_BYTE: u8 = 0xdb;
/// What is read as a pointer out of a freed block.
pub(crate) const POISON_WORD: usize = usize::from_ne_bytes([POISON_BYTE; size_of::<usize>()]);
/// What a new block holds that nobody has written yet, where contracts are learnt.
pub(crate) const BLANK: u8 = 0xb7;

/// Puts a fence at `end`.
///
/// # Safety
///
/// The [`FENCE`] bytes from `end` on are the caller's to write.
pub(crate) unsafe fn fence(end: usize) {
    // SAFETY: the caller's promise.
    unsafe { ptr::with_exposed_provenance_mut::<u8>(end).write_bytes(FENCE_BYTE, FENCE) };
}

/// How far behind `end` the first byte of the fence is that somebody changed.
///
/// # Safety
///
/// There is a fence at `end`, and its memory is still the caller's.
pub(crate) unsafe fn first_change_of_fence(end: usize) -> Option<usize> {
    // SAFETY: the caller's promise.
    unsafe { first_other(end, FENCE, FENCE_BYTE) }
}

/// Fills a new block of which nobody may read what is in it.
///
/// # Safety
///
/// The block is the caller's to write.
pub(crate) unsafe fn blank(start: usize, bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { ptr::with_exposed_provenance_mut::<u8>(start).write_bytes(BLANK, bytes.min(MOST)) };
}

/// Poisons a freed block.
///
/// # Safety
///
/// The block is the caller's to write.
pub(crate) unsafe fn poison(start: usize, bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { ptr::with_exposed_provenance_mut::<u8>(start).write_bytes(POISON_BYTE, bytes.min(MOST)) };
}

/// Fills a block of C's that is freed, so that no word of it is taken for a pointer.
///
/// # Safety
///
/// The block is the caller's to write.
pub(crate) unsafe fn scrub(start: usize, bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { ptr::with_exposed_provenance_mut::<u8>(start).write_bytes(POISON_BYTE, bytes) };
}

/// Where somebody has written into a poisoned block.
///
/// # Safety
///
/// The block was poisoned with this length, and is still the caller's.
pub(crate) unsafe fn first_change_of_poison(start: usize, bytes: usize) -> Option<usize> {
    // SAFETY: the caller's promise.
    unsafe { first_other(start, bytes.min(MOST), POISON_BYTE) }
}

/// Where the first of `bytes` bytes is that is not `byte`. By the C library: fast also where this crate is not optimised.
///
/// # Safety
///
/// The memory is readable.
unsafe fn first_other(start: usize, bytes: usize, byte: u8) -> Option<usize> {
    let first = ptr::with_exposed_provenance::<u8>(start);
    let rest = bytes.checked_sub(1)?;
    // SAFETY: readable, the caller promises; volatile because whoever breaks the rule may do so now.
    let is_same = unsafe { first.read_volatile() } == byte;
    // All bytes are one if each is its neighbour.
    // SAFETY: both ranges lie within the memory, which is readable (memcmp(3)).
    if is_same && unsafe { libc::memcmp(first.cast(), first.wrapping_add(1).cast(), rest) } == 0 {
        return None;
    }
    // SAFETY: as for the first byte.
    (0..bytes).find(|at| unsafe { first.wrapping_add(*at).read_volatile() } != byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn every_changed_byte_is_found() {
        let memory: [Cell<u8>; 100] = [const { Cell::new(0) }; 100];
        let start = memory.as_ptr().expose_provenance();
        let flip = |at: usize| memory[at].set(!memory[at].get());
        for length in [1, 2, 31, 32, 33, 100] {
            // SAFETY: the array, whole or in part.
            unsafe { poison(start, length) };
            // SAFETY: as above.
            assert_eq!(unsafe { first_change_of_poison(start, length) }, None);
            for at in 0..length {
                flip(at);
                // SAFETY: as above.
                assert_eq!(unsafe { first_change_of_poison(start, length) }, Some(at));
                flip(at);
            }
        }
        // SAFETY: as above.
        unsafe { fence(start + 10) };
        flip(9);
        flip(42);
        // SAFETY: as above.
        assert_eq!(unsafe { first_change_of_fence(start + 10) }, None);
        flip(41);
        // SAFETY: as above.
        assert_eq!(unsafe { first_change_of_fence(start + 10) }, Some(31));
        // SAFETY: nothing is read.
        assert_eq!(unsafe { first_change_of_poison(start, 0) }, None);
    }
}
