//! What C gets where a function panics has the result's type.
#![allow(dead_code)]

#[pinned_ffi::pinned_ffi(export, on_panic = -1)]
fn count() -> u32 {
    0
}

fn main() {}
