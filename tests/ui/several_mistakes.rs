// Three mistakes in one block are told together, each at its own place.

use std::ffi::{c_char, c_int};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by(cuont)] values: *const i32, count: usize) -> i64;
    fn fill(#[out] to: *const u8);
    safe fn printf(format: *const c_char, ...) -> c_int;
}

fn main() {}
