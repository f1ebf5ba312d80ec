//! The broken twin: the buffer is freed while a thread of glibc is about to write it. The checker keeps it, and tells.

use aio::c;
use pinned_ffi::completion::{Nested, Operation, Submission};
use pinned_ffi::{Addr, Extent, StableAddr};
use std::fs::File;
use std::io::{self, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, OwnedFd};

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

/// A buffer that somebody else promised to keep: what a program has that hands out addresses, and not owners.
struct Promised(Extent);

// SAFETY: none: the promise is broken. That is the bug.
unsafe impl StableAddr for Promised {
    fn extent(&self) -> Extent {
        self.0
    }
}

fn main() -> io::Result<()> {
    let (reader, writer) = io::pipe()?;
    let (reader, mut writer) = (File::from(OwnedFd::from(reader)), File::from(OwnedFd::from(writer)));
    let mut buffer = vec![0_u8; 4097];
    let promised = Promised(Extent { start: Addr(buffer.as_mut_ptr().expose_provenance()), bytes: buffer.len() });

    // SAFETY: numbers, null pointers, no function: zero is a value of each.
    let mut block = unsafe { MaybeUninit::<c::aiocb>::zeroed().assume_init() };
    block.aio_fildes = reader.as_raw_fd();
    block.aio_buf = buffer.as_mut_ptr().cast();
    block.aio_nbytes = buffer.len();
    block.aio_sigevent.sigev_notify = c::SIGEV_NONE;
    // SAFETY: numbers and addresses.
    let operation = Operation::new((promised, unsafe { Nested::new(block) }));
    let begin = |Submission { parts, .. }: Submission<(Promised, Nested<c::aiocb>)>| {
        // SAFETY: not C's yet.
        let block = unsafe { &*parts }.1.as_ptr();
        // SAFETY: the block stays until the completion, and so, they promised, does the buffer.
        if unsafe { c::aio_read(block) } == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    };
    // SAFETY: none, for the buffer is not the operation's.
    let pending = unsafe { operation.start(begin) };
    let pending = pending.map_err(|refused| refused.error)?;
    // SAFETY: the parts stay until the completion, which comes below.
    let block = unsafe { &*pending.as_ptr() }.1.as_ptr();

    tidy_up(buffer);
    writer.write_all(b"too late")?;
    loop {
        // SAFETY: under way, or done and not asked for its result.
        if unsafe { c::aio_error(block) } != c::EINPROGRESS {
            break;
        }
        std::thread::yield_now();
    }
    println!("aio_read wrote into freed memory");
    Ok(())
}

/// Somebody tidies up too early.
fn tidy_up(buffer: Vec<u8>) {
    drop(buffer);
}
