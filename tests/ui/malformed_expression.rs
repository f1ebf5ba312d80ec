// A call in an extent that is not `min`: point at `length(n)`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by(length(n))] values: *const i32, n: usize) -> i64;
}

fn main() {}
