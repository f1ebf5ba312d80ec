//! `Lent`: an owner that C keeps for a while, with a way back to it.

use super::owner::{Retain, RetainMut, RetainText};
use core::cell::UnsafeCell;
use core::ffi::c_char;
use core::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

struct Shared<O> {
    owner: UnsafeCell<O>,
    is_out: AtomicBool,
}

// SAFETY: the owner is reached by one loan at a time, by `take` when no loan is out, and by `peek`, whose caller says that
// nobody else does; so it is only ever passed from thread to thread.
unsafe impl<O: Send> Sync for Shared<O> {}

/// An owner that is lent to C: the [`Loan`] goes into the call that keeps it, and when C has let go the owner comes back.
///
/// ```
/// use pinned_ffi::Lent;
/// let message = Lent::new(vec![0_u8; 256]);
/// let loan = message.lend().expect("nobody has it yet");
/// assert!(message.lend().is_none());
/// // … the loan goes to a function that C keeps it after …
/// let message = message.take().expect_err("C still has it");
/// drop(loan); // what the wrapper of the ending function does
/// assert_eq!(message.take().expect("C has let go").len(), 256);
/// ```
///
/// Dropping it changes nothing for C: the loan keeps the owner alive.
#[must_use = "without it the owner cannot be had back"]
pub struct Lent<O> {
    shared: Arc<Shared<O>>,
}

/// The owner while C has it. Made by [`Lent::lend`].
#[must_use = "a loan that is dropped ends"]
pub struct Loan<O> {
    shared: Arc<Shared<O>>,
}

impl<O> Lent<O> {
    /// Nobody has it yet.
    pub fn new(owner: O) -> Self {
        Self { shared: Arc::new(Shared { owner: UnsafeCell::new(owner), is_out: AtomicBool::new(false) }) }
    }

    /// What C is given; `None` while an earlier loan is out.
    pub fn lend(&self) -> Option<Loan<O>> {
        let was_out = self.shared.is_out.swap(true, Ordering::Acquire);
        (!was_out).then(|| Loan { shared: Arc::clone(&self.shared) })
    }

    /// Whether C has it.
    pub fn is_lent(&self) -> bool {
        self.shared.is_out.load(Ordering::Acquire)
    }

    /// The owner, where C has let go.
    ///
    /// # Errors
    ///
    /// The same again while a loan is out.
    pub fn take(self) -> Result<O, Self> {
        if self.is_lent() {
            return Err(self);
        }
        // A loan on another thread may be between its two last steps.
        Arc::try_unwrap(self.shared).map(|shared| shared.owner.into_inner()).map_err(|shared| Self { shared })
    }

    /// The owner while C may have it, as for a buffer that C fills during some calls only.
    ///
    /// # Safety
    ///
    /// As long as the reference is used, C does not write what it shows, and no new loan is given to a call.
    pub unsafe fn peek(&self) -> &O
    where
        O: Sync,
    {
        // SAFETY: a loan uses the owner only while it is given to a call, which is not now, and C does not write, the caller says.
        unsafe { &*self.shared.owner.get() }
    }
}

impl<O> Drop for Loan<O> {
    fn drop(&mut self) {
        self.shared.is_out.store(false, Ordering::Release);
    }
}

// SAFETY: the shared owner does not move, lives as long as the loan, and only one loan is out.
unsafe impl<T, O: Retain<T>> Retain<T> for Loan<O> {
    fn elements(&mut self) -> *const [T] {
        // SAFETY: the only loan, and `peek` has a caller who sees to it that C's call is not under way.
        unsafe { &mut *self.shared.owner.get() }.elements()
    }
}

// SAFETY: as for Retain; whoever peeks says that C does not write then.
unsafe impl<T, O: RetainMut<T>> RetainMut<T> for Loan<O> {
    fn elements_mut(&mut self) -> *mut [T] {
        // SAFETY: as in `elements`.
        unsafe { &mut *self.shared.owner.get() }.elements_mut()
    }
}

// SAFETY: as for Retain.
unsafe impl<O: RetainText> RetainText for Loan<O> {
    fn text(&mut self) -> *const c_char {
        // SAFETY: as in `elements`.
        unsafe { &mut *self.shared.owner.get() }.text()
    }
}

impl<O> fmt::Debug for Lent<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lent").field("is_lent", &self.is_lent()).finish_non_exhaustive()
    }
}

impl<O> fmt::Debug for Loan<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loan").finish_non_exhaustive()
    }
}
