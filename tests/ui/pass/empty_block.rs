// Nothing to wrap is nothing wrong.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Nothing {}

fn main() {}
