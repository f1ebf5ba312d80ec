// A direction that does not exist: point at `both`.

#[repr(C)]
pub struct Parts {
    first: *mut u8,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn gather(#[flow_through(both)] parts: *const Parts);
}

fn main() {}
