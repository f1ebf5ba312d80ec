//! Bugs of zlib's users, by the real library: C02, C05.

use super::{keep_if, moved};
use libc::{c_char, c_int, c_uchar, c_uint, c_ulong, c_void};
use std::mem::zeroed;

pub(crate) enum internal_state {}

/// C's `z_stream`.
#[pinned_ffi::pinned_ffi]
#[repr(C)]
pub(crate) struct z_stream_s {
    next_in: *mut c_uchar,
    avail_in: c_uint,
    total_in: c_ulong,
    next_out: *mut c_uchar,
    avail_out: c_uint,
    total_out: c_ulong,
    msg: *mut c_char,
    state: *mut internal_state,
    zalloc: Option<unsafe extern "C" fn(*mut c_void, c_uint, c_uint) -> *mut c_void>,
    zfree: Option<unsafe extern "C" fn(*mut c_void, *mut c_void)>,
    opaque: *mut c_void,
    data_type: c_int,
    adler: c_ulong,
    reserved: c_ulong,
}

type z_stream = z_stream_s;

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
#[link(name = "z")]
unsafe extern "C" {
    fn zlibVersion() -> *const c_char;
    fn deflateInit_(strm: *mut z_stream, level: c_int, version: *const c_char, stream_size: c_int) -> c_int;
    fn deflate(strm: *mut z_stream, flush: c_int) -> c_int;
    fn deflateParams(strm: *mut z_stream, level: c_int, strategy: c_int) -> c_int;
    fn deflateEnd(strm: *mut z_stream) -> c_int;
}

fn compressor() -> Box<z_stream> {
    // SAFETY: numbers, null pointers and absent functions.
    let mut strm: Box<z_stream> = Box::new(unsafe { zeroed() });
    // SAFETY: the stream stays in its box.
    let code = unsafe { deflateInit_(&raw mut *strm, 6, zlibVersion(), size_of::<z_stream>() as c_int) };
    assert_eq!(code, 0);
    strm
}

/// zlib-rs 551: the level changes, and the buffers of the call before are used once more.
pub(crate) fn b017_stale_buffers_in_params(is_fixed: bool) {
    let mut strm = compressor();
    let (mut input, mut out) = (vec![7_u8; 4000], vec![0_u8; 4000]);
    (strm.next_in, strm.avail_in) = (input.as_mut_ptr(), 4000);
    (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 4000);
    // SAFETY: the buffers live through the first call; whether through the second is the question.
    unsafe {
        assert_eq!(deflate(&raw mut *strm, 0), 0);
        let out = keep_if(is_fixed, out);
        deflateParams(&raw mut *strm, 1, 2);
        deflateEnd(&raw mut *strm);
        drop((out, input));
    }
}

/// flate2 69, 73; libz-sys 15: initialised, then moved; zlib notices by its pointer back.
pub(crate) fn b037_moved_z_stream(is_fixed: bool) {
    let first = compressor();
    let mut strm = if is_fixed { first } else { moved(first) };
    let (mut input, mut out) = (vec![7_u8; 400], vec![0_u8; 400]);
    (strm.next_in, strm.avail_in) = (input.as_mut_ptr(), 400);
    (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 400);
    // SAFETY: none where it has moved.
    unsafe {
        deflate(&raw mut *strm, 4);
        deflateEnd(&raw mut *strm);
    }
}
