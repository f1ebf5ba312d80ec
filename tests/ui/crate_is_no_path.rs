// The name of the crate is a path: point at `crate`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(crate = "not a path")]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
