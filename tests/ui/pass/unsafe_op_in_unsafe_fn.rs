//! Emitted code holds under the lints of a strict crate.

#![deny(unsafe_op_in_unsafe_fn, missing_docs, unreachable_pub, unused_qualifications, clippy::all)]
#![deny(unused_unsafe, unused_imports, unused_mut, unused_parens, trivial_casts, trivial_numeric_casts)]

/// The declarations.
pub mod declared {
    use std::ffi::{c_char, c_int, c_void};

    /// A buffer.
    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    #[allow(non_camel_case_types)]
    #[derive(Debug)]
    pub struct iovec {
        /// Where it starts.
        pub iov_base: *mut c_void,
        /// Its length in bytes.
        pub iov_len: usize,
    }

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        /// The absolute value.
        pub fn abs(n: c_int) -> c_int;
        /// The length of a text.
        pub safe fn strlen(#[null_terminated] #[noescape] s: *const c_char) -> usize;
        /// Reads into one buffer.
        pub safe fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
        /// Reads into many buffers.
        pub safe fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> isize;
        /// Writes one buffer.
        #[idiomatic]
        pub fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
        /// Copies bytes.
        pub fn memcpy(
            #[out]
            #[sized_by(n)]
            dest: *mut c_void,
            #[sized_by(n)] src: *const c_void,
            n: usize,
        ) -> *mut c_void;
        /// Prints.
        pub fn printf(format: *const c_char, ...) -> c_int;
        /// The environment.
        pub static environ: *const *const c_char;
        pub(crate) fn labs(n: std::ffi::c_long) -> std::ffi::c_long;
        fn tolower(c: c_int) -> c_int;
    }

    /// In lower case.
    pub fn lower(c: u8) -> c_int {
        // SAFETY: any byte is a character.
        unsafe { tolower(c_int::from(c)) }
    }
}

fn main() {
    assert_eq!(declared::strlen(c"four"), 4);
    assert_eq!(declared::lower(b'A'), c_int_of(b'a'));
}

fn c_int_of(byte: u8) -> i32 {
    i32::from(byte)
}
