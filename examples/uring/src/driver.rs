//! io_uring on tokio: a task that delivers completions when an eventfd tells of them, and reads that are awaited.

use crate::c;
use crate::event;
use crate::requests::Fd;
use crate::ring::{Ring, check};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{FromRawFd, OwnedFd};
use std::sync::Arc;
use tokio::io::unix::AsyncFd;

const EFD_CLOEXEC: i32 = 0o2_000_000;
const EFD_NONBLOCK: i32 = 0o4000;

/// What the kernel adds to when a completion is in the queue; it stops when the value is dropped.
#[derive(Debug)]
pub struct Events {
    file: AsyncFd<File>,
    ring: Arc<Ring>,
}

impl Events {
    /// Has the ring tell its completions to this tokio runtime.
    ///
    /// # Errors
    ///
    /// What the kernel says: `EBUSY` where the ring tells somebody else.
    ///
    /// # Panics
    ///
    /// Outside of a runtime with I/O.
    pub fn new(ring: &Arc<Ring>) -> io::Result<Self> {
        let events = event::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if events < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: a fresh descriptor, owned once.
        let file = File::from(unsafe { OwnedFd::from_raw_fd(events) });
        // SAFETY: a file has one descriptor as long as it lives.
        let file = unsafe { AsyncFd::register(file) }?;
        // SAFETY: the ring is set up, and the kernel keeps the file by itself.
        check(unsafe { c::io_uring_register_eventfd(ring.raw(), events) })?;
        Ok(Self { file, ring: Arc::clone(ring) })
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        // SAFETY: the ring is set up. It could fail only where nothing is registered.
        unsafe { c::io_uring_unregister_eventfd(self.ring.raw()) };
    }
}

/// Delivers completions for ever. Where its task goes with its runtime, operations under way keep their memory, and wait for
/// somebody else to deliver: [`Ring::deliver`], or the ring's end.
///
/// # Errors
///
/// What reading the eventfd gives.
pub async fn drive(events: Events) -> io::Result<()> {
    loop {
        events.ring.reap();
        let mut ready = events.file.readable().await?;
        // Emptied first: a completion that comes behind it makes it readable again.
        let _ = ready.try_io(|file| file.get_ref().read(&mut [0; 8]));
    }
}

/// Reads from `offset` into the buffer, as long as it is, and gives it back. Dropping the future asks the kernel to stop; the
/// buffer stays until it has.
///
/// # Errors
///
/// What the kernel says, without the buffer where it did not take the request.
pub async fn read_async(
    ring: &Arc<Ring>,
    fd: &Fd,
    buffer: Vec<u8>,
    offset: u64,
) -> io::Result<(io::Result<usize>, Vec<u8>)> {
    let pending = ring.read(fd, buffer, offset)?;
    let canceller = Arc::clone(ring);
    let pending = pending.cancel_on_drop(move |token| canceller.cancel(token));
    ring.submit()?;
    let (result, (_, buffer)) = pending.await.into_io();
    Ok((result, buffer))
}
