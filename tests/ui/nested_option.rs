// The option with a word that does not exist, and without quotes: point at the option.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(nested = "dead")]
unsafe extern "C" {
    fn one(#[one] p: *const c_int);
}

#[pinned_ffi::pinned_ffi(raw = raw_two, nested = live)]
unsafe extern "C" {
    fn two(#[one] p: *const c_int);
}

fn main() {}
