// The attribute on something else still: point at the alias.

#[pinned_ffi::pinned_ffi]
type Size = usize;

fn main() {}
