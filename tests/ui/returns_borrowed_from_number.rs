// The result borrows from a number: point at `returns`.

use std::ffi::{c_char, c_int};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(borrowed = fd, null_terminated)]
    safe fn name_of(fd: c_int) -> *const c_char;
}

fn main() {}
