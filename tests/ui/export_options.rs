//! Options and words that say nothing of an exported function.
#![allow(dead_code)]

use pinned_ffi::pinned_ffi;

#[pinned_ffi(export, nested = "live")]
fn wrapped() {}

#[pinned_ffi(export = "two words")]
fn named() {}

#[pinned_ffi(export, on_panic = 1)]
fn gives_nothing() {}

#[pinned_ffi(export, on_panic = 1)]
extern "C-unwind" fn unwinds() -> i32 {
    2
}

#[pinned_ffi(export)]
#[idiomatic]
#[guarded(never)]
fn called() {}

#[pinned_ffi(export)]
unsafe extern "C" {
    fn of_c();
}

fn main() {}
