// Two extents on one field: point at the second, `one`, and name the first.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Text {
    #[counted_by(length)]
    #[one]
    chars: *const u8,
    length: usize,
}

fn main() {}
