// What has no wrapper passes through: statics, variadic functions; aliases of the module are known inside.

use std::ffi::{c_char, c_int};

type Text = *const c_char;
type Size = usize;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    static environ: *const Text;
    pub static mut stdout: *mut std::ffi::c_void;
    /// Writes into `to` what `format` says.
    fn snprintf(to: *mut c_char, size: Size, format: Text, ...) -> c_int;
    pub fn printf(#[null_terminated] #[noescape] format: Text, ...) -> c_int;
    fn strlen(text: Text) -> Size;
}

fn main() {
    // SAFETY: the C library sets it before main.
    let variables = unsafe { environ };
    assert!(!variables.is_null());
    let mut text = [0 as c_char; 8];
    // SAFETY: the format takes one int, and the length is the array's.
    let length = unsafe { snprintf(text.as_mut_ptr(), text.len(), c"%d".as_ptr(), 42 as c_int) };
    assert_eq!(length, 2);
    // SAFETY: snprintf ended the text with a zero.
    assert_eq!(unsafe { strlen(text.as_ptr()) }, 2);
}
