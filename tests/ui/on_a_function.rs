// The attribute on a function: point at `f`.

#[pinned_ffi::pinned_ffi]
pub fn f() {}

fn main() {}
