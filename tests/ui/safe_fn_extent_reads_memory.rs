// An extent behind another pointer has no idiomatic form: point at `buf`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn fill(#[out] #[sized_by(*len)] #[noescape] buf: *mut c_void, #[inout] #[one] #[noescape] len: *mut usize);
}

fn main() {}
