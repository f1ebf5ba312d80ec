//! The Rust half of a program whose `main` is C's, in `c/exports_main.c`: functions that it calls, good and bad.

#![no_main]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "an element by its index is one thought")]

mod memory;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, c_char, c_int};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// A place. */ is no end of this comment in C.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Point {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) tags: [u8; 4],
}

/// How warm it is.
#[pinned_ffi]
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Warmth {
    Cold = -1,
    Warm = 4,
    Hot,
}

/// Whether to go on.
#[pinned_ffi]
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    No,
    Yes = 200,
}

/// Numbers that no `int` holds.
#[pinned_ffi]
#[repr(u64)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Large {
    Least = 1,
    Most = 0xffff_ffff_ffff_ffff,
}

/// One step warmer, where the answer is yes.
#[pinned_ffi(export, on_panic = Warmth::Cold)]
fn exports_warmer(from: Warmth, answer: Answer) -> Warmth {
    match (from, answer) {
        (Warmth::Cold, Answer::Yes) => Warmth::Warm,
        (_, Answer::Yes) => Warmth::Hot,
        (from, Answer::No) => from,
    }
}

/// Whether it is the most there is.
#[pinned_ffi(export, on_panic = false)]
fn exports_is_most(large: Large, is_asked: bool) -> bool {
    is_asked && large == Large::Most
}

/// What `exports_each` calls with each value and the data that it was given.
pub(crate) type Visit = Option<unsafe extern "C" fn(data: *mut std::ffi::c_void, value: i32) -> bool>;

/// Adds up the first two values.
///
/// */ is no end of the comment in C, and neither is /* a beginning.
#[pinned_ffi(export = "exports_sum", on_panic = -1)]
unsafe fn sum(
    #[nonnull]
    #[counted_by(n)]
    #[noescape]
    values: *const i32,
    n: usize,
) -> i64 {
    if n == 0 || values.is_null() {
        return 0;
    }
    // SAFETY: the contract; two values are there also where the call is wrong, at whatever address.
    (0..n.min(2)).map(|index| i64::from(unsafe { values.add(index).read_unaligned() })).sum()
}

/// Adds up the bytes at an address that comes as a number.
#[pinned_ffi(export, on_panic = 0)]
unsafe fn exports_sum_at(
    #[pointer]
    #[input]
    #[nonnull]
    #[sized_by(n)]
    #[noescape]
    at: usize,
    n: usize,
) -> u32 {
    let bytes = std::ptr::with_exposed_provenance::<u8>(at);
    // SAFETY: the contract; where the call is wrong at most one byte too much is read, and none of null.
    (0..n).filter(|_| at != 0).map(|index| u32::from(unsafe { bytes.add(index).read() })).sum()
}

/// How long a text is.
#[pinned_ffi(export, on_panic = 0)]
unsafe fn exports_length(
    #[nonnull]
    #[null_terminated]
    text: *const c_char,
) -> usize {
    // SAFETY: the contract.
    unsafe { CStr::from_ptr(text) }.count_bytes()
}

/// Moves a point, in place.
#[pinned_ffi(export)]
unsafe fn exports_move(
    #[nonnull]
    #[one]
    #[inout]
    point: *mut Point,
    by: Point,
) {
    // SAFETY: the contract.
    let point = unsafe { &mut *point };
    point.x += by.x;
    point.y += by.y;
}

/// Writes numbers from 0 on; gives how many there would be.
#[pinned_ffi(export, on_panic = -1)]
unsafe fn exports_count_up(
    #[out]
    #[counted_by(room)]
    #[filled_by(return)]
    #[nullable]
    into: *mut u8,
    room: usize,
    told: c_int,
) -> c_int {
    for number in 0..room.min(usize::try_from(told).unwrap_or(0)) {
        // SAFETY: the contract.
        unsafe { into.add(number).write(number as u8) };
    }
    told
}

/// Calls back for each value until it is told to stop.
#[pinned_ffi(export)]
unsafe fn exports_each(
    #[counted_by(n)] values: *const i32,
    n: usize,
    visit: Visit,
    #[opaque] r#default: *mut std::ffi::c_void,
) -> bool {
    let Some(visit) = visit else { return false };
    // SAFETY: the contract; the data is C's own.
    (0..n).all(|index| unsafe { visit(r#default, *values.add(index)) })
}

/// Panics, and C gets a value.
#[pinned_ffi(export, on_panic = -7)]
fn exports_panic(number: c_int) -> c_int {
    assert!(number < 0, "a number below zero was wanted, not {number}");
    number
}

/// Panics, and there is no value for C.
#[pinned_ffi(export)]
fn exports_panic_without_value(number: c_int) -> c_int {
    exports_panic(number)
}

/// Panics through C's frames.
#[pinned_ffi(export)]
extern "C-unwind" fn exports_unwind(number: c_int) -> c_int {
    exports_panic(number)
}

#[link(name = "exports_main", kind = "static", modifiers = "+whole-archive")]
unsafe extern "C-unwind" {
    /// Calls `exports_panic` twice, and gives the sum of what it gets.
    safe fn exports_main_calls_panic() -> c_int;
    /// Calls `exports_warmer` with a number that is no warmth.
    safe fn exports_main_passes_no_warmth() -> c_int;
    /// Calls `exports_unwind`.
    safe fn exports_main_calls_unwind() -> c_int;
}

/// As a wrapper whose C function calls back: what panics below it resumes here.
#[pinned_ffi(export)]
#[unchecked("it has no pointers")]
fn exports_wait() -> c_int {
    let caught = std::panic::catch_unwind(|| {
        let waiting = pinned_ffi::private::Waiting::begin();
        let given = exports_main_calls_panic();
        assert_eq!(given, -14, "C got the value each time");
        waiting.end();
    });
    caught.is_err_and(is_ours) as c_int
}

/// The same for a number that C passes and that is none of an enumeration's.
#[pinned_ffi(export)]
fn exports_wait_for_warmth() -> c_int {
    let caught = std::panic::catch_unwind(|| {
        let waiting = pinned_ffi::private::Waiting::begin();
        assert_eq!(exports_main_passes_no_warmth(), -1, "C got the value");
        waiting.end();
    });
    let said = caught.err().and_then(|payload| payload.downcast::<String>().ok()).map(|text| *text);
    c_int::from(said.is_some_and(|text| text.contains("C has passed 7 as `from`")))
}

/// What unwinds through C arrives here.
#[pinned_ffi(export)]
fn exports_catch() -> c_int {
    std::panic::catch_unwind(|| exports_main_calls_unwind()).is_err_and(is_ours) as c_int
}

fn is_ours(payload: Box<dyn std::any::Any + Send>) -> bool {
    payload.downcast_ref::<String>().is_some_and(|text| text.starts_with("a number below zero"))
}

/// Not for C: the header does not have it.
#[cfg(test)]
mod tests {
    #[pinned_ffi::pinned_ffi(export)]
    fn exports_of_tests() {}
}
