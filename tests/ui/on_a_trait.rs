// The attribute on a trait: point at the trait.

#[pinned_ffi::pinned_ffi]
trait Shape {}

fn main() {}
