//! Streams of zlib and bzip2, headers of zlib, dictionaries of zstd.

use crate::support::at_every_level;
use crate::{Ear, Loud};
use pinned_ffi::{AddressSensitive, AssertSend, Lent, Nothing, Retain, pinned_ffi};
use std::ffi::{CStr, c_int};
use std::rc::Rc;
use std::sync::Arc;

#[pinned_ffi(
    header = "zlib.h",
    allow = "deflate|deflateInit2_|deflateReset|deflateSetHeader|inflate|inflateInit2_|zlibVersion"
)]
mod z {}

/// The same library by hand: the header's parameters are pointers behind aliases, which have no idiomatic form.
mod zh {
    use super::z::{gz_header, z_stream};
    use std::ffi::c_int;

    #[pinned_ffi::pinned_ffi]
    #[link(name = "z")]
    unsafe extern "C" {
        #[idiomatic]
        pub(super) fn deflateSetHeader(strm: *mut z_stream, head: *mut gz_header) -> c_int;
        pub(super) fn deflateEnd(strm: *mut z_stream) -> c_int;
        #[idiomatic]
        pub(super) fn inflateGetHeader(strm: *mut z_stream, head: *mut gz_header) -> c_int;
        pub(super) fn inflateReset(strm: *mut z_stream) -> c_int;
        pub(super) fn inflateReset2(strm: *mut z_stream, bits: c_int) -> c_int;
        pub(super) fn inflateEnd(strm: *mut z_stream) -> c_int;
    }
}

/// Streams that C knows by their address.
mod streams {
    use super::z::z_stream;
    use std::ffi::{c_char, c_int, c_uint, c_void};

    #[pinned_ffi::pinned_ffi]
    #[link(name = "z")]
    unsafe extern "C" {
        #[idiomatic]
        pub(super) fn deflateInit_(
            strm: *mut z_stream,
            level: c_int,
            version: *const c_char,
            stream_size: c_int,
        ) -> c_int;
        #[idiomatic]
        pub(super) fn deflate(strm: *mut z_stream, flush: c_int) -> c_int;
        #[idiomatic]
        pub(super) fn deflateEnd(strm: *mut z_stream) -> c_int;
    }

    pub(super) mod bz {
        use super::*;

        #[pinned_ffi::pinned_ffi]
        #[repr(C)]
        pub(crate) struct bz_stream {
            pub(crate) next_in: *mut c_char,
            pub(crate) avail_in: c_uint,
            pub(crate) total_in: [c_uint; 2],
            pub(crate) next_out: *mut c_char,
            pub(crate) avail_out: c_uint,
            pub(crate) total_out: [c_uint; 2],
            pub(crate) state: *mut c_void,
            pub(crate) bzalloc: Option<unsafe extern "C" fn(*mut c_void, c_int, c_int) -> *mut c_void>,
            pub(crate) bzfree: Option<unsafe extern "C" fn(*mut c_void, *mut c_void)>,
            pub(crate) opaque: *mut c_void,
        }

        #[pinned_ffi::pinned_ffi]
        #[link(name = "bz2")]
        unsafe extern "C" {
            #[idiomatic]
            pub(crate) fn BZ2_bzCompressInit(
                strm: *mut bz_stream,
                blockSize100k: c_int,
                verbosity: c_int,
                workFactor: c_int,
            ) -> c_int;
            #[idiomatic]
            pub(crate) fn BZ2_bzCompress(strm: *mut bz_stream, action: c_int) -> c_int;
            #[idiomatic]
            pub(crate) fn BZ2_bzCompressEnd(strm: *mut bz_stream) -> c_int;
        }
    }
}

/// zlib refuses a stream that has moved since it was initialised: here none can.
#[test]
fn streams_stay_where_they_are() {
    at_every_level("compression::streams_stay_where_they_are", || {
        let (mut text, mut out) = (vec![b'a'; 10_000], vec![0_u8; 1000]);
        // SAFETY: numbers, null pointers and absent functions.
        let strm = AddressSensitive::new(unsafe { std::mem::zeroed::<z::z_stream>() });
        let mut strm = Box::pin(strm);
        // SAFETY: C's own version, buffers as long as they say, and a stream that ends before it goes.
        unsafe {
            let version = CStr::from_ptr(z::zlibVersion());
            streams::deflateInit_(strm.as_mut(), 6, version, SIZE).expect("a stream");
            let mut moved = strm;
            let at = moved.as_ref().as_ptr();
            ((*at).next_in, (*at).avail_in) = (text.as_ptr().cast_mut(), 10_000);
            ((*at).next_out, (*at).avail_out) = (out.as_mut_ptr(), 1000);
            assert_eq!(streams::deflate(moved.as_mut(), FINISH), Ok(1));
            assert!((1..100).contains(&(*at).total_out));
            streams::deflateEnd(moved.as_mut()).expect("it has ended");
        }
        // SAFETY: as above.
        let strm = AddressSensitive::new(unsafe { std::mem::zeroed::<streams::bz::bz_stream>() });
        let mut strm = std::pin::pin!(strm);
        // SAFETY: buffers as long as they say, and a stream that ends before it goes.
        unsafe {
            streams::bz::BZ2_bzCompressInit(strm.as_mut(), 1, 0, 0).expect("a stream");
            let at = strm.as_ref().as_ptr();
            ((*at).next_in, (*at).avail_in) = (text.as_mut_ptr().cast(), 10_000);
            ((*at).next_out, (*at).avail_out) = (out.as_mut_ptr().cast(), 1000);
            assert_eq!(streams::bz::BZ2_bzCompress(strm.as_mut(), 2), Ok(4));
            assert!((1..100).contains(&(*at).total_out[0]));
            streams::bz::BZ2_bzCompressEnd(strm.as_mut()).expect("it has ended");
        }
        assert_eq!(&out[..3], b"BZh");
    });
}

const FINISH: c_int = 4;
const SIZE: c_int = size_of::<z::z_stream>() as c_int;

fn header(name: &'static CStr) -> z::gz_header {
    // SAFETY: numbers and null pointers.
    let mut header: z::gz_header = unsafe { std::mem::zeroed() };
    header.name = name.as_ptr().cast_mut().cast();
    header
}

/// A header that tells when it is dropped.
struct LoudHeader {
    header: Box<z::gz_header>,
    _alive: Arc<()>,
}

// SAFETY: its pointers are null, or lead to what is static.
unsafe impl Send for LoudHeader {}

// SAFETY: a boxed value stays where it is.
unsafe impl Retain<z::gz_header> for LoudHeader {
    fn elements(&mut self) -> *const [z::gz_header] {
        std::ptr::slice_from_raw_parts(&raw const *self.header, 1)
    }
}

fn loud_header(name: &'static CStr) -> (LoudHeader, Ear) {
    let alive = Arc::new(());
    (LoudHeader { header: Box::new(header(name)), _alive: Arc::clone(&alive) }, Ear(alive))
}

/// What is compressed with a header, in gzip's format.
fn gzip(strm: &mut z::z_stream, text: &'static [u8]) -> Vec<u8> {
    let mut out = vec![0_u8; 200];
    strm.next_in = text.as_ptr().cast_mut();
    strm.avail_in = u32::try_from(text.len()).expect("short");
    strm.next_out = out.as_mut_ptr();
    strm.avail_out = 200;
    // SAFETY: both buffers are as long as they say.
    assert_eq!(unsafe { z::deflate(strm, FINISH) }, 1);
    out.truncate(200 - strm.avail_out as usize);
    out
}

#[test]
fn headers_of_gzip() {
    at_every_level("compression::headers_of_gzip", || {
        // SAFETY: numbers, null pointers and absent functions.
        let (mut strm, mut back): (Box<z::z_stream>, Box<z::z_stream>) =
            unsafe { (Box::new(std::mem::zeroed()), Box::new(std::mem::zeroed())) };
        let (first, first_ear) = loud_header(c"first");
        let (second, second_ear) = loud_header(c"second");
        let (refused, refused_ear) = loud_header(c"refused");
        // SAFETY: the streams stay in their boxes until they have ended, and the headers lead to what is static.
        let packed = unsafe {
            assert_eq!(z::deflateInit2_(&mut *strm, 6, 8, 15, 8, 0, z::zlibVersion(), SIZE), 0);
            assert_eq!(zh::deflateSetHeader(&mut strm, Some(refused)), Err(-2));
            assert!(!refused_ear.is_alive(), "the format has no header");
            assert_eq!(zh::deflateEnd(&mut *strm), 0);
            assert_eq!(z::deflateInit2_(&mut *strm, 6, 8, 31, 8, 0, z::zlibVersion(), SIZE), 0);
            zh::deflateSetHeader(&mut strm, Some(first)).expect("a stream of gzip's");
            assert!(first_ear.is_alive());
            zh::deflateSetHeader(&mut strm, Some(second)).expect("a stream of gzip's");
            assert!(!first_ear.is_alive() && second_ear.is_alive());
            let packed = gzip(&mut strm, b"text");
            assert!(second_ear.is_alive(), "a reset would write it again");
            assert_eq!(z::deflateReset(&mut *strm), 0);
            assert_eq!(gzip(&mut strm, b"text"), packed);
            assert_eq!(zh::deflateEnd(&mut *strm), 0);
            packed
        };
        assert!(!second_ear.is_alive());
        assert!(packed.windows(7).any(|bytes| bytes == b"second\0"), "{packed:?}");

        let mut room = vec![0_u8; 20];
        let mut empty = header(c"");
        (empty.name, empty.name_max) = (room.as_mut_ptr(), 20);
        // SAFETY: its pointer leads to memory of this test's, which outlives it.
        let got = Lent::new(unsafe { AssertSend::new(Box::new(empty)) });
        let mut text = vec![0_u8; 20];
        (back.next_in, back.avail_in) = (packed.as_ptr().cast_mut(), u32::try_from(packed.len()).expect("short"));
        (back.next_out, back.avail_out) = (text.as_mut_ptr(), 20);
        // SAFETY: as above; the buffers are as long as they say.
        unsafe {
            assert_eq!(z::inflateInit2_(&mut *back, 31, z::zlibVersion(), SIZE), 0);
            zh::inflateGetHeader(&mut back, got.lend().expect("nobody has it")).expect("a stream of gzip's");
            assert_eq!(z::inflate(&mut *back, FINISH), 1);
            assert!(got.is_lent());
            assert_ne!(zh::inflateReset2(&mut *back, 99), 0);
            assert!(got.is_lent(), "a reset that is refused lets go of nothing");
            assert_eq!(zh::inflateReset(&mut *back), 0);
        }
        let got = got.take().expect("a reset lets go of it").into_inner();
        assert_eq!((got.done, &room[..7], &text[..4]), (1, b"second\0".as_slice(), b"text".as_slice()));
        // SAFETY: it was made above.
        assert_eq!(unsafe { zh::inflateEnd(&mut *back) }, 0);
    });
}

#[pinned_ffi(
    header = "zstd.h",
    define = "ZSTD_STATIC_LINKING_ONLY",
    allow = "ZSTD_(createCDict|createCDict_byReference|freeCDict|createDDict|createDDict_byReference|freeDDict|createCCtx\
             |freeCCtx|createDCtx|freeDCtx|CCtx_refCDict|DCtx_refDDict|DCtx_refPrefix|CCtx_refPrefix|compress2|decompressDCtx\
             |getErrorName|initDStream)",
    safe = "ZSTD_(createCDict_byReference|createDDict_byReference|createCCtx|createDCtx|CCtx_refCDict|DCtx_refDDict\
            |CCtx_refPrefix|DCtx_refPrefix|compress2|decompressDCtx|initDStream)"
)]
mod zs {}

#[link(name = "zstd")]
unsafe extern "C" {}

const WORDS: &[u8] = b"the same words, the same words, and then some other words, that nobody has seen";

#[test]
fn dictionaries_of_zstd() {
    at_every_level("compression::dictionaries_of_zstd", || {
        let (words, words_ear) = Loud::new(WORDS);
        let (back, back_ear) = Loud::new(WORDS);
        let cdict = Rc::new(zs::ZSTD_createCDict_byReference(Some(words), 3).expect("a dictionary"));
        let ddict = Rc::new(zs::ZSTD_createDDict_byReference(Some(back)).expect("a dictionary"));
        let cctx = zs::ZSTD_createCCtx().expect("a context");
        let dctx = zs::ZSTD_createDCtx().expect("a context");
        zs::ZSTD_CCtx_refCDict(cctx.as_ref(), Some(Rc::clone(&cdict))).expect("between frames");
        zs::ZSTD_DCtx_refDDict(dctx.as_ref(), Some(Rc::clone(&ddict))).expect("between frames");
        assert_eq!((Rc::strong_count(&cdict), Rc::strong_count(&ddict)), (2, 2));
        let (weak, other) = (Rc::downgrade(&cdict), Rc::downgrade(&ddict));
        drop((cdict, ddict));
        let mut packed = vec![0_u8; 200];
        let text = &WORDS[10..70];
        let length = zs::ZSTD_compress2(cctx.as_ref(), Some(&mut packed), Some(text)).expect("enough room");
        assert!(length < 30, "the dictionary is used: {length}");
        let mut out = vec![0_u8; 200];
        let length =
            zs::ZSTD_decompressDCtx(dctx.as_ref(), Some(&mut out), Some(&packed[..length])).expect("as it was");
        assert_eq!(&out[..length], text);
        // What a context refers to instead is no end: see the pack.
        zs::ZSTD_CCtx_refCDict(cctx.as_ref(), None::<Nothing>).expect("between frames");
        zs::ZSTD_DCtx_refDDict(dctx.as_ref(), None::<Nothing>).expect("between frames");
        assert!(weak.upgrade().is_some() && other.upgrade().is_some() && words_ear.is_alive() && back_ear.is_alive());
        drop((cctx, dctx));
        assert!(weak.upgrade().is_none() && other.upgrade().is_none() && !words_ear.is_alive() && !back_ear.is_alive());
    });
}

#[test]
fn prefixes_of_zstd() {
    at_every_level("compression::prefixes_of_zstd", || {
        let (words, words_ear) = Loud::new(WORDS);
        let (back, back_ear) = Loud::new(WORDS);
        let (next, next_ear) = Loud::new(WORDS);
        let cctx = zs::ZSTD_createCCtx().expect("a context");
        let dctx = zs::ZSTD_createDCtx().expect("a context");
        zs::ZSTD_CCtx_refPrefix(cctx.as_ref(), Some(words)).expect("between frames");
        let mut packed = vec![0_u8; 200];
        let length = zs::ZSTD_compress2(cctx.as_ref(), Some(&mut packed), Some(&WORDS[10..70])).expect("enough room");
        zs::ZSTD_DCtx_refPrefix(dctx.as_ref(), Some(back)).expect("between frames");
        let mut out = vec![0_u8; 200];
        let length =
            zs::ZSTD_decompressDCtx(dctx.as_ref(), Some(&mut out), Some(&packed[..length])).expect("as it was");
        assert_eq!(&out[..length], &WORDS[10..70]);
        assert!(back_ear.is_alive());
        zs::ZSTD_DCtx_refPrefix(dctx.as_ref(), Some(next)).expect("between frames");
        assert!(!back_ear.is_alive() && next_ear.is_alive(), "the next one took its place");
        zs::ZSTD_initDStream(dctx.as_ref()).expect("it starts anew");
        assert!(!next_ear.is_alive() && words_ear.is_alive());
        drop(cctx);
        assert!(!words_ear.is_alive());
    });
}
