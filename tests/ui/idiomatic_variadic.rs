// A variadic `#[idiomatic]` function: point at `printf`.

use std::ffi::{c_char, c_int};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[idiomatic]
    fn printf(format: *const c_char, ...) -> c_int;
}

fn main() {}
