// Conditions inside one item: on parameters, on fields, through `cfg_attr`.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Parts {
    #[counted_by(n)]
    values: *const i32,
    n: usize,
    #[cfg(any())]
    never: *mut NoSuchType,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn abs(n: c_int, #[cfg(any())] width: NoSuchType) -> c_int;
    #[cfg_attr(all(), cfg(any()))]
    fn never(value: NoSuchType);
    #[cfg_attr(all(), must_use)]
    fn gather(#[flow_through] #[one] parts: *const Parts, #[cfg_attr(any(), allow(unused))] to: *mut c_void) -> c_int;
}

fn main() {}
