// `#[idiomatic]` asks for the same as `safe fn`: point at `values`, name `#[idiomatic]`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[idiomatic]
    fn sum(#[counted_by(n)] values: *const i32, n: usize) -> i64;
}

fn main() {}
