// `by` names no parameter: point at the attribute, suggest `handle`.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn keep(handle: *mut c_void, #[retained(by = handel, until = [drop_it])] data: *const i32);
}

fn main() {}
