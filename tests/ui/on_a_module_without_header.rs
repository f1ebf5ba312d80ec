// The attribute on a module, but no header: point at `uio`, help names the header.

#[pinned_ffi::pinned_ffi]
mod uio {}

fn main() {}
