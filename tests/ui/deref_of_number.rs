// A number cannot be dereferenced: point at the attribute, help writes `n`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by(*n)] values: *const i32, n: usize) -> i64;
}

fn main() {}
