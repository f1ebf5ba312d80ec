// A deprecated declaration warns those who call it, not the wrapper itself.

#![deny(deprecated)]

use std::ffi::{c_char, c_int};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[deprecated = "use `magnitude`"]
    fn abs(n: c_int) -> c_int;
    #[deprecated]
    fn printf(format: *const c_char, ...) -> c_int;
    #[deprecated]
    static environ: *const *const c_char;
    #[link_name = "abs"]
    fn magnitude(n: c_int) -> c_int;
}

fn main() {
    // SAFETY: any number but the smallest.
    assert_eq!(unsafe { magnitude(-1) }, 1);
}
