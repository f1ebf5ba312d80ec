//! What Go has no test for, or gets wrong: depth in every form of argument, and what only looks like a pointer to Rust memory.

use super::Case;
use super::types::*;
use pinned_ffi::Pinner;
use std::ffi::c_int;
use std::ptr::{NonNull, null_mut, without_provenance, without_provenance_mut};

pub(crate) const CASES: &[Case] = &[
    ("depth_by_reference", depth_by_reference),
    ("depth_by_slice_element", depth_by_slice_element),
    ("depth_by_vector", depth_by_vector),
    ("depth_by_box", depth_by_box),
    ("depth_by_field_address", depth_by_field_address),
    ("depth_through_a_static", depth_through_a_static),
    ("depth_all_pinned", depth_all_pinned),
    ("nil_like_fields", nil_like_fields),
    ("spare_capacity_unpinned", spare_capacity_unpinned),
    ("spare_capacity_pinned", spare_capacity_pinned),
    ("stack_and_static_targets", stack_and_static_targets),
    ("length_zero", length_zero),
    ("one_past_the_end", one_past_the_end),
    ("numbers_that_are_addresses", numbers_that_are_addresses),
    ("held_by_the_same_call", held_by_the_same_call),
];

/// Top → pinned → unpinned: the middle is pinned, and what it points to is not. The call gets the top.
fn chain(call: impl FnOnce(Top)) {
    let (_number, at) = number();
    let mut pinner = Pinner::new();
    let inner = pinner.pin(Box::new(One { p: at })).cast();
    call(Top { inner });
}

fn depth_by_reference() {
    // SAFETY: C looks at nothing, here and below.
    chain(|top| unsafe { take_top(&top) });
}

fn depth_by_slice_element() {
    chain(|top| {
        let tops = [Top { inner: null_mut() }, Top { inner: null_mut() }, top];
        // SAFETY: as above.
        unsafe { take_tops(&raw const tops[1], 2) };
    });
}

fn depth_by_vector() {
    chain(|top| {
        let tops = vec![top; 3];
        // SAFETY: as above.
        unsafe { take_tops(tops.as_ptr(), tops.len()) };
    });
}

fn depth_by_box() {
    chain(|top| {
        let top = Box::new(top);
        // SAFETY: as above.
        unsafe { take_top(&raw const *top) };
    });
}

fn depth_by_field_address() {
    chain(|top| {
        let around = Box::new(Around { before: 1, top });
        // SAFETY: as above.
        unsafe { take_top(&raw const around.top) };
        assert_eq!(around.before, 1);
    });
}

fn depth_through_a_static() {
    static mut MIDDLE: One = One { p: null_mut() };
    let (_number, at) = number();
    // SAFETY: one thread.
    unsafe { (&raw mut MIDDLE).write(One { p: at }) };
    let top = Top { inner: &raw mut MIDDLE };
    // SAFETY: as above.
    unsafe { take_top(&top) };
}

fn depth_all_pinned() {
    static mut MIDDLE: One = One { p: null_mut() };
    let mut pinner = Pinner::new();
    let innermost = pinner.pin(Box::new(5)).cast::<c_int>();
    let inner = pinner.pin(Box::new(One { p: innermost })).cast();
    // SAFETY: one thread.
    unsafe { (&raw mut MIDDLE).write(One { p: innermost }) };
    let around = Box::new(Around { before: 1, top: Top { inner } });
    // SAFETY: as above, for all of them.
    unsafe { take_top(&raw const around.top) };
    // SAFETY: as above.
    unsafe { take_top(&Top { inner: &raw mut MIDDLE }) };
    let tops = vec![around.top; 3];
    // SAFETY: as above.
    unsafe { take_tops(tops.as_ptr(), tops.len()) };
    assert_eq!(around.before, 1);
}

fn nil_like_fields() {
    let odd = [
        null_mut(),
        without_provenance_mut(1),
        without_provenance_mut(usize::MAX),
        without_provenance_mut(usize::MAX - 7),
        NonNull::dangling().as_ptr(),
        without_provenance_mut(align_of::<c_int>()),
    ];
    // SAFETY: as above.
    unsafe { take_slots(odd.as_ptr(), odd.len()) };
    for p in odd {
        // SAFETY: as above.
        unsafe { take_one(&One { p }) };
    }
}

/// A pointer behind what a vector holds, inside what it has.
fn spare(buffer: &mut Vec<c_int>) -> One {
    buffer.push(1);
    One { p: buffer.spare_capacity_mut()[3].as_mut_ptr() }
}

fn spare_capacity_unpinned() {
    let mut buffer = Vec::with_capacity(8);
    let value = spare(&mut buffer);
    // SAFETY: as above.
    unsafe { take_one(&value) };
    assert_eq!(buffer, [1]);
}

fn spare_capacity_pinned() {
    let mut buffer = Vec::with_capacity(8);
    let value = spare(&mut buffer);
    let mut pinner = Pinner::new();
    pinner.pin(buffer);
    // SAFETY: as above.
    unsafe { take_one(&value) };
    // SAFETY: as above, and the place itself is legal as an argument.
    unsafe { take_int(value.p) };
}

fn stack_and_static_targets() {
    static FIXED: c_int = 5;
    static mut CHANGED: c_int = 6;
    let mut local = 7;
    for p in [(&raw const FIXED).cast_mut(), &raw mut CHANGED, &raw mut local] {
        // SAFETY: as above.
        unsafe { take_one(&One { p }) };
    }
    let mut middle = One { p: &raw mut local };
    // SAFETY: as above.
    unsafe { take_top(&Top { inner: &raw mut middle }) };
}

fn length_zero() {
    let (freed, at) = number();
    drop(freed);
    let empty: Vec<*mut c_int> = Vec::new();
    // SAFETY: as above.
    unsafe { take_slots(empty.as_ptr(), 0) };
    // SAFETY: as above; no element is promised.
    unsafe { take_slots(at.cast(), 0) };
    let unpinned = vec![1_u64; 4];
    for p in [unpinned.as_ptr(), at.cast(), NonNull::dangling().as_ptr()] {
        // SAFETY: as above.
        unsafe { take_counted(&Counted { p, n: 0 }) };
    }
}

fn one_past_the_end() {
    for size in [1, 15, 16, 17, 24, 32, 48, 100, 4096] {
        let mut pinner = Pinner::new();
        let begin = pinner.pin(vec![1_u8; size]).cast::<u8>();
        let span = Span { begin, end: begin.wrapping_add(size) };
        // SAFETY: as above.
        unsafe { take_span(&span) };
        // SAFETY: as above.
        unsafe { take_bytes(span.end.cast(), 0) };
    }
}

fn numbers_that_are_addresses() {
    let (freed, dead) = number();
    drop(freed);
    let (_number, live) = number();
    for word in [dead.addr(), live.addr()] {
        // SAFETY: as above.
        unsafe { take_number(&Number { word }) };
        // SAFETY: as above.
        unsafe { take_handle(without_provenance::<u8>(word | 1).cast_mut().cast()) };
    }
}

fn held_by_the_same_call() {
    let mut inside = vec![null_mut::<c_int>(); 2];
    inside[1] = inside.as_mut_ptr().cast();
    // SAFETY: as above.
    unsafe { take_slots(inside.as_ptr(), 2) };
}
