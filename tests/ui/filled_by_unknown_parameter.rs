// `filled_by` names no parameter: point at that attribute, suggest `used`.

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn fill(#[out] #[counted_by(n)] #[filled_by(*usd)] buf: *mut u8, n: usize, used: *mut usize);
}

fn main() {}
