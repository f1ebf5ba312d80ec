// A `safe fn` that leaves open who writes: point at `values`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn sort(#[counted_by(n)] #[noescape] values: *mut i32, n: usize);
}

fn main() {}
