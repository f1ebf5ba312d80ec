// References and NonNull in the C signature, under an idiomatic one.

use std::ffi::c_int;
use std::ptr::NonNull;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn one(#[noescape] value: &c_int, #[inout] #[noescape] other: Option<&mut c_int>) -> c_int;
    #[idiomatic]
    fn loose(#[inout] #[noescape] value: NonNull<c_int>) -> c_int;
}

fn main() {}
