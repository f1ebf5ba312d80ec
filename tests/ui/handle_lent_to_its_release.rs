// A release function that only borrows would be called twice: point at `thing`.

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(owned, free = thing_free, opaque)]
    safe fn thing_new() -> *mut Thing;
    safe fn thing_free(#[opaque] #[noescape] thing: *mut Thing);
}

fn main() {}
