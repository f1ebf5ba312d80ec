// A header belongs on a module: point at `header`.

#[pinned_ffi::pinned_ffi(header = "sys/uio.h")]
#[repr(C)]
pub struct Text {
    chars: *const u8,
}

fn main() {}
