//! Legal calls of zlib's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]

mod support;

use pinned_ffi::pinned_ffi;
use std::alloc::Layout;
use std::ffi::{CStr, CString, c_int, c_uint, c_void};
use std::mem::zeroed;
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(
    header = "zlib.h",
    allow = "compress.*|uncompress.*|crc32|crc32_z|adler32|adler32_z|get_crc_table|zError|zlibVersion|deflate.*|inflate.*\
             |gzopen|gzdopen|gzclose|gzread|gzwrite|gzfread|gzfwrite|gzputs|gzgets|gzputc|gzungetc|gzerror|gzclearerr\
             |gzbuffer|gzseek|gzrewind|gzeof|gzflush"
)]
mod z {}

#[link(name = "z")]
unsafe extern "C" {}

const NO_FLUSH: c_int = 0;
const FINISH: c_int = 4;
const OK: c_int = 0;
const STREAM_END: c_int = 1;
const NEED_DICT: c_int = 2;
const DATA_ERROR: c_int = -3;
const SIZE: c_int = size_of::<z::z_stream>() as c_int;
const TEXT: &[u8] = b"the same words, the same words, the same words, and then some other words";

fn fresh() -> Box<z::z_stream> {
    // SAFETY: numbers, null pointers and absent functions.
    Box::new(unsafe { zeroed() })
}

/// A stream that compresses, with this window: 15 for zlib's format, 31 for gzip's.
fn compressor(window: c_int) -> Box<z::z_stream> {
    let mut strm = fresh();
    // SAFETY: the stream stays in its box until the end.
    let code = unsafe { z::deflateInit2_(&mut *strm, 6, 8, window, 8, 0, z::zlibVersion(), SIZE) };
    assert_eq!(code, OK);
    strm
}

fn decompressor(window: c_int) -> Box<z::z_stream> {
    let mut strm = fresh();
    // SAFETY: as above.
    let code = unsafe { z::inflateInit2_(&mut *strm, window, z::zlibVersion(), SIZE) };
    assert_eq!(code, OK);
    strm
}

/// All of `text` in one call.
fn deflated(strm: &mut z::z_stream, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    let mut out = vec![0_u8; 512];
    (strm.next_in, strm.avail_in) = (text.as_mut_ptr(), text.len() as c_uint);
    (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), out.len() as c_uint);
    // SAFETY: both buffers live through the call.
    assert_eq!(unsafe { z::deflate(strm, FINISH) }, STREAM_END);
    out.truncate(512 - strm.avail_out as usize);
    out
}

fn inflated(strm: &mut z::z_stream, packed: &[u8]) -> Vec<u8> {
    let mut packed = packed.to_vec();
    let mut out = vec![0_u8; 512];
    (strm.next_in, strm.avail_in) = (packed.as_mut_ptr(), packed.len() as c_uint);
    (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), out.len() as c_uint);
    // SAFETY: both buffers live through the call.
    assert_eq!(unsafe { z::inflate(strm, NO_FLUSH) }, STREAM_END);
    out.truncate(512 - strm.avail_out as usize);
    out
}

fn packed(window: c_int) -> Vec<u8> {
    let mut strm = compressor(window);
    let out = deflated(&mut strm, TEXT);
    // SAFETY: initialised.
    assert_eq!(unsafe { z::deflateEnd(&mut *strm) }, OK);
    out
}

#[test]
fn compress_and_back() {
    at_every_level("compress_and_back", || {
        let mut packed = vec![0u8; 128];
        let mut packed_len = packed.len() as z::uLongf;
        // SAFETY: both buffers are as long as the lengths say.
        let code = unsafe { z::compress(packed.as_mut_ptr(), &mut packed_len, TEXT.as_ptr(), TEXT.len() as z::uLong) };
        assert_eq!(code, OK);
        assert!((packed_len as usize) < TEXT.len());
        let mut text = vec![0_u8; 128];
        let mut len = text.len() as z::uLongf;
        // SAFETY: as above.
        assert_eq!(unsafe { z::uncompress(text.as_mut_ptr(), &mut len, packed.as_ptr(), packed_len) }, OK);
        assert_eq!(&text[..len as usize], TEXT);
        // The source's length may be too large: what was used comes back.
        let (mut len, mut used) = (text.len() as z::uLongf, packed.len() as z::uLong);
        // SAFETY: as above.
        assert_eq!(unsafe { z::uncompress2(text.as_mut_ptr(), &mut len, packed.as_ptr(), &mut used) }, OK);
        assert_eq!((len as usize, used), (TEXT.len(), packed_len));
        // A buffer that is too small is an error of the call's own.
        let mut len = 3;
        // SAFETY: three bytes are enough for three.
        let code = unsafe { z::compress2(packed.as_mut_ptr(), &mut len, TEXT.as_ptr(), TEXT.len() as z::uLong, 9) };
        assert_eq!(code, -5);
        // Nothing to compress, from nowhere.
        let mut len = packed.len() as z::uLongf;
        // SAFETY: nothing is read.
        assert_eq!(unsafe { z::compress(packed.as_mut_ptr(), &mut len, Vec::new().as_ptr(), 0) }, OK);
        // SAFETY: the length fits.
        assert!(unsafe { z::compressBound(1000) } > 1000);
    });
}

#[test]
fn checksums() {
    at_every_level("checksums", || {
        let text = TEXT.to_vec();
        // Length zero: any pointer, also the dangling one of an empty vector. Null: the initial value, whatever the length.
        // SAFETY: nothing is read beyond the text.
        unsafe {
            assert_eq!(z::crc32(0, Vec::<u8>::new().as_ptr(), 0), 0);
            assert_eq!(z::crc32(0, null(), 0), 0);
            assert_eq!(z::crc32(7, null(), 99), 0);
            assert_eq!(z::adler32(0, null(), 0), 1);
            assert_eq!(z::crc32(0, c"123456789".as_ptr().cast(), 9), 0xcbf4_3926);
            // One past the end with nothing to read.
            assert_eq!(z::crc32(5, text.as_ptr().add(text.len()), 0), 5);
            assert_eq!(z::crc32(0, text.as_ptr(), 9), z::crc32_z(0, text.as_ptr(), 9));
            assert_eq!(z::adler32(1, text.as_ptr(), 9), z::adler32_z(1, text.as_ptr(), 9));
            assert_eq!(z::get_crc_table().add(1).read(), 0x7707_3096);
            assert_eq!(CStr::from_ptr(z::zError(-3)), c"data error");
        }
    });
}

/// F056, F057: the stream stays in place; the pointers left in it between the calls mean nothing.
#[test]
fn chunks_and_stale_pointers() {
    at_every_level("chunks_and_stale_pointers", || {
        let mut strm = compressor(15);
        let mut all = Vec::new();
        for (number, chunk) in TEXT.chunks(10).enumerate() {
            let mut input = chunk.to_vec();
            (strm.next_in, strm.avail_in) = (input.as_mut_ptr(), input.len() as c_uint);
            let mut out = vec![0_u8; 64 + number];
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), out.len() as c_uint);
            // SAFETY: both buffers live through the call.
            assert_eq!(unsafe { z::deflate(&mut *strm, NO_FLUSH) }, OK);
            assert_eq!(strm.avail_in, 0);
            all.extend_from_slice(&out[..out.len() - strm.avail_out as usize]);
            // Both buffers go; both fields dangle.
        }
        loop {
            let mut out = vec![0_u8; 7];
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), out.len() as c_uint);
            // SAFETY: `next_in` dangles, and nothing is pending.
            let code = unsafe { z::deflate(&mut *strm, FINISH) };
            all.extend_from_slice(&out[..out.len() - strm.avail_out as usize]);
            if code == STREAM_END {
                break;
            }
            assert_eq!(code, OK);
        }
        // SAFETY: the end releases the state and looks at no buffer.
        assert_eq!(unsafe { z::deflateEnd(&mut *strm) }, OK);

        let mut strm = decompressor(15);
        let mut text = Vec::new();
        for byte in all {
            let mut input = vec![byte];
            (strm.next_in, strm.avail_in) = (input.as_mut_ptr(), 1);
            while strm.avail_in > 0 {
                let mut out = vec![0_u8; 3];
                (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 3);
                // SAFETY: both buffers live through the call.
                assert!(unsafe { z::inflate(&mut *strm, NO_FLUSH) } >= 0);
                text.extend_from_slice(&out[..3 - strm.avail_out as usize]);
            }
        }
        // What is still inside, with no input at all.
        (strm.next_in, strm.avail_in) = (null_mut(), 0);
        let mut out = vec![0_u8; 64];
        (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 64);
        // SAFETY: null and nothing.
        let code = unsafe { z::inflate(&mut *strm, FINISH) };
        assert!(code == STREAM_END || code == -5, "{code}");
        text.extend_from_slice(&out[..64 - strm.avail_out as usize]);
        assert_eq!(text, TEXT);
        drop(out);
        // SAFETY: as above: `next_out` dangles with room left.
        unsafe {
            assert_eq!(z::inflateReset(&mut *strm), OK);
            assert_eq!(z::inflateReset2(&mut *strm, 15), OK);
            assert_eq!(z::inflateEnd(&mut *strm), OK);
        }
    });
}

/// F058: these may use the buffers; after a reset, or with other settings than the strategy, they do not.
#[test]
fn parameters_in_the_middle() {
    at_every_level("parameters_in_the_middle", || {
        let mut strm = compressor(15);
        let mut input = TEXT.to_vec();
        let mut out = vec![0_u8; 512];
        let (mut pending, mut bits) = (0, 0);
        // SAFETY: both buffers live to the end.
        unsafe {
            // Nothing is set yet.
            assert_eq!(z::deflateTune(&mut *strm, 4, 5, 16, 8), OK);
            assert_eq!(z::deflatePending(&mut *strm, &mut pending, null_mut()), OK);
            assert_eq!(z::deflatePending(&mut *strm, null_mut(), &mut bits), OK);
            assert_eq!((pending, bits), (0, 0));
            assert!(z::deflateBound(&mut *strm, 100) > 100);
            assert!(z::deflateBound(null_mut(), 100) > 100);
            (strm.next_in, strm.avail_in) = (input.as_mut_ptr(), 20);
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 512);
            assert_eq!(z::deflate(&mut *strm, NO_FLUSH), OK);
            strm.avail_in = input.len() as c_uint - 20;
            assert_eq!(z::deflateParams(&mut *strm, 0, 0), OK);
            assert_eq!(strm.avail_in, 0);
            assert_eq!(z::deflate(&mut *strm, FINISH), STREAM_END);
        }
        out.truncate(512 - strm.avail_out as usize);
        let mut back = decompressor(15);
        assert_eq!(inflated(&mut back, &out), TEXT);
        drop((input, out));
        // SAFETY: all that dangles is left alone.
        unsafe {
            assert_eq!(z::deflateReset(&mut *strm), OK);
            assert_eq!(z::deflateTune(&mut *strm, 4, 5, 16, 8), OK);
            assert_eq!(z::deflateEnd(&mut *strm), OK);
            assert_eq!(z::inflateEnd(&mut *back), OK);
        }
    });
}

/// F059: dictionaries are copied.
#[test]
fn dictionaries() {
    at_every_level("dictionaries", || {
        let mut strm = compressor(15);
        {
            let words = b"some other words, the same words".to_vec();
            // SAFETY: as long as it says; the copy is zlib's.
            let code = unsafe { z::deflateSetDictionary(&mut *strm, words.as_ptr(), words.len() as c_uint) };
            assert_eq!(code, OK);
        }
        let out = deflated(&mut strm, TEXT);
        let mut window = vec![0_u8; 32768];
        let mut len = 0;
        // SAFETY: the largest dictionary has 32768 bytes; `next_in` and `next_out` dangle and are left alone.
        unsafe {
            assert_eq!(z::deflateGetDictionary(&mut *strm, window.as_mut_ptr(), &mut len), OK);
            assert_eq!(z::deflateGetDictionary(&mut *strm, null_mut(), &mut len), OK);
            assert_eq!(z::deflateGetDictionary(&mut *strm, window.as_mut_ptr(), null_mut()), OK);
            z::deflateEnd(&mut *strm);
        }
        assert!(window[..len as usize].ends_with(b"other words"));

        let mut strm = decompressor(15);
        let mut input = out.clone();
        let mut text = vec![0_u8; 256];
        (strm.next_in, strm.avail_in) = (input.as_mut_ptr(), input.len() as c_uint);
        (strm.next_out, strm.avail_out) = (text.as_mut_ptr(), 256);
        // SAFETY: the buffers live to the end. The dictionary comes while input is pending.
        unsafe {
            assert_eq!(z::inflate(&mut *strm, NO_FLUSH), NEED_DICT);
            assert!(strm.avail_in > 0);
            {
                let words = b"some other words, the same words".to_vec();
                assert_eq!(z::inflateSetDictionary(&mut *strm, words.as_ptr(), words.len() as c_uint), OK);
            }
            assert_eq!(z::inflate(&mut *strm, FINISH), STREAM_END);
            assert_eq!(z::inflateGetDictionary(&mut *strm, window.as_mut_ptr(), &mut len), OK);
        }
        assert_eq!(&text[..256 - strm.avail_out as usize], TEXT);
        drop((input, text));
        // SAFETY: as above.
        assert_eq!(unsafe { z::inflateEnd(&mut *strm) }, OK);
    });
}

/// F060: the header structure and its buffers are C's until the header is through.
#[test]
fn gzip_headers() {
    at_every_level("gzip_headers", || {
        let mut strm = compressor(31);
        let mut name = b"name of the file\0".to_vec();
        let mut extra = b"more".to_vec();
        // SAFETY: numbers and null pointers.
        let mut head: Box<z::gz_header> = Box::new(unsafe { zeroed() });
        (head.name, head.extra, head.extra_len) = (name.as_mut_ptr(), extra.as_mut_ptr(), 4);
        head.time = 12345;
        // SAFETY: the header and its buffers stay until the stream has ended.
        unsafe {
            assert_eq!(z::deflateSetHeader(&mut *strm, null_mut()), OK);
            assert_eq!(z::deflateSetHeader(&mut *strm, &mut *head), OK);
        }
        let out = deflated(&mut strm, TEXT);
        // SAFETY: initialised.
        assert_eq!(unsafe { z::deflateEnd(&mut *strm) }, OK);
        drop((head, name, extra));

        let mut strm = decompressor(31);
        let mut name = vec![0xff_u8; 40];
        let mut extra = vec![0_u8; 2];
        // SAFETY: numbers and null pointers.
        let mut head: Box<z::gz_header> = Box::new(unsafe { zeroed() });
        (head.name, head.name_max) = (name.as_mut_ptr(), 40);
        (head.extra, head.extra_max) = (extra.as_mut_ptr(), 2);
        // SAFETY: as above.
        assert_eq!(unsafe { z::inflateGetHeader(&mut *strm, &mut *head) }, OK);
        assert_eq!(inflated(&mut strm, &out), TEXT);
        // Written by the later call.
        assert_eq!((head.done, head.time, head.extra_len), (1, 12345, 4));
        assert_eq!(CStr::from_bytes_until_nul(&name).unwrap(), c"name of the file");
        assert_eq!(extra, b"mo");
        // SAFETY: as above.
        assert_eq!(unsafe { z::inflateEnd(&mut *strm) }, OK);
    });
}

/// F060: once it is `done`, nothing uses the header any more, although the stream goes on.
#[test]
fn a_header_that_is_done() {
    at_every_level("a_header_that_is_done", || {
        let out = packed(31);
        let mut strm = decompressor(31);
        // SAFETY: numbers and null pointers.
        let mut head: Box<z::gz_header> = Box::new(unsafe { zeroed() });
        // SAFETY: the header stays until it is done.
        assert_eq!(unsafe { z::inflateGetHeader(&mut *strm, &mut *head) }, OK);
        let (first, rest) = out.split_at(12);
        let mut first = first.to_vec();
        let mut text = vec![0_u8; 16];
        (strm.next_in, strm.avail_in) = (first.as_mut_ptr(), 12);
        (strm.next_out, strm.avail_out) = (text.as_mut_ptr(), 16);
        // SAFETY: both buffers live through the call.
        assert_eq!(unsafe { z::inflate(&mut *strm, NO_FLUSH) }, OK);
        assert_eq!((head.done, strm.avail_in), (1, 0));
        drop(head);
        text.truncate(16 - strm.avail_out as usize);
        text.extend(inflated(&mut strm, rest));
        assert_eq!(text, TEXT);
        // SAFETY: the reset forgets the header.
        assert_eq!(unsafe { z::inflateReset(&mut *strm) }, OK);
        assert_eq!(inflated(&mut strm, &out), TEXT);
        // SAFETY: as above.
        assert_eq!(unsafe { z::inflateEnd(&mut *strm) }, OK);
    });
}

struct Feed {
    chunks: Vec<Vec<u8>>,
    lent: Vec<u8>,
    text: Vec<u8>,
}

unsafe extern "C" fn feed(desc: *mut c_void, buf: *mut *mut u8) -> c_uint {
    // SAFETY: `inflateBack` was given a `Feed`, and room for a pointer.
    unsafe {
        let feed = &mut *desc.cast::<Feed>();
        feed.lent = feed.chunks.pop().unwrap_or_default();
        buf.write(feed.lent.as_mut_ptr());
        feed.lent.len() as c_uint
    }
}

unsafe extern "C" fn take(desc: *mut c_void, buf: *mut u8, len: c_uint) -> c_int {
    // SAFETY: as above; the window's part is readable.
    unsafe { (*desc.cast::<Feed>()).text.extend_from_slice(std::slice::from_raw_parts(buf, len as usize)) };
    0
}

/// F061: the window is C's until the end; callbacks lend input.
#[test]
fn inflate_by_callbacks() {
    at_every_level("inflate_by_callbacks", || {
        let raw = packed(-15);
        let mut strm = fresh();
        let mut window = vec![0_u8; 32768];
        let mut chunks: Vec<Vec<u8>> = raw.chunks(5).map(<[u8]>::to_vec).collect();
        chunks.reverse();
        let mut first = chunks.pop().unwrap();
        let mut data = Box::new(Feed { chunks, lent: Vec::new(), text: Vec::new() });
        // The first piece by hand, the rest by callback.
        (strm.next_in, strm.avail_in) = (first.as_mut_ptr(), first.len() as c_uint);
        // SAFETY: the window stays until the end, the data through the call.
        unsafe {
            assert_eq!(z::inflateBackInit_(&mut *strm, 15, window.as_mut_ptr(), z::zlibVersion(), SIZE), OK);
            let desc = (&raw mut *data).cast::<c_void>();
            let code = z::inflateBack(&mut *strm, Some(feed), desc, Some(take), desc);
            assert_eq!(code, STREAM_END);
        }
        assert_eq!(data.text, TEXT);
        drop((first, data));
        // SAFETY: `next_in` points into what a callback lent, which is gone.
        assert_eq!(unsafe { z::inflateBackEnd(&mut *strm) }, OK);
        drop(window);
    });
}

#[test]
fn copies_of_streams() {
    at_every_level("copies_of_streams", || {
        let mut strm = compressor(15);
        // The destination may hold anything.
        let mut copy = Box::<z::z_stream>::new_uninit();
        // SAFETY: the copy is complete, and stays in its box.
        let mut copy = unsafe {
            assert_eq!(z::deflateCopy(copy.as_mut_ptr(), &mut *strm), OK);
            copy.assume_init()
        };
        let one = deflated(&mut strm, TEXT);
        let two = deflated(&mut copy, TEXT);
        assert_eq!(one, two);
        // SAFETY: both are initialised.
        unsafe {
            z::deflateEnd(&mut *strm);
            z::deflateEnd(&mut *copy);
        }
        let mut strm = decompressor(15);
        let mut copy = fresh();
        // SAFETY: as above.
        assert_eq!(unsafe { z::inflateCopy(&mut *copy, &mut *strm) }, OK);
        assert_eq!(inflated(&mut strm, &one), TEXT);
        assert_eq!(inflated(&mut copy, &two), TEXT);
        // SAFETY: as above.
        unsafe {
            z::inflateEnd(&mut *strm);
            z::inflateEnd(&mut *copy);
        }
    });
}

#[test]
fn lost_and_found_again() {
    at_every_level("lost_and_found_again", || {
        let mut strm = compressor(15);
        let mut input = TEXT.to_vec();
        let mut out = vec![0_u8; 512];
        (strm.next_in, strm.avail_in) = (input.as_mut_ptr(), 30);
        (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 512);
        // SAFETY: both buffers live to the end.
        let half = unsafe {
            assert_eq!(z::deflate(&mut *strm, 3), OK);
            let half = 512 - strm.avail_out as usize;
            strm.avail_in = input.len() as c_uint - 30;
            assert_eq!(z::deflate(&mut *strm, FINISH), STREAM_END);
            assert_eq!(z::deflateEnd(&mut *strm), OK);
            half
        };
        out.truncate(512 - strm.avail_out as usize);
        // Damaged before the full flush.
        out[4] = 0xff;
        out[5] = 0xff;
        out[6] = 0xff;
        let mut strm = decompressor(15);
        let mut text = vec![0_u8; 256];
        (strm.next_in, strm.avail_in) = (out.as_mut_ptr(), out.len() as c_uint);
        (strm.next_out, strm.avail_out) = (text.as_mut_ptr(), 256);
        // SAFETY: the input lives to the end. The search writes nothing: its output is gone by then.
        unsafe {
            assert_eq!(z::inflate(&mut *strm, NO_FLUSH), DATA_ERROR);
            assert!(!CStr::from_ptr(strm.msg).is_empty());
            drop(text);
            assert_eq!(z::inflateSync(&mut *strm), OK);
            assert!(out.len() - strm.avail_in as usize >= half);
            assert!(z::inflateSyncPoint(&mut *strm) >= 0);
            z::inflateMark(&mut *strm);
            z::inflateCodesUsed(&mut *strm);
            assert_eq!(z::inflateValidate(&mut *strm, 0), OK);
            assert_eq!(z::inflateEnd(&mut *strm), OK);
        }
    });
}

unsafe extern "C" fn rust_alloc(opaque: *mut c_void, items: c_uint, size: c_uint) -> *mut c_void {
    let layout = Layout::from_size_align(items as usize * size as usize + 16, 16).unwrap();
    // SAFETY: larger than nothing; `opaque` is the counter; the size goes in front.
    unsafe {
        *opaque.cast::<usize>() += 1;
        let block = std::alloc::alloc_zeroed(layout);
        block.cast::<usize>().write(layout.size());
        block.add(16).cast()
    }
}

unsafe extern "C" fn rust_free(opaque: *mut c_void, address: *mut c_void) {
    // SAFETY: made by `rust_alloc`.
    unsafe {
        *opaque.cast::<usize>() -= 1;
        let block = address.cast::<u8>().sub(16);
        let size = block.cast::<usize>().read();
        std::alloc::dealloc(block, Layout::from_size_align(size, 16).unwrap());
    }
}

/// The state is Rust memory, and so is what `opaque` points to; the end frees it inside the call.
#[test]
fn memory_from_rust() {
    at_every_level("memory_from_rust", || {
        let mut blocks = Box::new(0_usize);
        let mut strm = fresh();
        strm.zalloc = Some(rust_alloc);
        strm.zfree = Some(rust_free);
        strm.opaque = (&raw mut *blocks).cast();
        // SAFETY: counter and stream stay in their boxes.
        unsafe {
            assert_eq!(z::deflateInit_(&mut *strm, 6, z::zlibVersion(), SIZE), OK);
            assert!(*strm.opaque.cast::<usize>() > 0);
        }
        let out = deflated(&mut strm, TEXT);
        // SAFETY: as above.
        unsafe {
            assert_eq!(z::deflateReset(&mut *strm), OK);
            assert_eq!(z::deflateEnd(&mut *strm), OK);
            assert_eq!(*strm.opaque.cast::<usize>(), 0);
            assert_eq!(z::inflateInit_(&mut *strm, z::zlibVersion(), SIZE), OK);
        }
        assert_eq!(inflated(&mut strm, &out), TEXT);
        // SAFETY: as above.
        unsafe {
            assert_eq!(z::inflateEnd(&mut *strm), OK);
            assert_eq!(*strm.opaque.cast::<usize>(), 0);
        }
        drop(blocks);
        // zlib's own allocator takes any number for `opaque`.
        let mut strm = fresh();
        strm.opaque = std::ptr::without_provenance_mut(3);
        // SAFETY: never looked at.
        assert_eq!(unsafe { z::deflateInit_(&mut *strm, 6, z::zlibVersion(), SIZE) }, OK);
        assert_eq!(deflated(&mut strm, TEXT).len(), out.len());
        // SAFETY: initialised.
        assert_eq!(unsafe { z::deflateEnd(&mut *strm) }, OK);
    });
}

/// zlib keeps what is in the slot, and both functions get it until the end of the stream. The scope takes it out again.
#[test]
fn a_counter_lent_for_a_scope() {
    at_every_level("a_counter_lent_for_a_scope", || {
        let mut blocks = Box::new(0_usize);
        let mut strm = fresh();
        strm.zalloc = Some(rust_alloc);
        strm.zfree = Some(rust_free);
        let out = pinned_ffi::scope(|s| {
            let counter = s.pin(&mut *blocks).as_ptr();
            assert_eq!(pinned_ffi::pin_count(counter), u32::from(pinned_ffi::COMPILED));
            // SAFETY: stream and counter stay in their boxes, longer than the scope.
            unsafe {
                s.store(&raw mut strm.opaque, counter.cast());
                assert_eq!(z::deflateInit_(&mut *strm, 6, z::zlibVersion(), SIZE), OK);
                assert!(counter.read() > 0);
            }
            let out = deflated(&mut strm, TEXT);
            // SAFETY: as above.
            unsafe {
                assert_eq!(z::deflateEnd(&mut *strm), OK);
                assert_eq!((counter.read(), strm.opaque.cast()), (0, counter));
            }
            out
        });
        assert!(strm.opaque.is_null());
        assert_eq!((*blocks, pinned_ffi::pins()), (0, Vec::new()));
        let mut strm = decompressor(15);
        assert_eq!(inflated(&mut strm, &out), TEXT);
        // SAFETY: initialised.
        assert_eq!(unsafe { z::inflateEnd(&mut *strm) }, OK);
    });
}

#[test]
fn errors_of_the_calls_own() {
    at_every_level("errors_of_the_calls_own", || {
        let mut strm = fresh();
        // SAFETY: a null stream, one that was never initialised and a wrong version are answered with a code.
        unsafe {
            assert_eq!(z::deflateEnd(null_mut()), -2);
            assert_eq!(z::deflate(null_mut(), FINISH), -2);
            assert_eq!(z::inflateEnd(&mut *strm), -2);
            assert_eq!(z::inflateInit_(&mut *strm, c"0.9".as_ptr(), SIZE), -6);
            assert_eq!(z::inflateInit_(&mut *strm, z::zlibVersion(), 1), -6);
        }
        // A failed init keeps nothing.
        drop(strm);
    });
}

#[test]
fn files() {
    at_every_level("files", || {
        let folder = std::env::temp_dir();
        let path = folder.join(format!("pinned-ffi-zlib-{}.gz", std::process::id()));
        let name = CString::new(path.to_str().unwrap()).unwrap();
        let text = TEXT.to_vec();
        // SAFETY: buffers as long as they say; the file is closed once.
        unsafe {
            let file = z::gzopen(name.as_ptr(), c"wb9".as_ptr());
            assert!(!file.is_null());
            assert_eq!(z::gzbuffer(file, 16384), 0);
            assert_eq!(z::gzwrite(file, text.as_ptr().cast(), text.len() as c_uint), text.len() as c_int);
            assert_eq!(z::gzwrite(file, Vec::<u8>::new().as_ptr().cast(), 0), 0);
            assert_eq!(z::gzwrite(file, null(), 0), 0);
            assert_eq!(z::gzputc(file, 10), 10);
            assert_eq!(z::gzputs(file, c"second line\n".as_ptr()), 12);
            assert_eq!(z::gzfwrite(text.as_ptr().cast(), 4, 5, file), 5);
            assert_eq!(z::gzfwrite(null(), 4, 0, file), 0);
            assert_eq!(z::gzflush(file, FINISH), 0);
            assert_eq!(z::gzclose(file), 0);

            let file = z::gzopen(name.as_ptr(), c"rb".as_ptr());
            let mut back = vec![0_u8; text.len()];
            assert_eq!(z::gzread(file, back.as_mut_ptr().cast(), back.len() as c_uint), text.len() as c_int);
            assert_eq!(back, text);
            assert_eq!(z::gzread(file, Vec::<u8>::new().as_mut_ptr().cast(), 0), 0);
            assert_eq!(z::gzungetc(i32::from(b'!'), file), i32::from(b'!'));
            let mut line = vec![0; 20];
            assert_eq!(z::gzgets(file, line.as_mut_ptr(), 20), line.as_mut_ptr());
            assert_eq!(CStr::from_ptr(line.as_ptr()), c"!\n");
            assert_eq!(z::gzgets(file, line.as_mut_ptr(), 20), line.as_mut_ptr());
            assert_eq!(CStr::from_ptr(line.as_ptr()), c"second line\n");
            // More than is there: the buffer is as long as the request, and not all is filled.
            let mut rest = vec![0_u8; 800];
            assert_eq!(z::gzfread(rest.as_mut_ptr().cast(), 4, 200, file), 5);
            assert_eq!(&rest[..20], &text[..20]);
            assert_eq!(z::gzeof(file), 1);
            assert!(z::gzgets(file, line.as_mut_ptr(), 20).is_null());
            let mut code = 1;
            assert_eq!(CStr::from_ptr(z::gzerror(file, &mut code)), c"");
            assert_eq!(code, OK);
            assert!(!z::gzerror(file, null_mut()).is_null());
            z::gzclearerr(file);
            assert_eq!(z::gzrewind(file), 0);
            assert_eq!(z::gzseek(file, 4, 0), 4);
            assert_eq!(z::gzclose(file), 0);
            // Every function answers for a null file.
            assert_eq!(z::gzclose(null_mut()), -2);
            assert!(z::gzopen(c"/no/such/folder/file".as_ptr(), c"rb".as_ptr()).is_null());
        }
        std::fs::remove_file(path).unwrap();
    });
}
