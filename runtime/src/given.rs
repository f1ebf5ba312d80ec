//! Memory that C gives: borrowed as Rust's references, or owned and released by C's own function.

use crate::handle::{Owned, Ref, Release};
use core::ffi::{CStr, c_char};
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::Deref;
use core::ptr::{self, NonNull};

/// Memory from C that Rust may look into: text as [`CStr`], elements as a slice, or one object.
///
/// Dropping it calls C's release function `F`, without checks. `'a` is as for [`Owned`]. A pointer and, for
/// text and slices, the length that was found when C gave it.
///
/// ```
/// use pinned_ffi::{OwnedData, Release};
/// use std::ffi::CStr;
/// fn length<F: Release>(text: OwnedData<'_, CStr, F>) -> usize {
///     text.count_bytes()
/// }
/// # enum Free {}
/// # unsafe impl Release for Free { unsafe fn release(_at: *mut std::ffi::c_void) {} }
/// # let _ = length::<Free>;
/// ```
#[must_use = "it is released when dropped"]
pub struct OwnedData<'a, T: ?Sized, F: Release> {
    at: NonNull<T>,
    life: PhantomData<(&'a (), F)>,
}

impl<T: ?Sized, F: Release> OwnedData<'_, T, F> {
    /// C's pointer to the start, still owned here; never null. C may change what is there.
    #[inline]
    pub fn as_ptr(&self) -> *mut T {
        self.at.as_ptr()
    }

    /// Gives up ownership: the memory is not released, unless the caller does it.
    #[inline]
    pub fn into_raw(self) -> *mut T {
        ManuallyDrop::new(self).at.as_ptr()
    }
}

impl<T: ?Sized, F: Release> OwnedData<'_, T, F> {
    /// Takes ownership.
    ///
    /// # Safety
    ///
    /// An initialised, aligned `T` is there that nobody else writes, and it is the new owner's to release by `F`.
    pub(crate) unsafe fn owning(at: NonNull<T>) -> Self {
        Self { at, life: PhantomData }
    }
}

impl<T: ?Sized, F: Release> Deref for OwnedData<'_, T, F> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: whoever made the owner said that an initialised T is there until it is released, that it is aligned,
        // and that nobody else writes it.
        unsafe { self.at.as_ref() }
    }
}

impl<T: ?Sized, F: Release> Drop for OwnedData<'_, T, F> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: whoever made the owner said that it is to be released by F, and giving ownership away forgets the
        // owner. References into it borrow it, so none lives any more.
        unsafe { F::release(self.at.as_ptr().cast()) };
    }
}

impl<T: fmt::Debug + ?Sized, F: Release> fmt::Debug for OwnedData<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A slice's start and length; `None` for null.
///
/// # Panics
///
/// Where C's length cannot be one, or its pointer is not aligned: trusting either would be undefined behaviour.
#[track_caller]
pub(crate) fn slice_at<T>(at: *const T, count: Option<i128>) -> Option<NonNull<[T]>> {
    let at = aligned(at)?;
    let count = count
        .and_then(|count| usize::try_from(count).ok())
        .filter(|count| count.checked_mul(size_of::<T>()).is_some_and(|bytes| isize::try_from(bytes).is_ok()))
        .unwrap_or_else(|| panic!("C gave memory of a length that cannot be: {count:?} elements"));
    Some(NonNull::slice_from_raw_parts(at, count))
}

#[track_caller]
pub(crate) fn aligned<T>(at: *const T) -> Option<NonNull<T>> {
    let at = NonNull::new(at.cast_mut())?;
    assert!(at.is_aligned(), "C gave a pointer that is not aligned for its type: {at:p}");
    Some(at)
}

/// Text with its terminator; `None` for null.
///
/// # Safety
///
/// `at` is null or the start of a C string.
unsafe fn text_at(at: *const c_char) -> Option<NonNull<CStr>> {
    let start = NonNull::new(at.cast_mut())?;
    // SAFETY: a C string, as the caller promises; the reference is gone after this line.
    let len = unsafe { CStr::from_ptr(start.as_ptr()) }.to_bytes_with_nul().len();
    NonNull::new(ptr::slice_from_raw_parts_mut(start.as_ptr().cast::<u8>(), len) as *mut CStr)
}

/// What `returns(borrowed = …, opaque)` gives.
///
/// # Safety
///
/// As for [`Ref::from_ptr`].
#[inline]
pub unsafe fn handle<'a, T>(at: *const T) -> Option<Ref<'a, T>> {
    // SAFETY: the caller's promise.
    unsafe { Ref::from_ptr(at.cast_mut()) }
}

/// What `returns(borrowed = …, null_terminated)` gives.
///
/// # Safety
///
/// `at` is null, or a C string that is there and does not change for `'a`.
#[inline]
pub unsafe fn text<'a>(at: *const c_char) -> Option<&'a CStr> {
    // SAFETY: null is left out, and the rest is the caller's promise.
    (!at.is_null()).then(|| unsafe { CStr::from_ptr(at) })
}

/// What `returns(borrowed = …, one)` gives.
///
/// # Panics
///
/// Where the pointer is not aligned.
///
/// # Safety
///
/// `at` is null, or an initialised `T` is there and does not change for `'a`.
#[inline]
#[track_caller]
pub unsafe fn object<'a, T>(at: *const T) -> Option<&'a T> {
    // SAFETY: aligned as just found; the rest is the caller's promise.
    aligned(at).map(|at| unsafe { at.as_ref() })
}

/// What `returns(borrowed = …, counted_by(…))` gives.
///
/// # Panics
///
/// Where the pointer is not aligned, or no slice can be that long.
///
/// # Safety
///
/// `at` is null, or that many initialised `T` are there and do not change for `'a`.
#[inline]
#[track_caller]
pub unsafe fn slice<'a, T>(at: *const T, count: Option<i128>) -> Option<&'a [T]> {
    // SAFETY: aligned and of a possible length as just found; the rest is the caller's promise.
    slice_at(at, count).map(|at| unsafe { at.as_ref() })
}

/// What `returns(owned, free = f, opaque)` gives.
///
/// # Safety
///
/// As for [`Owned::from_raw`].
#[inline]
pub unsafe fn owned_handle<'a, T, F: Release>(at: *const T) -> Option<Owned<'a, T, F>> {
    // SAFETY: the caller's promise.
    unsafe { Owned::from_raw(at.cast_mut()) }
}

/// What `returns(owned, free = f, null_terminated)` gives.
///
/// # Safety
///
/// `at` is null, or a C string that belongs to the caller until `F` releases it.
#[inline]
pub unsafe fn owned_text<'a, F: Release>(at: *const c_char) -> Option<OwnedData<'a, CStr, F>> {
    // SAFETY: null or a C string.
    unsafe { text_at(at) }.map(|at| OwnedData { at, life: PhantomData })
}

/// What `returns(owned, free = f, one)` gives.
///
/// # Panics
///
/// Where the pointer is not aligned.
///
/// # Safety
///
/// `at` is null, or an initialised `T` that belongs to the caller until `F` releases it.
#[inline]
#[track_caller]
pub unsafe fn owned_object<'a, T, F: Release>(at: *const T) -> Option<OwnedData<'a, T, F>> {
    aligned(at).map(|at| OwnedData { at, life: PhantomData })
}

/// What `returns(owned, free = f, counted_by(…))` gives.
///
/// # Panics
///
/// Where the pointer is not aligned, or no slice can be that long.
///
/// # Safety
///
/// `at` is null, or that many initialised `T` that belong to the caller until `F` releases them.
#[inline]
#[track_caller]
pub unsafe fn owned_slice<'a, T, F: Release>(at: *const T, count: Option<i128>) -> Option<OwnedData<'a, [T], F>> {
    slice_at(at, count).map(|at| OwnedData { at, life: PhantomData })
}

/// What the contract calls nonnull.
///
/// # Panics
///
/// Where C gave null all the same.
#[inline]
#[track_caller]
pub fn nonnull<T>(given: Option<T>) -> T {
    given.expect("C gave null, and its contract says that it never does")
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    enum Nothing {}

    // SAFETY: leaves memory alone that Rust owns all the while.
    unsafe impl Release for Nothing {
        unsafe fn release(_at: *mut core::ffi::c_void) {}
    }

    #[test]
    fn text_keeps_its_length() {
        let c = c"four";
        // SAFETY: a C string that outlives the owner.
        let text = unsafe { owned_text::<Nothing>(c.as_ptr()) }.expect("not null");
        assert_eq!((&*text, text.as_ptr().cast()), (c, c.as_ptr().cast_mut()));
        // SAFETY: null is allowed.
        assert!(unsafe { owned_text::<Nothing>(ptr::null()) }.is_none());
        // SAFETY: null is allowed.
        assert!(unsafe { self::text(ptr::null()) }.is_none());
    }

    #[test]
    fn slices_have_the_length_that_was_told() {
        let numbers = [1_u32, 2, 3];
        // SAFETY: within the array.
        assert_eq!(unsafe { slice(numbers.as_ptr(), Some(2)) }, Some(&numbers[..2]));
        // SAFETY: null is allowed.
        assert_eq!(unsafe { slice::<u32>(ptr::null(), None) }, None);
    }

    #[test]
    #[should_panic(expected = "a length that cannot be")]
    fn an_impossible_length_is_refused() {
        let number = 1_u32;
        // SAFETY: the length is refused before it is used.
        let _ = unsafe { slice(&raw const number, Some(-1)) };
    }

    #[test]
    #[should_panic(expected = "not aligned")]
    fn a_misaligned_object_is_refused() {
        let number = 1_u32;
        // SAFETY: refused before it is read.
        let _ = unsafe { object((&raw const number).wrapping_byte_add(1)) };
    }

    #[test]
    #[should_panic(expected = "gave null")]
    fn null_is_refused_where_it_must_not_be() {
        nonnull(None::<()>);
    }
}
