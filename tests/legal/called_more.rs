//! Closures that OpenSSL calls by the pack: passwords into memory that nobody has written, and lines of its errors. No report at any
//! level, and panics that come back.

#![allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "C's names")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Ref, pinned_ffi};
use std::ffi::{c_char, c_int, c_uchar, c_void};
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use support::at_every_level;

macro_rules! opaque {
    ($($name:ident)*) => {$(
        /// OpenSSL's own.
        #[repr(C)]
        struct $name {
            inside: [u8; 0],
        }
    )*};
}

opaque! { BIO BIO_METHOD EVP_PKEY EVP_CIPHER ENGINE }

// What is not said here comes from the pack.
#[rustfmt::skip]
#[pinned_ffi]
#[link(name = "crypto")]
unsafe extern "C" {
    fn BIO_s_mem() -> *const BIO_METHOD;
    fn BIO_new(kind: *const BIO_METHOD) -> *mut BIO;
    fn BIO_free(a: *mut BIO) -> c_int;
    fn EVP_aes_128_cbc() -> *const EVP_CIPHER;
    fn EVP_PKEY_new_raw_private_key(kind: c_int, e: *mut ENGINE, key: *const c_uchar, keylen: usize) -> *mut EVP_PKEY;
    fn EVP_PKEY_free(pkey: *mut EVP_PKEY);
    #[idiomatic]
    fn PEM_write_bio_PrivateKey(
        out: *mut BIO, x: *const EVP_PKEY, enc: *const EVP_CIPHER, kstr: *const c_uchar, klen: c_int,
        cb: Option<unsafe extern "C" fn(*mut c_char, c_int, c_int, *mut c_void) -> c_int>, u: *mut c_void,
    ) -> c_int;
    #[idiomatic]
    fn ERR_print_errors_cb(
        cb: Option<unsafe extern "C" fn(*const c_char, usize, *mut c_void) -> c_int>, u: *mut c_void,
    );
}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// NID_ED25519.
const ED25519: c_int = 1087;

#[test]
fn openssl_asks_for_passwords_and_tells_its_errors() {
    at_every_level("openssl_asks_for_passwords_and_tells_its_errors", || {
        // SAFETY: objects of OpenSSL's, released at the end; a private key of an Ed25519 pair is any 32 bytes.
        unsafe {
            let out = BIO_new(BIO_s_mem());
            let key = EVP_PKEY_new_raw_private_key(ED25519, std::ptr::null_mut(), [7_u8; 32].as_ptr(), 32);
            let (to, from) = (Ref::from_ptr(out).expect("memory"), Ref::from_ptr(key).expect("a key"));
            let cipher = Ref::from_ptr(EVP_aes_128_cbc().cast_mut()).expect("a cipher");
            let mut asked = 0;
            let password = |room: &mut [MaybeUninit<u8>], is_written: c_int| {
                asked += is_written;
                for (place, byte) in room.iter_mut().zip(b"secret") {
                    place.write(*byte);
                }
                6
            };
            assert!(PEM_write_bio_PrivateKey(to, from, cipher, None, Some(password)).is_ok());
            assert_eq!(asked, 1, "for writing");
            let panics = |_: &mut [MaybeUninit<u8>], _: c_int| panic!("no password");
            let text = said(|| _ = PEM_write_bio_PrivateKey(to, from, cipher, None, Some(panics)));
            assert_eq!(text, "no password");
            // C was told of a failure, and says so.
            let mut lines = Vec::new();
            ERR_print_errors_cb(|line: &[u8]| {
                lines.push(String::from_utf8_lossy(line).into_owned());
                1
            });
            assert!(lines.iter().any(|line| line.contains("error:")), "{lines:?}");
            EVP_PKEY_free(key);
            assert_eq!(BIO_free(out), 1);
        }
    });
}
