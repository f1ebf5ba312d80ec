//! Handles of C's: borrowed ones that safe code cannot make up, and owned ones that release themselves.

use core::ffi::c_void;
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

/// How the owner of something from C releases it.
///
/// Emitted for each function that a contract names as `free = f`: a type with the function's name in
/// the module `raw`, which no value has.
///
/// # Safety
///
/// [`release`](Self::release) ends the life of what it is given by the function that the type is named after.
pub unsafe trait Release {
    /// Releases what is at `at`.
    ///
    /// # Safety
    ///
    /// `at` came from C with the duty to release it by this function, which nobody has done or will do.
    unsafe fn release(at: *mut c_void);
}

/// A borrowed handle: something of C's own, which only C looks into.
///
/// It is alive for `'a`, and never null. Safe code gets one from a wrapper or from [`Owned::as_ref`], and cannot make
/// one up, which is why a `safe fn` takes this and not `&T`: C's incomplete types are empty structures in
/// Rust, of which anybody can make a copy. It stays on its thread, because no contract says that C's object may be
/// shared.
///
/// ```
/// use pinned_ffi::Ref;
/// # #[repr(C)] struct FILE { _opaque: [u8; 0] }
/// fn given_by_c(stream: *mut FILE) {
///     // SAFETY: C says that it is open until this function returns.
///     let stream: Option<Ref<'_, FILE>> = unsafe { Ref::from_ptr(stream) };
///     assert!(stream.is_none());
/// }
/// given_by_c(std::ptr::null_mut());
/// ```
#[repr(transparent)]
pub struct Ref<'a, T> {
    at: NonNull<T>,
    life: PhantomData<&'a ()>,
}

impl<T> Ref<'_, T> {
    /// The handle at `at`; `None` for null.
    ///
    /// # Safety
    ///
    /// `at` is null or a handle that C made, of this type and of the library that the handle is used with. It
    /// stays alive for the lifetime, which nothing else bounds.
    #[inline]
    pub const unsafe fn from_ptr(at: *mut T) -> Option<Self> {
        match NonNull::new(at) {
            Some(at) => Some(Self { at, life: PhantomData }),
            None => None,
        }
    }

    /// C's pointer; never null.
    ///
    /// What is done with it is up to the caller: releasing it while a `Ref` lives breaks that one's promise.
    #[inline]
    pub const fn as_ptr(self) -> *mut T {
        self.at.as_ptr()
    }
}

impl<T> Clone for Ref<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<'_, T> {}

impl<T> fmt::Debug for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ref").field(&self.at).finish()
    }
}

/// Two are equal where they are the same object of C's.
impl<T> PartialEq for Ref<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl<T> Eq for Ref<'_, T> {}

/// An owned handle: dropping it calls C's release function `F`, without checks.
///
/// `'a` is the time for which what it depends on lives: the handles of the call that made it, unless
/// the contract says that C does not keep those (`noescape`). It is as large as a pointer, never null, and stays on
/// its thread. What the release function returns is ignored; where that matters, give the owner to the function
/// that takes it (`transfer` in its contract), or take the pointer by [`into_raw`](Self::into_raw).
///
/// ```
/// use std::ffi::{c_int, c_void};
/// use pinned_ffi::{Owned, Release};
/// # #[repr(C)] struct Thing { _opaque: [u8; 0] }
/// # mod raw {
/// #     #[allow(non_camel_case_types)]
/// #     #[derive(Debug)]
/// #     pub enum thing_free {}
/// # }
/// // SAFETY: does nothing, which is right for what is no memory at all.
/// unsafe impl Release for raw::thing_free {
///     unsafe fn release(_at: *mut c_void) {}
/// }
/// // SAFETY: null is no handle.
/// let none: Option<Owned<'static, Thing, raw::thing_free>> = unsafe { Owned::from_raw(std::ptr::null_mut()) };
/// assert!(none.is_none());
/// ```
#[must_use = "it is released when dropped"]
#[repr(transparent)]
pub struct Owned<'a, T, F: Release> {
    at: NonNull<T>,
    life: PhantomData<(&'a (), F)>,
}

impl<T, F: Release> Owned<'_, T, F> {
    /// Takes over the handle at `at`; `None` for null.
    ///
    /// # Safety
    ///
    /// `at` is null, or a handle of this type that must be released by `F`, and nobody else does. What it
    /// depends on outlives the lifetime, which nothing else bounds.
    #[inline]
    pub unsafe fn from_raw(at: *mut T) -> Option<Self> {
        NonNull::new(at).map(|at| Self { at, life: PhantomData })
    }

    /// C's pointer, still owned here; never null.
    #[inline]
    pub fn as_ptr(&self) -> *mut T {
        self.at.as_ptr()
    }

    /// The handle, for a call. It cannot outlive its owner.
    #[inline]
    pub fn as_ref(&self) -> Ref<'_, T> {
        Ref { at: self.at, life: PhantomData }
    }

    /// Gives up ownership: the handle is not released, unless the caller does it.
    #[inline]
    pub fn into_raw(self) -> *mut T {
        ManuallyDrop::new(self).at.as_ptr()
    }
}

impl<T, F: Release> Drop for Owned<'_, T, F> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: whoever made the owner said that it is to be released by F, and every way to give
        // ownership away forgets the owner. Its Refs borrow it, so none lives any more.
        unsafe { F::release(self.at.as_ptr().cast()) };
    }
}

impl<'a, T, F: Release> From<&'a Owned<'_, T, F>> for Ref<'a, T> {
    fn from(owner: &'a Owned<'_, T, F>) -> Self {
        owner.as_ref()
    }
}

impl<T, F: Release> fmt::Debug for Owned<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Owned").field(&self.at).finish()
    }
}

/// Finds out whether a handle's type, which emitted code only knows by name, tells one library's handles from another's.
#[derive(Debug)]
pub struct HandleProbe<T>(PhantomData<T>);

/// The answer for every type but those below.
pub trait TypedHandle {
    /// A type of its own.
    const IS_TYPED: bool = true;
}

impl<T> TypedHandle for HandleProbe<T> {}

macro_rules! untyped {
    ($($ty:ty),*) => {$(
        impl HandleProbe<$ty> {
            /// Everybody's type: its handles could be mistaken for another library's.
            pub const IS_TYPED: bool = false;
        }
    )*};
}

untyped!(c_void, (), u8, i8, u16, i16, u32, i32, u64, i64, u128, i128, usize, isize, f32, f64, bool, char);

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! { static RELEASED: Cell<usize> = const { Cell::new(0) }; }

    enum Count {}

    // SAFETY: counts, and what it is given is never memory.
    unsafe impl Release for Count {
        unsafe fn release(_at: *mut c_void) {
            RELEASED.set(RELEASED.get() + 1);
        }
    }

    fn owned() -> Owned<'static, u8, Count> {
        // SAFETY: Count asks nothing of what it is given.
        unsafe { Owned::from_raw(NonNull::dangling().as_ptr()) }.expect("not null")
    }

    #[test]
    fn an_owner_releases_once() {
        RELEASED.set(0);
        let one = owned();
        let (first, second) = (one.as_ref(), Ref::from(&one));
        assert_eq!((first, first.as_ptr()), (second, one.as_ptr()));
        drop(one);
        assert_eq!(RELEASED.get(), 1);
        let raw = owned().into_raw();
        assert_eq!((raw, RELEASED.get()), (NonNull::dangling().as_ptr(), 1));
    }

    #[test]
    fn it_is_no_larger_than_a_pointer() {
        assert_eq!(size_of::<Option<Owned<'_, u64, Count>>>(), size_of::<*const ()>());
        assert_eq!(size_of::<Option<Ref<'_, u64>>>(), size_of::<*const ()>());
    }
}
