// An option that does not exist and is like none: point at `color`, list the options.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(color = "red")]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
