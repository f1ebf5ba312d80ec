// Two directions of the innermost data: point at the second, `flow_through(out)`.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Parts {
    first: *mut u8,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn gather(#[flow_through] #[flow_through(out)] parts: *const Parts);
}

fn main() {}
