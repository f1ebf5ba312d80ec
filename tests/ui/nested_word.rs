// A policy on nested pointers that does not exist: point at `lax`; and none at all: point at the attribute.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[nested(lax)]
    fn one(#[one] p: *const c_int);
    #[nested]
    fn two(#[one] p: *const c_int);
}

fn main() {}
