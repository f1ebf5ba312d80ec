// Never null, and null allowed: point at the second, `nullable`, and name the first.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[nonnull] #[nullable] buf: *mut i32);
}

fn main() {}
