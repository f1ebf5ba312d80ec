// A header belongs on a module: point at `header`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(header = "stdlib.h")]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
