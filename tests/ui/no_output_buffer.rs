// A Vec is no output buffer by itself: overwrite its elements, or append?

use std::ffi::{c_int, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    safe fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
}

fn main() {
    let mut bytes = vec![0_u8; 8];
    let _ = read(0, &mut bytes);
}
