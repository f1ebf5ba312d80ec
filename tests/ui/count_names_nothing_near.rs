// The count is no parameter and like none: point at the attribute, list the parameters.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by(elements)] values: *const i32, n: usize) -> i64;
}

fn main() {}
