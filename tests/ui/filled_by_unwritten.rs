// The filled length is read from memory that C need not write: point at `buf`.

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[success(result == 0)]
    safe fn fill(
        #[out] #[sized_by(n)] #[filled_by(*written)] #[noescape] buf: *mut c_void,
        n: usize,
        #[out] #[one] #[noescape] written: *mut usize,
    ) -> c_int;
}

fn main() {}
