// C cannot write behind a pointer to const: point at `#[out]`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[out] #[counted_by(n)] buf: *const u8, n: usize);
}

fn main() {}
