// Two parameters of the callback may be the userdata: point at `f`.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn each(
        #[callback(userdata = data, scope = call, on_panic = 0)] f: Option<
            unsafe extern "C" fn(left: *mut c_void, right: *mut c_void) -> c_int,
        >,
        data: *mut c_void,
    );
}

fn main() {}
