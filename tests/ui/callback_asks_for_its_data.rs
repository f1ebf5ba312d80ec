// The userdata comes by a function that nobody declares: point at `f`.

use std::ffi::c_void;

#[repr(C)]
struct context {
    inside: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn each(
        #[callback(userdata = data, scope = call)] f: Option<
            unsafe extern "C" fn(
                #[userdata(context_data)]
                #[opaque]
                at: *mut context,
            ),
        >,
        data: *mut c_void,
    );
}

fn main() {}
