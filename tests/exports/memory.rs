//! Exported functions that give memory: their own, somebody's, nobody's.

#![allow(clippy::vec_box, reason = "C gets addresses that must stay")]

use crate::Point;
use pinned_ffi::{Pinner, pinned_ffi};
use std::cell::{Cell, RefCell};
use std::ptr::null;

/// Values that C gives back to `exports_free`.
#[pinned_ffi(export, on_panic = std::ptr::null_mut())]
#[returns(nonnull, owned, free = exports_free)]
fn exports_new(n: usize) -> *mut i32 {
    Box::into_raw(vec![1_i32; n].into_boxed_slice()).cast()
}

/// Takes back what `exports_new` gave.
#[pinned_ffi(export)]
unsafe fn exports_free(
    #[nullable]
    #[counted_by(n)]
    #[transfer]
    values: *mut i32,
    n: usize,
) {
    if !values.is_null() {
        // SAFETY: C has it from `exports_new`, and gives it up.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(values, n)) });
    }
}

/// The first of the values that is zero, or null.
#[pinned_ffi(export)]
#[returns(borrowed = values)]
unsafe fn exports_find(
    #[nonnull]
    #[counted_by(n)]
    values: *const i32,
    n: usize,
) -> *const i32 {
    // SAFETY: the contract.
    (0..n).map(|index| unsafe { values.add(index) }).find(|at| unsafe { **at } == 0).unwrap_or(null())
}

thread_local! {
    static KEPT: RefCell<Vec<Box<Point>>> = const { RefCell::new(Vec::new()) };
    static PINS: RefCell<Option<Pinner<'static>>> = const { RefCell::new(None) };
    static WORD: Cell<u64> = const { Cell::new(0) };
}

const ORIGIN: Point = Point { x: 0, y: 0, tags: [0; 4] };

/// A pointer to what Rust keeps and nobody pins.
#[pinned_ffi(export)]
fn exports_unpinned() -> *const Point {
    KEPT.with_borrow_mut(|kept| {
        kept.push(Box::new(ORIGIN));
        &raw const **kept.last().expect("one was pushed")
    })
}

/// A pointer to what is pinned.
#[pinned_ffi(export)]
fn exports_pinned() -> *const Point {
    PINS.with_borrow_mut(|pins| pins.get_or_insert_default().pin(Box::new(ORIGIN)).cast_const().cast())
}

/// Two pointers in a structure.
#[pinned_ffi]
#[repr(C)]
pub(crate) struct Pair {
    pub(crate) first: *const Point,
    pub(crate) second: *const Point,
}

/// The second one is not pinned.
#[pinned_ffi(export)]
fn exports_pair(is_second_pinned: bool) -> Pair {
    Pair { first: exports_pinned(), second: if is_second_pinned { exports_pinned() } else { exports_unpinned() } }
}

/// A structure that is pinned, and points to one that is not.
#[pinned_ffi(export)]
fn exports_behind() -> *const Pair {
    let pair = exports_pair(false);
    PINS.with_borrow_mut(|pins| pins.get_or_insert_default().pin(Box::new(pair)).cast_const().cast())
}

/// A pointer to what is dropped here.
#[pinned_ffi(export)]
#[returns(static)]
fn exports_dropped() -> *const u8 {
    let bytes = vec![7_u8; 32];
    let at = bytes.as_ptr();
    drop(bytes);
    at
}

/// A pointer into this function's own frame.
#[pinned_ffi(export)]
fn exports_own_stack() -> *const u8 {
    let bytes = std::hint::black_box([7_u8; 4096]);
    std::hint::black_box(&bytes).as_ptr()
}

/// A pointer into what lives as long as the thread, and into a constant.
#[pinned_ffi(export)]
fn exports_static(is_constant: bool) -> *const u64 {
    static NUMBER: u64 = 7;
    if is_constant { &raw const NUMBER } else { WORD.with(|word| word.as_ptr().cast_const()) }
}

/// Null where its contract says that there is none.
#[pinned_ffi(export)]
#[returns(static, nonnull)]
fn exports_never_null() -> *const Point {
    null()
}

/// Not in the memory that it was given.
#[pinned_ffi(export)]
#[returns(borrowed = values)]
unsafe fn exports_elsewhere(
    #[nonnull]
    #[counted_by(n)]
    values: *const i32,
    n: usize,
) -> *const i32 {
    values.wrapping_add(n + 1000)
}
