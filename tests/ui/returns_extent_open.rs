// Nobody says how much the result stands for: point at `returns`.

use std::ffi::c_char;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(static)]
    safe fn name() -> *const c_char;
}

fn main() {}
