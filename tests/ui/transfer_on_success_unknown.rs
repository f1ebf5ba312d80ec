// A transfer that depends on success, which nothing tells: point at `thing`.

use std::ffi::c_int;

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn thing_close(#[opaque] #[transfer(free = thing_free, on(success))] #[noescape] thing: *mut Thing) -> c_int;
    fn thing_free(thing: *mut Thing);
}

fn main() {}
