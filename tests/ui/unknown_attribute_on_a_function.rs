// A misspelt contract of a function is an unknown attribute to rustc: point at `errnoo`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[errnoo]
    fn close(fd: c_int) -> c_int;
}

fn main() {}
