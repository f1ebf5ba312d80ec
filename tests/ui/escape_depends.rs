// C keeps the pointer in one case: name the case, point at `data`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn bind(
        #[counted_by(n)] #[noescape(when(copy == 1))] #[retained(forever)] data: *const u8,
        n: usize,
        copy: c_int,
    );
}

fn main() {}
