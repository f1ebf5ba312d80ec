// The attribute on a union: point at the union.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub union Word {
    number: usize,
    pointer: *const u8,
}

fn main() {}
