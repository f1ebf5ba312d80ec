// Numbers hold no pointer to follow: point at `#[flow_through]`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn sum(#[flow_through] #[counted_by(n)] values: *const i32, n: usize) -> i64;
}

fn main() {}
