//! The ring: entries go in, completions come out, and each is told to its operation by the token in `user_data`.

use crate::c;
use pinned_ffi::completion::{Operation, Parts, Pending, Refused, Submission, Token};
use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::io;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// No completion is lost; vectors and messages may go when the entry is taken; waiting with a time limit needs no entry.
const NEEDED: u32 = FEAT_NODROP | FEAT_SUBMIT_STABLE | FEAT_EXT_ARG;
const FEAT_NODROP: u32 = 1 << 1;
const FEAT_SUBMIT_STABLE: u32 = 1 << 2;
const FEAT_EXT_ARG: u32 = 1 << 8;
/// More completions of this entry will follow.
const CQE_F_MORE: u32 = 1 << 1;
const CANCEL_ALL: i32 = 1 << 0;
const CANCEL_ANY: i32 = 1 << 2;
const EBUSY: i32 = 16;
/// How long one wait takes at most: another thread may have delivered what this one waits for.
const LOOK_AGAIN: c::__kernel_timespec = c::__kernel_timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// An io_uring. Any thread may start operations and deliver completions.
///
/// Dropping it cancels what is under way and waits until the kernel has done with all of it.
pub struct Ring {
    raw: Raw,
    // Entries that the kernel has not taken, in order: the operation of each, if it has one.
    sq: Mutex<VecDeque<Option<Token>>>,
    cq: Mutex<()>,
    // Operations in the queue or in the kernel.
    running: AtomicUsize,
}

/// liburing's structure, set up where it stays.
struct Raw(Box<UnsafeCell<c::io_uring>>);

impl Drop for Raw {
    fn drop(&mut self) {
        // SAFETY: set up, and nobody uses it any more.
        unsafe { c::io_uring_queue_exit(self.0.get()) };
    }
}

// SAFETY: each of its two queues is used under its own lock only, and by which thread does not matter.
unsafe impl Send for Ring {}
// SAFETY: as for Send.
unsafe impl Sync for Ring {}

/// An entry that nobody may see half made: it becomes a NOP where filling it panics.
struct Blank(*mut c::io_uring_sqe);

impl Drop for Blank {
    fn drop(&mut self) {
        // SAFETY: an entry of the queue, which is locked.
        unsafe { c::raw::io_uring_prep_nop(self.0) };
        // SAFETY: as above; 0 is no token.
        unsafe { c::raw::io_uring_sqe_set_data64(self.0, 0) };
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What it guards is whole between any two lines.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What C gives as minus an `errno`.
pub(crate) fn check(result: i32) -> io::Result<u32> {
    u32::try_from(result).map_err(|_| io::Error::from_raw_os_error(-result))
}

impl Ring {
    /// A ring with room for `entries` requests that the kernel has not taken.
    ///
    /// # Errors
    ///
    /// What the kernel says; [`skipped`](crate::skipped) knows which errors mean that it has no io_uring for us.
    pub fn new(entries: u32) -> io::Result<Arc<Self>> {
        // SAFETY: numbers and null pointers.
        let raw = Box::new(UnsafeCell::new(unsafe { MaybeUninit::<c::io_uring>::zeroed().assume_init() }));
        // SAFETY: C fills the structure, or fails and leaves it alone.
        check(unsafe { c::io_uring_queue_init(entries, raw.get(), 0) })?;
        let raw = Raw(raw);
        // SAFETY: set up, and nobody else has it.
        let features = unsafe { &*raw.0.get() }.features;
        if features & NEEDED != NEEDED {
            return Err(io::Error::new(io::ErrorKind::Unsupported, format!("the kernel is too old: {features:#x}")));
        }
        let (sq, cq) = (Mutex::new(VecDeque::new()), Mutex::new(()));
        Ok(Arc::new(Self { raw, sq, cq, running: AtomicUsize::new(0) }))
    }

    /// liburing's structure, for calls that use neither queue, or under the lock of the one that they use.
    pub(crate) fn raw(&self) -> *mut c::io_uring {
        self.raw.0.get()
    }

    /// Puts an operation into the queue; [`submit`](Self::submit) gives it to the kernel.
    ///
    /// # Errors
    ///
    /// `EBUSY`, with the operation, where the queue is full and the kernel takes nothing.
    ///
    /// # Safety
    ///
    /// `prep` makes an entry by which the kernel uses the memory of the parts until the completion, that of the early ones until
    /// it has taken the entry, and no other memory with an end.
    #[track_caller]
    pub unsafe fn start<S: Parts + Send + 'static, U: Parts + Send + 'static>(
        &self,
        operation: Operation<S, U>,
        prep: impl FnOnce(*mut c::io_uring_sqe, *mut S, *mut U),
    ) -> Result<Pending<S>, Refused<S, U, io::Error>> {
        let begin = |Submission { token, parts, early }: Submission<S, U>| {
            self.push(Some(token), |entry| prep(entry, parts, early))
        };
        // SAFETY: the caller's promise; an entry that is in the queue is a success, and one that is not is never seen.
        unsafe { operation.start(begin) }
    }

    /// Adds an entry, of an operation or of none.
    pub(crate) fn push(&self, token: Option<Token>, prep: impl FnOnce(*mut c::io_uring_sqe)) -> io::Result<()> {
        let mut sq = lock(&self.sq);
        // SAFETY: the submission queue is locked.
        let mut entry = unsafe { c::io_uring_get_sqe(self.raw()) };
        if entry.is_null() {
            drop(sq);
            self.submit()?;
            sq = lock(&self.sq);
            // SAFETY: as above.
            entry = unsafe { c::io_uring_get_sqe(self.raw()) };
        }
        if entry.is_null() {
            return Err(io::Error::from_raw_os_error(EBUSY));
        }
        sq.push_back(None);
        let blank = Blank(entry);
        prep(entry);
        // SAFETY: an entry of the locked queue.
        unsafe { c::io_uring_sqe_set_data64(entry, token.map_or(0, Token::to_bits)) };
        std::mem::forget(blank);
        if let (Some(last), Some(_)) = (sq.back_mut(), token) {
            *last = token;
            self.running.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Gives what is in the queue to the kernel, and lets go of what that needs no longer. Says how many entries it took.
    ///
    /// # Errors
    ///
    /// What the kernel says; the entries stay in the queue, and their operations under way.
    pub fn submit(&self) -> io::Result<usize> {
        let taken: Vec<Option<Token>> = {
            let mut sq = lock(&self.sq);
            // SAFETY: the submission queue is locked.
            let count = check(unsafe { c::io_uring_submit(self.raw()) })? as usize;
            let count = count.min(sq.len());
            sq.drain(..count).collect()
        };
        for token in taken.iter().flatten() {
            // SAFETY: the kernel has consumed the entry, and has IORING_FEAT_SUBMIT_STABLE. The completion may have been
            // faster; the token is unknown then.
            let _ = unsafe { token.consumed() };
        }
        Ok(taken.len())
    }

    /// Asks the kernel to stop an operation. Its memory is in use until its completion all the same, which may say `ECANCELED`.
    pub fn cancel(&self, token: Token) {
        // SAFETY: an entry of the locked queue; the number is looked up by the kernel, and not followed.
        let prep = |entry| unsafe { c::io_uring_prep_cancel64(entry, token.to_bits(), 0) };
        // Where there is no room the operation goes on, which is allowed.
        let _ = self.push(None, prep).and_then(|()| self.submit());
    }

    /// How many operations are under way.
    pub fn running(&self) -> usize {
        self.running.load(Ordering::Relaxed)
    }

    /// Delivers what is complete, without waiting. Says how many completions there were.
    pub fn reap(&self) -> usize {
        let found = {
            let alone = lock(&self.cq);
            self.take(&alone)
        };
        deliver(&self.running, &found)
    }

    /// Submits, waits for a completion, and delivers all there are. Returns without one now and then, for another thread may
    /// have delivered what this one waits for.
    pub fn deliver(&self) {
        // What the kernel does not take now it takes the next time.
        let _ = self.submit();
        let found = {
            let alone = lock(&self.cq);
            let (mut first, mut limit) = (std::ptr::null_mut(), LOOK_AGAIN);
            // SAFETY: the completion queue is locked, and with IORING_FEAT_EXT_ARG the other one is not used.
            // Failure is the time limit or a signal.
            unsafe { c::io_uring_wait_cqe_timeout(self.raw(), &raw mut first, &raw mut limit) };
            self.take(&alone)
        };
        deliver(&self.running, &found);
    }

    /// Takes what is in the completion queue.
    fn take(&self, _alone: &MutexGuard<'_, ()>) -> Vec<Found> {
        let mut found = Vec::new();
        loop {
            let mut entries = [std::ptr::null_mut::<c::io_uring_cqe>(); 64];
            // SAFETY: the completion queue is locked.
            let count = unsafe { c::io_uring_peek_batch_cqe(self.raw(), entries.as_mut_ptr(), entries.len() as u32) };
            for entry in entries.iter().take(count as usize) {
                // SAFETY: C named it, and it stays until the advance below.
                let entry = unsafe { &**entry };
                found.push(Found { userdata: entry.user_data, result: entry.res, flags: entry.flags });
            }
            if count == 0 {
                return found;
            }
            // SAFETY: as above; nothing of these entries is used any more.
            unsafe { c::io_uring_cq_advance(self.raw(), count) };
        }
    }
}

/// A completion.
struct Found {
    userdata: u64,
    result: i32,
    flags: u32,
}

fn deliver(running: &AtomicUsize, found: &[Found]) -> usize {
    for Found { userdata, result, flags } in found {
        let Some(token) = Token::from_bits(*userdata).filter(|_| flags & CQE_F_MORE == 0) else { continue };
        running.fetch_sub(1, Ordering::Relaxed);
        // SAFETY: the last completion of this entry, so the kernel has done with its memory.
        // Unknown is only what panicked while it was begun and was withdrawn; a NOP has no token.
        let _ = unsafe { token.complete(i64::from(*result)) };
    }
    found.len()
}

impl Drop for Ring {
    fn drop(&mut self) {
        while self.running() > 0 {
            // SAFETY: an entry of the locked queue. Kernels before 5.19 do not know it, and complete in their own time.
            let prep = |entry| unsafe { c::io_uring_prep_cancel64(entry, 0, CANCEL_ANY | CANCEL_ALL) };
            let _ = self.push(None, prep);
            self.deliver();
        }
    }
}

impl std::fmt::Debug for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ring").field("running", &self.running()).finish_non_exhaustive()
    }
}
