// Types named as emitted generic parameters might be keep their meaning in the same signature.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct B0 {
    value: i32,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct B1 {
    value: i32,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct T {
    value: i32,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[errno]
    safe fn fill(
        #[one] #[noescape] first: *const B1,
        #[out] #[sized_by(count)] #[filled_by(return)] #[noescape] buf: *mut c_void,
        count: usize,
        #[one] #[noescape] second: *const B0,
        #[one] #[noescape] third: *const T,
        flags: c_int,
    ) -> isize;
    #[errno]
    safe fn fill_elements(
        #[out] #[counted_by(count)] #[filled_by(return)] #[noescape] values: *mut B0,
        count: usize,
    ) -> isize;
}

fn main() {}
