// C keeps a handle, and its contract does not say for whom: nobody could tell which one an end is of. Point at `thing`.

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
