// `retained` without `until` or `forever`: point at the attribute, ask until when.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn keep(handle: *mut c_void, #[retained(by = handle)] data: *const i32);
}

fn main() {}
