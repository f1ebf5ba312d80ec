// A `safe fn` that leaves open how much, and whether it is kept: point at `values`, twice.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn sum(values: *const i32, n: usize) -> i64;
}

fn main() {}
