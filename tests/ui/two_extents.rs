// Two extents on one parameter: point at the second, `one`, and name the first.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by(n)] #[one] values: *const i32, n: usize) -> i64;
}

fn main() {}
