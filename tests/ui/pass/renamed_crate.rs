// The crate under other names: an extern crate, an alias inside the crate, a relative path, a string.

extern crate pinned_ffi as ffi;
use pinned_ffi as ffi_alias;

mod by_extern_crate {
    use std::ffi::{c_int, c_void};

    #[ffi::pinned_ffi(crate = ::ffi)]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> c_int;
        pub safe fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
    }
}

mod by_alias {
    use std::ffi::{c_int, c_void};

    #[crate::ffi_alias::pinned_ffi(crate = crate::ffi_alias)]
    #[repr(C)]
    pub struct Part {
        #[sized_by(len)]
        start: *const c_void,
        len: usize,
    }

    #[crate::ffi_alias::pinned_ffi(crate = crate::ffi_alias)]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> c_int;
        pub fn gather(#[flow_through] #[one] part: *const Part);
    }
}

mod by_relative_path {
    use super::ffi_alias as near;
    use std::ffi::c_int;

    #[near::pinned_ffi(crate = near)]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> c_int;
    }
}

mod by_string {
    use std::ffi::c_int;

    #[pinned_ffi::pinned_ffi(crate = "::ffi")]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> c_int;
    }
}

fn main() {
    // SAFETY: abs takes any number but the smallest.
    assert_eq!(unsafe { by_extern_crate::abs(-3) + by_alias::abs(-3) + by_relative_path::abs(-3) + by_string::abs(3) }, 12);
}
