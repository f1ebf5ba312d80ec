//! Checked stores into C's memory: what is written there leads to nothing of Rust's that may move or go (PF027).

use crate::desc::{MapKind, PointerDesc};
use crate::pointee::{Pointee, map_of};
use core::panic::Location;

/// Writes a value into C's memory, and in checked builds looks at the pointers in it first.
///
/// C may follow them whenever it likes, so each must lead to pinned memory, to memory that is not on the Rust heap, or
/// nowhere; and so must what pinned memory points to in its turn. The value is a pointer, or a structure with a pointer map:
/// `#[pinned_ffi]` on it, or a type of `libc`'s. An array is stored element by element, with [`store_slice`].
///
/// The slot holds the pointer until somebody writes it again. [`Pinner::store`](crate::Pinner::store) takes it out when the
/// pin ends.
///
/// ```
/// let mut pinner = pinned_ffi::Pinner::new();
/// let at = pinner.pin(vec![7_u8; 4]).cast::<u8>();
/// let mut field = std::ptr::null_mut::<u8>(); // a field of C's
/// // SAFETY: the field is there, and nobody else uses it.
/// unsafe { pinned_ffi::store(&raw mut field, at) };
/// assert_eq!(field, at);
/// ```
///
/// # Panics
///
/// In checked builds, under the policy `panic`: where a pointer in the value leads to an unpinned block (PF027) or to a freed one
/// (PF002). Nothing is written then.
///
/// # Safety
///
/// `slot` is valid for a write of `T`, and C does not use it at that moment.
#[track_caller]
pub unsafe fn store<T: Pointee>(slot: *mut T, value: T) {
    look("value", core::slice::from_ref(&value));
    // SAFETY: the caller's promise.
    unsafe { slot.write(value) };
}

/// As [`store`], for values one after the other.
///
/// # Panics
///
/// As [`store`]; nothing is written where one of the values is refused.
///
/// # Safety
///
/// `slots` is valid for a write of as many `T` as there are values, which do not lie there, and C does not use it at that moment.
#[track_caller]
pub unsafe fn store_slice<T: Pointee + Copy>(slots: *mut T, values: &[T]) {
    look("values", values);
    // SAFETY: the caller's promise.
    unsafe { slots.copy_from_nonoverlapping(values.as_ptr(), values.len()) };
}

/// Reports pointers in `values` that C must not be given; `name` is what reports call them.
#[inline]
#[track_caller]
pub(crate) fn look<T: Pointee>(name: &'static str, values: &[T]) {
    const {
        assert!(
            !matches!(T::MAP.kind, MapKind::Unknown),
            "where the pointers in this type are is not known: store an array's elements with `store_slice`"
        );
    };
    if crate::mode::COMPILED && !matches!(T::MAP.kind, MapKind::Flat) && !values.is_empty() {
        let element = PointerDesc::to::<T>(map_of::<T>);
        let is_one = name != "values";
        look_at(name, if is_one { element.one() } else { element }, values.as_ptr().addr(), size_of_val(values));
    }
}

#[cfg_attr(not(any(debug_assertions, feature = "checked")), expect(unused_variables, reason = "nothing is looked at"))]
#[track_caller]
fn look_at(name: &'static str, element: PointerDesc, start: usize, bytes: usize) {
    #[cfg(any(debug_assertions, feature = "checked"))]
    {
        use crate::mode::{self, Level};
        if mode::level() == Level::Off || crate::unchecked::is_active() {
            return;
        }
        let walked = crate::check::Walk::stored(&element, start, bytes);
        if !walked.findings.is_empty() {
            crate::report::raise(crate::report::of_stored(name, &element, walked, Location::caller()));
        }
    }
}
