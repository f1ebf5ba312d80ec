// Parameters with two leading underscores, as the C library's headers name them, beside emitted locals.

use std::ffi::{c_char, c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn glibc(__fd: c_int, __buf: *mut c_void, __count: usize, __result: *mut c_int) -> c_int;
    fn ours(__call: c_int, __caller: *const c_char, __needed: c_int, __error: c_int) -> c_int;
    #[errno]
    safe fn ours_safely(
        __call: c_int,
        __caller: c_int,
        __needed: u16,
        #[out] #[sized_by(__count)] #[filled_by(return)] #[noescape] buf: *mut c_void,
        __count: usize,
        #[counted_by(__needed * 2)] #[noescape] values: *const u32,
        __buf_len: c_int,
        __result: c_int,
    ) -> isize;
}

fn main() {}
