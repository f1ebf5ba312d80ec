// The length behind the other pointer may not be there: point at `buf`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn fill(
        #[out] #[sized_by(*len)] #[noescape] buf: *mut c_void,
        #[inout] #[one] #[nullable] #[noescape] len: *mut usize,
    );
}

fn main() {}
