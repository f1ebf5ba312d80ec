//! Legal calls of bzip2's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]

mod support;

use pinned_ffi::pinned_ffi;
use std::alloc::Layout;
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::mem::zeroed;
use std::ptr::null_mut;
use support::at_every_level;

#[pinned_ffi(header = ["stdio.h", "bzlib.h"], allow = "BZ2_.*|fopen|fclose")]
mod bz {}

#[link(name = "bz2")]
unsafe extern "C" {}

const RUN: c_int = 0;
const FLUSH: c_int = 1;
const FINISH: c_int = 2;
const OK: c_int = 0;
const RUN_OK: c_int = 1;
const FLUSH_OK: c_int = 2;
const FINISH_OK: c_int = 3;
const STREAM_END: c_int = 4;
const TEXT: &[u8] = b"the same words, the same words, the same words, and then some other words";

fn fresh() -> Box<bz::bz_stream> {
    // SAFETY: numbers, null pointers and absent functions.
    Box::new(unsafe { zeroed() })
}

fn packed() -> Vec<u8> {
    let (mut source, mut out) = (TEXT.to_vec(), vec![0_u8; 700]);
    let mut len = out.len() as c_uint;
    let (dest, from) = (out.as_mut_ptr().cast::<c_char>(), source.as_mut_ptr().cast::<c_char>());
    // SAFETY: both buffers are as long as the lengths say.
    let code = unsafe { bz::BZ2_bzBuffToBuffCompress(dest, &mut len, from, source.len() as c_uint, 1, 0, 0) };
    assert_eq!(code, OK);
    out.truncate(len as usize);
    out
}

#[test]
fn buffers() {
    at_every_level("buffers", || {
        let mut packed = packed();
        let mut text = vec![0_u8; 100];
        let mut len = 100;
        let (dest, from) = (text.as_mut_ptr().cast(), packed.as_mut_ptr().cast());
        // SAFETY: both buffers are as long as the lengths say.
        unsafe {
            assert_eq!(bz::BZ2_bzBuffToBuffDecompress(dest, &mut len, from, packed.len() as c_uint, 0, 0), OK);
            assert_eq!(&text[..len as usize], TEXT);
            // Too little room, and none at all.
            let mut len = 5;
            assert_eq!(bz::BZ2_bzBuffToBuffDecompress(dest, &mut len, from, packed.len() as c_uint, 1, 0), -8);
            let (mut len, mut nowhere) = (0, Vec::<c_char>::new());
            let none = nowhere.as_mut_ptr();
            assert_eq!(bz::BZ2_bzBuffToBuffDecompress(none, &mut len, from, packed.len() as c_uint, 0, 0), -8);
            // Nothing to compress, from nowhere.
            let mut len = 100;
            assert_eq!(bz::BZ2_bzBuffToBuffCompress(dest, &mut len, none, 0, 1, 0, 0), OK);
            assert!(CStr::from_ptr(bz::BZ2_bzlibVersion()).to_bytes().starts_with(b"1."));
        }
    });
}

/// F062: the stream stays in place; the pointers left in it between the calls mean nothing.
#[test]
fn chunks_and_stale_pointers() {
    at_every_level("chunks_and_stale_pointers", || {
        let mut strm = fresh();
        let mut all = Vec::new();
        // SAFETY: the stream stays in its box until the end.
        assert_eq!(unsafe { bz::BZ2_bzCompressInit(&mut *strm, 1, 0, 0) }, OK);
        for chunk in TEXT.chunks(9) {
            let (mut input, mut out) = (chunk.to_vec(), vec![0_u8; 40]);
            (strm.next_in, strm.avail_in) = (input.as_mut_ptr().cast(), input.len() as c_uint);
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr().cast(), 40);
            // SAFETY: both buffers live through the call.
            assert_eq!(unsafe { bz::BZ2_bzCompress(&mut *strm, RUN) }, RUN_OK);
            assert_eq!(strm.avail_in, 0);
            all.extend_from_slice(&out[..40 - strm.avail_out as usize]);
        }
        for (action, going, done) in [(FLUSH, FLUSH_OK, RUN_OK), (FINISH, FINISH_OK, STREAM_END)] {
            loop {
                let mut out = vec![0_u8; 7];
                (strm.next_out, strm.avail_out) = (out.as_mut_ptr().cast(), 7);
                // SAFETY: `next_in` dangles, and nothing is pending.
                let code = unsafe { bz::BZ2_bzCompress(&mut *strm, action) };
                all.extend_from_slice(&out[..7 - strm.avail_out as usize]);
                if code == done {
                    break;
                }
                assert_eq!(code, going);
            }
        }
        // SAFETY: the end looks at no buffer.
        assert_eq!(unsafe { bz::BZ2_bzCompressEnd(&mut *strm) }, OK);

        // SAFETY: as above.
        assert_eq!(unsafe { bz::BZ2_bzDecompressInit(&mut *strm, 0, 0) }, OK);
        let mut text = Vec::new();
        let mut code = OK;
        for byte in all {
            let (mut input, mut out) = (vec![byte], vec![0_u8; 100]);
            (strm.next_in, strm.avail_in) = (input.as_mut_ptr().cast(), 1);
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr().cast(), 100);
            // SAFETY: both buffers live through the call.
            code = unsafe { bz::BZ2_bzDecompress(&mut *strm) };
            text.extend_from_slice(&out[..100 - strm.avail_out as usize]);
        }
        assert_eq!(code, STREAM_END);
        assert_eq!(text, TEXT);
        // SAFETY: `next_out` dangles with room left, and is left alone.
        assert_eq!(unsafe { bz::BZ2_bzDecompressEnd(&mut *strm) }, OK);
    });
}

unsafe extern "C" fn rust_alloc(opaque: *mut c_void, items: c_int, size: c_int) -> *mut c_void {
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

/// The state is Rust memory, made, used and freed inside the calls.
#[test]
fn memory_from_rust() {
    at_every_level("memory_from_rust", || {
        let (mut input, mut out) = (packed(), vec![0_u8; 100]);
        let mut blocks = Box::new(0_usize);
        let mut strm = fresh();
        strm.bzalloc = Some(rust_alloc);
        strm.bzfree = Some(rust_free);
        strm.opaque = (&raw mut *blocks).cast();
        (strm.next_in, strm.avail_in) = (input.as_mut_ptr().cast(), input.len() as c_uint);
        (strm.next_out, strm.avail_out) = (out.as_mut_ptr().cast(), 100);
        // SAFETY: counter, stream and buffers stay until the end.
        unsafe {
            assert_eq!(bz::BZ2_bzDecompressInit(&mut *strm, 0, 0), OK);
            assert_eq!(bz::BZ2_bzDecompress(&mut *strm), STREAM_END);
            assert!(*strm.opaque.cast::<usize>() > 0);
            assert_eq!(bz::BZ2_bzDecompressEnd(&mut *strm), OK);
            assert_eq!(*strm.opaque.cast::<usize>(), 0);
        }
        assert_eq!(&out[..100 - strm.avail_out as usize], TEXT);
    });
}

#[test]
fn errors_of_the_calls_own() {
    at_every_level("errors_of_the_calls_own", || {
        let mut strm = fresh();
        // SAFETY: a null stream, and one that was never initialised, are answered with a code.
        unsafe {
            assert_eq!(bz::BZ2_bzCompressInit(null_mut(), 1, 0, 0), -2);
            assert_eq!(bz::BZ2_bzCompressEnd(&mut *strm), -2);
            assert_eq!(bz::BZ2_bzDecompress(&mut *strm), -2);
        }
    });
}

#[test]
fn files() {
    at_every_level("files", || {
        let path = std::env::temp_dir().join(format!("pinned-ffi-bzip2-{}.bz2", std::process::id()));
        let name = CString::new(path.to_str().unwrap()).unwrap();
        let mut text = TEXT.to_vec();
        let mut code = 1;
        // SAFETY: buffers as long as they say; everything is closed once.
        unsafe {
            let file = bz::fopen(name.as_ptr(), c"wb".as_ptr());
            let writer = bz::BZ2_bzWriteOpen(&mut code, file, 1, 0, 0);
            assert_eq!(code, OK);
            bz::BZ2_bzWrite(&mut code, writer, text.as_mut_ptr().cast(), text.len() as c_int);
            assert_eq!(code, OK);
            bz::BZ2_bzWrite(null_mut(), writer, Vec::<u8>::new().as_mut_ptr().cast(), 0);
            let mut bytes = 0;
            bz::BZ2_bzWriteClose(&mut code, writer, 0, &mut bytes, null_mut());
            assert_eq!((code, bytes as usize), (OK, text.len()));
            // What follows the compressed part.
            bz::fclose(file);
            std::fs::OpenOptions::new()
                .append(true)
                .open(&path)
                .map(|mut file| std::io::Write::write_all(&mut file, b"tail"))
                .unwrap()
                .unwrap();

            let file = bz::fopen(name.as_ptr(), c"rb".as_ptr());
            let reader = bz::BZ2_bzReadOpen(&mut code, file, 0, 0, null_mut(), 0);
            let mut back = vec![0_u8; 200];
            assert_eq!(bz::BZ2_bzRead(&mut code, reader, back.as_mut_ptr().cast(), 200), text.len() as c_int);
            assert_eq!(code, STREAM_END);
            assert_eq!(&back[..text.len()], text);
            let (mut unused, mut len) = (null_mut(), 0);
            bz::BZ2_bzReadGetUnused(&mut code, reader, &mut unused, &mut len);
            assert_eq!(std::slice::from_raw_parts(unused.cast::<u8>(), len as usize), b"tail");
            // The rest is the caller's to hand on, and is copied.
            let mut rest = std::slice::from_raw_parts(unused.cast::<u8>(), len as usize).to_vec();
            bz::BZ2_bzReadClose(&mut code, reader);
            let reader = bz::BZ2_bzReadOpen(&mut code, file, 0, 0, rest.as_mut_ptr().cast(), len);
            drop(rest);
            assert_eq!(bz::BZ2_bzRead(&mut code, reader, back.as_mut_ptr().cast(), 1), 0);
            assert_eq!(code, -5);
            bz::BZ2_bzReadClose(null_mut(), reader);
            bz::fclose(file);

            let writer = bz::BZ2_bzopen(name.as_ptr(), c"wb1".as_ptr());
            assert_eq!(bz::BZ2_bzwrite(writer, text.as_mut_ptr().cast(), text.len() as c_int), text.len() as c_int);
            assert_eq!(bz::BZ2_bzflush(writer), 0);
            bz::BZ2_bzclose(writer);
            let reader = bz::BZ2_bzopen(name.as_ptr(), c"rb".as_ptr());
            let mut back = vec![0_u8; 200];
            assert_eq!(bz::BZ2_bzread(reader, back.as_mut_ptr().cast(), 200), text.len() as c_int);
            assert_eq!(&back[..text.len()], text);
            assert!(!bz::BZ2_bzerror(reader, &mut code).is_null());
            bz::BZ2_bzclose(reader);
        }
        std::fs::remove_file(path).unwrap();
    });
}
