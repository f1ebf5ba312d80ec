//! A transfer whose completion glibc tells itself, on a thread of its own: `SIGEV_THREAD`.

use crate::c;
use crate::transfer::{Transfer, result};
use pinned_ffi::Extent;
use pinned_ffi::completion::{Operation, Parts, Pending, Refused, Submission, Token};
use std::io;

/// A transfer, and by what it is named when it is done.
#[derive(Debug)]
pub struct Notified {
    /// The transfer.
    pub transfer: Transfer,
    token: Option<Token>,
}

impl Parts for Notified {
    fn extents(&self, pin: &mut dyn FnMut(Extent)) {
        self.transfer.extents(pin);
    }
}

/// Begins to read; nobody has to wait for it, and nobody has to deliver.
///
/// # Errors
///
/// What C says; the transfer has not begun.
#[track_caller]
pub fn read_notified(transfer: Transfer) -> Result<Pending<Notified>, Refused<Notified, (), io::Error>> {
    let operation = Operation::new(Notified { transfer, token: None });
    let begin = |Submission { token, parts, .. }: Submission<Notified>| {
        // SAFETY: not C's yet.
        let notified = unsafe { &mut *parts };
        notified.token = Some(token);
        let event = &mut notified.transfer.wire().aio_sigevent;
        event.sigev_notify = c::SIGEV_THREAD;
        event._sigev_un._sigev_thread =
            c::sigevent__bindgen_ty_1__bindgen_ty_1 { _function: Some(done), _attribute: std::ptr::null_mut() };
        // The operation itself: it is there until `done` says so.
        event.sigev_value.sival_ptr = parts.cast();
        // SAFETY: the block and its buffer stay until the completion.
        if unsafe { c::aio_read(notified.transfer.block()) } == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    };
    // SAFETY: glibc uses the block and its buffer until it calls `done`; a request that fails is not queued.
    unsafe { operation.start(begin) }
}

/// glibc calls it once for each transfer, on a new thread.
unsafe extern "C" fn done(value: c::__sigval_t) {
    // SAFETY: `read_notified` stored a pointer.
    let notified = unsafe { value.sival_ptr }.cast::<Notified>();
    // SAFETY: the operation keeps it in place until the completion below, and glibc is done with it.
    let notified = unsafe { &mut *notified };
    // SAFETY: done, and glibc calls this once.
    let result = unsafe { result(notified.transfer.block()) };
    notified.transfer.result = result;
    let token = notified.token.expect("set before the transfer began");
    // SAFETY: nothing of it is used from here on.
    unsafe { token.complete(result) }.expect("glibc tells it once");
}
