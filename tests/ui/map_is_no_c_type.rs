// A map as an argument: the compiler knows that C has no such type.
#![deny(improper_ctypes)]

use std::collections::HashMap;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn labs(map: *const HashMap<u32, u32>) -> isize;
}

fn main() {}
