// A value that no option takes: point at `4`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(raw = 4)]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
