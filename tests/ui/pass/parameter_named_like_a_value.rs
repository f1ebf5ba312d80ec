// C lets a parameter hide a variable or a constant of the same name; so must a wrapper.

use std::ffi::{c_char, c_int};

#[allow(non_upper_case_globals)]
pub const limit: c_int = 4;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    static environ: *const *const c_char;
    fn with_environment(environ: *const *const c_char) -> c_int;
    fn with_limit(limit: c_int) -> c_int;
}

fn main() {}
