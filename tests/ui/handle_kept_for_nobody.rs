// C keeps a handle for itself: a leaked owner would not keep it alive. Point at `thing`.

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(owned, free = unregister, opaque)]
    safe fn register(#[opaque] #[retained(until = [unregister])] thing: *mut Thing) -> *mut Thing;
    fn unregister(registration: *mut Thing);
}

fn main() {}
