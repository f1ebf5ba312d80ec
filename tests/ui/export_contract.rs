//! The contract of an exported function is read like any other.
#![allow(dead_code)]

use pinned_ffi::pinned_ffi;

#[pinned_ffi(export)]
fn counted(#[counted_by(lenght)] values: *const i32, length: usize) {
    let _ = (values, length);
}

#[pinned_ffi(export)]
fn both(#[nonnull] #[nullable] value: *const i32, #[nonull] other: *const i32) {
    let _ = (value, other);
}

fn main() {}
