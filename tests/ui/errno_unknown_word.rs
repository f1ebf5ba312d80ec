// A word that `errno` does not know: point at `zero`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[errno(zero)]
    fn close(fd: c_int) -> c_int;
}

fn main() {}
