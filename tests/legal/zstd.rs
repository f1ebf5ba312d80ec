//! Legal calls of zstd's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, c_int};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(header = "zstd.h", define = "ZSTD_STATIC_LINKING_ONLY", allow = "ZSTD_.*")]
mod zs {}

#[link(name = "zstd")]
unsafe extern "C" {}

const TEXT: &[u8] = b"the same words, the same words, the same words, and then some other words";
const WORDS: &[u8] = b"some other words, the same words";

fn cut(mut out: Vec<u8>, len: usize) -> Vec<u8> {
    // SAFETY: a number.
    assert_eq!(unsafe { zs::ZSTD_isError(len) }, 0);
    out.truncate(len);
    out
}

fn packed() -> Vec<u8> {
    let (text, mut out) = (TEXT.to_vec(), vec![0_u8; 200]);
    // SAFETY: both buffers are as long as the lengths say.
    let len = unsafe { zs::ZSTD_compress(out.as_mut_ptr().cast(), 200, text.as_ptr().cast(), text.len(), 3) };
    cut(out, len)
}

#[test]
fn buffers() {
    at_every_level("buffers", || {
        let packed = packed();
        let mut text = vec![0_u8; 100];
        let none = Vec::<u8>::new();
        // SAFETY: buffers are as long as the lengths say.
        unsafe {
            let len = zs::ZSTD_decompress(text.as_mut_ptr().cast(), 100, packed.as_ptr().cast(), packed.len());
            assert_eq!(&text[..len], TEXT);
            assert_eq!(zs::ZSTD_getFrameContentSize(packed.as_ptr().cast(), packed.len()), TEXT.len() as u64);
            assert_eq!(zs::ZSTD_getDecompressedSize(packed.as_ptr().cast(), packed.len()), TEXT.len() as u64);
            assert_eq!(zs::ZSTD_findFrameCompressedSize(packed.as_ptr().cast(), packed.len()), packed.len());
            assert_eq!(zs::ZSTD_getDictID_fromFrame(packed.as_ptr().cast(), packed.len()), 0);
            // Nothing, from nowhere: an empty frame, and no frame at all.
            assert!(zs::ZSTD_compress(text.as_mut_ptr().cast(), 100, none.as_ptr().cast(), 0, 3) < 100);
            assert!(zs::ZSTD_compress(text.as_mut_ptr().cast(), 100, null(), 0, 3) < 100);
            assert_eq!(zs::ZSTD_decompress(null_mut(), 0, null(), 0), 0);
            // Too little room is an error of the call's own: the result is a code.
            let code = zs::ZSTD_decompress(text.as_mut_ptr().cast(), 3, packed.as_ptr().cast(), packed.len());
            assert_ne!(zs::ZSTD_isError(code), 0);
            assert!(!CStr::from_ptr(zs::ZSTD_getErrorName(code)).is_empty());
            assert!(!CStr::from_ptr(zs::ZSTD_versionString()).is_empty());

            let cctx = zs::ZSTD_createCCtx();
            let len = zs::ZSTD_compressCCtx(cctx, text.as_mut_ptr().cast(), 100, TEXT.as_ptr().cast(), TEXT.len(), 3);
            assert_eq!(len, packed.len());
            assert!(zs::ZSTD_sizeof_CCtx(cctx) > 0);
            assert_eq!(zs::ZSTD_freeCCtx(cctx), 0);
            assert_eq!(zs::ZSTD_freeCCtx(null_mut()), 0);
            let dctx = zs::ZSTD_createDCtx();
            let len =
                zs::ZSTD_decompressDCtx(dctx, text.as_mut_ptr().cast(), 100, packed.as_ptr().cast(), packed.len());
            assert_eq!(&text[..len], TEXT);
            assert_eq!(zs::ZSTD_freeDCtx(dctx), 0);
        }
    });
}

/// F066: positions move along; between the calls the buffers are the caller's.
#[test]
fn streams() {
    at_every_level("streams", || {
        let mut all = Vec::new();
        // SAFETY: all buffers live through the calls that are given them.
        unsafe {
            let cctx = zs::ZSTD_createCCtx();
            zs::ZSTD_CCtx_setParameter(cctx, zs::ZSTD_c_checksumFlag, 1);
            for chunk in TEXT.chunks(9) {
                let (source, mut out) = (chunk.to_vec(), vec![0_u8; 50]);
                let mut input = zs::ZSTD_inBuffer { src: source.as_ptr().cast(), size: source.len(), pos: 0 };
                let mut output = zs::ZSTD_outBuffer { dst: out.as_mut_ptr().cast(), size: 50, pos: 0 };
                while input.pos < input.size {
                    zs::ZSTD_compressStream2(cctx, &mut output, &mut input, zs::ZSTD_e_continue);
                }
                all.extend_from_slice(&out[..output.pos]);
            }
            // An input with nothing in it, from anywhere.
            let mut input = zs::ZSTD_inBuffer { src: null(), size: 0, pos: 0 };
            for _ in 0..2 {
                let mut out = vec![0_u8; 200];
                let mut output = zs::ZSTD_outBuffer { dst: out.as_mut_ptr().cast(), size: 200, pos: 0 };
                assert_eq!(zs::ZSTD_compressStream2(cctx, &mut output, &mut input, zs::ZSTD_e_flush), 0);
                all.extend_from_slice(&out[..output.pos]);
                input.src = std::ptr::dangling::<u8>().cast();
            }
            loop {
                let mut out = vec![0_u8; 3];
                let mut output = zs::ZSTD_outBuffer { dst: out.as_mut_ptr().cast(), size: 3, pos: 0 };
                let left = zs::ZSTD_compressStream2(cctx, &mut output, &mut input, zs::ZSTD_e_end);
                all.extend_from_slice(&out[..output.pos]);
                if left == 0 {
                    break;
                }
            }
            zs::ZSTD_freeCCtx(cctx);

            let dctx = zs::ZSTD_createDStream();
            zs::ZSTD_initDStream(dctx);
            let mut text = vec![0_u8; 100];
            let mut output = zs::ZSTD_outBuffer { dst: text.as_mut_ptr().cast(), size: 100, pos: 0 };
            let mut left = 1;
            for byte in all {
                let source = vec![byte];
                let mut input = zs::ZSTD_inBuffer { src: source.as_ptr().cast(), size: 1, pos: 0 };
                left = zs::ZSTD_decompressStream(dctx, &mut output, &mut input);
                assert_eq!(input.pos, 1);
            }
            assert_eq!(left, 0);
            assert_eq!(&text[..output.pos], TEXT);
            zs::ZSTD_freeDStream(dctx);
        }
    });
}

/// F066: an input that is used up, with its buffer gone, is an input with nothing in it.
#[test]
fn used_up_and_gone() {
    at_every_level("used_up_and_gone", || {
        let source = TEXT.to_vec();
        let mut input = zs::ZSTD_inBuffer { src: source.as_ptr().cast(), size: source.len(), pos: 0 };
        let mut out = vec![0_u8; 200];
        let mut output = zs::ZSTD_outBuffer { dst: out.as_mut_ptr().cast(), size: 200, pos: 0 };
        // SAFETY: the source lives until all of it is used.
        unsafe {
            let cctx = zs::ZSTD_createCCtx();
            zs::ZSTD_compressStream2(cctx, &mut output, &mut input, zs::ZSTD_e_continue);
            assert_eq!(input.pos, input.size);
            drop(source);
            assert_eq!(zs::ZSTD_compressStream2(cctx, &mut output, &mut input, zs::ZSTD_e_end), 0);
            zs::ZSTD_freeCCtx(cctx);
            let mut text = vec![0_u8; 100];
            let len = zs::ZSTD_decompress(text.as_mut_ptr().cast(), 100, out.as_ptr().cast(), output.pos);
            assert_eq!(&text[..len], TEXT);
        }
    });
}

#[test]
fn the_older_streams() {
    at_every_level("the_older_streams", || {
        let (source, mut out) = (TEXT.to_vec(), vec![0_u8; 200]);
        let mut input = zs::ZSTD_inBuffer { src: source.as_ptr().cast(), size: source.len(), pos: 0 };
        let mut output = zs::ZSTD_outBuffer { dst: out.as_mut_ptr().cast(), size: 200, pos: 0 };
        // SAFETY: both buffers live to the end.
        unsafe {
            let stream = zs::ZSTD_createCStream();
            assert_eq!(zs::ZSTD_initCStream(stream, 3), 0);
            zs::ZSTD_compressStream(stream, &mut output, &mut input);
            assert_eq!(input.pos, input.size);
            drop(source);
            assert_eq!(zs::ZSTD_flushStream(stream, &mut output), 0);
            assert_eq!(zs::ZSTD_endStream(stream, &mut output), 0);
            assert!(zs::ZSTD_sizeof_CStream(stream) > 0);
            zs::ZSTD_freeCStream(stream);
            let mut text = vec![0_u8; 100];
            let len = zs::ZSTD_decompress(text.as_mut_ptr().cast(), 100, out.as_ptr().cast(), output.pos);
            assert_eq!(&text[..len], TEXT);
        }
    });
}

/// Compresses with `cctx` and decompresses with `dctx`.
unsafe fn there_and_back(cctx: *mut zs::ZSTD_CCtx, dctx: *mut zs::ZSTD_DCtx) -> usize {
    let (source, mut out, mut text) = (TEXT.to_vec(), vec![0_u8; 200], vec![0_u8; 100]);
    // SAFETY: both contexts are the caller's; buffers are as long as the lengths say.
    unsafe {
        let len = zs::ZSTD_compress2(cctx, out.as_mut_ptr().cast(), 200, source.as_ptr().cast(), source.len());
        assert_eq!(zs::ZSTD_isError(len), 0);
        let back = zs::ZSTD_decompressDCtx(dctx, text.as_mut_ptr().cast(), 100, out.as_ptr().cast(), len);
        assert_eq!(zs::ZSTD_isError(back), 0);
        assert_eq!(&text[..back], TEXT);
        len
    }
}

/// F064, F065: loaded dictionaries are copied, referenced ones stay with their context.
#[test]
fn dictionaries() {
    at_every_level("dictionaries", || {
        // SAFETY: referenced dictionaries and prefixes live until they are replaced.
        unsafe {
            let (cctx, dctx) = (zs::ZSTD_createCCtx(), zs::ZSTD_createDCtx());
            let plain = there_and_back(cctx, dctx);
            {
                let words = WORDS.to_vec();
                assert_eq!(zs::ZSTD_CCtx_loadDictionary(cctx, words.as_ptr().cast(), words.len()), 0);
                assert_eq!(zs::ZSTD_DCtx_loadDictionary(dctx, words.as_ptr().cast(), words.len()), 0);
            }
            assert!(there_and_back(cctx, dctx) < plain);
            // Null with no length takes it back.
            assert_eq!(zs::ZSTD_CCtx_loadDictionary(cctx, null(), 0), 0);
            assert_eq!(zs::ZSTD_DCtx_loadDictionary(dctx, Vec::<u8>::new().as_ptr().cast(), 0), 0);
            assert_eq!(there_and_back(cctx, dctx), plain);

            let words = WORDS.to_vec();
            let cdict = zs::ZSTD_createCDict(words.as_ptr().cast(), words.len(), 3);
            let ddict = zs::ZSTD_createDDict(words.as_ptr().cast(), words.len());
            drop(words);
            assert_eq!(zs::ZSTD_CCtx_refCDict(cctx, cdict), 0);
            assert_eq!(zs::ZSTD_DCtx_refDDict(dctx, ddict), 0);
            for _ in 0..2 {
                assert!(there_and_back(cctx, dctx) < plain);
            }
            assert_eq!(zs::ZSTD_CCtx_refCDict(cctx, null()), 0);
            assert_eq!(zs::ZSTD_DCtx_refDDict(dctx, null()), 0);
            let (source, mut out, mut text) = (TEXT.to_vec(), vec![0_u8; 200], vec![0_u8; 100]);
            let (dst, src) = (out.as_mut_ptr().cast(), source.as_ptr().cast());
            let len = zs::ZSTD_compress_usingCDict(cctx, dst, 200, src, source.len(), cdict);
            let back = text.as_mut_ptr().cast();
            assert_eq!(zs::ZSTD_decompress_usingDDict(dctx, back, 100, dst, len, ddict), source.len());
            assert_eq!(zs::ZSTD_getDictID_fromCDict(cdict), 0);
            assert_eq!(zs::ZSTD_getDictID_fromDDict(ddict), 0);
            assert!(zs::ZSTD_sizeof_CDict(cdict) + zs::ZSTD_sizeof_DDict(ddict) > 0);
            zs::ZSTD_freeCDict(cdict);
            zs::ZSTD_freeDDict(ddict);
            assert_eq!(there_and_back(cctx, dctx), plain);

            // A prefix: for one frame, and read in place during it.
            {
                let prefix = WORDS.to_vec();
                assert_eq!(zs::ZSTD_CCtx_refPrefix(cctx, prefix.as_ptr().cast(), prefix.len()), 0);
                assert_eq!(zs::ZSTD_DCtx_refPrefix(dctx, prefix.as_ptr().cast(), prefix.len()), 0);
                assert!(there_and_back(cctx, dctx) < plain);
            }
            assert_eq!(there_and_back(cctx, dctx), plain);
            assert_eq!(zs::ZSTD_CCtx_refPrefix(cctx, null(), 0), 0);

            let words = WORDS.to_vec();
            let dict = words.as_ptr().cast();
            let len = zs::ZSTD_compress_usingDict(cctx, dst, 200, src, source.len(), dict, words.len(), 3 as c_int);
            assert_eq!(zs::ZSTD_decompress_usingDict(dctx, back, 100, dst, len, dict, words.len()), source.len());
            let len = zs::ZSTD_compress_usingDict(cctx, dst, 200, src, source.len(), null(), 0, 3);
            assert_eq!(zs::ZSTD_decompress_usingDict(dctx, back, 100, dst, len, null(), 0), source.len());
            assert_eq!(zs::ZSTD_getDictID_fromDict(dict, words.len()), 0);
            zs::ZSTD_CCtx_reset(cctx, zs::ZSTD_reset_session_and_parameters);
            zs::ZSTD_DCtx_reset(dctx, zs::ZSTD_reset_session_and_parameters);
            zs::ZSTD_freeCCtx(cctx);
            zs::ZSTD_freeDCtx(dctx);
        }
    });
}

/// F064: a dictionary that is not copied stays as long as what was made of it, or until another takes its place.
#[test]
fn dictionaries_by_reference() {
    at_every_level("dictionaries_by_reference", || {
        // SAFETY: each dictionary lives until what refers to it is freed, or refers to another.
        unsafe {
            let (cctx, dctx) = (zs::ZSTD_createCCtx(), zs::ZSTD_createDCtx());
            let plain = there_and_back(cctx, dctx);
            let words = WORDS.to_vec();
            let cdict = zs::ZSTD_createCDict_byReference(words.as_ptr().cast(), words.len(), 3);
            let ddict = zs::ZSTD_createDDict_byReference(words.as_ptr().cast(), words.len());
            assert!(zs::ZSTD_sizeof_CDict(cdict) > 0 && !ddict.is_null());
            assert_eq!(zs::ZSTD_CCtx_refCDict(cctx, cdict), 0);
            assert_eq!(zs::ZSTD_DCtx_refDDict(dctx, ddict), 0);
            for _ in 0..2 {
                assert!(there_and_back(cctx, dctx) < plain);
            }
            assert_eq!(zs::ZSTD_CCtx_refCDict(cctx, null()), 0);
            assert_eq!(zs::ZSTD_DCtx_refDDict(dctx, null()), 0);
            assert_eq!(zs::ZSTD_freeCDict(cdict), 0);
            assert_eq!(zs::ZSTD_freeDDict(ddict), 0);
            drop(words);
            // Nothing, from anywhere.
            let empty = zs::ZSTD_createCDict_byReference(Vec::<u8>::new().as_ptr().cast(), 0, 3);
            assert_eq!(zs::ZSTD_freeCDict(empty), 0);

            let (first, second) = (WORDS.to_vec(), TEXT.to_vec());
            for words in [first, second] {
                let (at, length) = (words.as_ptr().cast(), words.len());
                assert_eq!(zs::ZSTD_CCtx_loadDictionary_byReference(cctx, at, length), 0);
                assert_eq!(zs::ZSTD_DCtx_loadDictionary_byReference(dctx, at, length), 0);
                assert!(there_and_back(cctx, dctx) < plain);
                assert_eq!(zs::ZSTD_CCtx_loadDictionary_byReference(cctx, null(), 0), 0);
                assert_eq!(zs::ZSTD_DCtx_loadDictionary(dctx, null(), 0), 0);
                drop(words);
            }
            assert_eq!(there_and_back(cctx, dctx), plain);
            let last = WORDS.to_vec();
            assert_eq!(zs::ZSTD_CCtx_loadDictionary_byReference(cctx, last.as_ptr().cast(), last.len()), 0);
            assert_eq!(zs::ZSTD_freeCCtx(cctx), 0);
            assert_eq!(zs::ZSTD_freeDCtx(dctx), 0);
            drop(last);
        }
    });
}
