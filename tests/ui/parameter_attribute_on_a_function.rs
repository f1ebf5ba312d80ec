// A contract of parameters on a function: point at `out` before `fn`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[out]
    fn fill(buf: *mut c_void);
}

fn main() {}
