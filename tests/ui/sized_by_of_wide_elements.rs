// A slice of bytes need not be aligned for what C reads: fails at the function.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn total(#[sized_by(n)] #[noescape] numbers: *const u64, n: usize) -> u64;
}

fn main() {}
