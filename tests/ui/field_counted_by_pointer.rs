// The count of a field is itself a pointer: point at the type of `len`.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Text {
    #[counted_by(len)]
    chars: *const u8,
    len: *const usize,
}

fn main() {}
