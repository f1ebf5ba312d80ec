// The attribute on an impl: point at the impl.

struct Shape;

#[pinned_ffi::pinned_ffi]
impl Shape {}

fn main() {}
