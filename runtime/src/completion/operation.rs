//! `Operation`: what an operation owns, before C has it.

use super::node::{Early, Loose, Node};
use super::parts::{Parts, Pins};
use super::pending::Pending;
use super::token::Token;
use core::fmt;
use core::panic::Location;
use core::ptr::NonNull;
use std::sync::Arc;

/// An operation that C has not seen yet: its parts are in place, and Rust may still fill and wire them.
///
/// `S` is what C uses until the completion, `U` what it needs until it has taken the request in. Both are at addresses that
/// stay: [`parts`](Self::parts) gives them, and nothing moves when the operation itself does.
///
/// ```
/// use pinned_ffi::completion::Operation;
/// let mut operation = Operation::new(vec![0_u8; 16]);
/// let at = operation.parts().as_ptr();
/// let mut moved = Box::new(operation);
/// assert_eq!(moved.parts().as_ptr(), at);
/// assert_eq!(moved.into_parts().0.len(), 16);
/// ```
///
/// It owns what C uses: borrows end too early, and what is tied to this thread could not be dropped by another.
///
/// ```compile_fail,E0597
/// let mut buffer = [0_u8; 16];
/// let operation = pinned_ffi::completion::Operation::new(&mut buffer);
/// ```
///
/// ```compile_fail,E0277
/// let operation = pinned_ffi::completion::Operation::new(std::rc::Rc::new([0_u8; 16]));
/// ```
#[must_use = "nothing has begun"]
pub struct Operation<S, U = ()> {
    node: Arc<Node<S, Pins>>,
    early: Loose<U>,
}

/// What [`Operation::start`] hands to the function that gives C the memory.
///
/// The pointers are valid for reads and writes until C has the memory, and C's after that. They stay valid for C: `parts`
/// until [`Token::complete`], `early` until [`Token::consumed`] or that.
#[derive(Debug)]
pub struct Submission<S, U = ()> {
    /// By what C will name the operation.
    pub token: Token,
    /// Where the parts are.
    pub parts: *mut S,
    /// Where that is which [`until_consumed`](Operation::until_consumed) got.
    pub early: *mut U,
}

/// C has not taken the operation: it is as before, for another attempt.
pub struct Refused<S, U, E> {
    /// The operation, prepared.
    pub operation: Operation<S, U>,
    /// Why.
    pub error: E,
}

impl<S, U, E: fmt::Debug> fmt::Debug for Refused<S, U, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<S, U, E: fmt::Display> fmt::Display for Refused<S, U, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the operation was not taken: {}", self.error)
    }
}

impl<S, U, E: std::error::Error + 'static> std::error::Error for Refused<S, U, E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl<S: Parts + Send + 'static> Operation<S> {
    /// Takes what C will use until the completion.
    ///
    /// It may be dropped on another thread, the one that takes completions in, and long after this one is gone: hence the bounds.
    pub fn new(parts: S) -> Self {
        Self { node: Arc::new(Node::new(parts)), early: Loose::new(()) }
    }

    /// Adds what C needs only until it has taken the request in, such as the vector of `readv`. It is dropped by
    /// [`Token::consumed`], or with the completion.
    ///
    /// ```
    /// use pinned_ffi::{buf::RawSlice, completion::{Each, Nested, Operation}};
    /// let buffers = Each(vec![vec![0_u8; 8], vec![0; 16]]);
    /// // SAFETY: an address and a number.
    /// let entry = |buffer: &mut Vec<u8>| unsafe { Nested::new(RawSlice { base: buffer.as_mut_ptr().cast(), len: buffer.len() }) };
    /// let mut operation = Operation::new(buffers);
    /// let vector: Vec<Nested<RawSlice>> = operation.parts().0.iter_mut().map(entry).collect();
    /// let mut operation = operation.until_consumed(vector);
    /// assert_eq!(operation.both().1.len(), 2);
    /// ```
    pub fn until_consumed<U: Parts + Send + 'static>(self, early: U) -> Operation<S, U> {
        Operation { node: self.node, early: Loose::new(early) }
    }
}

impl<S, U> Operation<S, U> {
    /// The parts, to fill them and to set pointers from one to another. Take addresses last: what is in place here stays, but
    /// a vector that grows afterwards does not.
    pub fn parts(&mut self) -> &mut S {
        self.both().0
    }

    /// The parts, and what C needs only until it has taken the request in.
    pub fn both(&mut self) -> (&mut S, &mut U) {
        // SAFETY: prepared, so the node's other share is not there, and `&mut self` makes the access unique.
        let parts = unsafe { &mut *self.node.parts() };
        // SAFETY: owned, and borrowed as `self` is.
        (parts, unsafe { self.early.0.as_mut() })
    }

    /// Gives up: both come back.
    pub fn into_parts(self) -> (S, U) {
        // By its phase, not by its shares: who looks at a token may have one for a moment.
        let Some(parts) = self.node.reclaim() else { unreachable!("an operation that was not started has its parts") };
        (parts, self.early.into_inner())
    }
}

impl<S: Parts + Send + 'static, U: Parts + Send + 'static> Operation<S, U> {
    /// Pins every block, and calls `begin`, which gives the memory to C. From its success on the memory stays in place until
    /// [`Token::complete`], whatever becomes of the [`Pending`]. In checked builds this call is the place of the pins.
    ///
    /// The completion may arrive before `begin` has returned, on another thread.
    ///
    /// # Errors
    ///
    /// What `begin` says, with the operation: pins end, and it can be tried again with a new token.
    ///
    /// # Panics
    ///
    /// Where `begin` panics. Whether C has the memory is not known then, so it is kept until the completion.
    ///
    /// # Safety
    ///
    /// * If `begin` succeeds, C uses the memory of the parts until it is told by [`Token::complete`], that of the early ones
    ///   until [`Token::consumed`] or that, and through these pointers no other memory with an end.
    /// * If `begin` fails, C has none of it and will not report a completion. A queue that holds an entry which the kernel may
    ///   still take has it: that is no failure.
    #[track_caller]
    pub unsafe fn start<E>(
        self,
        begin: impl FnOnce(Submission<S, U>) -> Result<(), E>,
    ) -> Result<Pending<S>, Refused<S, U, E>> {
        let site = Location::caller();
        let Self { node, early } = self;
        let (parts, at) = (node.parts(), early.0);
        // SAFETY: prepared, and this function has the operation to itself.
        let pins = Pins::of(unsafe { &*parts }, site);
        // SAFETY: owned by `early`.
        let early_pins = Pins::of(unsafe { at.as_ref() }, site);
        node.arm(pins, Some(Early::new(early_pins, early)));
        let token = Token::of(Arc::clone(&node) as super::token::Shared);
        let Err(error) = begin(Submission { token, parts, early: at.as_ptr() }) else {
            return Ok(Pending::new(node, token));
        };
        token.withdraw();
        Err(Refused { operation: Self::again(node, at), error })
    }

    /// The operation as it was before [`start`](Self::start), which C has refused.
    fn again(node: Arc<Node<S, Pins>>, at: NonNull<U>) -> Self {
        match node.disarm() {
            Some(early) => early.forget_memory(),
            // Only where somebody broke the duties of `start`: the memory is gone, and there is no operation to give back.
            None => unreachable!("C refused the operation, and yet took it in"),
        }
        Self { node, early: Loose(at) }
    }
}

impl<S, U> fmt::Debug for Operation<S, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation").field("parts", &self.node.parts()).finish_non_exhaustive()
    }
}
