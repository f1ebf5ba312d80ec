// `returns` that says nothing: point at `returns`.

use std::ffi::c_char;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns]
    fn name() -> *const c_char;
}

fn main() {}
