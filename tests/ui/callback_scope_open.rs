// A callback of which nobody says how long C may call it, one whose type only has a name, and lengths that nothing could hold.

use std::ffi::{c_int, c_void};

/// Of another crate, as far as the macro knows.
type Visitor = Option<unsafe extern "C" fn(data: *mut c_void) -> c_int>;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn open(
        #[callback(userdata = data)] f: Option<unsafe extern "C" fn(data: *mut c_void)>,
        data: *mut c_void,
    );
    safe fn named(#[callback(userdata = data, scope = call, on_panic = 0)] f: Visitor, data: *mut c_void);
    safe fn kept(
        size: usize,
        #[callback(scope = forever)] f: Option<unsafe extern "C" fn(#[sized_by(size)] at: *const c_void)>,
    );
    safe fn kept_at_least(
        #[callback(scope = forever)] f: Option<unsafe extern "C" fn(#[sized_by(at_least(4))] at: *const c_void)>,
    );
}

fn main() {}
