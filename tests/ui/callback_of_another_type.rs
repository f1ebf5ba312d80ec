// The pack's comparison takes two elements, and this one three: point at `compar`.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[idiomatic]
    fn qsort(
        base: *mut c_void,
        nmemb: usize,
        size: usize,
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void, c_int) -> c_int>,
    );
}

fn main() {}
