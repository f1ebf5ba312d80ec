// Unsafe for more than its pointers: point at `raise`, tell the reason.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[unsafe_beyond_pointers("runs any handler that is installed")]
    safe fn raise(signal: c_int) -> c_int;
}

fn main() {}
