// A pointer need not be said to be one: point at `#[pointer]`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn touch(#[pointer] at: *const c_void);
}

fn main() {}
