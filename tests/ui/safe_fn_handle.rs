// A raw handle in a `safe fn`: point at `handle`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn close(#[opaque] handle: *mut c_void);
}

fn main() {}
