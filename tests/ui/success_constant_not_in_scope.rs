// A constant that the block's module does not have: rustc says so at the function.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[success(result == THING_OK)]
    safe fn check(n: c_int) -> c_int;
}

fn main() {}
