//! A queue of transfers under way: starts them, waits with `aio_suspend`, and delivers what is complete.

use crate::c;
use crate::transfer::{Transfer, is_running, result};
use pinned_ffi::completion::{Each, Operation, Pending, Refused, Submission, Token};
use std::io;
use std::os::fd::AsRawFd;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Transfers under way. Dropping it leaves them to themselves: nobody delivers their completion then, so their memory stays.
#[derive(Debug, Default)]
pub struct Queue {
    running: Mutex<Vec<Running>>,
    // Who delivers is alone: only that thread ends the loan of a block that `aio_suspend` looks at.
    delivering: Mutex<()>,
}

/// Transfers of one operation, which is complete when all of them are.
#[derive(Debug)]
struct Running {
    token: Token,
    transfers: Vec<*mut Transfer>,
}

// SAFETY: the transfers belong to the operation, which may be sent, and stay where they are until it is complete.
unsafe impl Send for Running {}

/// What `aio_cancel` said of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancel {
    /// All of it is cancelled: the completion says `ECANCELED`, and is still to be delivered.
    Cancelled,
    /// Some of it goes on, for a thread is reading or writing just now. The memory is in use until the completion.
    GoesOn,
    /// It was complete.
    Done,
}

/// Several transfers that begin with one call.
pub type List = Each<Transfer>;

type Started<S> = Result<Pending<S>, Refused<S, (), io::Error>>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What it guards is whole between any two lines.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Queue {
    /// Begins one transfer, by `aio_read` or `aio_write`.
    ///
    /// # Errors
    ///
    /// What C says, with the transfer; it has not begun.
    #[track_caller]
    pub fn start(&self, transfer: Transfer) -> Started<Transfer> {
        let mut operation = Operation::new(transfer);
        let opcode = operation.parts().wire().aio_lio_opcode;
        let begin = |Submission { token, parts, .. }: Submission<Transfer>| {
            // SAFETY: not C's yet.
            let block = unsafe { &*parts }.block();
            let begun = match opcode {
                // SAFETY: the block and its buffer stay until the completion.
                c::LIO_WRITE => unsafe { c::aio_write(block) },
                // SAFETY: as above.
                _ => unsafe { c::aio_read(block) },
            };
            if begun != 0 {
                return Err(io::Error::last_os_error());
            }
            lock(&self.running).push(Running { token, transfers: vec![parts] });
            Ok(())
        };
        // SAFETY: glibc uses the block and its buffer until `aio_error` says otherwise, which `deliver` waits for; a request
        // that fails is not queued (aio_read(3)).
        unsafe { operation.start(begin) }
    }

    /// Begins several transfers by `lio_listio`: with `LIO_WAIT` they are done when this returns, and only to be delivered.
    ///
    /// The result of the operation is the sum of theirs, or the first error; each transfer has its own as well.
    ///
    /// # Errors
    ///
    /// None: where C says that some did not begin, those have their error as result.
    #[track_caller]
    pub fn start_list(&self, list: List, mode: i32) -> Started<List> {
        let mut operation = Operation::new(list);
        operation.parts().0.iter_mut().for_each(|transfer| _ = transfer.wire());
        let begin = |Submission { token, parts, .. }: Submission<List>| {
            // SAFETY: not C's yet.
            let list = unsafe { &mut *parts };
            let blocks: Vec<*mut c::aiocb> = list.0.iter().map(Transfer::block).collect();
            let transfers: Vec<*mut Transfer> = list.0.iter_mut().map(std::ptr::from_mut).collect();
            // Failure tells of single transfers; `aio_error` knows which, and others go on.
            // SAFETY: the blocks and their buffers stay until the completion; the array is read during the call (lio_listio(3)).
            unsafe { c::lio_listio(mode, blocks.as_ptr(), blocks.len() as i32, std::ptr::null_mut()) };
            lock(&self.running).push(Running { token, transfers });
            Ok(())
        };
        // SAFETY: as in `start`.
        unsafe { operation.start(begin) }
    }

    /// Asks glibc to stop an operation. Its memory is in use until the completion all the same.
    ///
    /// Give what may be cancelled a descriptor of its own (`File::try_clone`). glibc 2.36 forgets transfers that wait behind a
    /// cancelled one of the same descriptor, where no thread had taken that one yet: they never complete, and keep their memory.
    pub fn cancel(&self, token: Token) -> Cancel {
        let running = lock(&self.running);
        let Some(own) = running.iter().find(|running| running.token == token) else { return Cancel::Done };
        let mut said = Cancel::Cancelled;
        for transfer in &own.transfers {
            // SAFETY: in the queue, so it was begun and is not delivered: its operation has it in place.
            let transfer = unsafe { &**transfer };
            // SAFETY: as above, and the block was handed to glibc.
            let answer = unsafe { c::aio_cancel(transfer.file().as_raw_fd(), transfer.block()) };
            if answer == c::AIO_NOTCANCELED {
                said = Cancel::GoesOn;
            }
        }
        said
    }

    /// How many operations are not delivered.
    pub fn len(&self) -> usize {
        lock(&self.running).len()
    }

    /// Whether nothing is under way.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Waits until a transfer is done, and delivers each operation that is complete. Returns at once where nothing is under way.
    pub fn deliver(&self) {
        let _alone = lock(&self.delivering);
        let mut waiting: Vec<*const c::aiocb> = Vec::new();
        for running in lock(&self.running).iter() {
            let before = waiting.len();
            waiting.extend(running.unfinished());
            if waiting.len() == before {
                // Complete already: no need to wait.
                waiting.clear();
                break;
            }
        }
        if !waiting.is_empty() {
            // SAFETY: blocks under way, which nobody but this thread ends. A signal is as good as a transfer here.
            unsafe { c::aio_suspend(waiting.as_ptr(), waiting.len() as i32, std::ptr::null()) };
        }
        let complete: Vec<Running> =
            lock(&self.running).extract_if(.., |running| running.unfinished().next().is_none()).collect();
        complete.into_iter().for_each(Running::complete);
    }
}

impl Running {
    /// The blocks that glibc still has.
    fn unfinished(&self) -> impl Iterator<Item = *const c::aiocb> {
        // SAFETY: not delivered, so the operation has the transfers in place.
        let blocks = self.transfers.iter().map(|transfer| unsafe { (**transfer).block() }.cast_const());
        // SAFETY: begun, and no result is taken before all are done.
        blocks.filter(|block| unsafe { is_running(*block) })
    }

    /// Takes all results, and ends the loan.
    fn complete(self) {
        let mut sum = 0;
        for transfer in &self.transfers {
            // SAFETY: glibc is done with it, and it is the operation's until the completion below.
            let transfer = unsafe { &mut **transfer };
            // SAFETY: done, and in no queue any more, so this is the only time.
            transfer.result = unsafe { result(transfer.block()) };
            sum = if sum < 0 || transfer.result < 0 { transfer.result.min(sum) } else { sum + transfer.result };
        }
        // SAFETY: glibc has done with every block.
        unsafe { self.token.complete(sum) }.expect("delivered once, by who took it out of the queue");
    }
}
