// Nobody says which owners a call takes: point at `thing`.

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn consume(#[opaque] #[transfer] thing: *mut Thing);
}

fn main() {}
