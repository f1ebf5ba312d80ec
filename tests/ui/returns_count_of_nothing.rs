// The length of the result names no parameter: point at `returns`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(static, counted_by(m))]
    fn numbers(n: c_int) -> *const c_int;
}

fn main() {}
