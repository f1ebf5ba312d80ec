// Arguments where the word takes none: point at the parentheses of `out(n)`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[out(n)] buf: *mut i32, n: usize);
}

fn main() {}
