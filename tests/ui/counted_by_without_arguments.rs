// `counted_by` without the parameter that counts: point at `counted_by`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by] values: *const i32, n: usize) -> i64;
}

fn main() {}
