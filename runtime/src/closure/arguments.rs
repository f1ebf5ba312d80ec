//! What C hands to a closure, as Rust's types that live for the call.

use crate::given::{aligned, slice_at};
use core::ffi::{CStr, c_char};
use core::ptr::NonNull;

/// Elements that C only lends for reading; `None` for null.
///
/// # Panics
///
/// As for all memory that C gives: lengths that cannot be, and pointers that are not aligned.
///
/// # Safety
///
/// Null, or so many initialised elements that nobody writes for `'a`.
#[track_caller]
pub unsafe fn called_slice<'a, T>(at: *const T, count: i128) -> Option<&'a [T]> {
    // SAFETY: not null, aligned, of a length that can be, and the rest is the caller's promise.
    slice_at(at, Some(count)).map(|slice| unsafe { slice.as_ref() })
}

/// Elements that the closure may write; `None` for null.
///
/// # Panics
///
/// As for [`called_slice`].
///
/// # Safety
///
/// Null, or so many initialised elements that nobody else uses for `'a`.
#[track_caller]
pub unsafe fn called_slice_mut<'a, T>(at: *mut T, count: i128) -> Option<&'a mut [T]> {
    // SAFETY: as in `called_slice`.
    slice_at(at, Some(count)).map(|mut slice| unsafe { slice.as_mut() })
}

/// Elements that must be there, unless there are none.
///
/// # Panics
///
/// Where C gives null for some.
#[track_caller]
pub fn called_elements<S: Default>(slice: Option<S>, count: i128, name: &str) -> S {
    match slice {
        Some(slice) => slice,
        None if count == 0 => S::default(),
        None => panic!("C gave null for `{name}`, and says that there are {count} elements"),
    }
}

/// A text; `None` for null.
///
/// # Safety
///
/// Null, or a C string that does not change for `'a`.
pub unsafe fn called_text<'a>(at: *const c_char) -> Option<&'a CStr> {
    // SAFETY: not null, and the rest is the caller's promise.
    (!at.is_null()).then(|| unsafe { CStr::from_ptr(at) })
}

/// An object that C only lends for reading; `None` for null.
///
/// # Panics
///
/// Where the pointer is not aligned.
///
/// # Safety
///
/// Null, or an initialised object that nobody writes for `'a`.
#[track_caller]
pub unsafe fn called_object<'a, T>(at: *const T) -> Option<&'a T> {
    // SAFETY: not null, aligned, and the rest is the caller's promise.
    aligned(at).map(|at| unsafe { at.as_ref() })
}

/// An object that the closure may write; `None` for null.
///
/// # Panics
///
/// Where the pointer is not aligned.
///
/// # Safety
///
/// Null, or an initialised object that nobody else uses for `'a`.
#[track_caller]
pub unsafe fn called_object_mut<'a, T>(at: *mut T) -> Option<&'a mut T> {
    // SAFETY: as in `called_object`.
    aligned(at).map(|mut at: NonNull<T>| unsafe { at.as_mut() })
}

/// What must be there.
///
/// # Panics
///
/// Where C gives null.
#[track_caller]
pub fn called_nonnull<T>(value: Option<T>, name: &str) -> T {
    match value {
        Some(value) => value,
        None => panic!("C gave null for `{name}`"),
    }
}
