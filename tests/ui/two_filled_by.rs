// Two answers to how much is filled: point at the second, `filled_by(n)`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[out] #[counted_by(n)] #[filled_by(return)] #[filled_by(n)] buf: *mut u8, n: usize) -> isize;
}

fn main() {}
