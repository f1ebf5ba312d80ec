// A vector of buffers vouches for addresses: safe code cannot make one up.

use pinned_ffi::buf::{RawSlice, VectoredMut};

struct Forged(usize);

impl VectoredMut for Forged {
    fn with_vector_mut<R>(self, body: impl FnOnce(&[RawSlice]) -> R) -> R {
        body(&[RawSlice { base: self.0 as *mut _, len: 4 }])
    }
}

fn main() {}
