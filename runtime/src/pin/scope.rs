//! `scope`: borrowed memory pinned for a closure, whatever becomes of the pins inside.

use super::pinner::Pinner;
use super::stable::StableAddr;
use core::cell::RefCell;
use core::marker::PhantomData;

/// Runs `body` with a scope in which borrowed memory can be pinned, and ends every pin of it before it returns.
///
/// A [`Pinner`](crate::Pinner) that holds a borrow must not be leaked while C has the address, for nothing keeps a borrow alive.
/// Here the pins belong to this function: it ends them when `body` returns or panics, and the borrows last until then, so
/// forgetting what [`Scope::pin`] gives changes nothing. Scopes may stand in scopes. A result or a panic of `body` passes through.
///
/// ```
/// let mut buffer = [0_u8; 4];
/// let sum = pinned_ffi::scope(|s| {
///     let at = s.pin(&mut buffer);
///     // C would be given `at` here, also inside a structure.
///     unsafe { at.as_ptr().write([1, 2, 3, 4]) };
///     10
/// });
/// assert_eq!((sum, buffer), (10, [1, 2, 3, 4]));
/// ```
///
/// What is pinned must live longer than the scope, and a pin cannot leave it:
///
/// ```compile_fail,E0597
/// pinned_ffi::scope(|s| {
///     let mut inside = [0_u8; 4];
///     s.pin(&mut inside);
/// });
/// ```
///
/// ```compile_fail
/// let mut buffer = [0_u8; 4];
/// let at = pinned_ffi::scope(|s| s.pin(&mut buffer));
/// ```
///
/// ```compile_fail,E0506
/// let mut buffer = [0_u8; 4];
/// pinned_ffi::scope(|s| {
///     s.pin(&mut buffer);
///     buffer[0] = 1;
///     s.pin(&mut buffer);
/// });
/// ```
pub fn scope<'env, R>(body: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> R) -> R {
    let scope = Scope { pins: RefCell::new(Pinner::new()), scope: PhantomData, env: PhantomData };
    // Dropped on return and on unwinding alike, and nobody else can forget it: `body` has a reference only.
    body(&scope)
}

/// What [`scope`] gives its closure.
pub struct Scope<'scope, 'env: 'scope> {
    // The owners live for 'scope. They are released where this value is dropped, at the end of `scope`, which 'scope outlasts.
    pins: RefCell<Pinner<'static>>,
    // Invariant, as for threads: a shorter 'scope would let a pin end too early.
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

impl<'scope> Scope<'scope, '_> {
    /// Pins what `target` refers to until the scope ends.
    ///
    /// The borrow lasts as long, so Rust can neither write it (nor, for `&mut`, read it) behind C's back. A reference to a slice
    /// pins the block that the slice lies in.
    #[track_caller]
    pub fn pin<T: ?Sized, B>(&'scope self, target: B) -> ScopedPin<'scope, T>
    where
        B: Borrow<'scope, T>,
    {
        let pointer = target.into_pointer();
        // SAFETY: the reference lives for 'scope, and the pinner is emptied at the end of `scope`, before 'scope ends.
        self.keep(unsafe { Lent::new(pointer) });
        ScopedPin { pointer, scope: PhantomData }
    }

    /// Keeps an owner pinned until the scope ends, and gives the address of its memory.
    #[track_caller]
    pub fn own<O: StableAddr + 'static>(&'scope self, owner: O) -> *mut core::ffi::c_void {
        self.keep(owner)
    }

    /// Writes a pinned address into C memory, and takes it out again when the scope ends, as [`Pinner::store`] does: a slot that
    /// still holds it then is null.
    ///
    /// ```
    /// let mut buffer = [0_u8; 4];
    /// let mut slot = std::ptr::null_mut::<[u8; 4]>(); // a field of C's
    /// pinned_ffi::scope(|s| {
    ///     let at = s.pin(&mut buffer);
    ///     // SAFETY: the slot outlives the scope.
    ///     unsafe { s.store(&raw mut slot, at.as_ptr()) };
    ///     // SAFETY: what C does here.
    ///     unsafe { (*slot)[3] = 9 };
    /// });
    /// assert_eq!((buffer, slot.is_null()), ([0, 0, 0, 9], true));
    /// ```
    ///
    /// # Panics
    ///
    /// As [`Pinner::store`].
    ///
    /// # Safety
    ///
    /// `slot` is valid for reads and writes until the scope ends, and C does not use it at that moment.
    #[track_caller]
    pub unsafe fn store<T>(&'scope self, slot: *mut *mut T, pointer: *mut T) {
        // SAFETY: the caller's promise; the pinner is emptied where the scope ends.
        unsafe { self.pins.borrow_mut().store(slot, pointer) }
    }

    /// How many pins the scope holds.
    pub fn len(&self) -> usize {
        self.pins.borrow().len()
    }

    /// Whether nothing is pinned.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[track_caller]
    fn keep<O: StableAddr + 'static>(&self, owner: O) -> *mut core::ffi::c_void {
        self.pins.borrow_mut().pin(owner)
    }
}

impl core::fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Scope").field("pins", &self.len()).finish()
    }
}

/// A borrow that is pinned until its [`scope`] ends. Forgetting it changes nothing.
pub struct ScopedPin<'scope, T: ?Sized> {
    pointer: *mut T,
    scope: PhantomData<&'scope mut &'scope ()>,
}

impl<T: ?Sized> ScopedPin<'_, T> {
    /// The address for C: valid until the scope ends, for writing where the borrow was `&mut`.
    pub fn as_ptr(&self) -> *mut T {
        self.pointer
    }
}

impl<T: ?Sized> core::fmt::Debug for ScopedPin<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("ScopedPin").field(&self.pointer).finish()
    }
}

/// A reference that lives for `'scope`, of either kind. Nobody else can implement it.
pub trait Borrow<'scope, T: ?Sized>: sealed::Sealed {
    /// The address of the target.
    #[doc(hidden)]
    fn into_pointer(self) -> *mut T;
}

mod sealed {
    pub trait Sealed {}
    impl<T: ?Sized> Sealed for &T {}
    impl<T: ?Sized> Sealed for &mut T {}
}

impl<'scope, T: ?Sized> Borrow<'scope, T> for &'scope T {
    fn into_pointer(self) -> *mut T {
        core::ptr::from_ref(self).cast_mut()
    }
}

impl<'scope, T: ?Sized> Borrow<'scope, T> for &'scope mut T {
    fn into_pointer(self) -> *mut T {
        core::ptr::from_mut(self)
    }
}

/// A reference whose lifetime only `scope` knows: the address and the size of its target.
struct Lent(crate::addr::Extent);

impl Lent {
    /// # Safety
    ///
    /// The target stays where it is until the value is dropped.
    unsafe fn new<T: ?Sized>(target: *mut T) -> Self {
        // SAFETY: the pointer was a reference, which lives on.
        Self(super::stable::target(unsafe { &*target }))
    }
}

// SAFETY: whoever made it promised that the target stays.
unsafe impl StableAddr for Lent {
    fn extent(&self) -> crate::addr::Extent {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::scope;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn results_and_panics_pass_through() {
        let data = Box::new(7_u64);
        let at = std::ptr::from_ref::<u64>(&data);
        assert_eq!(scope(|s| (s.pin(&*data).as_ptr().cast_const(), s.len())), (at, 1));
        let panic = catch_unwind(AssertUnwindSafe(|| {
            scope(|s| {
                assert_eq!(s.pin(&*data).as_ptr().cast_const(), at);
                std::panic::panic_any("inside")
            })
        }));
        let panic: Result<(), _> = panic;
        assert_eq!(panic.expect_err("it panicked").downcast_ref::<&str>(), Some(&"inside"));
    }

    #[test]
    fn scopes_stand_in_scopes() {
        let (mut outer, inner) = ([1_u8; 2], [2_u8; 2]);
        scope(|a| {
            let first = a.pin(&mut outer);
            scope(|b| {
                let second = b.pin(&inner);
                // SAFETY: borrowed for the scope around this.
                let value = unsafe { second.as_ptr().read() };
                // SAFETY: borrowed for its scope, mutably.
                unsafe { first.as_ptr().write(value) };
            });
            assert_eq!(a.len(), 1);
        });
        assert_eq!(outer, inner);
    }

    #[test]
    fn slices_and_owners() {
        let mut bytes = Box::new([0_u8; 8]);
        let start = bytes.as_ptr();
        scope(|s| {
            let half = s.pin(&mut bytes[4..]);
            assert_eq!(half.as_ptr().len(), 4);
            assert_eq!(half.as_ptr().cast::<u8>().cast_const(), start.wrapping_add(4));
            assert!(!s.own(String::from("kept")).is_null());
            assert_eq!(s.len(), 2);
        });
    }
}
