// The release function wants to know the length: point at `returns`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(owned, free = unmap, sized_by(n))]
    safe fn map(n: usize) -> *mut c_void;
    fn unmap(at: *mut c_void, n: usize);
}

fn main() {}
