// The release function is not in the block: point at `returns`.

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(owned, free = thing_free, opaque)]
    safe fn thing_new() -> *mut Thing;
}

fn main() {}
