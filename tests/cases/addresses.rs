//! Addresses on odd ways: as numbers, and kept by C from one call to another.

use super::Case;
use super::wrappers::*;
use libc::{c_int, c_void};
use std::alloc::{Layout, dealloc};

pub(crate) const WRONG: &[Case] = &[
    ("freed_behind_a_number", freed_behind_a_number),
    ("past_end_behind_a_number", past_end_behind_a_number),
    ("null_in_a_number", null_in_a_number),
    ("freed_behind_a_number_during_call", freed_behind_a_number_during_call),
];

pub(crate) const LEGAL: &[Case] = &[
    ("addresses_in_numbers", addresses_in_numbers),
    ("kept_in_a_scope_until_released", kept_in_a_scope_until_released),
];

fn freed_behind_a_number() {
    let buffer = vec![1_u8; 40];
    let at = buffer.as_ptr().expose_provenance();
    drop(buffer);
    // SAFETY: none; the vector is freed.
    unsafe { probe_sum_at(at + 8, 4, None) };
}

fn past_end_behind_a_number() {
    let buffer = vec![1_u8; 40];
    // SAFETY: none; one byte too much.
    unsafe { probe_sum_at(buffer.as_ptr().expose_provenance() + 8, 33, None) };
}

fn null_in_a_number() {
    let nothing = std::hint::black_box(0);
    // At level off C would read it.
    if std::env::var("PINNED_FFI_CHECK").is_ok_and(|level| level != "off") {
        // SAFETY: none; there is no memory.
        unsafe { probe_sum_at(nothing, 4, None) };
    }
}

fn freed_behind_a_number_during_call() {
    extern "C" fn free(at: usize) {
        let layout = Layout::array::<u8>(40).expect("40 bytes are a layout");
        // SAFETY: none; a call under way has the block.
        unsafe { dealloc(std::ptr::with_exposed_provenance_mut(at), layout) };
    }
    let buffer = std::mem::ManuallyDrop::new(vec![1_u8; 40]);
    // SAFETY: 40 bytes, which C has read when it calls back.
    unsafe { probe_sum_at(buffer.as_ptr().expose_provenance(), 40, Some(free)) };
}

/// C stores the address, calls back until it is told that this was the last time, and takes the address out again.
fn kept_in_a_scope_until_released() {
    extern "C" fn more(data: *mut c_void, n: usize, turns: *mut c_void) -> c_int {
        // SAFETY: the buffer that is pinned in the scope around the call.
        let bytes = unsafe { std::slice::from_raw_parts_mut(data.cast::<u8>(), n) };
        bytes.iter_mut().for_each(|byte| *byte += 1);
        // SAFETY: the number that the caller lends for the call.
        let turns = unsafe { &mut *turns.cast::<c_int>() };
        *turns -= 1;
        c_int::from(*turns > 0)
    }
    let mut buffer = vec![0_u8; 48];
    let mut store = Box::new(Store { data: std::ptr::null_mut(), n: 0 });
    let (start, mut turns) = (buffer.as_ptr(), 3);
    let calls = pinned_ffi::scope(|s| {
        let at = s.pin(&mut buffer[..]).as_ptr();
        // SAFETY: C has the buffer until it is released, within this scope.
        unsafe { probe_keep(&raw mut *store, at.cast(), at.len()) };
        assert_eq!((store.data.cast_const().cast(), pinned_ffi::pin_count(start)), (start, 1));
        // SAFETY: as above; C lends the number to the callback only.
        unsafe { probe_until_released(&raw mut *store, Some(more), (&raw mut turns).cast()) }
    });
    assert_eq!((calls, turns, store.data), (3, 0, std::ptr::null_mut()));
    assert_eq!((buffer, pinned_ffi::pin_count(start)), (vec![3; 48], 0));
}

fn addresses_in_numbers() {
    let (heap, stack) = (vec![2_u8; 40], [3_u8; 8]);
    let at = |bytes: &[u8]| (bytes.as_ptr().expose_provenance(), bytes.len());
    for (bytes, sum) in [(&heap[..], 80), (&heap[39..], 2), (&stack[..], 24), (b"static", 648), (&heap[40..], 0)] {
        let (at, n) = at(bytes);
        // SAFETY: the slice's own bytes.
        assert_eq!(unsafe { probe_sum_at(at, n, None) }, sum);
    }
    // SAFETY: no bytes.
    assert_eq!(unsafe { [0, 1, usize::MAX].map(|at| probe_sum_at(at, 0, None)) }, [0; 3]);
}
