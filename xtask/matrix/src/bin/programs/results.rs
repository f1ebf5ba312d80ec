//! C18 to C20: results that are used for too long, that are null, misaligned, or no value of their type.

use super::Case;
use libc::{c_char, c_int, c_uchar, c_void, size_t};

pub(crate) const CASES: &[Case] = &[
    ("bool_of_two", bool_of_two),
    ("b119_buffer_without_memory", b119_buffer_without_memory),
    ("b121_bytes_as_a_structure", b121_bytes_as_a_structure),
    ("b122_context_less_aligned", b122_context_less_aligned),
    ("b127_state_that_is_none", b127_state_that_is_none),
    ("b130_bytes_as_bools", b130_bytes_as_bools),
];

#[cfg(feature = "libraries")]
pub(crate) const WITH_LIBRARIES: &[Case] = &[
    ("b109_protocol_of_the_other_list", openssl::b109_protocol_of_the_other_list),
    ("b110_column_name", super::sqlite3::b110_column_name),
    ("b118_empty_memory", openssl::b118_empty_memory),
    ("b123_extension_without_context", openssl::b123_extension_without_context),
    ("b125_text_of_any_bytes", super::sqlite3::b125_text_of_any_bytes),
];

/// States of a library's older version.
#[pinned_ffi::pinned_ffi]
#[derive(Clone, Copy)]
#[repr(C)]
#[allow(dead_code, reason = "C makes them")]
enum State {
    Off,
    On,
    Unsure,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct file_name_info {
    length: u32,
    name: [u16; 30],
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct git_buf {
    #[opaque]
    ptr: *mut c_char,
    size: size_t,
}

/// Wants more alignment than malloc's users get.
#[repr(C, align(16))]
struct Wide([u64; 2]);

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn results_bool(which: c_int) -> bool;
    #[cfg_attr(not(feature = "libraries"), allow(dead_code))]
    pub(crate) fn results_length(#[input] #[null_terminated] #[noescape] text: *const c_char) -> size_t;
    fn results_state(version: c_int) -> State;
    fn console_name(#[out] #[one] #[noescape] info: *mut file_name_info) -> c_int;
    #[returns(static, counted_by(4))]
    fn lmdb_flags(good: c_int) -> *const bool;
    fn git_message(#[out] #[one] #[noescape] buf: *mut git_buf, empty: c_int);
    #[returns(static, nullable, one)]
    fn aggregate_context(n: c_int) -> *mut Wide;
}

fn bool_of_two(is_fixed: bool) {
    // SAFETY: none for a bool of two.
    let answer = unsafe { results_bool(if is_fixed { 1 } else { 2 }) };
    std::hint::black_box(if answer { 1 } else { 2 });
}

/// RUSTSEC-2026-0008: a slice of null.
fn b119_buffer_without_memory(is_fixed: bool) {
    let mut buf = git_buf { ptr: std::ptr::null_mut(), size: 0 };
    // SAFETY: none where there is no memory.
    unsafe {
        git_message(&raw mut buf, c_int::from(!is_fixed));
        // Debug builds of std stop here by themselves.
        if cfg!(debug_assertions) && buf.ptr.is_null() {
            return;
        }
        std::hint::black_box(std::slice::from_raw_parts(buf.ptr.cast::<u8>(), buf.size).len());
    }
}

/// RUSTSEC-2021-0145: an array of bytes where C wants a structure.
fn b121_bytes_as_a_structure(is_fixed: bool) {
    let mut bytes = vec![0_u8; size_of::<file_name_info>() + 8];
    // SAFETY: none where the place is not aligned.
    unsafe { console_name(bytes.as_mut_ptr().add(if is_fixed { 0 } else { 2 }).cast()) };
}

/// RUSTSEC-2026-0137: C's block is less aligned than what Rust puts there.
fn b122_context_less_aligned(is_fixed: bool) {
    let mut own = Wide([0; 2]);
    // SAFETY: none where it is not aligned.
    unsafe {
        let place = if is_fixed { &raw mut own } else { aggregate_context(16) };
        (*(&raw mut (*place).0).cast::<u64>()) += 1;
    }
}

/// bindgen 667: a number that the enum does not have.
fn b127_state_that_is_none(is_fixed: bool) {
    // SAFETY: none for a state that is none of them.
    let state = unsafe { results_state(if is_fixed { 1 } else { 2 }) };
    std::hint::black_box(state as c_int);
}

/// RUSTSEC-2023-0047: bytes of a database, viewed as bools.
fn b130_bytes_as_bools(is_fixed: bool) {
    // SAFETY: none where a byte is neither 0 nor 1.
    let flags = unsafe { std::slice::from_raw_parts(lmdb_flags(c_int::from(is_fixed)), 4) };
    std::hint::black_box(flags.iter().filter(|flag| **flag).count());
}

#[cfg(feature = "libraries")]
mod openssl {
    use super::{c_char, c_int, c_uchar, c_void};
    use libc::{c_long, c_uint};
    use std::ptr::null_mut;

    pub(crate) enum BIO {}
    pub(crate) enum BIO_METHOD {}
    pub(crate) enum CONF {}
    /// C's context; zeros are one that knows of no certificate.
    #[pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub(crate) struct X509V3_CTX {
        words: [u64; 8],
    }

    pub(crate) enum X509_EXTENSION {}

    #[rustfmt::skip]
    #[pinned_ffi::pinned_ffi]
    #[link(name = "ssl")]
    #[link(name = "crypto")]
    unsafe extern "C" {
        fn SSL_select_next_proto(
            out: *mut *mut c_uchar, outlen: *mut c_uchar,
            in_: *const c_uchar, inlen: c_uint, client: *const c_uchar, client_len: c_uint,
        ) -> c_int;
        #[returns(opaque)]
        fn BIO_s_mem() -> *const BIO_METHOD;
        #[returns(opaque)]
        fn BIO_new(#[opaque] kind: *const BIO_METHOD) -> *mut BIO;
        fn BIO_free(a: *mut BIO) -> c_int;
        fn BIO_write(b: *mut BIO, data: *const c_void, dlen: c_int) -> c_int;
        // BIO_get_mem_data.
        #[link_name = "BIO_ctrl"]
        fn BIO_info(
            #[opaque] bp: *mut BIO, cmd: c_int, larg: c_long,
            #[out] #[one] #[pointee(until = [BIO_free, BIO_write])] parg: *mut *mut c_uchar,
        ) -> c_long;
        #[returns(opaque)]
        fn X509V3_EXT_nconf_nid(
            #[opaque] conf: *mut CONF,
            #[inout] #[nonnull] #[one] ctx: *mut X509V3_CTX,
            ext_nid: c_int,
            #[input] #[null_terminated] #[noescape] value: *const c_char,
        ) -> *mut X509_EXTENSION;
        fn X509_EXTENSION_free(#[opaque] ext: *mut X509_EXTENSION);
    }

    /// RUSTSEC-2025-0004: the result is taken for a part of the server's list, and is the client's.
    pub(crate) fn b109_protocol_of_the_other_list(is_fixed: bool) {
        let server = b"\x02h2\x08http/1.1".to_vec();
        let client = b"\x06spdy/3\x08http/0.9".to_vec();
        let (mut out, mut length) = (null_mut(), 0);
        // SAFETY: none where the client's list is gone.
        unsafe {
            SSL_select_next_proto(
                &raw mut out,
                &raw mut length,
                server.as_ptr(),
                server.len() as c_uint,
                client.as_ptr(),
                client.len() as c_uint,
            );
            let client = super::super::keep_if(is_fixed, client);
            let protocol = std::slice::from_raw_parts(out, usize::from(length));
            std::hint::black_box(protocol.iter().map(|byte| u32::from(*byte)).sum::<u32>());
            drop((server, client));
        }
    }

    /// RUSTSEC-2024-0357: nothing was written, so there is no memory.
    pub(crate) fn b118_empty_memory(is_fixed: bool) {
        const INFO: c_int = 3;
        let mut data = null_mut();
        // SAFETY: none for a slice of null.
        unsafe {
            let bio = BIO_new(BIO_s_mem());
            if is_fixed {
                BIO_write(bio, c"text".as_ptr().cast(), 4);
            }
            let length = BIO_info(bio, INFO, 0, &raw mut data);
            // Debug builds of std stop here by themselves.
            if !(cfg!(debug_assertions) && data.is_null()) {
                std::hint::black_box(std::slice::from_raw_parts(data, length as usize).len());
            }
            BIO_free(bio);
        }
    }

    /// RUSTSEC-2023-0024: some extensions look into the context, and there is none.
    pub(crate) fn b123_extension_without_context(is_fixed: bool) {
        const POLICIES: c_int = 89;
        let mut context = X509V3_CTX { words: [0; 8] };
        let at = if is_fixed { &raw mut context } else { null_mut() };
        // SAFETY: none for null.
        unsafe { X509_EXTENSION_free(X509V3_EXT_nconf_nid(null_mut(), at, POLICIES, c"1.2.3.4".as_ptr())) };
    }
}
