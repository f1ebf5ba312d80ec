// Wrappers as C's function pointers.

use std::ffi::c_void;

#[pinned_ffi::pinned_ffi(abi = "C")]
unsafe extern "C" {
    fn free(#[nullable] #[noescape] block: *mut c_void);
    fn calloc(count: usize, size: usize) -> *mut c_void;
}

fn main() {
    let release: Option<unsafe extern "C" fn(*mut c_void)> = Some(free);
    let block = unsafe { calloc(1, 8) };
    unsafe { release.expect("given above")(block) };
}
