//! Callbacks that hold nothing, a `fn` item or a closure without captures: they need no userdata, and live for ever.

use super::quiet::tell_item_if_quiet;
use crate::carry::{Entry, carry};
use core::ptr::NonNull;

/// Takes the value, which stays what it is: there is nothing of it to keep.
///
/// A value with something in it is refused when the program is compiled.
#[inline(always)]
pub fn item<F: Copy + 'static>(value: F) {
    const { assert!(size_of::<F>() == 0, "C gives this callback no data, so it can hold none: give a `fn` item") };
    let _ = value;
}

/// Runs a callback that holds nothing.
///
/// # Safety
///
/// A value of the type went through [`item`].
#[inline(always)]
pub unsafe fn call_item<F: Copy + 'static, R>(
    who: &'static Entry,
    on_panic: impl Fn() -> R,
    run: impl FnOnce(F) -> R,
) -> R {
    tell_item_if_quiet(who);
    // SAFETY: the type has no bytes, as `item` has seen, so any aligned address holds one; and a value was there to copy.
    let value: F = unsafe { NonNull::<F>::dangling().read() };
    carry(who, on_panic(), || run(value))
}
