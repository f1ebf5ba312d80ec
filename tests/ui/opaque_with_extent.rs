// A handle of C's own has no extent: point at `#[one]`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn close(#[opaque] #[one] handle: *mut c_void);
}

fn main() {}
