// A misspelt contract attribute on a parameter: point at `nonull`, suggest `nonnull`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[nonull] buf: *mut c_void);
}

fn main() {}
