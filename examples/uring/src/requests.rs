//! Requests on memory that they own: reads and writes, single and vectored, and messages.

use crate::c;
use crate::ring::Ring;
use pinned_ffi::completion::{Each, Nested, Operation, Pending};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;

/// An open file, shared between operations: a descriptor that is closed and given out again would mean another file.
pub type Fd = Arc<OwnedFd>;

/// What a vectored request owns until it completes.
pub type Buffers = (Fd, Each<Vec<u8>>);

/// An entry of C's vector; a slice of these is C's vector, for `Nested` has the layout of what it holds.
type Entry = Nested<c::iovec>;

/// C's vector of these buffers.
fn entries(buffers: &mut Each<Vec<u8>>) -> Vec<Entry> {
    let entry = |buffer: &mut Vec<u8>| c::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    // SAFETY: an address and a number.
    buffers.0.iter_mut().map(|buffer| unsafe { Nested::new(entry(buffer)) }).collect()
}

/// Buffers that stay until the completion, and their vector, which stays until the kernel has taken the entry.
fn vectored(fd: &Fd, buffers: Vec<Vec<u8>>) -> Operation<Buffers, Vec<Entry>> {
    let mut operation = Operation::new((Arc::clone(fd), Each(buffers)));
    let vector = entries(&mut operation.parts().1);
    operation.until_consumed(vector)
}

impl Ring {
    /// Fills one buffer.
    ///
    /// # Errors
    ///
    /// `EBUSY` where there is no room; also those below.
    #[track_caller]
    pub fn read(&self, fd: &Fd, buffer: Vec<u8>, offset: u64) -> io::Result<Pending<(Fd, Vec<u8>)>> {
        let mut operation = Operation::new((Arc::clone(fd), buffer));
        let (at, bytes) = (operation.parts().1.as_mut_ptr(), operation.parts().1.len() as u32);
        let fd = fd.as_raw_fd();
        // SAFETY: an entry of the locked queue, and a buffer of that length.
        let prep = |entry, _, _| unsafe { c::io_uring_prep_read(entry, fd, at.cast(), bytes, offset) };
        // SAFETY: the kernel writes the buffer, which is the operation's.
        unsafe { self.start(operation, prep) }.map_err(|refused| refused.error)
    }

    /// Fills buffers, one after another.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    #[track_caller]
    pub fn readv(&self, fd: &Fd, buffers: Vec<Vec<u8>>, offset: u64) -> io::Result<Pending<Buffers>> {
        let raw = fd.as_raw_fd();
        let prep = |entry, _, early: *mut Vec<Entry>| {
            // SAFETY: not C's yet.
            let vector = unsafe { &*early };
            // SAFETY: an entry of the locked queue, and a vector of that length.
            unsafe { c::io_uring_prep_readv(entry, raw, vector.as_ptr().cast(), vector.len() as u32, offset) };
        };
        // SAFETY: the kernel reads the vector when it takes the entry, and writes the buffers until the completion.
        unsafe { self.start(vectored(fd, buffers), prep) }.map_err(|refused| refused.error)
    }

    /// Writes buffers, one after another.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    #[track_caller]
    pub fn writev(&self, fd: &Fd, buffers: Vec<Vec<u8>>, offset: u64) -> io::Result<Pending<Buffers>> {
        let raw = fd.as_raw_fd();
        let prep = |entry, _, early: *mut Vec<Entry>| {
            // SAFETY: not C's yet.
            let vector = unsafe { &*early };
            // SAFETY: an entry of the locked queue, and a vector of that length.
            unsafe { c::io_uring_prep_writev(entry, raw, vector.as_ptr().cast(), vector.len() as u32, offset) };
        };
        // SAFETY: the kernel reads the vector when it takes the entry, and the buffers until the completion.
        unsafe { self.start(vectored(fd, buffers), prep) }.map_err(|refused| refused.error)
    }

    /// Sends buffers as one message. The message and its vector go as soon as the kernel has taken the entry.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    #[track_caller]
    pub fn sendmsg(&self, fd: &Fd, buffers: Vec<Vec<u8>>) -> io::Result<Pending<Buffers>> {
        let raw = fd.as_raw_fd();
        let mut operation = Operation::new((Arc::clone(fd), Each(buffers)));
        let vector = entries(&mut operation.parts().1);
        // SAFETY: numbers and null pointers.
        let message = unsafe { MaybeUninit::<c::msghdr>::zeroed().assume_init() };
        // SAFETY: numbers and addresses.
        let mut operation = operation.until_consumed((vector, unsafe { Nested::new(message) }));
        let (vector, message) = operation.both().1;
        message.get_mut().msg_iov = vector.as_mut_ptr().cast();
        message.get_mut().msg_iovlen = vector.len();
        let prep = |entry, _, early: *mut (Vec<Entry>, Nested<c::msghdr>)| {
            // SAFETY: not C's yet.
            let message = unsafe { &*early }.1.as_ptr();
            // SAFETY: an entry of the locked queue, and a message that names a vector of live buffers.
            unsafe { c::io_uring_prep_sendmsg(entry, raw, message, 0) };
        };
        // SAFETY: the kernel reads message and vector when it takes the entry, and the buffers until the completion.
        unsafe { self.start(operation, prep) }.map_err(|refused| refused.error)
    }
}
