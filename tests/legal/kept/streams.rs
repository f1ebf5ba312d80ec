//! Streams over memory: of libc, with buffers of the caller's, and BIOs.

use crate::Loud;
use crate::support::at_every_level;
use pinned_ffi::{AddressSensitive, AssertSend, Lent, Nothing, Owned, pinned_ffi};
use std::ffi::{CStr, CString, c_char};
use std::io::Write;
use std::os::fd::AsRawFd;
use std::ptr::null_mut;
use std::sync::Arc;

#[pinned_ffi(
    header = ["stdio.h", "stdlib.h"],
    define = "_GNU_SOURCE",
    allow = "fmemopen|open_memstream|setvbuf|fclose|fopen|fputs|fflush|fgets|free",
    safe = "fmemopen|setvbuf|fflush"
)]
mod c {
    unsafe extern "C" {
        #[idiomatic]
        pub fn fclose(
            #[opaque]
            #[transfer]
            stream: *mut FILE,
        ) -> c_int;
        #[idiomatic]
        pub fn open_memstream(ptr: *mut *mut c_char, sizeloc: *mut size_t) -> *mut FILE;
    }
}

type Stream = Owned<'static, c::FILE, c::raw::fclose>;

#[test]
fn a_stream_over_memory() {
    at_every_level("streams::a_stream_over_memory", || {
        for closes_by_drop in [false, true] {
            let (loud, ear) = Loud::new(b"one line\nand another");
            let stream: Stream = c::fmemopen(Some(loud), c"r").expect("a stream");
            let mut line = vec![0_u8; 40];
            // SAFETY: room for a line.
            let read = unsafe { c::fgets(line.as_mut_ptr().cast(), 40, stream.as_ptr()) };
            assert!(!read.is_null() && line.starts_with(b"one line\n\0") && ear.is_alive());
            if closes_by_drop {
                drop(stream);
            } else {
                // SAFETY: the stream is not used again.
                unsafe { c::fclose(stream) }.expect("it closes");
            }
            assert!(!ear.is_alive());
        }
        let (refused, refused_ear) = Loud::new(b"memory");
        assert_eq!(c::fmemopen(Some(refused), c"?").expect_err("no such mode").raw_os_error(), Some(libc::EINVAL));
        assert!(!refused_ear.is_alive(), "no stream keeps it");
        let written = Lent::new(vec![0_u8; 16]);
        let stream: Stream = c::fmemopen(written.lend(), c"w").expect("a stream");
        // SAFETY: a C string.
        assert!(unsafe { c::fputs(c"words".as_ptr(), stream.as_ptr()) } >= 0);
        drop(stream);
        assert!(written.take().expect("the stream is closed").starts_with(b"words\0"), "it came with the close");
    });
}

#[test]
fn a_buffer_of_a_stream() {
    at_every_level("streams::a_buffer_of_a_stream", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("made");
        let name = CString::new(path.to_string_lossy().into_owned()).expect("no zero");
        // SAFETY: C strings, and a stream that is nobody else's.
        let stream: Stream = unsafe { Owned::from_raw(c::fopen(name.as_ptr(), c"w".as_ptr())).expect("a file") };
        let first = Lent::new(vec![0_u8; 512]);
        c::setvbuf(stream.as_ref(), first.lend(), libc::_IOFBF).expect("it takes the buffer");
        // SAFETY: a C string.
        assert!(unsafe { c::fputs(c"through the first".as_ptr(), stream.as_ptr()) } >= 0);
        // SAFETY: no call on the stream is under way.
        assert!(unsafe { first.peek() }.starts_with(b"through the first"), "it waits in our memory");
        assert_eq!(std::fs::read(&path).expect("the file").len(), 0);
        // Null is no buffer of its own, and a wrong mode changes nothing: the stream goes on with the first.
        c::setvbuf(stream.as_ref(), None::<Nothing>, libc::_IOFBF).expect("it takes nothing");
        let (refused, refused_ear) = Loud::new(&[0; 64]);
        assert!(c::setvbuf(stream.as_ref(), Some(refused), 77).is_err());
        assert!(first.is_lent() && !refused_ear.is_alive());
        let (second, second_ear) = Loud::new(&[0; 64]);
        c::setvbuf(stream.as_ref(), Some(second), libc::_IOLBF).expect("it takes the buffer");
        assert_eq!(std::fs::read(&path).expect("the file"), b"through the first");
        // SAFETY: a C string.
        assert!(unsafe { c::fputs(c", and the second".as_ptr(), stream.as_ptr()) } >= 0);
        assert!(first.is_lent() && second_ear.is_alive(), "only the close is certain");
        drop(stream);
        assert!(first.take().is_ok() && !second_ear.is_alive());
        assert_eq!(std::fs::read(&path).expect("the file"), b"through the first, and the second");
    });
}

#[test]
fn variables_of_a_stream() {
    at_every_level("streams::variables_of_a_stream", || {
        // SAFETY: a null pointer and a number, of no thread's.
        let (start, length) =
            unsafe { (Lent::new(AssertSend::new(Box::new(null_mut::<c_char>()))), Lent::new(Box::new(0_usize))) };
        // SAFETY: null, and owners that stay.
        let stream: Stream = unsafe {
            c::open_memstream(start.lend().expect("nobody has it"), length.lend().expect("nobody has it"))
                .expect("a stream")
        };
        // SAFETY: a C string.
        assert!(unsafe { c::fputs(c"gathered".as_ptr(), stream.as_ptr()) } >= 0);
        c::fflush(Some(stream.as_ref())).expect("there is memory");
        // SAFETY: no call on the stream is under way.
        assert_eq!(unsafe { **length.peek() }, 8);
        drop(stream);
        let start = *start.take().expect("the stream is closed").into_inner();
        // SAFETY: a C string of the stream's, which is ours now.
        unsafe {
            assert_eq!(CStr::from_ptr(start), c"gathered");
            c::free(start.cast());
        }
        assert_eq!(*length.take().expect("the stream is closed"), 8);
    });
}

#[pinned_ffi(
    header = "openssl/bio.h",
    allow = "BIO_(new_mem_buf|free|free_all|read|up_ref)",
    safe = "BIO_new_mem_buf|BIO_free|BIO_read"
)]
mod bio {}

#[link(name = "crypto")]
unsafe extern "C" {}

#[test]
fn a_bio_over_memory() {
    at_every_level("streams::a_bio_over_memory", || {
        for frees_by_drop in [false, true] {
            let (loud, ear) = Loud::new(b"bytes to read");
            let bio: Owned<'static, bio::BIO, bio::raw::BIO_free> = bio::BIO_new_mem_buf(loud).expect("a BIO");
            let mut start = [0_u8; 5];
            assert_eq!(bio::BIO_read(bio.as_ref(), &mut start), Ok(5));
            assert_eq!(&start, b"bytes");
            assert!(ear.is_alive());
            if frees_by_drop {
                drop(bio);
            } else {
                bio::BIO_free(bio).expect("nobody refuses");
            }
            assert!(!ear.is_alive());
        }
    });
}

#[pinned_ffi(header = ["aio.h", "stdlib.h"], define = "_GNU_SOURCE", allow = "aio_read|aio_error|aio_return|putenv|getenv")]
mod a {
    unsafe extern "C" {
        #[idiomatic]
        pub fn aio_read(request: *mut aiocb) -> c_int;
        #[idiomatic]
        pub fn putenv(string: *mut c_char) -> c_int;
    }
}

/// The control block stays where it is until `aio_error` no longer says that the request is in progress.
#[test]
fn a_request_in_the_background() {
    at_every_level("streams::a_request_in_the_background", || {
        let (from, mut to) = std::io::pipe().expect("a pipe");
        let mut room = vec![0_u8; 8];
        // SAFETY: numbers and null pointers.
        let mut block: a::aiocb = unsafe { std::mem::zeroed() };
        block.aio_fildes = from.as_raw_fd();
        block.aio_buf = room.as_mut_ptr().cast();
        block.aio_nbytes = 8;
        let mut request = Box::pin(AddressSensitive::new(block));
        // SAFETY: room and request stay until the request is done.
        unsafe { a::aio_read(request.as_mut()) }.expect("it begins");
        let at = request.as_ref().as_ptr().cast_const();
        // SAFETY: the block stays where it is, and C looks at it under a lock.
        assert_eq!(unsafe { a::aio_error(at) }, libc::EINPROGRESS);
        to.write_all(b"in time").expect("a reader");
        // SAFETY: as above; the block is still there when it is done.
        while unsafe { a::aio_error(at) } == libc::EINPROGRESS {
            std::thread::yield_now();
        }
        assert_eq!(&room, b"in time\0");
    });
}

#[test]
fn the_environment_keeps_for_ever() {
    at_every_level("streams::the_environment_keeps_for_ever", || {
        let words = [c"KEPT_ONE=first", c"KEPT_ONE=second"].map(Arc::<CStr>::from);
        for text in &words {
            // SAFETY: no other thread uses the environment.
            unsafe { a::putenv(Arc::clone(text)) }.expect("there is memory");
        }
        assert!(words.iter().all(|text| Arc::strong_count(text) == 2));
    });
}
