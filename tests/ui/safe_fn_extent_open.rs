// A `safe fn` that leaves open how much a `void *` stands for: point at `buf`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn fill(#[out] #[noescape] buf: *mut c_void);
}

fn main() {}
