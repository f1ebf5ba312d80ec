// Keywords as names, and the names that emitted code itself could use.

use std::ffi::{c_char, c_int, c_void};

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Node {
    #[counted_by(r#loop)]
    r#type: *const u8,
    r#loop: usize,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn kinds(r#type: c_int, r#match: c_int, r#fn: c_int) -> c_int;
    fn fill(#[out] #[counted_by(r#type)] r#in: *mut u8, r#type: usize, #[flow_through] #[one] r#ref: *const Node);
    safe fn fill_safely(#[out] #[counted_by(r#type)] #[noescape] r#in: *mut u8, r#type: usize);
    #[errno]
    safe fn fill_some(
        #[out] #[counted_by(r#type)] #[filled_by(return)] #[noescape] r#in: *mut u8,
        r#type: usize,
    ) -> isize;
    fn r#try(r#gen: c_int) -> c_int;
    fn inner_words(
        result: c_int,
        call: *const c_void,
        word: c_int,
        raw: c_int,
        desc: *const c_char,
        error: c_int,
        count: usize,
        len: usize,
        buf: *mut c_void,
        probe: c_int,
        caller: c_int,
        core: c_int,
        std: c_int,
        pinned_ffi: c_int,
    ) -> c_int;
    #[errno]
    safe fn inner_words_safe(
        result: c_int,
        #[one] #[noescape] call: *const i32,
        #[null_terminated] #[noescape] error: *const c_char,
        #[out] #[sized_by(count)] #[filled_by(return)] #[noescape] buf: *mut c_void,
        count: usize,
        #[counted_by(len)] #[noescape] raw: *const u16,
        len: usize,
        needed: c_int,
        filled: c_int,
    ) -> isize;
    fn _no_name(_: c_int, _: *const c_void);
}

fn main() {}
