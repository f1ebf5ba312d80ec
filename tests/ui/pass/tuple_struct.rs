// A structure without field names has a layout of C's as well.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Pair(pub *const u8, pub usize);

#[pinned_ffi::pinned_ffi]
#[repr(transparent)]
pub struct Handle(pub usize);

fn main() {}
