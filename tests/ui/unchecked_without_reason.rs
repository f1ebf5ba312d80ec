// A function left unchecked, and nobody says why: point at the attribute; and a parameter, which cannot be.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[unchecked]
    fn one(#[one] p: *const c_int);
    fn two(#[unchecked("fast")] p: *const c_int);
}

fn main() {}
