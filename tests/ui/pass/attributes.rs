// The ABI and the attributes of declarations: link names, must_use, docs, lints.

#![deny(unused_must_use)]

use std::ffi::{c_int, c_long};

#[pinned_ffi::pinned_ffi]
#[allow(clashing_extern_declarations)]
unsafe extern "C-unwind" {
    /// Under another name.
    #[link_name = "abs"]
    fn magnitude(n: c_int) -> c_int;
    #[must_use = "the value is all it gives"]
    fn labs(n: c_long) -> c_long;
    #[allow(non_snake_case)]
    fn abs(N: c_int) -> c_int;
    unsafe fn tolower(c: c_int) -> c_int;
}

#[pinned_ffi::pinned_ffi(raw = system)]
unsafe extern "system" {
    fn toupper(c: c_int) -> c_int;
}

fn main() {
    // SAFETY: these take any number but the smallest.
    assert_eq!(unsafe { magnitude(-1) }, 1);
    // SAFETY: as above.
    assert_eq!(unsafe { labs(-1) }, 1);
    // SAFETY: a character.
    assert_eq!(unsafe { tolower(65) }, 97);
    // SAFETY: a character.
    assert_eq!(unsafe { toupper(97) }, 65);
}
