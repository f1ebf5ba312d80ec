//! `batch`: operations on borrowed memory, all of which are complete before the function returns.

use super::node::{Loose, Node};
use super::parts::{Parts, Pins};
use super::token::Token;
use core::cell::RefCell;
use core::fmt;
use core::marker::PhantomData;
use core::panic::Location;
use core::ptr::NonNull;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

/// Runs `body` with a batch in which operations may use borrowed memory, and waits for every one of them before it returns.
///
/// It waits also where `body` returns early or panics: `deliver` is called until nothing is outstanding. What becomes of the
/// tickets inside changes nothing. A result or a panic of `body` passes through.
///
/// `deliver` waits for completions in whatever way the driver has, and hands each to [`Token::complete`], those of others as
/// well; it may return without one. The process is aborted where it panics, for memory that C still writes cannot be given back.
///
/// ```
/// use pinned_ffi::completion::{batch, Token};
/// use std::cell::RefCell;
///
/// // A driver that is a list: each request is a token, an address, and a byte to write there.
/// let queue = RefCell::new(Vec::<(Token, *mut u8, u8)>::new());
/// let deliver = || {
///     if let Some((token, at, byte)) = queue.borrow_mut().pop() {
///         // SAFETY: the batch keeps the byte until the completion on the next line.
///         unsafe { at.write(byte) };
///         unsafe { token.complete(1) }.expect("it is ours");
///     }
/// };
/// let (mut first, mut second) = ([0_u8; 1], [0_u8; 1]);
/// let (first_part, second_part) = (&mut first, &mut second);
/// let sum = batch(&deliver, |b| {
///     // SAFETY: the list holds the address until it completes.
///     let one = unsafe { b.start(first_part, |token, at| Ok::<_, ()>(queue.borrow_mut().push((token, (**at).as_mut_ptr(), 1)))) };
///     let two = unsafe { b.start(second_part, |token, at| Ok::<_, ()>(queue.borrow_mut().push((token, (**at).as_mut_ptr(), 2)))) };
///     b.wait();
///     one.unwrap().result().unwrap() + two.unwrap().result().unwrap()
/// });
/// assert_eq!((sum, first, second), (2, [1], [2]));
/// ```
///
/// What is lent must live longer than the batch, and cannot be used while it runs:
///
/// ```compile_fail,E0597
/// pinned_ffi::completion::batch(&|| {}, |b| {
///     let mut inside = [0_u8; 4];
///     let _ = unsafe { b.start(&mut inside, |_, _| Ok::<(), ()>(())) };
/// });
/// ```
pub fn batch<'env, R>(deliver: &dyn Fn(), body: impl for<'scope> FnOnce(&'scope Batch<'scope, 'env>) -> R) -> R {
    let batch = Batch { deliver, running: RefCell::new(Vec::new()), scope: PhantomData };
    let mut result = catch_unwind(AssertUnwindSafe(|| body(&batch)));
    loop {
        let bomb = Bomb;
        batch.wait();
        core::mem::forget(bomb);
        // What was lent ends here, on this thread: who delivered has shares of nodes only. A part that is dropped may panic, and
        // may begin something with the batch that it borrows.
        let complete = batch.running.take();
        if complete.is_empty() {
            break;
        }
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(complete))) {
            match result {
                Ok(_) => result = Err(panic),
                // One is told, as for threads; dropping the other could panic.
                Err(_) => core::mem::forget(panic),
            }
        }
    }
    crate::call::quiet_safe_point();
    match result {
        Ok(result) => result,
        Err(panic) => resume_unwind(panic),
    }
}

/// Ends the process where the wait for C unwinds.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        eprintln!("pinned-ffi: the driver of a batch panicked while C still has borrowed memory");
        std::process::abort();
    }
}

/// What [`batch()`] gives its closure.
pub struct Batch<'scope, 'env: 'scope> {
    deliver: &'scope (dyn Fn() + 'scope),
    running: RefCell<Vec<Lent>>,
    // Invariant, as for threads: a shorter 'scope would let a loan end too early.
    scope: PhantomData<(&'scope mut &'scope (), &'env mut &'env ())>,
}

/// Parts of one operation of a batch, and the node that says when it is complete. The node holds none of them: who delivers
/// the completion may let go of it when the batch is over.
struct Lent {
    node: Arc<Node<(), Pins>>,
    _parts: Loose<dyn Anything>,
}

/// Any value, with nothing to ask it.
trait Anything {}

impl<T> Anything for T {}

impl<'scope> Batch<'scope, '_> {
    /// Begins an operation on `parts`: borrows, owners, and C's structures in a [`Nested`](super::Nested) that is wired in `begin`.
    /// They are dropped when the batch is over, on this thread. In checked builds their blocks are pinned, with the place of this call.
    ///
    /// # Errors
    ///
    /// What `begin` says; the parts are dropped.
    ///
    /// # Panics
    ///
    /// Where `begin` panics.
    ///
    /// # Safety
    ///
    /// * If `begin` succeeds, C uses the memory of the parts until it is told by [`Token::complete`], and no other memory with
    ///   an end. The completion is one that the batch's `deliver` gets, or another thread does.
    /// * If `begin` fails or panics, C has none of it.
    #[track_caller]
    pub unsafe fn start<S: Parts + 'scope, E>(
        &'scope self,
        parts: S,
        begin: impl FnOnce(Token, *mut S) -> Result<(), E>,
    ) -> Result<Ticket<'scope>, E> {
        let parts = Loose::new(parts);
        let at = parts.0;
        let node = Arc::new(Node::new(()));
        // SAFETY: owned by `parts`, and not C's yet.
        node.arm(Pins::of(unsafe { at.as_ref() }, Location::caller()), None);
        let token = Token::of(Arc::clone(&node) as super::token::Shared);
        // SAFETY: `batch` drops it before it returns, which 'scope outlasts; and so does this function.
        let lent = Lent { node: Arc::clone(&node), _parts: unsafe { forget_lifetime(parts) } };
        // Dropped before `lent`, whose blocks are pinned. Room is made now, so that nothing can fail once C has the parts.
        let refused = Refuse { token, node: &node };
        self.running.borrow_mut().reserve(1);
        begin(token, at.as_ptr())?;
        core::mem::forget(refused);
        self.running.borrow_mut().push(lent);
        Ok(Ticket { node, scope: PhantomData })
    }

    /// Waits until all that was begun so far is complete.
    pub fn wait(&self) {
        let is_done = || self.running.borrow().iter().all(|lent| lent.node.result().is_some());
        while !is_done() {
            (self.deliver)();
        }
    }

    /// How many operations are not complete.
    pub fn outstanding(&self) -> usize {
        self.running.borrow().iter().filter(|lent| lent.node.result().is_none()).count()
    }
}

/// Undoes the start of what C has never got.
struct Refuse<'a> {
    token: Token,
    node: &'a Node<(), Pins>,
}

impl Drop for Refuse<'_> {
    fn drop(&mut self) {
        self.token.withdraw();
        self.node.disarm();
    }
}

/// # Safety
///
/// The value is dropped before the lifetime ends.
unsafe fn forget_lifetime<'scope, S: 'scope>(parts: Loose<S>) -> Loose<dyn Anything> {
    let at: NonNull<dyn Anything + 'scope> = core::mem::ManuallyDrop::new(parts).0;
    // SAFETY: the same type but for the lifetime, which the caller keeps.
    Loose(unsafe { core::mem::transmute::<NonNull<dyn Anything + 'scope>, NonNull<dyn Anything>>(at) })
}

impl fmt::Debug for Batch<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("outstanding", &self.outstanding()).finish()
    }
}

/// One operation of a [`Batch`]. Forgetting it changes nothing.
pub struct Ticket<'scope> {
    node: Arc<Node<(), Pins>>,
    scope: PhantomData<&'scope mut &'scope ()>,
}

impl Ticket<'_> {
    /// What C reported, once the operation is complete.
    pub fn result(&self) -> Option<i64> {
        self.node.result()
    }
}

impl fmt::Debug for Ticket<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ticket").field(&self.result()).finish()
    }
}
