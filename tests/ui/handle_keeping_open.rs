// A handle of which nobody says whether C keeps or releases it: point at `thing`.

#[repr(C)]
pub struct Thing {
    _unused: [u8; 0],
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn use_thing(#[opaque] thing: *mut Thing);
}

fn main() {}
