// C hands nothing to a signal handler, waits for none, and takes nothing from it: point at `f`, `g` and `h`.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn with_data(
        #[callback(userdata = data, scope = forever, thread = signal)] f: Option<unsafe extern "C" fn(data: *mut c_void)>,
        data: *mut c_void,
    );
    safe fn for_a_call(#[callback(scope = call, thread = signal)] g: Option<unsafe extern "C" fn(number: c_int)>);
    safe fn with_result(
        #[callback(scope = forever, thread = signal, on_panic = 0)] h: Option<unsafe extern "C" fn(number: c_int) -> c_int>,
    );
}

fn main() {}
