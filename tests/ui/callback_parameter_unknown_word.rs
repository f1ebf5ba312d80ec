// Inside a callback's type: an unknown count, a word that means nothing there, an object of void.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn each(
        #[callback(userdata = data, scope = call)] f: Option<
            unsafe extern "C" fn(
                #[counted_by(many)] left: *const c_int,
                #[noescape] right: *const c_int,
                #[one] object: *const c_void,
                data: *mut c_void,
            ),
        >,
        data: *mut c_void,
    );
}

fn main() {}
