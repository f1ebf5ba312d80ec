// The same on a vector: point at `#[out]`, help writes `#[flow_through(out)]`.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Parts {
    first: *mut u8,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn scatter(#[out] #[flow_through] #[counted_by(n)] parts: *const Parts, n: usize);
}

fn main() {}
