//! Registered buffers: the kernel maps them once, and has them until they are unregistered.

use crate::c;
use crate::requests::Fd;
use crate::ring::{Ring, check};
use pinned_ffi::Extent;
use pinned_ffi::completion::{Each, Operation, Parts, Pending, Submission};
use std::io;
use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Buffers that the kernel has mapped. Their registration is an operation that completes when it ends.
///
/// A ring has one registration at a time.
#[derive(Debug)]
pub struct Registered {
    ring: Arc<Ring>,
    // None only while it is being dropped.
    pending: Option<Pending<Each<Vec<u8>>>>,
    leased: Vec<AtomicBool>,
}

/// One buffer of a registration, which nobody else uses.
#[derive(Debug)]
pub struct Lease {
    registered: Arc<Registered>,
    index: usize,
}

impl Registered {
    /// Registers buffers.
    ///
    /// # Errors
    ///
    /// What the kernel says: `EBUSY` for a second registration, `ENOMEM` beyond the limit on locked memory.
    #[track_caller]
    pub fn new(ring: &Arc<Ring>, buffers: Vec<Vec<u8>>) -> io::Result<Arc<Self>> {
        let leased = buffers.iter().map(|_| AtomicBool::new(false)).collect();
        let begin = |Submission { parts, .. }: Submission<Each<Vec<u8>>>| {
            // SAFETY: not the kernel's yet.
            let buffers = unsafe { &mut *parts };
            let entry = |buffer: &mut Vec<u8>| c::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
            let vector: Vec<c::iovec> = buffers.0.iter_mut().map(entry).collect();
            // SAFETY: the vector is read during the call; the buffers are the operation's.
            check(unsafe { c::io_uring_register_buffers(ring.raw(), vector.as_ptr(), vector.len() as u32) }).map(drop)
        };
        // SAFETY: the kernel uses the buffers until they are unregistered, which `end` does; one that fails maps nothing.
        let pending = unsafe { Operation::new(Each(buffers)).start(begin) }.map_err(|refused| refused.error)?;
        Ok(Arc::new(Self { ring: Arc::clone(ring), pending: Some(pending), leased }))
    }

    /// The buffer with this number, unless somebody has it.
    pub fn lease(self: &Arc<Self>, index: usize) -> Option<Lease> {
        let is_free = !self.leased.get(index)?.swap(true, Ordering::Acquire);
        is_free.then(|| Lease { registered: Arc::clone(self), index })
    }

    /// Ends the registration and gives the buffers back, unless a lease is out: then the last lease ends it.
    pub fn unregister(self: Arc<Self>) -> Option<Vec<Vec<u8>>> {
        Arc::into_inner(self)?.end().map(|buffers| buffers.0)
    }

    fn end(&mut self) -> Option<Each<Vec<u8>>> {
        let pending = self.pending.take()?;
        // SAFETY: each request on a buffer has a lease, and the last one is gone, so the kernel uses none of them.
        if check(unsafe { c::io_uring_unregister_buffers(self.ring.raw()) }).is_err() {
            // The kernel has them still. Nobody completes the operation, so they stay.
            return None;
        }
        // SAFETY: the kernel has unmapped them.
        unsafe { pending.token().complete(0) }.expect("completed here only");
        Some(pending.wait().parts)
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        drop(self.end());
    }
}

impl Lease {
    /// The contents.
    pub fn bytes(&self) -> &[u8] {
        let buffers = self.registered.pending.as_ref().expect("there until the last lease is gone").as_ptr();
        // SAFETY: the parts are in place until the registration ends. The kernel writes a buffer only while a request has its
        // lease, and this one is here.
        &(unsafe { &*buffers }).0[self.index]
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.registered.leased[self.index].store(false, Ordering::Release);
    }
}

impl Parts for Lease {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.bytes().extents(pin);
    }
}

impl Ring {
    /// Fills a registered buffer.
    ///
    /// # Errors
    ///
    /// `EBUSY` where there is no room; `EINVAL` for a buffer of another ring.
    #[track_caller]
    pub fn read_fixed(&self, fd: &Fd, lease: Lease, offset: u64) -> io::Result<Pending<(Fd, Lease)>> {
        if !std::ptr::eq(self, Arc::as_ptr(&lease.registered.ring)) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let (at, bytes, index) = (lease.bytes().as_ptr(), lease.bytes().len() as u32, lease.index as i32);
        let raw = fd.as_raw_fd();
        let prep = |entry, _, _| {
            // SAFETY: an entry of the locked queue, and a whole registered buffer.
            unsafe { c::io_uring_prep_read_fixed(entry, raw, at.cast_mut().cast(), bytes, offset, index) }
        };
        // SAFETY: the kernel writes the buffer, whose lease is the operation's.
        unsafe { self.start(Operation::new((Arc::clone(fd), lease)), prep) }.map_err(|refused| refused.error)
    }
}
