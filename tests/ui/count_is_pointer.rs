// The count is a pointer: point at the attribute, help writes `*count`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[sized_by(count)] buf: *mut c_void, count: *mut usize);
}

fn main() {}
