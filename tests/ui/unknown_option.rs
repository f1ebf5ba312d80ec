// A misspelt option: point at `rw`, suggest `raw`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi(rw = plain)]
unsafe extern "C" {
    fn abs(n: c_int) -> c_int;
}

fn main() {}
