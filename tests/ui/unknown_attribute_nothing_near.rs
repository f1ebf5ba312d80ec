// An attribute on a parameter that is no contract and like none: point at `zeroed`, list the words.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[zeroed] buf: *mut c_void);
}

fn main() {}
