// The pointers of a generic structure differ: point at `<T>`.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct Slice<T> {
    start: *const T,
    len: usize,
}

fn main() {}
