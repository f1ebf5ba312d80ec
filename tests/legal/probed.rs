//! Legal calls that a search for kept pointers was tried on, and that no other file makes: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]
#![allow(non_camel_case_types, non_snake_case, clippy::upper_case_acronyms, reason = "C's names")]

mod support;

use libc::{c_char, c_int, c_long, c_uchar, c_uint, c_void, size_t, time_t, tm};
use std::ffi::{CStr, CString};
use std::ptr::null_mut;
use support::at_every_level;

pub(crate) enum BIO {}
pub(crate) enum ENGINE {}
pub(crate) enum EVP_MD {}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
#[link(name = "crypto")]
unsafe extern "C" {
    fn localtime_r(timep: *const time_t, result: *mut tm) -> *mut tm;
    fn sscanf(s: *const c_char, format: *const c_char, ...) -> c_int;
    fn execv(path: *const c_char, argv: *const *const c_char) -> c_int;
    fn EVP_sha256() -> *const EVP_MD;
    fn EVP_Digest(
        data: *const c_void, count: size_t, md: *mut c_uchar, size: *mut c_uint,
        type_: *const EVP_MD, impl_: *mut ENGINE,
    ) -> c_int;
    fn BIO_new_mem_buf(buf: *const c_void, len: c_int) -> *mut BIO;
    fn BIO_free(a: *mut BIO) -> c_int;
    fn PEM_read_bio(
        bp: *mut BIO, name: *mut *mut c_char, header: *mut *mut c_char, data: *mut *mut c_uchar, len: *mut c_long,
    ) -> c_int;
    fn CRYPTO_free(ptr: *mut c_void, file: *const c_char, line: c_int);
    fn OBJ_txt2nid(s: *const c_char) -> c_int;
}

#[test]
fn times() {
    at_every_level("times", || {
        let now: Box<time_t> = Box::new(86_400 * 365);
        // SAFETY: numbers and a null pointer.
        let mut local: Box<tm> = Box::new(unsafe { std::mem::zeroed() });
        // SAFETY: both live on.
        let result = unsafe { localtime_r(&raw const *now, &raw mut *local) };
        assert_eq!(result, &raw mut *local);
        assert!(local.tm_year == 70 || local.tm_year == 71);
    });
}

#[test]
fn scans() {
    at_every_level("scans", || {
        let text = CString::new("12 abc").expect("no zero inside");
        let mut number = Box::new(0 as c_int);
        let mut word = vec![0 as c_char; 8];
        // SAFETY: the format names what follows, and the word has room.
        let read = unsafe { sscanf(text.as_ptr(), c"%d %7s".as_ptr(), &raw mut *number, word.as_mut_ptr()) };
        assert_eq!((read, *number), (2, 12));
        // SAFETY: ended by C.
        assert_eq!(unsafe { CStr::from_ptr(word.as_ptr()) }, c"abc");
    });
}

#[test]
fn other_programs() {
    at_every_level("other_programs", || {
        let words = ["program", "word"].map(|word| CString::new(word).expect("no zero inside"));
        let mut argv: Vec<*const c_char> = words.iter().map(|word| word.as_ptr()).collect();
        argv.push(std::ptr::null());
        // SAFETY: texts, and a vector that ends with null.
        assert_eq!(unsafe { execv(c"/no/such/program".as_ptr(), argv.as_ptr()) }, -1);
    });
}

#[test]
fn digests() {
    at_every_level("digests", || {
        let data = b"abc".to_vec();
        let mut digest = vec![0_u8; 32];
        let mut length = 0;
        // SAFETY: as long as the lengths say, and 32 bytes for the digest.
        let code = unsafe {
            EVP_Digest(data.as_ptr().cast(), 3, digest.as_mut_ptr(), &raw mut length, EVP_sha256(), null_mut())
        };
        assert_eq!((code, length, digest[0]), (1, 32, 0xba));
    });
}

#[test]
fn certificates() {
    at_every_level("certificates", || {
        let text = b"-----BEGIN PINS-----\nAAECAwQF\n-----END PINS-----\n".to_vec();
        let (mut name, mut header, mut data, mut length) = (null_mut(), null_mut(), null_mut(), 0);
        // SAFETY: the text lives until the BIO is freed, and what is given is freed once.
        unsafe {
            let bio = BIO_new_mem_buf(text.as_ptr().cast(), text.len() as c_int);
            assert_eq!(PEM_read_bio(bio, &raw mut name, &raw mut header, &raw mut data, &raw mut length), 1);
            assert_eq!(std::slice::from_raw_parts(data, length as usize), [0, 1, 2, 3, 4, 5]);
            for given in [name.cast(), header.cast(), data.cast::<c_void>()] {
                CRYPTO_free(given, c"".as_ptr(), 0);
            }
            assert_eq!(BIO_free(bio), 1);
        }
    });
}

#[test]
fn names_of_objects() {
    at_every_level("names_of_objects", || {
        let name = CString::new("SHA256").expect("no zero inside");
        // SAFETY: a text.
        assert_eq!(unsafe { OBJ_txt2nid(name.as_ptr()) }, 672);
    });
}
