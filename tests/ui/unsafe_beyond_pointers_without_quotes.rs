// The reason must be a string: point at `signals`.

use std::ffi::c_int;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[unsafe_beyond_pointers(signals)]
    fn raise(signal: c_int) -> c_int;
}

fn main() {}
