// Nobody says what releases the result: point at `returns`.

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(owned, opaque)]
    safe fn thing_new() -> *mut Thing;
}

fn main() {}
