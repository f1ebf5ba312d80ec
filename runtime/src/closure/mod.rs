//! Rust closures that C calls: where they lie, what C gets for them, and what happens when C calls.
//!
//! A closure lies in a [`Body`], with the closures that share its userdata: on the stack of the wrapper for the call
//! ([`Scoped`]), or on the heap for longer ([`Given`]). Unchecked, C gets the address of the body. In checked builds it gets a
//! number of [`slots`], which is never used again: a call that comes too late finds a tombstone, not somebody's memory.

mod arguments;
mod given;
mod here;
mod items;
#[cfg(any(debug_assertions, feature = "checked"))]
mod near;
mod quiet;
pub(crate) mod signal;
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) mod slots;
#[cfg(not(any(debug_assertions, feature = "checked")))]
#[path = "bare.rs"]
pub(crate) mod slots;

pub use arguments::{
    called_elements, called_nonnull, called_object, called_object_mut, called_slice, called_slice_mut, called_text,
};
pub use given::{Given, destroy, keep_closure};
pub use here::{Here, call_here, call_here_unwinding};
pub use items::{call_item, item};
pub use quiet::NoCallback;
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use quiet::raise_if_quiet;
pub use signal::{OnSignal, SignalAction, SignalCell, SignalChange, call_in_signal};

use crate::carry::{Entry, carry, carry_last};
use core::cell::{Cell, UnsafeCell};
use core::ffi::c_void;
use core::marker::PhantomData;
use core::panic::Location;
use core::sync::atomic::{AtomicUsize, Ordering};

/// Closures under one userdata.
#[derive(Debug)]
pub struct Body<T> {
    // How many calls run, and whether the last of them frees it.
    state: AtomicUsize,
    thread: usize,
    pub(crate) given_at: &'static Location<'static>,
    closures: UnsafeCell<T>,
}

/// The body goes when its last call is over.
const DOOMED: usize = 1 << (usize::BITS - 1);

/// Who may call, and how many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callers {
    /// The thread that gave it, one call at a time.
    Own,
    /// Any thread, one call at a time.
    One,
    /// Any threads, at once: the closures are `Fn`, and `Sync`.
    Any,
}

impl<T> Body<T> {
    /// Closures that were given at `given_at`.
    #[inline]
    pub fn new(closures: T, given_at: &'static Location<'static>) -> Self {
        Self { state: AtomicUsize::new(0), thread: this_thread(), given_at, closures: UnsafeCell::new(closures) }
    }

    /// Begins a call; `false` where one runs that must be alone.
    #[inline(always)]
    fn enter(&self, callers: Callers) -> bool {
        match callers {
            // Nobody else is there to race with.
            Callers::Own => {
                let is_free = self.state.load(Ordering::Relaxed) == 0;
                if is_free {
                    self.state.store(1, Ordering::Relaxed);
                }
                is_free
            }
            Callers::One => self.state.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok(),
            Callers::Any => {
                self.state.fetch_add(1, Ordering::Acquire);
                true
            }
        }
    }

    /// Ends a call; `true` where the body was let go of meanwhile, and this call was the last.
    #[inline(always)]
    fn leave(&self, callers: Callers) -> bool {
        match callers {
            Callers::Own => {
                let state = self.state.load(Ordering::Relaxed);
                self.state.store(state - 1, Ordering::Relaxed);
                state == DOOMED | 1
            }
            Callers::One | Callers::Any => self.state.fetch_sub(1, Ordering::AcqRel) == DOOMED | 1,
        }
    }

    /// Whether it may go now; otherwise its last call lets it go.
    fn doom(&self) -> bool {
        self.state.fetch_or(DOOMED, Ordering::AcqRel) & !DOOMED == 0
    }
}

/// A number that this thread alone has, also when it has ended: another may get the place of its variables.
#[inline(always)]
fn this_thread() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    thread_local! {
        static HERE: Cell<usize> = const { Cell::new(0) };
    }
    match HERE.get() {
        0 => {
            HERE.set(NEXT.fetch_add(1, Ordering::Relaxed));
            HERE.get()
        }
        number => number,
    }
}

/// A body that C may call until the wrapper returns or unwinds.
#[derive(Debug)]
pub struct Scoped<'a, T> {
    userdata: *mut c_void,
    body: PhantomData<&'a Body<T>>,
}

impl<'a, T> Scoped<'a, T> {
    /// From here on C may call it.
    #[inline]
    pub fn lend(who: &'static Entry, body: &'a Body<T>) -> Self {
        Self { userdata: slots::open(who, core::ptr::from_ref(body).cast_mut()), body: PhantomData }
    }

    /// What C gets.
    #[inline]
    pub fn userdata(&self) -> *mut c_void {
        self.userdata
    }
}

impl<T> Drop for Scoped<'_, T> {
    #[inline]
    fn drop(&mut self) {
        slots::close_lent(self.userdata, "its call has returned");
    }
}

/// Runs a closure that C calls: `run` gets the closures of its body. C gets `on_panic` where there are none, or one panics.
///
/// # Safety
///
/// `userdata` is what [`Scoped::userdata`] or [`Given::userdata`] gave for closures of type `T`. In unchecked builds these are
/// still there, and calls come as `callers` says.
#[inline(always)]
pub unsafe fn call<T, R>(
    who: &'static Entry,
    userdata: *mut c_void,
    callers: Callers,
    on_panic: impl Fn() -> R,
    run: impl FnOnce(&mut T) -> R,
) -> R {
    let Some(body) = slots::find::<T>(who, userdata, callers) else { return on_panic() };
    // SAFETY: a body that a slot knows lives as long as its slot; without slots the caller promises it.
    let there = unsafe { &*body };
    if !there.enter(callers) {
        // Code that is in the middle of a closure has it alone, in every build.
        return slots::refuse(who, there.given_at, on_panic);
    }
    let entry = slots::entry(who, there.given_at);
    let result = carry(&entry, on_panic(), || {
        // SAFETY: `enter` has seen that no other call runs; or calls run at once, and then they only share `Fn` closures,
        // of which no call uses more than a shared borrow.
        run(unsafe { &mut *there.closures.get() })
    });
    if there.leave(callers) {
        // SAFETY: only bodies on the heap are doomed, this was the last call, and nobody else frees a doomed body.
        unsafe { given::free(who, body) };
    }
    result
}

/// As [`call`] for an ABI of `C-unwind` on both sides: a panic goes on through C's frames to the wrapper.
///
/// # Safety
///
/// As for [`call`]; and C's frames up to the wrapper may be unwound.
#[inline(always)]
pub unsafe fn call_unwinding<T, R>(
    who: &'static Entry,
    userdata: *mut c_void,
    callers: Callers,
    on_panic: impl Fn() -> R,
    run: impl FnOnce(&mut T) -> R,
) -> R {
    let Some(body) = slots::find::<T>(who, userdata, callers) else { return on_panic() };
    // SAFETY: as in `call`.
    let there = unsafe { &*body };
    if !there.enter(callers) {
        return slots::refuse(who, there.given_at, on_panic);
    }
    let _leaves = Leaves { body: there, callers };
    // SAFETY: as in `call`.
    run(unsafe { &mut *there.closures.get() })
}

/// A call of a body on the stack, which ends here also where it unwinds. Such bodies are not let go of while they run.
struct Leaves<'a, T> {
    body: &'a Body<T>,
    callers: Callers,
}

impl<T> Drop for Leaves<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.body.leave(self.callers);
    }
}

/// The same as [`call`] for closures that may be called by several threads at once.
///
/// # Safety
///
/// As for [`call`]; the closures are `Sync`.
#[inline(always)]
pub unsafe fn call_shared<T, R>(
    who: &'static Entry,
    userdata: *mut c_void,
    on_panic: impl Fn() -> R,
    run: impl FnOnce(&T) -> R,
) -> R {
    let Some(body) = slots::find::<T>(who, userdata, Callers::Any) else { return on_panic() };
    // SAFETY: as in `call`.
    let there = unsafe { &*body };
    there.enter(Callers::Any);
    let entry = slots::entry(who, there.given_at);
    let result = carry(&entry, on_panic(), || {
        // SAFETY: bodies of such closures are only ever shared, until the last call is over.
        run(unsafe { &*there.closures.get() })
    });
    if there.leave(Callers::Any) {
        // SAFETY: as in `call`.
        unsafe { given::free(who, body) };
    }
    result
}

/// Runs a closure that C calls once, and frees it.
///
/// # Safety
///
/// As for [`call`]; without slots nobody calls a second time.
#[inline]
pub unsafe fn call_once<T, R>(
    who: &'static Entry,
    userdata: *mut c_void,
    on_panic: impl Fn() -> R,
    run: impl FnOnce(T) -> R,
) -> R {
    let Some(body) = slots::find::<T>(who, userdata, Callers::One) else { return on_panic() };
    if !slots::close(userdata, "it was called, and was for one call") {
        // Another thread was first.
        return on_panic();
    }
    // SAFETY: such bodies are boxed when they are given, and the slot is closed: nobody else comes here with it.
    let body = unsafe { Box::from_raw(body) };
    let entry = slots::entry(who, body.given_at);
    carry_last(&entry, on_panic(), || run(body.closures.into_inner()))
}
