// `filled_by` that does not say how much: point at `filled_by`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[out] #[filled_by] buf: *mut i32, n: usize) -> isize;
}

fn main() {}
