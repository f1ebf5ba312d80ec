// C follows pointers of a structure that nobody described: point at `Parts`, our own text.

#[repr(C)]
pub struct Parts {
    first: *mut u8,
    len: usize,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn gather(#[flow_through] #[one] parts: *const Parts);
}

fn main() {}
