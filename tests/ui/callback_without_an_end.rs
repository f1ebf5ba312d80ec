// C keeps the closure, and nobody lets go of it: point at `f`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keep(
        #[callback(userdata = data, scope = notified)] f: Option<unsafe extern "C" fn(data: *mut c_void)>,
        data: *mut c_void,
    );
}

fn main() {}
