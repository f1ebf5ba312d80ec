// C gets a number, and nothing says which where the closure panics: point at `f`.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn each(
        #[callback(userdata = data, scope = call)] f: Option<unsafe extern "C" fn(data: *mut c_void) -> c_int>,
        data: *mut c_void,
    );
}

fn main() {}
