//! Closures on the heap, which C has for longer than a call, and how they end.

use super::{Body, Callers, slots};
use crate::carry::{Entry, carry_last};
use crate::retain::{Kept, keep_owner};
use core::ffi::c_void;
use core::marker::PhantomData;
use core::panic::Location;

/// A body on its way to C, or in the registry until C has let go of it. Dropped, it frees the closures.
#[derive(Debug)]
pub struct Given<T> {
    body: *mut Body<T>,
    who: &'static Entry,
    given_at: &'static Location<'static>,
    userdata: *mut c_void,
    is_lent: bool,
    closures: PhantomData<T>,
}

impl<T: 'static> Given<T> {
    /// Puts the closures where they stay.
    pub fn new(who: &'static Entry, closures: T, given_at: &'static Location<'static>) -> Self {
        let body = Box::into_raw(Box::new(Body::new(closures, given_at)));
        Self { body, who, given_at, userdata: slots::open(who, body), is_lent: false, closures: PhantomData }
    }

    /// What C gets.
    pub fn userdata(&self) -> *mut c_void {
        self.userdata
    }

    /// From here on C may have it: should the call unwind, it stays.
    pub fn lend(&mut self) {
        self.is_lent = true;
    }

    /// The call is over: C has it, or never had it.
    pub fn settle(mut self, is_cs: bool) {
        self.is_lent = is_cs;
    }
}

impl<T> Drop for Given<T> {
    fn drop(&mut self) {
        if self.is_lent {
            return;
        }
        if !slots::close(self.userdata, "C has let go of it") {
            slots::tell_of_second_end(self.who, self.given_at);
            return;
        }
        // SAFETY: boxed in `new`, and freed only here, or by the last call where one runs.
        let is_idle = unsafe { &*self.body }.doom();
        if is_idle {
            // SAFETY: as above: no call runs, and the slot is closed.
            unsafe { free(self.who, self.body) };
        }
    }
}

/// Frees a body. A panic of the closures' drop is carried, for C may be the caller.
///
/// # Safety
///
/// `body` was boxed, no call of it runs, and nobody else frees it.
pub(super) unsafe fn free<T>(who: &'static Entry, body: *mut Body<T>) {
    // SAFETY: the caller's promise.
    let body = unsafe { Box::from_raw(body) };
    let entry = slots::entry(who, body.given_at);
    carry_last(&entry, (), || drop(body));
}

/// C's destroy function was called: the closures go, now or when their call is over.
///
/// # Safety
///
/// `userdata` is what [`Given::userdata`] gave for closures of type `T`; without slots C destroys them once.
pub unsafe fn destroy<T>(who: &'static Entry, userdata: *mut c_void) {
    let Some(body) = slots::find::<T>(who, userdata, Callers::Any) else { return };
    if !slots::close(userdata, "C has destroyed it") {
        // Another thread was first.
        return;
    }
    // SAFETY: a body that a slot knew, or the caller's promise.
    let is_idle = unsafe { &*body }.doom();
    if is_idle {
        // SAFETY: no call runs, and the slot is closed.
        unsafe { free(who, body) };
    }
}

/// Closures that C has until it is told: the owner for the registry, and what C gets. Null for nothing.
pub fn keep_closure<T: 'static>(
    who: &'static Entry,
    closures: Option<T>,
    is_sent: bool,
    given_at: &'static Location<'static>,
) -> (Kept, *mut c_void) {
    let given = closures.map(|closures| Given::new(who, closures, given_at));
    let (kept, userdata) = keep_owner(given, is_sent, given_at, |given| given.userdata);
    (kept, userdata.unwrap_or(core::ptr::null_mut()))
}
