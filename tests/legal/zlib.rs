//! Legal calls of zlib's own functions: no report, at any level.

mod support;

use pinned_ffi::pinned_ffi;
use support::at_every_level;

#[pinned_ffi(header = "zlib.h", allow = "compressBound|compress|uncompress|crc32")]
mod z {}

#[link(name = "z")]
unsafe extern "C" {}

#[test]
fn compress_and_back() {
    at_every_level("compress_and_back", || {
        let text = b"the same words, the same words, the same words";
        let mut packed = vec![0u8; 128];
        let mut packed_len = packed.len() as z::uLongf;
        // SAFETY: both buffers are as long as the lengths say.
        let code = unsafe { z::compress(packed.as_mut_ptr(), &mut packed_len, text.as_ptr(), text.len() as z::uLong) };
        assert_eq!(code, 0);
        assert!((packed_len as usize) < text.len());
        // Length zero: any pointer, also the dangling one of an empty vector.
        // SAFETY: nothing is read.
        let sum = unsafe { z::crc32(0, Vec::<u8>::new().as_ptr(), 0) };
        assert_eq!(sum, 0);
    });
}
