// No lifetime ends with another call: point at `returns`.

use std::ffi::c_char;

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(until = [thing_next], null_terminated)]
    safe fn thing_text(#[opaque] #[noescape] thing: *mut Thing) -> *const c_char;
}

fn main() {}
