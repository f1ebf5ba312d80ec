//! A structure inside the structure has no pointer map, and C follows what is in it.

use std::ffi::c_int;

#[repr(C)]
struct Part {
    base: *const u8,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct Message {
    part: Part,
}

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn send(#[one] #[flow_through] message: *const Message) -> c_int;
}

fn main() {}
