// Sometimes the caller must release it, sometimes not: point at `returns`.

use std::ffi::{c_char, c_void};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(owned, free = text_free, static, null_terminated)]
    safe fn text() -> *const c_char;
    fn text_free(text: *mut c_void);
}

fn main() {}
