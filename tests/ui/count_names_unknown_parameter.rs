// The count is misspelt: point at the attribute, suggest `count`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[counted_by(cuont)] values: *const i32, count: usize) -> i64;
}

fn main() {}
