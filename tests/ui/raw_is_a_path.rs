// The name of the raw module is one word: point at `raw`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(raw = plain::c)]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
