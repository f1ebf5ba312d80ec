//! Closures for callbacks without userdata: found through a slot of the thread, for the time of one call.
//!
//! The limits: C must call on the thread that called it, and before that call returns. A nested call of the same function
//! has the slot to itself, and gives it back.

use super::{Body, Callers, Leaves, slots};
use crate::carry::{Entry, carry};
use core::cell::Cell;
use core::marker::PhantomData;

/// A slot of this thread, filled until this is dropped.
#[derive(Debug)]
pub struct Here<'a, T> {
    slot: &'static std::thread::LocalKey<Cell<usize>>,
    before: usize,
    body: PhantomData<(&'a Body<T>, *const ())>,
}

impl<'a, T> Here<'a, T> {
    /// From here on a call on this thread finds `body`.
    #[inline]
    pub fn fill(slot: &'static std::thread::LocalKey<Cell<usize>>, body: &'a Body<T>) -> Self {
        Self { slot, before: slot.replace(core::ptr::from_ref(body).expose_provenance()), body: PhantomData }
    }
}

impl<T> Drop for Here<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.slot.set(self.before);
    }
}

/// Runs the closure that this thread's slot has. C gets `on_panic` where there is none, or it panics.
///
/// # Safety
///
/// The slot was filled with closures of type `T`, by a call that C is in.
#[inline(always)]
pub unsafe fn call_here<T, R>(
    who: &'static Entry,
    slot: &'static std::thread::LocalKey<Cell<usize>>,
    on_panic: impl Fn() -> R,
    run: impl FnOnce(&mut T) -> R,
) -> R {
    let at = slot.try_with(Cell::get).unwrap_or(0);
    if at == 0 {
        return slots::nobody(who, on_panic);
    }
    let body: *const Body<T> = core::ptr::with_exposed_provenance(at);
    // SAFETY: whoever filled the slot holds the body until the slot is given back; the caller promises its type.
    let there = unsafe { &*body };
    if !there.enter(Callers::Own) {
        return slots::refuse(who, there.given_at, on_panic);
    }
    let entry = slots::entry(who, there.given_at);
    let result = carry(&entry, on_panic(), || {
        // SAFETY: no other call runs, and the slot is this thread's alone.
        run(unsafe { &mut *there.closures.get() })
    });
    there.leave(Callers::Own);
    result
}

/// As [`call_here`] for an ABI of `C-unwind` on both sides: a panic goes on through C's frames to the wrapper.
///
/// # Safety
///
/// As for [`call_here`]; and C's frames up to the wrapper may be unwound.
#[inline(always)]
pub unsafe fn call_here_unwinding<T, R>(
    who: &'static Entry,
    slot: &'static std::thread::LocalKey<Cell<usize>>,
    on_panic: impl Fn() -> R,
    run: impl FnOnce(&mut T) -> R,
) -> R {
    let at = slot.try_with(Cell::get).unwrap_or(0);
    if at == 0 {
        return slots::nobody(who, on_panic);
    }
    let body: *const Body<T> = core::ptr::with_exposed_provenance(at);
    // SAFETY: as in `call_here`.
    let there = unsafe { &*body };
    if !there.enter(Callers::Own) {
        return slots::refuse(who, there.given_at, on_panic);
    }
    let _leaves = Leaves { body: there, callers: Callers::Own };
    // SAFETY: as in `call_here`.
    run(unsafe { &mut *there.closures.get() })
}
