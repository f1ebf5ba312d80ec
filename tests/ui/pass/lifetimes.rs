// References and lifetimes in the C signature.

use std::ffi::{c_char, c_int};
use std::ptr::NonNull;

#[repr(C)]
pub struct View<'a> {
    start: &'a u8,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn same<'a>(value: &'a mut c_int) -> &'a mut c_int;
    fn view<'a>(#[one] view: &View<'a>, next: Option<&'a c_int>) -> &'a u8;
    fn elided(view: *const View<'_>, value: NonNull<c_int>, other: Option<NonNull<c_int>>) -> *const c_char;
    safe fn count(#[counted_by(n)] #[noescape] views: *const c_int, n: u8) -> c_int;
}

fn main() {}
