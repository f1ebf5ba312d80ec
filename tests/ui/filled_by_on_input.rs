// C fills nothing that it only reads: point at `#[filled_by(return)]`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn send(#[input] #[sized_by(n)] #[filled_by(return)] buf: *mut c_void, n: usize) -> isize;
}

fn main() {}
