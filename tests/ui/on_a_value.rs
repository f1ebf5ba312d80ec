// The attribute on a static: point at the static.

#[pinned_ffi::pinned_ffi]
static LIMIT: usize = 4;

fn main() {}
