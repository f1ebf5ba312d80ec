// The option on a structure, which nobody calls: point at the option.

#[pinned_ffi::pinned_ffi(nested = "live")]
#[repr(C)]
pub struct Node {
    next: *const Node,
}

fn main() {}
