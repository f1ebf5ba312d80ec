// A contract of functions on a field: point at `errno` before `status`.

#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub struct State {
    #[errno]
    status: *mut i32,
}

fn main() {}
