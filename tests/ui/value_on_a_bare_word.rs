// A value where the word takes none: point at the `=` of `nonnull = true`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[nonnull = true] buf: *mut i32);
}

fn main() {}
