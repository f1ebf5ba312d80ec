// A contract of data on a function pointer: point at `#[one]`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn at_exit(#[one] function: Option<unsafe extern "C" fn()>) -> c_int;
}

fn main() {}
