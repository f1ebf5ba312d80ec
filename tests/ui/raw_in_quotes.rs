// The name of the raw module is no string: point at `raw`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(raw = "plain")]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
