// The same function in two blocks of one module: point at both `abs`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

#[pinned_ffi::pinned_ffi(raw = raw2)]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
