// A contract of functions on a parameter: point at `errno` before `fd`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn close(#[errno] fd: c_int) -> c_int;
}

fn main() {}
