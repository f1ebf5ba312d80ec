//! `SubmitBatch`: several requests on borrowed memory, submitted together, and complete before it returns.

use crate::c;
use crate::ring::Ring;
use pinned_ffi::Extent;
use pinned_ffi::completion::{Batch, Parts, Ticket, batch};
use std::io::{self, IoSlice, IoSliceMut};
use std::os::fd::{AsRawFd, BorrowedFd};

/// Requests of one batch: see [`Ring::submit_batch`].
#[derive(Clone, Copy, Debug)]
pub struct SubmitBatch<'scope, 'env> {
    ring: &'env Ring,
    batch: &'scope Batch<'scope, 'env>,
}

/// A borrowed vector: the vector itself, and each buffer in it.
struct Vector<'a, B>(BorrowedFd<'a>, &'a [B]);

impl<B: std::ops::Deref<Target = [u8]>> Parts for Vector<'_, B> {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.1.extents(pin);
        for buffer in self.1 {
            let buffer: &[u8] = buffer;
            buffer.extents(pin);
        }
    }
}

/// A buffer, and the file it is filled from.
struct Single<'a>(BorrowedFd<'a>, &'a mut [u8]);

impl Parts for Single<'_> {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.1.extents(pin);
    }
}

impl Ring {
    /// Submits what `body` adds, and waits for these completions: when it returns, no borrowed memory is in the kernel's hands,
    /// also where `body` fails or panics.
    pub fn submit_batch<'env, R>(&'env self, body: impl for<'scope> FnOnce(SubmitBatch<'scope, 'env>) -> R) -> R {
        batch(&|| self.deliver(), |batch| body(SubmitBatch { ring: self, batch }))
    }
}

impl<'scope> SubmitBatch<'scope, '_> {
    /// Fills one buffer.
    ///
    /// # Errors
    ///
    /// `EBUSY` where there is no room; also those below.
    #[track_caller]
    pub fn read(self, fd: BorrowedFd<'scope>, buffer: &'scope mut [u8], offset: u64) -> io::Result<Ticket<'scope>> {
        let begin = |token, parts: *mut Single<'scope>| {
            // SAFETY: not the kernel's yet.
            let Single(fd, buffer) = unsafe { &mut *parts };
            let (fd, at, bytes) = (fd.as_raw_fd(), buffer.as_mut_ptr(), buffer.len() as u32);
            // SAFETY: an entry of the locked queue, and a buffer of that length.
            self.ring.push(Some(token), |entry| unsafe { c::io_uring_prep_read(entry, fd, at.cast(), bytes, offset) })
        };
        // SAFETY: the kernel writes the buffer until the completion, which `deliver` gets. An entry is in the queue, or never seen.
        unsafe { self.batch.start(Single(fd, buffer), begin) }
    }

    /// Fills buffers, one after another. `&mut [IoSliceMut]` is C's vector already, and stays until the batch is over.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    #[track_caller]
    pub fn readv(
        self,
        fd: BorrowedFd<'scope>,
        buffers: &'scope mut [IoSliceMut<'_>],
        offset: u64,
    ) -> io::Result<Ticket<'scope>> {
        // SAFETY: an entry of the locked queue, and a vector of that length, which std documents to be C's.
        let prep = |entry, fd, at: *const IoSliceMut<'_>, count| unsafe {
            c::io_uring_prep_readv(entry, fd, at.cast(), count, offset)
        };
        self.vectored(fd, buffers, prep)
    }

    /// Writes buffers, one after another.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    #[track_caller]
    pub fn writev(
        self,
        fd: BorrowedFd<'scope>,
        buffers: &'scope [IoSlice<'_>],
        offset: u64,
    ) -> io::Result<Ticket<'scope>> {
        // SAFETY: as for `readv`.
        let prep = |entry, fd, at: *const IoSlice<'_>, count| unsafe {
            c::io_uring_prep_writev(entry, fd, at.cast(), count, offset)
        };
        self.vectored(fd, buffers, prep)
    }

    #[track_caller]
    fn vectored<B: std::ops::Deref<Target = [u8]>>(
        self,
        fd: BorrowedFd<'scope>,
        buffers: &'scope [B],
        prep: impl FnOnce(*mut c::io_uring_sqe, i32, *const B, u32),
    ) -> io::Result<Ticket<'scope>> {
        let begin = |token, parts: *mut Vector<'scope, B>| {
            // SAFETY: not the kernel's yet.
            let Vector(fd, buffers) = unsafe { &*parts };
            self.ring.push(Some(token), |entry| prep(entry, fd.as_raw_fd(), buffers.as_ptr(), buffers.len() as u32))
        };
        // SAFETY: the kernel uses vector and buffers until the completion at most, which `deliver` gets.
        unsafe { self.batch.start(Vector(fd, buffers), begin) }
    }

    /// Waits for what was added so far, so that the results are there and more can be added.
    pub fn wait(self) {
        self.batch.wait();
    }
}
