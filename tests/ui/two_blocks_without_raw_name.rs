// Two blocks in one module share the name `raw`: point at the second attribute.

use std::ffi::{c_int, c_long};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn labs(n: c_long) -> c_long;
}

fn main() {}
