//! Real calls of zlib, whose contracts nobody has told this program.

use std::ffi::{CString, c_char, c_int, c_uint, c_ulong, c_void};
use std::path::Path;

#[pinned_ffi::pinned_ffi]
#[link(name = "z")]
unsafe extern "C" {
    fn compress(dest: *mut u8, dest_len: *mut c_ulong, source: *const u8, source_len: c_ulong) -> c_int;
    fn uncompress(dest: *mut u8, dest_len: *mut c_ulong, source: *const u8, source_len: c_ulong) -> c_int;
    fn compressBound(source_len: c_ulong) -> c_ulong;
    fn crc32(crc: c_ulong, buf: *const u8, len: c_uint) -> c_ulong;
    fn zError(code: c_int) -> *const c_char;
    fn gzopen(path: *const c_char, mode: *const c_char) -> *mut c_void;
    fn gzwrite(file: *mut c_void, buf: *const c_void, len: c_uint) -> c_int;
    fn gzclose(file: *mut c_void) -> c_int;
}

/// Files are made in `folder`.
pub(crate) fn run(rounds: usize, folder: &Path) {
    for round in 0..rounds {
        let text = "so that there is something to leave out, ".repeat(round + 1).into_bytes();
        // SAFETY: a number.
        let bound = unsafe { compressBound(text.len() as c_ulong) };
        let mut packed = Vec::with_capacity(bound as usize);
        let mut packed_len = bound;
        // SAFETY: both are as long as they say.
        let done = unsafe { compress(packed.as_mut_ptr(), &raw mut packed_len, text.as_ptr(), text.len() as c_ulong) };
        assert_eq!(done, 0);
        // SAFETY: so much was written.
        unsafe { packed.set_len(packed_len as usize) };
        let packed = packed.into_boxed_slice();
        let mut again = Vec::with_capacity(text.len() + 11);
        let mut again_len = again.capacity() as c_ulong;
        // SAFETY: both are as long as they say.
        let done =
            unsafe { uncompress(again.as_mut_ptr(), &raw mut again_len, packed.as_ptr(), packed.len() as c_ulong) };
        assert_eq!((done, again_len), (0, text.len() as c_ulong));
        // SAFETY: as long as it says.
        assert_ne!(unsafe { crc32(0, packed.as_ptr(), packed.len() as c_uint) }, 0);
        // SAFETY: one of zlib's numbers.
        assert!(!unsafe { zError(-(round as c_int % 7)) }.is_null());
        let path = CString::new(folder.join(format!("{round}.gz")).display().to_string()).expect("no zero");
        // SAFETY: two texts.
        let file = unsafe { gzopen(path.as_ptr(), c"wb".as_ptr()) };
        assert!(!file.is_null());
        // SAFETY: opened above, and the bytes are as long as they say.
        assert_eq!(unsafe { gzwrite(file, packed.as_ptr().cast(), packed.len() as c_uint) }, packed.len() as c_int);
        // SAFETY: opened above, and not used again.
        assert_eq!(unsafe { gzclose(file) }, 0);
    }
}
