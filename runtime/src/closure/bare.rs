//! Without checks a slot is the body's address.

use super::{Body, Callers};
use crate::carry::{Entry, carry};
use core::ffi::c_void;
use core::panic::Location;

#[inline(always)]
pub(super) fn open<T>(_who: &'static Entry, body: *mut Body<T>) -> *mut c_void {
    body.cast()
}

#[inline(always)]
pub(super) fn close(_userdata: *mut c_void, _why: &'static str) -> bool {
    true
}

#[inline(always)]
pub(super) fn close_lent(_userdata: *mut c_void, _why: &'static str) {}

#[inline(always)]
pub(super) fn tell_of_second_end(_who: &'static Entry, _given_at: &'static Location<'static>) {}

#[inline(always)]
pub(super) fn find<T>(_who: &'static Entry, userdata: *mut c_void, _callers: Callers) -> Option<*mut Body<T>> {
    Some(userdata.cast())
}

#[inline(always)]
pub(super) fn entry(who: &'static Entry, _given_at: &'static Location<'static>) -> Entry {
    *who
}

/// A closure that is called while it runs.
#[cold]
pub(super) fn refuse<R>(who: &'static Entry, given_at: &'static Location<'static>, on_panic: impl Fn() -> R) -> R {
    carry(who, on_panic(), || {
        let (function, callback) = (who.function, who.callback.unwrap_or_default());
        panic!("`{function}` called `{callback}`, given at {given_at}, while it runs");
    })
}

/// Where a slot of this thread is empty.
#[cold]
pub(super) fn nobody<R>(who: &'static Entry, on_panic: impl Fn() -> R) -> R {
    carry(who, on_panic(), || {
        let (function, callback) = (who.function, who.callback.unwrap_or_default());
        panic!("`{function}` called `{callback}` after its call, or on another thread");
    })
}

/// Does nothing: there is no lock.
pub(crate) fn around_fork(_is_before: bool) {}
