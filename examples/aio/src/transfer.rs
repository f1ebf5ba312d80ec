//! One transfer: a file, a buffer, and the control block that glibc keeps the address of.

use crate::c;
use pinned_ffi::Extent;
use pinned_ffi::completion::{Nested, Parts};
use std::fs::File;
use std::mem::MaybeUninit;
use std::os::fd::AsRawFd;
use std::sync::Arc;

/// Reads into a buffer or writes it, at an offset of a file. All of it stays until the transfer is done, the file too: a
/// descriptor that is closed and given out again would send the bytes elsewhere.
#[derive(Debug)]
pub struct Transfer {
    file: Arc<File>,
    /// What is read or written.
    pub buffer: Vec<u8>,
    /// What came of it: how many bytes, or minus an `errno`. 0 before.
    pub result: i64,
    block: Nested<c::aiocb>,
}

impl Parts for Transfer {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.buffer.extents(pin);
        self.block.extents(pin);
    }
}

impl Transfer {
    /// Fills `buffer`, as long as it is, from `offset` on.
    pub fn read(file: &Arc<File>, buffer: Vec<u8>, offset: i64) -> Self {
        Self::new(file, buffer, offset, c::LIO_READ)
    }

    /// Writes `buffer` from `offset` on.
    pub fn write(file: &Arc<File>, buffer: Vec<u8>, offset: i64) -> Self {
        Self::new(file, buffer, offset, c::LIO_WRITE)
    }

    fn new(file: &Arc<File>, buffer: Vec<u8>, offset: i64, opcode: i32) -> Self {
        // SAFETY: numbers, null pointers, no function, and a union of such: zero is a value of each.
        let mut block = unsafe { MaybeUninit::<c::aiocb>::zeroed().assume_init() };
        block.aio_fildes = file.as_raw_fd();
        block.aio_lio_opcode = opcode;
        block.aio_offset = offset;
        block.aio_sigevent.sigev_notify = c::SIGEV_NONE;
        // SAFETY: numbers and addresses, which any thread may have.
        let block = unsafe { Nested::new(block) };
        Self { file: Arc::clone(file), buffer, result: 0, block }
    }

    /// Sets the pointers, now that everything is where it stays.
    pub(crate) fn wire(&mut self) -> &mut c::aiocb {
        let block = self.block.get_mut();
        block.aio_buf = self.buffer.as_mut_ptr().cast();
        block.aio_nbytes = self.buffer.len();
        block
    }

    /// The control block, for glibc.
    pub(crate) fn block(&self) -> *mut c::aiocb {
        self.block.as_ptr()
    }

    /// The file.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }
}

/// Whether glibc still has the transfer.
///
/// # Safety
///
/// The control block was handed to glibc, and its result was not taken.
pub(crate) unsafe fn is_running(block: *const c::aiocb) -> bool {
    // SAFETY: the caller's promise.
    (unsafe { c::aio_error(block) }) == c::EINPROGRESS
}

/// Takes the result of a transfer that glibc has done with: how many bytes, or minus an `errno`.
///
/// # Safety
///
/// As for [`is_running`], which says no; and once only.
pub(crate) unsafe fn result(block: *mut c::aiocb) -> i64 {
    // SAFETY: the caller's promise.
    let error = unsafe { c::aio_error(block) };
    // SAFETY: done, and taken here only.
    let bytes = unsafe { c::aio_return(block) };
    if error == 0 { bytes as i64 } else { -i64::from(error) }
}
