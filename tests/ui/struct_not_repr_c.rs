// A structure without C's layout: point at `Text`, help writes `#[repr(C)]`.

#[pinned_ffi::pinned_ffi]
pub struct Text {
    #[counted_by(len)]
    chars: *const u8,
    len: usize,
}

fn main() {}
