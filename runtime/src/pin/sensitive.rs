//! `AddressSensitive`: a structure that C knows by its address, so that it may not move.

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomPinned;
use core::pin::Pin;

/// A C structure whose address C keeps, in itself or elsewhere, from its initialisation to its end: `z_stream`, `bz_stream`,
/// `pthread_mutex_t`, `aiocb`.
///
/// Idiomatic wrappers take it as `Pin<&mut AddressSensitive<T>>`, or as `Pin<&AddressSensitive<T>>` where C's own locks make
/// sharing safe, so it is put where it stays first: in `Box::pin(…)` or `core::pin::pin!(…)`.
/// What it holds is reached through [`as_ptr`](Self::as_ptr): a `&mut T` could be used to swap two of them.
///
/// Nothing ends it when it is dropped: call C's own function for that before.
///
/// ```
/// use pinned_ffi::AddressSensitive;
/// use std::pin::pin;
/// let lock = pin!(AddressSensitive::new(0_i32));
/// let at = lock.as_ref().as_ptr();
/// // SAFETY: it is there, and nobody else uses it.
/// unsafe { *at += 1 };
/// assert_eq!((lock.as_ref().as_ptr(), unsafe { *at }), (at, 1));
/// ```
#[repr(transparent)]
pub struct AddressSensitive<T> {
    value: UnsafeCell<T>,
    _moves_not: PhantomPinned,
}

impl<T> AddressSensitive<T> {
    /// The structure before C has seen it; it may still move.
    pub const fn new(value: T) -> Self {
        Self { value: UnsafeCell::new(value), _moves_not: PhantomPinned }
    }

    /// Its address, for C and for its fields. It stays as long as the structure is pinned.
    ///
    /// Who reads or writes through it sees to it that C does not at that moment, and never moves the structure away.
    #[inline]
    pub const fn as_ptr(self: Pin<&Self>) -> *mut T {
        self.get_ref().value.get()
    }

    /// The structure as a value, where it has never been pinned.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

// SAFETY: a structure that C locks itself is what is shared; what else is shared is an address, which safe code cannot use.
unsafe impl<T: Send> Sync for AddressSensitive<T> {}

impl<T> fmt::Debug for AddressSensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddressSensitive").finish_non_exhaustive()
    }
}
