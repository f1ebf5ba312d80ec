//! Legal calls of lzma's own functions: no report, at any level.

#![allow(clippy::useless_vec, clippy::replace_box, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]

mod support;

use pinned_ffi::pinned_ffi;
use std::alloc::Layout;
use std::ffi::{CStr, c_void};
use std::mem::{MaybeUninit, zeroed};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(header = ["stdlib.h", "lzma.h"], allow = "lzma_.*|free")]
mod lz {}

#[link(name = "lzma")]
unsafe extern "C" {}

const TEXT: &[u8] = b"the same words, the same words, the same words, and then some other words";
const LZMA2: u64 = 0x21;
const DELTA: u64 = 3;
const END: u64 = u64::MAX;
const CRC32: lz::lzma_check = 1;

fn fresh() -> Box<lz::lzma_stream> {
    // SAFETY: what LZMA_STREAM_INIT says.
    Box::new(unsafe { zeroed() })
}

fn packed() -> Vec<u8> {
    let (text, mut out, mut len) = (TEXT.to_vec(), vec![0_u8; 400], 0);
    // SAFETY: both buffers are as long as the lengths say.
    let code = unsafe {
        lz::lzma_easy_buffer_encode(6, CRC32, null(), text.as_ptr(), text.len(), out.as_mut_ptr(), &mut len, 400)
    };
    assert_eq!(code, lz::LZMA_OK);
    out.truncate(len);
    out
}

#[test]
fn buffers() {
    at_every_level("buffers", || {
        let packed = packed();
        let mut text = vec![0_u8; 100];
        let (mut limit, mut used, mut len) = (u64::MAX, 0, 7);
        // SAFETY: both buffers are as long as the lengths say; positions lie inside.
        unsafe {
            let code = lz::lzma_stream_buffer_decode(
                &mut limit,
                0,
                null(),
                packed.as_ptr(),
                &mut used,
                packed.len(),
                text.as_mut_ptr(),
                &mut len,
                100,
            );
            assert_eq!((code, used, len), (lz::LZMA_OK, packed.len(), 7 + TEXT.len()));
            assert_eq!(&text[7..len], TEXT);
            // Nothing, to and from nowhere.
            let (mut used, mut len) = (0, 0);
            let none = Vec::<u8>::new();
            let code = lz::lzma_stream_buffer_decode(
                &mut limit,
                0,
                null(),
                none.as_ptr(),
                &mut used,
                0,
                null_mut(),
                &mut len,
                0,
            );
            assert_ne!(code, lz::LZMA_OK);
            assert_eq!(lz::lzma_crc32(none.as_ptr(), 0, 0), 0);
            assert_eq!(lz::lzma_crc32(null(), 0, 0), 0);
            assert_eq!(lz::lzma_crc32(c"123456789".as_ptr().cast(), 9, 0), 0xcbf4_3926);
            assert_ne!(lz::lzma_crc64(text.as_ptr(), text.len(), 0), 0);
            // A number, byte by byte.
            let (mut bytes, mut at) = (vec![0_u8; 9], 0);
            assert_eq!(lz::lzma_vli_encode(300, null_mut(), bytes.as_mut_ptr(), &mut at, 9), lz::LZMA_OK);
            assert_eq!(at, 2);
            let (mut number, mut state) = (0, 0);
            let mut at = 0;
            assert_eq!(lz::lzma_vli_decode(&mut number, &mut state, bytes.as_ptr(), &mut at, 1), lz::LZMA_OK);
            assert_eq!(lz::lzma_vli_decode(&mut number, &mut state, bytes.as_ptr(), &mut at, 2), lz::LZMA_STREAM_END);
            assert_eq!(number, 300);
            assert!(!CStr::from_ptr(lz::lzma_version_string()).is_empty());
        }
    });
}

/// F063: as zlib, but the structure may move between the calls.
#[test]
fn chunks_and_stale_pointers() {
    at_every_level("chunks_and_stale_pointers", || {
        let mut strm = fresh();
        let mut all = Vec::new();
        // SAFETY: initialised.
        assert_eq!(unsafe { lz::lzma_easy_encoder(&mut *strm, 1, CRC32) }, lz::LZMA_OK);
        for chunk in TEXT.chunks(9) {
            let (input, mut out) = (chunk.to_vec(), vec![0_u8; 40]);
            (strm.next_in, strm.avail_in) = (input.as_ptr(), input.len());
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 40);
            // SAFETY: both buffers live through the call.
            assert_eq!(unsafe { lz::lzma_code(&mut *strm, lz::LZMA_RUN) }, lz::LZMA_OK);
            assert_eq!(strm.avail_in, 0);
            all.extend_from_slice(&out[..40 - strm.avail_out]);
            // Elsewhere from now on.
            strm = Box::new(*strm);
        }
        let (mut read, mut written) = (0, 0);
        // SAFETY: both buffers are gone and left alone.
        unsafe { lz::lzma_get_progress(&mut *strm, &mut read, &mut written) };
        assert_eq!(read as usize, TEXT.len());
        loop {
            let mut out = vec![0_u8; 7];
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 7);
            // SAFETY: `next_in` dangles, and nothing is pending.
            let code = unsafe { lz::lzma_code(&mut *strm, lz::LZMA_FINISH) };
            all.extend_from_slice(&out[..7 - strm.avail_out]);
            if code == lz::LZMA_STREAM_END {
                break;
            }
            assert_eq!(code, lz::LZMA_OK);
        }
        // The stream is used again without an end in between.
        // SAFETY: as above.
        unsafe {
            assert_eq!(lz::lzma_stream_decoder(&mut *strm, u64::MAX, 0), lz::LZMA_OK);
            assert!(lz::lzma_memusage(&*strm) > 0);
            assert_eq!(lz::lzma_memusage(null()), 0);
            assert_eq!(lz::lzma_memlimit_get(&*strm), u64::MAX);
        }
        let mut text = Vec::new();
        let mut code = lz::LZMA_OK;
        for byte in all {
            let (input, mut out) = (vec![byte], vec![0_u8; 100]);
            (strm.next_in, strm.avail_in) = (input.as_ptr(), 1);
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 100);
            // SAFETY: both buffers live through the call.
            code = unsafe { lz::lzma_code(&mut *strm, lz::LZMA_RUN) };
            text.extend_from_slice(&out[..100 - strm.avail_out]);
        }
        assert_eq!(code, lz::LZMA_STREAM_END);
        assert_eq!(text, TEXT);
        // SAFETY: `next_out` dangles with room left, and is left alone.
        unsafe {
            assert_eq!(lz::lzma_get_check(&*strm), CRC32);
            lz::lzma_end(&mut *strm);
            lz::lzma_end(&mut *strm);
            lz::lzma_end(null_mut());
        }
    });
}

/// Filters, their options and a preset dictionary are copied by the init.
#[test]
fn filters_and_a_dictionary() {
    at_every_level("filters_and_a_dictionary", || {
        let words = b"some other words, the same words".to_vec();
        // The reserved fields of the options may hold anything.
        let mut options = Box::<lz::lzma_options_lzma>::new_uninit();
        // SAFETY: the preset fills what is used.
        let mut options = unsafe {
            assert_eq!(lz::lzma_lzma_preset(options.as_mut_ptr(), 6), 0);
            options.assume_init()
        };
        options.preset_dict = words.as_ptr();
        options.preset_dict_size = words.len() as u32;
        let end = lz::lzma_filter { id: END, options: null_mut() };
        let filters = vec![lz::lzma_filter { id: LZMA2, options: (&raw mut *options).cast() }, end];
        let (mut raw, mut len) = (vec![0_u8; 200], 0);
        let text = TEXT.to_vec();
        let mut back = vec![0_u8; 100];
        // SAFETY: all buffers live through the calls that use them.
        unsafe {
            assert!(lz::lzma_raw_encoder_memusage(filters.as_ptr()) > 0);
            let code = lz::lzma_raw_buffer_encode(
                filters.as_ptr(),
                null(),
                text.as_ptr(),
                text.len(),
                raw.as_mut_ptr(),
                &mut len,
                200,
            );
            assert_eq!(code, lz::LZMA_OK);
            let mut strm = fresh();
            assert_eq!(lz::lzma_raw_decoder(&mut *strm, filters.as_ptr()), lz::LZMA_OK);
            drop((filters, options, words));
            (strm.next_in, strm.avail_in) = (raw.as_ptr(), len);
            (strm.next_out, strm.avail_out) = (back.as_mut_ptr(), 100);
            assert_eq!(lz::lzma_code(&mut *strm, lz::LZMA_FINISH), lz::LZMA_STREAM_END);
            assert_eq!(&back[..100 - strm.avail_out], TEXT);
            lz::lzma_end(&mut *strm);
        }
    });
}

/// F063: the same filters in the format with a header; they may go after the init.
#[test]
fn a_stream_of_own_filters() {
    at_every_level("a_stream_of_own_filters", || {
        let mut strm = fresh();
        // SAFETY: everything lives through the calls that use it.
        unsafe {
            {
                let mut options: Box<lz::lzma_options_lzma> = Box::new(zeroed());
                assert_eq!(lz::lzma_lzma_preset(&mut *options, 1), 0);
                let end = lz::lzma_filter { id: END, options: null_mut() };
                let filters = vec![lz::lzma_filter { id: LZMA2, options: (&raw mut *options).cast() }, end];
                assert_eq!(lz::lzma_stream_encoder(&mut *strm, filters.as_ptr(), CRC32), lz::LZMA_OK);
            }
            let (text, mut out) = (TEXT.to_vec(), vec![0_u8; 400]);
            (strm.next_in, strm.avail_in) = (text.as_ptr(), text.len());
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 400);
            assert_eq!(lz::lzma_code(&mut *strm, lz::LZMA_FINISH), lz::LZMA_STREAM_END);
            let mut back = vec![0_u8; 100];
            let (mut limit, mut used, mut len) = (u64::MAX, 0, 0);
            let code = lz::lzma_stream_buffer_decode(
                &mut limit,
                0,
                null(),
                out.as_ptr(),
                &mut used,
                400 - strm.avail_out,
                back.as_mut_ptr(),
                &mut len,
                100,
            );
            assert_eq!((code, &back[..len]), (lz::LZMA_OK, TEXT));
            lz::lzma_end(&mut *strm);
        }
    });
}

/// Reserved pointers of options may be left uninitialised: here an address of something that is gone.
#[test]
fn reserved_pointers_hold_anything() {
    at_every_level("reserved_pointers_hold_anything", || {
        let gone: *mut c_void = Box::into_raw(Box::new([0_u64; 9])).cast();
        // SAFETY: made just above.
        drop(unsafe { Box::from_raw(gone.cast::<[u64; 9]>()) });
        // SAFETY: numbers and null pointers.
        let mut options: Box<lz::lzma_options_lzma> = Box::new(unsafe { zeroed() });
        // SAFETY: room for the options.
        assert_eq!(unsafe { lz::lzma_lzma_preset(&mut *options, 1) }, 0);
        options.reserved_ptr1 = gone;
        options.reserved_ptr2 = gone;
        let mut strm = fresh();
        // SAFETY: initialised.
        unsafe {
            assert_eq!(lz::lzma_alone_encoder(&mut *strm, &*options), lz::LZMA_OK);
            lz::lzma_end(&mut *strm);
        }
    });
}

#[test]
fn filters_as_text_and_as_flags() {
    at_every_level("filters_as_text_and_as_flags", || {
        // SAFETY: five filters are the most there are; what liblzma gives is released once.
        unsafe {
            let mut filters = vec![lz::lzma_filter { id: END, options: null_mut() }; 5];
            let mut at = -1;
            let text = c"delta:dist=4 lzma2:preset=3,dict=64KiB";
            let told = lz::lzma_str_to_filters(text.as_ptr(), &mut at, filters.as_mut_ptr(), 0, null());
            assert!(told.is_null(), "{:?}", CStr::from_ptr(told));
            assert_eq!((filters[0].id, filters[1].id, filters[2].id), (DELTA, LZMA2, END));
            let mut text = null_mut();
            assert_eq!(lz::lzma_str_from_filters(&mut text, filters.as_ptr(), 0, null()), lz::LZMA_OK);
            assert!(CStr::from_ptr(text).to_bytes().starts_with(b"delta"));
            lz::free(text.cast());

            let mut copy = vec![MaybeUninit::<lz::lzma_filter>::uninit(); 5];
            let code = lz::lzma_filters_copy(filters.as_ptr(), copy.as_mut_ptr().cast(), null());
            assert_eq!(code, lz::LZMA_OK);
            lz::lzma_filters_free(filters.as_mut_ptr(), null());
            assert_eq!(filters[0].id, END);
            let filters = copy.as_mut_ptr().cast::<lz::lzma_filter>();

            let (mut size, mut flags, mut len) = (0, vec![0_u8; 20], 0);
            assert_eq!(lz::lzma_filter_flags_size(&mut size, filters), lz::LZMA_OK);
            assert_eq!(lz::lzma_filter_flags_encode(filters, flags.as_mut_ptr(), &mut len, 20), lz::LZMA_OK);
            assert_eq!(len, size as usize);
            let mut one = vec![MaybeUninit::<lz::lzma_filter>::uninit(); 1];
            let (mut used, one) = (0, one.as_mut_ptr().cast::<lz::lzma_filter>());
            let code = lz::lzma_filter_flags_decode(one, null(), flags.as_ptr(), &mut used, len);
            assert_eq!((code, (*one).id), (lz::LZMA_OK, DELTA));
            lz::free((*one).options);

            assert_eq!(lz::lzma_properties_size(&mut size, filters.add(1)), lz::LZMA_OK);
            assert_eq!(lz::lzma_properties_encode(filters.add(1), flags.as_mut_ptr()), lz::LZMA_OK);
            (*one).id = LZMA2;
            assert_eq!(lz::lzma_properties_decode(one, null(), flags.as_ptr(), size as usize), lz::LZMA_OK);
            lz::free((*one).options);
            lz::lzma_filters_free(filters, null());

            let mut list = null_mut();
            assert_eq!(lz::lzma_str_list_filters(&mut list, END, 0, null()), lz::LZMA_OK);
            assert!(!CStr::from_ptr(list).is_empty());
            lz::free(list.cast());
            let told = lz::lzma_str_to_filters(c"nonsense".as_ptr(), &mut at, copy.as_mut_ptr().cast(), 0, null());
            assert!(!told.is_null());
        }
    });
}

unsafe extern "C" fn rust_alloc(opaque: *mut c_void, items: usize, size: usize) -> *mut c_void {
    let layout = Layout::from_size_align(items * size + 16, 16).unwrap();
    // SAFETY: larger than nothing; `opaque` is the counter; the size goes in front.
    unsafe {
        *opaque.cast::<usize>() += 1;
        let block = std::alloc::alloc(layout);
        block.cast::<usize>().write(layout.size());
        block.add(16).cast()
    }
}

unsafe extern "C" fn rust_free(opaque: *mut c_void, address: *mut c_void) {
    if address.is_null() {
        return;
    }
    // SAFETY: made by `rust_alloc`.
    unsafe {
        *opaque.cast::<usize>() -= 1;
        let block = address.cast::<u8>().sub(16);
        let size = block.cast::<usize>().read();
        std::alloc::dealloc(block, Layout::from_size_align(size, 16).unwrap());
    }
}

/// F063: the allocator and its `opaque` are the stream's until the end, and all of it is Rust memory.
#[test]
fn memory_from_rust() {
    at_every_level("memory_from_rust", || {
        let mut blocks = Box::new(0_usize);
        let allocator = Box::new(lz::lzma_allocator {
            alloc: Some(rust_alloc),
            free: Some(rust_free),
            opaque: (&raw mut *blocks).cast(),
        });
        let input = packed();
        let mut out = vec![0_u8; 100];
        let mut strm = fresh();
        strm.allocator = &*allocator;
        // SAFETY: everything stays until the end.
        unsafe {
            assert_eq!(lz::lzma_stream_decoder(&mut *strm, u64::MAX, 0), lz::LZMA_OK);
            (strm.next_in, strm.avail_in) = (input.as_ptr(), input.len());
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 100);
            assert_eq!(lz::lzma_code(&mut *strm, lz::LZMA_FINISH), lz::LZMA_STREAM_END);
            lz::lzma_end(&mut *strm);
            assert_eq!(*allocator.opaque.cast::<usize>(), 0);

            let (mut limit, mut used, mut len) = (u64::MAX, 0, 0);
            let code = lz::lzma_stream_buffer_decode(
                &mut limit,
                0,
                &*allocator,
                input.as_ptr(),
                &mut used,
                input.len(),
                out.as_mut_ptr(),
                &mut len,
                100,
            );
            assert_eq!(code, lz::LZMA_OK);
            let index = lz::lzma_index_init(&*allocator);
            assert!(!index.is_null());
            assert_eq!(lz::lzma_index_append(index, &*allocator, 40, 60), lz::LZMA_OK);
            let copy = lz::lzma_index_dup(index, &*allocator);
            lz::lzma_index_end(copy, &*allocator);
            lz::lzma_index_end(index, &*allocator);

            let mut filters = vec![lz::lzma_filter { id: END, options: null_mut() }; 5];
            let text = c"delta lzma2:preset=0";
            let told = lz::lzma_str_to_filters(text.as_ptr(), null_mut(), filters.as_mut_ptr(), 0, &*allocator);
            assert!(told.is_null());
            assert!(*allocator.opaque.cast::<usize>() > 0);
            lz::lzma_filters_free(filters.as_mut_ptr(), &*allocator);
            assert_eq!(*allocator.opaque.cast::<usize>(), 0);
        }
        assert_eq!(&out[..TEXT.len()], TEXT);
    });
}

#[test]
fn stream_flags_and_blocks() {
    at_every_level("stream_flags_and_blocks", || {
        // SAFETY: buffers as long as the format says, or longer.
        unsafe {
            let mut flags: lz::lzma_stream_flags = zeroed();
            (flags.check, flags.backward_size) = (CRC32, 8);
            let (mut head, mut foot) = (vec![0_u8; 12], vec![0_u8; 12]);
            assert_eq!(lz::lzma_stream_header_encode(&flags, head.as_mut_ptr()), lz::LZMA_OK);
            assert_eq!(lz::lzma_stream_footer_encode(&flags, foot.as_mut_ptr()), lz::LZMA_OK);
            let mut first = MaybeUninit::<lz::lzma_stream_flags>::uninit();
            let mut last = MaybeUninit::<lz::lzma_stream_flags>::uninit();
            assert_eq!(lz::lzma_stream_header_decode(first.as_mut_ptr(), head.as_ptr()), lz::LZMA_OK);
            assert_eq!(lz::lzma_stream_footer_decode(last.as_mut_ptr(), foot.as_ptr()), lz::LZMA_OK);
            assert_eq!(lz::lzma_stream_flags_compare(first.as_ptr(), last.as_ptr()), lz::LZMA_OK);

            let mut options: Box<lz::lzma_options_lzma> = Box::new(zeroed());
            lz::lzma_lzma_preset(&mut *options, 0);
            let end = lz::lzma_filter { id: END, options: null_mut() };
            let mut filters = vec![lz::lzma_filter { id: LZMA2, options: (&raw mut *options).cast() }, end];
            let mut block: Box<lz::lzma_block> = Box::new(zeroed());
            (block.check, block.filters) = (CRC32, filters.as_mut_ptr());
            (block.compressed_size, block.uncompressed_size) = (END, END);
            let (text, mut out, mut len) = (TEXT.to_vec(), vec![0_u8; 300], 0);
            let code = lz::lzma_block_buffer_encode(
                &mut *block,
                null(),
                text.as_ptr(),
                text.len(),
                out.as_mut_ptr(),
                &mut len,
                300,
            );
            assert_eq!(code, lz::LZMA_OK);
            assert!(lz::lzma_block_unpadded_size(&*block) <= lz::lzma_block_total_size(&*block));

            // The block knows its filters from its header; their options are C's until they are released.
            let mut read = vec![lz::lzma_filter { id: END, options: null_mut() }; 5];
            let mut again: Box<lz::lzma_block> = Box::new(zeroed());
            (again.check, again.filters, again.header_size) = (CRC32, read.as_mut_ptr(), block.header_size);
            assert_eq!(lz::lzma_block_header_decode(&mut *again, null(), out.as_ptr()), lz::LZMA_OK);
            // Streaming keeps the block: its sizes are written when the end is reached.
            (again.compressed_size, again.uncompressed_size) = (END, END);
            let mut strm = fresh();
            assert_eq!(lz::lzma_block_decoder(&mut *strm, &mut *again), lz::LZMA_OK);
            let mut back = vec![0_u8; 100];
            let start = again.header_size as usize;
            (strm.next_in, strm.avail_in) = (out.as_ptr().add(start), len - start);
            (strm.next_out, strm.avail_out) = (back.as_mut_ptr(), 100);
            assert_eq!(lz::lzma_code(&mut *strm, lz::LZMA_FINISH), lz::LZMA_STREAM_END);
            assert_eq!(again.uncompressed_size as usize, TEXT.len());
            assert_eq!(&back[..TEXT.len()], TEXT);
            lz::lzma_end(&mut *strm);
            lz::lzma_filters_free(read.as_mut_ptr(), null());
        }
    });
}

#[test]
fn indexes() {
    at_every_level("indexes", || {
        // SAFETY: everything is released once; the variable that the decoder writes stays in its box.
        unsafe {
            let index = lz::lzma_index_init(null());
            assert_eq!(lz::lzma_index_append(index, null(), 40, 60), lz::LZMA_OK);
            assert_eq!(lz::lzma_index_append(index, null(), 41, 61), lz::LZMA_OK);
            assert_eq!(lz::lzma_index_block_count(index), 2);
            let mut iter = Box::<lz::lzma_index_iter>::new_uninit();
            lz::lzma_index_iter_init(iter.as_mut_ptr(), index);
            let mut seen = 0;
            while lz::lzma_index_iter_next(iter.as_mut_ptr(), lz::LZMA_INDEX_ITER_BLOCK) == 0 {
                seen += (*iter.as_ptr()).block.uncompressed_size;
            }
            assert_eq!(seen, 121);
            lz::lzma_index_iter_rewind(iter.as_mut_ptr());
            assert_eq!(lz::lzma_index_iter_locate(iter.as_mut_ptr(), 70), 0);

            let (mut bytes, mut len) = (vec![0_u8; 100], 0);
            assert_eq!(lz::lzma_index_buffer_encode(index, bytes.as_mut_ptr(), &mut len, 100), lz::LZMA_OK);
            let (mut again, mut limit, mut used) = (null_mut(), u64::MAX, 0);
            let code = lz::lzma_index_buffer_decode(&mut again, &mut limit, null(), bytes.as_ptr(), &mut used, len);
            assert_eq!((code, lz::lzma_index_block_count(again)), (lz::LZMA_OK, 2));
            // One becomes a part of the other.
            assert_eq!(lz::lzma_index_cat(index, again, null()), lz::LZMA_OK);
            assert_eq!(lz::lzma_index_block_count(index), 4);

            // The decoder writes the caller's variable at a later call.
            let mut late = Box::new(null_mut());
            let mut strm = fresh();
            assert_eq!(lz::lzma_index_decoder(&mut *strm, &mut *late, u64::MAX), lz::LZMA_OK);
            assert!(late.is_null());
            (strm.next_in, strm.avail_in) = (bytes.as_ptr(), len);
            assert_eq!(lz::lzma_code(&mut *strm, lz::LZMA_RUN), lz::LZMA_STREAM_END);
            assert_eq!(lz::lzma_index_block_count(*late), 2);
            lz::lzma_end(&mut *strm);
            lz::lzma_index_end(*late, null());
            lz::lzma_index_end(index, null());
            lz::lzma_index_end(null_mut(), null());

            let hash = lz::lzma_index_hash_init(null_mut(), null());
            assert_eq!(lz::lzma_index_hash_append(hash, 40, 60), lz::LZMA_OK);
            assert_eq!(lz::lzma_index_hash_append(hash, 41, 61), lz::LZMA_OK);
            let mut used = 0;
            assert_eq!(lz::lzma_index_hash_decode(hash, bytes.as_ptr(), &mut used, len), lz::LZMA_STREAM_END);
            lz::lzma_index_hash_end(hash, null());
        }
    });
}

#[test]
fn several_threads() {
    at_every_level("several_threads", || {
        // SAFETY: everything stays until the end.
        unsafe {
            let mut options: Box<lz::lzma_mt> = Box::new(zeroed());
            (options.threads, options.preset, options.check) = (2, 1, CRC32);
            let mut strm = fresh();
            assert!(lz::lzma_stream_encoder_mt_memusage(&*options) > 0);
            assert_eq!(lz::lzma_stream_encoder_mt(&mut *strm, &*options), lz::LZMA_OK);
            drop(options);
            let (text, mut out) = (TEXT.to_vec(), vec![0_u8; 400]);
            (strm.next_in, strm.avail_in) = (text.as_ptr(), text.len());
            (strm.next_out, strm.avail_out) = (out.as_mut_ptr(), 400);
            while lz::lzma_code(&mut *strm, lz::LZMA_FINISH) == lz::LZMA_OK {}
            assert!(strm.avail_out < 400);
            drop((text, out));
            lz::lzma_end(&mut *strm);
        }
    });
}
