// C keeps a handle until a function that releases no result: point at `thing`.

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn keep(#[opaque] #[retained(until = [let_go])] thing: *mut Thing);
}

fn main() {}
