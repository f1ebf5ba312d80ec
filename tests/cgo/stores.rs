//! What Go's level 2 sees: pointers stored into C's memory. Here a checked store sees them, at every level but off.

use super::Case;
use super::types::*;
use pinned_ffi::{CBox, CVec, Pinner, store, store_slice};
use std::ffi::c_int;
use std::ptr::null_mut;

pub(crate) const CASES: &[Case] = &[
    ("barrier", barrier),
    ("barrierpinnedok", barrierpinnedok),
    ("barrierstruct", barrierstruct),
    ("barrierslice", barrierslice),
    ("barriergcprogarray", barriergcprogarray),
    ("barriergcprogarrayheap", barriergcprogarrayheap),
    ("barriergcprogstruct", barriergcprogstruct),
    ("barriergcprogstructheap", barriergcprogstructheap),
    ("store_behind_pinned", store_behind_pinned),
    ("store_freed", store_freed),
    ("store_legal", store_legal),
    ("pinner_store_unpinned", pinner_store_unpinned),
    ("cbox_store", cbox_store),
    ("cvec_store", cvec_store),
];

/// Memory of C's for so many pointers.
fn slots(count: usize) -> *mut *mut c_int {
    // SAFETY: any size may be asked for.
    let slots = unsafe { libc::calloc(count, size_of::<*mut c_int>()) };
    assert!(!slots.is_null());
    slots.cast()
}

fn barrier() {
    let (_number, at) = number();
    // SAFETY: one slot.
    unsafe { store(slots(1), at) };
}

fn barrierpinnedok() {
    let mut pinner = Pinner::new();
    let at = pinner.pin(Box::new(5)).cast::<c_int>();
    let slot = slots(1);
    // SAFETY: one slot.
    unsafe { store(slot, at) };
    // SAFETY: written on the line above.
    assert_eq!(unsafe { **slot }, 5);
}

fn barrierstruct() {
    let (_number, at) = number();
    let mut p = [null_mut(); 10];
    p[7] = at;
    // SAFETY: ten slots.
    unsafe { store(slots(10).cast(), Ten { p }) };
}

fn barrierslice() {
    let (_number, at) = number();
    // SAFETY: ten slots.
    unsafe { store_slice(slots(10), &[null_mut(), null_mut(), at]) };
}

fn barriergcprogarray() {
    let (_number, at) = number();
    let mut values = [null_mut(); 32_769];
    values[32_768] = at;
    // SAFETY: as many slots.
    unsafe { store_slice(slots(values.len()), &values) };
}

fn barriergcprogarrayheap() {
    let (_number, at) = number();
    let mut values = vec![null_mut(); 32_769].into_boxed_slice();
    values[0] = at;
    // SAFETY: as many slots.
    unsafe { store_slice(slots(values.len()), &values) };
}

fn barriergcprogstruct() {
    let (_number, at) = number();
    let value = Large { filler: [at.addr() as u64; 32_769], p: at };
    // SAFETY: as much memory.
    unsafe { store(slots(32_770).cast(), value) };
}

fn barriergcprogstructheap() {
    let (_number, at) = number();
    let value = Box::new(Large { filler: [0; 32_769], p: at });
    // SAFETY: as much memory.
    unsafe { store_slice(slots(32_770).cast(), std::slice::from_ref(&*value)) };
}

fn store_behind_pinned() {
    let (_number, at) = number();
    let mut pinner = Pinner::new();
    let inner = pinner.pin(Box::new(One { p: at })).cast();
    // SAFETY: one slot.
    unsafe { store(slots(1).cast(), Top { inner }) };
}

fn store_freed() {
    let (number, at) = number();
    drop(number);
    // SAFETY: one slot.
    unsafe { store(slots(1), at) };
}

/// Null, a static, the stack, C's own, a number that is an address, a pinned chain.
fn store_legal() {
    static FIXED: c_int = 5;
    let (_number, at) = number();
    let mut local = 6;
    let mut pinner = Pinner::new();
    let innermost = pinner.pin(Box::new(7)).cast();
    let inner = pinner.pin(Box::new(One { p: innermost })).cast();
    let values = [null_mut(), (&raw const FIXED).cast_mut(), &raw mut local, slots(1).cast(), innermost];
    let slots = slots(8);
    // SAFETY: eight slots.
    unsafe { store_slice(slots, &values) };
    // SAFETY: written on the line above.
    assert_eq!(unsafe { std::slice::from_raw_parts(slots, values.len()) }, values);
    // SAFETY: as above; nothing is written.
    unsafe { store_slice(slots, &[]) };
    // SAFETY: one slot is needed.
    unsafe { store(slots.cast(), Number { word: at.addr() }) };
    // SAFETY: one slot is needed.
    unsafe { store(slots.cast(), Top { inner }) };
    // SAFETY: one slot is needed; the user said to look away.
    pinned_ffi::unchecked(|| unsafe { store(slots, at) });
}

fn pinner_store_unpinned() {
    let (_number, at) = number();
    let mut pinner = Pinner::new();
    // SAFETY: the slot stays.
    unsafe { pinner.store(slots(1), at) };
}

fn cbox_store() {
    let (_number, at) = number();
    let mut value = CBox::new(One { p: null_mut() });
    value.store(One { p: null_mut() });
    value.store(One { p: at });
}

fn cvec_store() {
    let (_number, at) = number();
    let mut values = CVec::filled(4, null_mut::<c_int>());
    let mut pinner = Pinner::new();
    let pinned = pinner.pin(Box::new(1)).cast();
    values.store(3, pinned);
    values.store_slice(1, &[pinned, pinned]);
    assert_eq!(values[..], [null_mut(), pinned, pinned, pinned]);
    values.store(0, at);
}
