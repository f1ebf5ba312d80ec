// An operator that extents do not have: point at `n % 4`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by(n % 4)] values: *const i32, n: usize) -> i64;
}

fn main() {}
