// The pack's comparison takes two elements, and this one three; the others give nothing, and take a number for a text: point at
// each.

use std::ffi::{c_char, c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[idiomatic]
    fn qsort(
        base: *mut c_void,
        nmemb: usize,
        size: usize,
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void, c_int) -> c_int>,
    );
    #[idiomatic]
    fn qsort_r(
        base: *mut c_void,
        nmemb: usize,
        size: usize,
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void, *mut c_void)>,
        arg: *mut c_void,
    );
    safe fn ftw(
        dirpath: *const c_char,
        r#fn: Option<unsafe extern "C" fn(usize, *const c_void, c_int) -> c_int>,
        nopenfd: c_int,
    ) -> c_int;
}

fn main() {}
