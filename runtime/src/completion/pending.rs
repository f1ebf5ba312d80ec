//! `Pending`: the guard of an operation that C has, as a value to wait for and as a future.

use super::node::Node;
use super::parts::Pins;
use super::token::Token;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;
use std::sync::Arc;
use std::task::Wake;
use std::thread::Thread;

/// An operation that C has. Its parts come back with the completion: by [`wait`](Self::wait), [`try_take`](Self::try_take),
/// or `.await`.
///
/// Dropping it gives up the result, not the memory: that stays in place until the completion, and is then dropped by who
/// delivers it. [`cancel_on_drop`](Self::cancel_on_drop) asks the driver to hurry. Forgetting it keeps the parts for ever;
/// their pins end with the completion all the same. Neither needs an executor to be there still.
///
/// It may go to another thread. The result must be taken by one owner: a second poll after completion panics.
///
/// ```
/// use pinned_ffi::completion::{Operation, Submission, Token};
/// let owned = std::sync::Arc::new([0_u8; 64]);
/// let mut queue = Vec::new(); // what the driver knows
/// let begin = |it: Submission<_>| Ok::<(), ()>(queue.push(it.token));
/// // SAFETY: nobody uses the memory.
/// let pending = unsafe { Operation::new(owned.clone()).start(begin) }.expect("C takes it");
/// let cancelled = std::cell::Cell::new(None);
/// drop(pending.cancel_on_drop(|token| cancelled.set(Some(token))));
/// assert_eq!(cancelled.get(), Some(queue[0]));
/// assert_eq!(std::sync::Arc::strong_count(&owned), 2); // C still has it
/// unsafe { queue[0].complete(-125) }.expect("under way");
/// assert_eq!(std::sync::Arc::strong_count(&owned), 1);
/// ```
#[must_use = "dropped at once, the operation goes on, and nobody sees its result"]
pub struct Pending<S, C: FnOnce(Token) = fn(Token)> {
    node: Arc<Node<S, Pins>>,
    token: Token,
    cancel: Option<C>,
}

/// What came of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed<S> {
    /// What the operation owned.
    pub parts: S,
    /// What C reported: by the custom of io_uring a count, or minus an `errno`.
    pub result: i64,
}

impl<S> Completed<S> {
    /// The result as a count or an error, and the parts in either case.
    ///
    /// ```
    /// use pinned_ffi::completion::Completed;
    /// let (result, parts) = Completed { parts: "kept", result: -9 }.into_io();
    /// assert_eq!((result.unwrap_err().raw_os_error(), parts), (Some(9), "kept"));
    /// ```
    ///
    /// # Errors
    ///
    /// A negative result is an `errno` with its sign changed.
    pub fn into_io(self) -> (io::Result<usize>, S) {
        let error = |_| io::Error::from_raw_os_error(i32::try_from(self.result.wrapping_neg()).unwrap_or(i32::MAX));
        (usize::try_from(self.result).map_err(error), self.parts)
    }
}

impl<S> Pending<S> {
    pub(super) fn new(node: Arc<Node<S, Pins>>, token: Token) -> Self {
        Self { node, token, cancel: None }
    }

    /// Calls `cancel` where the guard is dropped before the completion: the place to ask the driver to cancel. The parts stay
    /// until it has completed all the same, as C may use them until then. The completion may overtake the call; the token is
    /// unknown then, and names nothing else.
    ///
    /// A second function takes the place of the first. A `cancel` that panics ends the process where the thread panics already.
    pub fn cancel_on_drop<C: FnOnce(Token)>(self, cancel: C) -> Pending<S, C> {
        let whole = core::mem::ManuallyDrop::new(self);
        // SAFETY: `whole` is never used or dropped again, and what else it holds needs no drop: a token and a function pointer.
        let node = unsafe { core::ptr::read(&raw const whole.node) };
        Pending { node, token: whole.token, cancel: Some(cancel) }
    }
}

impl<S, C: FnOnce(Token)> Pending<S, C> {
    /// By what C names the operation.
    pub fn token(&self) -> Token {
        self.token
    }

    /// Where the parts are, for C or for a driver that knows when it may look: valid until they are given back.
    pub fn as_ptr(&self) -> *mut S {
        self.node.parts()
    }

    /// Whether the completion has been delivered.
    pub fn is_complete(&self) -> bool {
        self.node.result().is_some()
    }

    /// The result and the parts, if the completion has been delivered.
    ///
    /// # Errors
    ///
    /// The guard itself, where it has not.
    ///
    /// # Panics
    ///
    /// In checked builds, on what was found wrong while C had the memory, under the policy `panic`; also
    /// [`wait`](Self::wait) and the future do.
    #[track_caller]
    pub fn try_take(self) -> Result<Completed<S>, Self> {
        self.take().ok_or(self)
    }

    /// Blocks until the completion is delivered, by another thread: where this one would have to, it waits for ever.
    #[track_caller]
    pub fn wait(self) -> Completed<S> {
        struct Unpark(Thread);
        impl Wake for Unpark {
            fn wake(self: Arc<Self>) {
                self.0.unpark();
            }
        }
        let waker = Arc::new(Unpark(std::thread::current())).into();
        while self.node.poll(&waker).is_none() {
            std::thread::park();
        }
        self.take().expect("the completion was delivered, and only this guard takes it")
    }

    #[track_caller]
    fn take(&self) -> Option<Completed<S>> {
        let (result, parts) = self.node.take()?;
        crate::call::safe_point();
        Some(Completed { parts, result })
    }
}

// The parts are behind a share, so that moving the guard moves nothing that C knows.
impl<S, C: FnOnce(Token)> Unpin for Pending<S, C> {}

impl<S, C: FnOnce(Token)> Future for Pending<S, C> {
    type Output = Completed<S>;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Completed<S>> {
        if self.node.poll(context.waker()).is_none() {
            assert!(!self.node.is_taken(), "polled after it was ready");
            return Poll::Pending;
        }
        self.take().map_or(Poll::Pending, Poll::Ready)
    }
}

impl<S, C: FnOnce(Token)> Drop for Pending<S, C> {
    fn drop(&mut self) {
        if let Some(cancel) = self.cancel.take()
            && self.node.is_started()
        {
            cancel(self.token);
        }
    }
}

impl<S, C: FnOnce(Token)> fmt::Debug for Pending<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("token", &self.token).field("result", &self.node.result()).finish()
    }
}
