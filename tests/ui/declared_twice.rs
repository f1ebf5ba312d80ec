// The same function twice in one block: point at the second `abs`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
    fn abs(value: c_int) -> c_int;
}

fn main() {}
