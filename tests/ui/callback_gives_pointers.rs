// A closure of safe code could give C any address: point at the block.

use std::ffi::{c_char, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn each(
        #[callback(userdata = data, scope = call)] f: Option<
            unsafe extern "C" fn(#[one] name: *mut *const c_char, data: *mut c_void),
        >,
        data: *mut c_void,
    );
    safe fn ask(
        #[callback(userdata = data, scope = call, on_panic = 0)] f: Option<
            unsafe extern "C" fn(data: *mut c_void) -> *const c_char,
        >,
        data: *mut c_void,
    );
}

fn main() {}
