//! C12: memory that two hold.

use super::Case;
use libc::{c_char, c_void, size_t};

pub(crate) const CASES: &[Case] =
    &[("overlapping_copy", overlapping_copy), ("b080_value_under_a_put", b080_value_under_a_put)];

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn aliases_copy(
        #[out] #[sized_by(n)] #[noescape] to: *mut c_void,
        #[input] #[sized_by(n)] #[noescape] from: *const c_void,
        n: size_t,
    ) -> *mut c_void;
    #[returns(until = [lmdb_put])]
    fn lmdb_get() -> *const c_char;
    fn lmdb_put(#[input] #[sized_by(n)] #[noescape] value: *const c_char, n: size_t);
}

fn overlapping_copy(is_fixed: bool) {
    let mut bytes = vec![1_u8; 100];
    let start = bytes.as_mut_ptr();
    // SAFETY: none where the two overlap.
    unsafe { aliases_copy(start.add(if is_fixed { 50 } else { 10 }).cast(), start.cast(), 40) };
}

/// lmdb-rs 57: what was got is put, and moves while it is read.
fn b080_value_under_a_put(is_fixed: bool) {
    // SAFETY: none where the value is the page itself.
    unsafe {
        let value = std::slice::from_raw_parts(lmdb_get().cast::<u8>(), 8);
        let copy = value.to_vec();
        let value = if is_fixed { &copy[..] } else { value };
        lmdb_put(c"new".as_ptr(), 3);
        lmdb_put(value.as_ptr().cast(), 8);
    }
}
