// void has no elements: point at `#[counted_by(n)]`, help writes `#[sized_by(n)]`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn send(#[counted_by(n)] buf: *const c_void, n: usize);
}

fn main() {}
