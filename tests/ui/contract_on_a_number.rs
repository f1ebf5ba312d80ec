// A contract on a number: point at `#[nonnull]`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn close(#[nonnull] fd: c_int) -> c_int;
}

fn main() {}
