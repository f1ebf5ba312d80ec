// The result borrows from a parameter that is not there: point at `returns`.

use std::ffi::c_char;

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    #[returns(borrowed = txt, null_terminated)]
    fn skip(text: *const c_char) -> *const c_char;
}

fn main() {}
