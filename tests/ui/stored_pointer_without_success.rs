// Nothing says when the stored pointer counts: point at `thing`.

use std::ffi::c_int;

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn thing_open(
        #[out] #[one] #[noescape] #[pointee(owned, free = thing_free, opaque)] thing: *mut *mut Thing,
    ) -> c_int;
    fn thing_free(thing: *mut Thing);
}

fn main() {}
