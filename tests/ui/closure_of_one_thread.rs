// C may call what it keeps on another thread, and what it may call on several at once must be shared: point at the closures.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::rc::Rc;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn later(
        #[callback(userdata = data, scope = async, on_panic = 0)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    );
    safe fn on_threads(
        #[callback(userdata = data, scope = call, on_panic = 0, thread = any_thread)] call: Option<
            unsafe extern "C" fn(data: *mut c_void, number: c_int) -> c_int,
        >,
        data: *mut c_void,
    );
}

fn main() {
    let here = Rc::new(5);
    later(move |number| number + *here);
    let count = Cell::new(0);
    on_threads(|number| count.replace(number));
}
