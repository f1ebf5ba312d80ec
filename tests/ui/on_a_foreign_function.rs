// The attribute inside a block instead of on it: point at the declaration.

use std::ffi::c_int;

unsafe extern "C" {
    #[pinned_ffi::pinned_ffi]
    fn abs(n: c_int) -> c_int;
}

fn main() {}
