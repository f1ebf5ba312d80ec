// Nothing says when C calls: point at `function`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn at_exit(function: Option<unsafe extern "C" fn()>) -> c_int;
}

fn main() {}
