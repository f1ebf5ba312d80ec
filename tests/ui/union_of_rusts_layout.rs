// A union whose layout is not C's: point at its name.

#[pinned_ffi::pinned_ffi]
pub union Word {
    number: usize,
    pointer: *const u8,
}

fn main() {}
