// An option without a value: point at the attribute, show what can be written.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(raw)]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
