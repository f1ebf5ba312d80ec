//! Legal calls of lz4's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]

mod support;

use pinned_ffi::pinned_ffi;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(header = ["lz4.h", "lz4hc.h", "lz4frame.h"], allow = "LZ4.*")]
mod l {}

#[link(name = "lz4")]
unsafe extern "C" {}

const TEXT: &[u8] = b"the same words, the same words, the same words, and then some other words";

fn text() -> Vec<c_char> {
    TEXT.iter().map(|byte| *byte as c_char).collect()
}

fn packed() -> Vec<c_char> {
    let (text, mut out) = (text(), vec![0; 200]);
    // SAFETY: both buffers are as long as the lengths say.
    let len = unsafe { l::LZ4_compress_default(text.as_ptr(), out.as_mut_ptr(), text.len() as c_int, 200) };
    assert!(len > 0);
    out.truncate(len as usize);
    out
}

#[test]
fn blocks() {
    at_every_level("blocks", || {
        let (text, packed) = (text(), packed());
        let (mut out, mut back) = (vec![0; 200], vec![0; 100]);
        let (size, len) = (text.len() as c_int, packed.len() as c_int);
        // SAFETY: buffers are as long as the lengths say.
        unsafe {
            assert_eq!(l::LZ4_decompress_safe(packed.as_ptr(), back.as_mut_ptr(), len, 100), size);
            assert_eq!(&back[..text.len()], text);
            assert_eq!(l::LZ4_decompress_safe_partial(packed.as_ptr(), back.as_mut_ptr(), len, 5, 100), 5);
            assert!(l::LZ4_compress_fast(text.as_ptr(), out.as_mut_ptr(), size, 200, 4) > 0);
            // Too little room; nothing from nowhere.
            assert_eq!(l::LZ4_compress_default(text.as_ptr(), out.as_mut_ptr(), size, 3), 0);
            assert_eq!(l::LZ4_compress_default(null(), out.as_mut_ptr(), 0, 200), 1);
            assert_eq!(l::LZ4_compress_default(Vec::new().as_ptr(), out.as_mut_ptr(), 0, 200), 1);
            // A negative size is an error of the call's own.
            assert_eq!(l::LZ4_compress_default(text.as_ptr(), out.as_mut_ptr(), -1, 200), 0);
            assert!(l::LZ4_decompress_safe(packed.as_ptr(), back.as_mut_ptr(), -1, 100) < 0);
            let mut used = size;
            assert!(l::LZ4_compress_destSize(text.as_ptr(), out.as_mut_ptr(), &mut used, 20) <= 20);
            assert!(used < size);
            // Any memory is a state.
            let mut state = Vec::<u64>::with_capacity(l::LZ4_sizeofState() as usize / 8 + 1);
            let state = state.as_mut_ptr().cast::<c_void>();
            assert_eq!(l::LZ4_compress_fast_extState(state, text.as_ptr(), out.as_mut_ptr(), size, 200, 1), len);
            let mut state = Vec::<u64>::with_capacity(l::LZ4_sizeofStateHC() as usize / 8 + 1);
            let state = state.as_mut_ptr().cast::<c_void>();
            assert!(l::LZ4_compress_HC_extStateHC(state, text.as_ptr(), out.as_mut_ptr(), size, 200, 9) > 0);
            let mut used = size;
            assert!(l::LZ4_compress_HC_destSize(state, text.as_ptr(), out.as_mut_ptr(), &mut used, 20, 9) <= 20);
            let len = l::LZ4_compress_HC(text.as_ptr(), out.as_mut_ptr(), size, 200, 9);
            assert_eq!(l::LZ4_decompress_safe(out.as_ptr(), back.as_mut_ptr(), len, 100), size);
            assert!(!CStr::from_ptr(l::LZ4_versionString()).is_empty());
        }
    });
}

/// The compressed block at the end of the buffer that it is unpacked to.
#[test]
fn in_place() {
    at_every_level("in_place", || {
        let (text, packed) = (text(), packed());
        // LZ4_DECOMPRESS_INPLACE_BUFFER_SIZE
        let size = text.len() + (text.len() >> 8) + 32;
        let mut buffer = vec![0; size];
        buffer[size - packed.len()..].copy_from_slice(&packed);
        let start = buffer.as_mut_ptr();
        // SAFETY: the margin is what lz4.h asks for.
        let len = unsafe {
            let source = start.add(size - packed.len());
            l::LZ4_decompress_safe(source, start, packed.len() as c_int, size as c_int)
        };
        assert_eq!(&buffer[..len as usize], text);
    });
}

/// F067: the earlier blocks stay where they are, and are read again.
#[test]
fn streams() {
    at_every_level("streams", || {
        let text = text();
        let mut blocks = Vec::new();
        // SAFETY: all of the text stays in place through both streams.
        unsafe {
            let stream = l::LZ4_createStream();
            for part in text.chunks(20) {
                let mut out = vec![0; 100];
                let size = part.len() as c_int;
                let len = l::LZ4_compress_fast_continue(stream, part.as_ptr(), out.as_mut_ptr(), size, 100, 1);
                assert!(len > 0);
                out.truncate(len as usize);
                blocks.push((out, size));
            }
            assert_eq!(l::LZ4_freeStream(stream), 0);
            assert_eq!(l::LZ4_freeStream(null_mut()), 0);

            let mut state = Box::<l::LZ4_streamDecode_t>::new_uninit();
            assert_eq!(l::LZ4_setStreamDecode(state.as_mut_ptr(), null(), 0), 1);
            let mut back = vec![0; text.len()];
            let mut at = 0;
            for (block, size) in &blocks {
                let (len, room) = (block.len() as c_int, (back.len() - at) as c_int);
                let dst = back.as_mut_ptr().add(at);
                let got = l::LZ4_decompress_safe_continue(state.as_mut_ptr(), block.as_ptr(), dst, len, room);
                assert_eq!(got, *size);
                at += got as usize;
            }
            assert_eq!(back, text);

            // Apart from each other, the one before the last may go.
            let decode = l::LZ4_createStreamDecode();
            let mut parts: Vec<Vec<c_char>> = Vec::new();
            for (block, size) in &blocks[..2] {
                let mut part = vec![0; 20];
                let len = block.len() as c_int;
                let got = l::LZ4_decompress_safe_continue(decode, block.as_ptr(), part.as_mut_ptr(), len, 20);
                assert_eq!(got, *size);
                parts.push(part);
            }
            assert_eq!(parts.concat(), text[..40]);
            assert_eq!(l::LZ4_freeStreamDecode(decode), 0);
        }
    });
}

/// F067: a dictionary stays in place until another takes over; LZ4_saveDict makes the caller's copy of it.
#[test]
fn dictionaries() {
    at_every_level("dictionaries", || {
        let text = text();
        let (first, second) = text.split_at(40);
        let mut out = vec![0; 100];
        // The state in the caller's memory.
        let mut stream = Box::<l::LZ4_stream_t>::new_uninit();
        // SAFETY: what the stream was given last stays in place until the next call.
        unsafe {
            let stream = l::LZ4_initStream(stream.as_mut_ptr().cast(), size_of::<l::LZ4_stream_t>());
            assert!(!stream.is_null());
            assert!(l::LZ4_initStream(null_mut(), 0).is_null());
            let dictionary = first.to_vec();
            assert_eq!(l::LZ4_loadDict(stream, dictionary.as_ptr(), 40), 40);
            let part = second.to_vec();
            let size = part.len() as c_int;
            let len = l::LZ4_compress_fast_continue(stream, part.as_ptr(), out.as_mut_ptr(), size, 100, 1);
            let mut back = vec![0; 100];
            let (dst, dict) = (back.as_mut_ptr(), dictionary.as_ptr());
            assert_eq!(l::LZ4_decompress_safe_usingDict(out.as_ptr(), dst, len, 100, dict, 40), size);
            assert_eq!(&back[..part.len()], part);
            assert_eq!(l::LZ4_decompress_safe_partial_usingDict(out.as_ptr(), dst, len, 5, 100, dict, 40), 5);
            let mut safe = vec![0; 64];
            let kept = l::LZ4_saveDict(stream, safe.as_mut_ptr(), 64);
            assert!(kept > 0);
            drop((dictionary, part));
            let part = first.to_vec();
            assert!(l::LZ4_compress_fast_continue(stream, part.as_ptr(), out.as_mut_ptr(), 40, 100, 1) > 0);
            assert_eq!(l::LZ4_saveDict(stream, null_mut(), 0), 0);
            l::LZ4_resetStream_fast(stream);
            assert_eq!(l::LZ4_loadDict(stream, null(), 0), 0);
            drop((part, safe));

            let hc = l::LZ4_createStreamHC();
            l::LZ4_resetStreamHC_fast(hc, 9);
            let dictionary = first.to_vec();
            assert_eq!(l::LZ4_loadDictHC(hc, dictionary.as_ptr(), 40), 40);
            let part = second.to_vec();
            let len = l::LZ4_compress_HC_continue(hc, part.as_ptr(), out.as_mut_ptr(), size, 100);
            let dict = dictionary.as_ptr();
            assert_eq!(l::LZ4_decompress_safe_usingDict(out.as_ptr(), dst, len, 100, dict, 40), size);
            let mut safe = vec![0; 64];
            assert!(l::LZ4_saveDictHC(hc, safe.as_mut_ptr(), 64) > 0);
            drop((dictionary, part));
            let part = first.to_vec();
            let mut used = 40;
            let dst = out.as_mut_ptr();
            assert!(l::LZ4_compress_HC_continue_destSize(hc, part.as_ptr(), dst, &mut used, 30) > 0);
            assert_eq!(l::LZ4_freeStreamHC(hc), 0);
        }
    });
}

#[test]
fn frames() {
    at_every_level("frames", || {
        let text = TEXT.to_vec();
        let mut out = vec![0_u8; 300];
        let mut all = 0;
        // SAFETY: buffers are as long as the lengths say; what is not promised to stay may go.
        unsafe {
            let mut prefs: Box<l::LZ4F_preferences_t> = Box::new(std::mem::zeroed());
            prefs.frameInfo.contentChecksumFlag = l::LZ4F_contentChecksumEnabled;
            assert!(l::LZ4F_compressFrameBound(text.len(), &*prefs) <= 300);
            let len = l::LZ4F_compressFrame(out.as_mut_ptr().cast(), 300, text.as_ptr().cast(), text.len(), null());
            assert_eq!(l::LZ4F_isError(len), 0);
            let code = l::LZ4F_compressFrame(out.as_mut_ptr().cast(), 3, text.as_ptr().cast(), text.len(), null());
            assert_ne!(l::LZ4F_isError(code), 0);
            assert!(!CStr::from_ptr(l::LZ4F_getErrorName(code)).is_empty());

            let mut cctx = null_mut();
            assert_eq!(l::LZ4F_createCompressionContext(&mut cctx, l::LZ4F_getVersion()), 0);
            // 64 KB blocks: what one flush may bring does not fit into 300 bytes.
            let mut out = vec![0_u8; l::LZ4F_compressBound(20, &*prefs) + 40];
            let room = out.len();
            let mut frame = Vec::new();
            let len = l::LZ4F_compressBegin(cctx, out.as_mut_ptr().cast(), room, &*prefs);
            frame.extend_from_slice(&out[..len]);
            for part in text.chunks(20) {
                let part = part.to_vec();
                let (dst, src) = (out.as_mut_ptr().cast(), part.as_ptr().cast());
                let len = l::LZ4F_compressUpdate(cctx, dst, room, src, part.len(), null());
                assert_eq!(l::LZ4F_isError(len), 0);
                frame.extend_from_slice(&out[..len]);
            }
            let len = l::LZ4F_flush(cctx, out.as_mut_ptr().cast(), room, null());
            frame.extend_from_slice(&out[..len]);
            let len = l::LZ4F_compressEnd(cctx, out.as_mut_ptr().cast(), room, null());
            frame.extend_from_slice(&out[..len]);
            assert_eq!(l::LZ4F_freeCompressionContext(cctx), 0);

            let mut dctx = null_mut();
            assert_eq!(l::LZ4F_createDecompressionContext(&mut dctx, l::LZ4F_getVersion()), 0);
            let head = l::LZ4F_headerSize(frame.as_ptr().cast(), frame.len());
            assert!(head >= 7);
            let mut info = Box::<l::LZ4F_frameInfo_t>::new_uninit();
            let mut used = frame.len();
            l::LZ4F_getFrameInfo(dctx, info.as_mut_ptr(), frame.as_ptr().cast(), &mut used);
            assert_eq!(used, head);
            assert_eq!(info.assume_init().contentChecksumFlag, l::LZ4F_contentChecksumEnabled);
            let mut back = vec![0_u8; 100];
            let mut left = 1;
            for byte in &frame[head..] {
                let source = vec![*byte];
                let (mut read, mut written) = (1, 100 - all);
                let dst = back.as_mut_ptr().add(all).cast();
                left = l::LZ4F_decompress(dctx, dst, &mut written, source.as_ptr().cast(), &mut read, null());
                assert_eq!(read, 1);
                all += written;
            }
            assert_eq!(left, 0);
            assert_eq!(&back[..all], text);
            // Nothing to nowhere.
            let (mut read, mut written) = (0, 0);
            l::LZ4F_decompress(dctx, null_mut(), &mut written, null(), &mut read, null());
            l::LZ4F_resetDecompressionContext(dctx);
            assert_eq!(l::LZ4F_freeDecompressionContext(dctx), 0);
        }
    });
}

/// The functions of old: no capacity, and no length of the input.
#[test]
#[allow(deprecated)]
fn deprecated() {
    at_every_level("deprecated", || {
        let (text, packed) = (text(), packed());
        let size = text.len() as c_int;
        // SAFETY: the output has room for the bound.
        unsafe {
            let mut out = vec![0; l::LZ4_compressBound(size) as usize];
            assert_eq!(l::LZ4_compress(text.as_ptr(), out.as_mut_ptr(), size), packed.len() as c_int);
            let mut back = vec![0; text.len()];
            assert_eq!(l::LZ4_decompress_fast(packed.as_ptr(), back.as_mut_ptr(), size), packed.len() as c_int);
            assert_eq!(back, text);
            assert!(l::LZ4_compressHC(text.as_ptr(), out.as_mut_ptr(), size) > 0);
        }
    });
}
