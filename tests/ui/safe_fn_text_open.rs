// A `safe fn` that leaves open whether `char *` is a string: point at `text`.

use std::ffi::c_char;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn upper(#[inout] #[noescape] text: *mut c_char);
}

fn main() {}
