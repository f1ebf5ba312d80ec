//! The memory of one operation, and the race for it: between the guard that wants it back, and the completion that ends the loan.
//!
//! The guard has one share of the node, the table of tokens the other, which the completion takes out. Whoever gives up the
//! last share drops what is still inside; so nothing is freed while a completion is outstanding.

use crate::sync::{SpinLock, UnsafeCell};
use crate::userdata::table::{Key, Table};
use core::mem::MaybeUninit;
use core::ops::Deref;
use core::ptr::NonNull;
use core::task::Waker;

/// What a node is to the table, its types forgotten.
pub(super) trait Finish {
    /// Gives up what C needs no longer although it goes on with the rest. A second time does nothing.
    fn consume(&self);

    /// Ends the loan. Called once, by who took the node out of the table.
    fn finish(&self, result: i64);
}

/// Ends the loan of the operation with this key; `false` for one that is complete already, or never was.
pub(super) fn deliver<V>(table: &Table<V>, key: Key, result: i64) -> bool
where
    V: Clone + Deref<Target: Finish>,
{
    let Some(node) = table.remove(key) else { return false };
    node.finish(result);
    true
}

/// Where the memory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Inside, and Rust's.
    Prepared,
    /// Inside, and C's.
    Started,
    /// Inside, and Rust's again, with the result.
    Done(i64),
    /// Given back.
    Taken,
}

/// Parts `S` of an operation and the pins `P` of their blocks. It does not move, and neither do the parts.
pub(super) struct Node<S, P> {
    state: SpinLock<State<P>>,
    parts: UnsafeCell<MaybeUninit<S>>,
}

struct State<P> {
    phase: Phase,
    waker: Option<Waker>,
    pins: Option<P>,
    early: Option<Early<P>>,
}

// SAFETY: the phase says who has the parts, one thread at a time: the owner of the operation, C, or who takes or drops them.
unsafe impl<S: Send, P: Send> Sync for Node<S, P> {}
// SAFETY: as for Sync; the node holds parts, pins, and a waker, which all may be sent.
unsafe impl<S: Send, P: Send> Send for Node<S, P> {}

impl<S, P> Node<S, P> {
    /// Prepared, with these parts.
    pub(super) fn new(parts: S) -> Self {
        let state = State { phase: Phase::Prepared, waker: None, pins: None, early: None };
        Self { state: SpinLock::new(state), parts: UnsafeCell::new(MaybeUninit::new(parts)) }
    }

    /// Where the parts are: for as long as the node is there.
    pub(super) fn parts(&self) -> *mut S {
        // Only a cast: what is done with the address is between its user and the phases.
        #[cfg(not(loom))]
        let parts = self.parts.get();
        #[cfg(loom)]
        let parts = self.parts.with_mut(|parts| parts);
        parts.cast()
    }

    /// From here on C may have the parts, and what goes early.
    pub(super) fn arm(&self, pins: P, early: Option<Early<P>>) {
        self.state.with(|state| {
            state.phase = Phase::Started;
            state.pins = Some(pins);
            state.early = early;
        });
    }

    /// C has never had it: pins end, and what was to go early comes back.
    pub(super) fn disarm(&self) -> Option<Early<P>> {
        let (pins, early) = self.state.with(|state| {
            state.phase = Phase::Prepared;
            (state.pins.take(), state.early.take())
        });
        drop(pins);
        early
    }

    /// The result, once there is one.
    pub(super) fn result(&self) -> Option<i64> {
        self.state.with(|state| if let Phase::Done(result) = state.phase { Some(result) } else { None })
    }

    /// Whether C has it.
    pub(super) fn is_started(&self) -> bool {
        self.state.with(|state| state.phase == Phase::Started)
    }

    /// Whether the parts have been given back.
    pub(super) fn is_taken(&self) -> bool {
        self.state.with(|state| state.phase == Phase::Taken)
    }

    /// The result, or `waker` is woken when there is one.
    pub(super) fn poll(&self, waker: &Waker) -> Option<i64> {
        // Cloned and dropped outside of the lock, for both are the program's code.
        let mut waker = Some(waker.clone());
        self.state.with(|state| {
            if let Phase::Done(result) = state.phase {
                return Some(result);
            }
            core::mem::swap(&mut state.waker, &mut waker);
            None
        })
    }

    /// The result and the parts, once C is done. A second time gives nothing.
    pub(super) fn take(&self) -> Option<(i64, S)> {
        let done = self.state.with(|state| {
            let Phase::Done(result) = state.phase else { return None };
            state.phase = Phase::Taken;
            Some(result)
        })?;
        // SAFETY: written by `new`; this call alone has set the phase to Taken, after which nobody reads or drops the parts.
        // C is done: who called `finish` vouches for it.
        Some((done, unsafe { self.read() }))
    }

    /// The parts of a node that C does not have.
    pub(super) fn reclaim(&self) -> Option<S> {
        let is_prepared = self.state.with(|state| {
            let is_prepared = state.phase == Phase::Prepared;
            if is_prepared {
                state.phase = Phase::Taken;
            }
            is_prepared
        });
        // SAFETY: written by `new`, and with the phase set to Taken not dropped with the node.
        is_prepared.then(|| unsafe { self.read() })
    }

    /// # Safety
    ///
    /// The parts are there, and this is the last use of them.
    #[cfg(not(loom))]
    unsafe fn read(&self) -> S {
        // SAFETY: the caller has the parts to itself, and they are initialised.
        unsafe { self.parts.get().cast::<S>().read() }
    }

    /// # Safety
    ///
    /// As without loom, which checks it.
    #[cfg(loom)]
    unsafe fn read(&self) -> S {
        // SAFETY: as without loom.
        self.parts.with_mut(|parts| unsafe { parts.cast::<S>().read() })
    }
}

impl<S, P> Finish for Node<S, P> {
    fn consume(&self) {
        // Dropped outside of the lock: its pins and its memory have locks of their own.
        drop(self.state.with(|state| state.early.take()));
    }

    fn finish(&self, result: i64) {
        /// Tells the guard, also where dropping the early memory panics.
        struct Tell<'a, S, P>(&'a Node<S, P>, i64);
        impl<S, P> Drop for Tell<'_, S, P> {
            fn drop(&mut self) {
                let waker = self.0.state.with(|state| {
                    state.phase = Phase::Done(self.1);
                    state.waker.take()
                });
                if let Some(waker) = waker {
                    waker.wake();
                }
            }
        }
        let tell = Tell(self, result);
        let (pins, early) = self.state.with(|state| (state.pins.take(), state.early.take()));
        // Before the parts can go: from there on their owners may free them.
        drop(pins);
        drop(early);
        drop(tell);
    }
}

impl<S, P> Drop for Node<S, P> {
    fn drop(&mut self) {
        match self.state.with(|state| state.phase) {
            // SAFETY: the parts are there, and with the last share gone nobody else can reach them.
            Phase::Prepared | Phase::Done(_) => drop(unsafe { self.read() }),
            // Started: the table has a share until the completion, so this is never reached; leaking is the careful side.
            Phase::Started | Phase::Taken => {}
        }
    }
}

/// A box that is not held as one: moving a box would claim its memory for Rust alone, while C has a pointer to it.
pub(super) struct Loose<T: ?Sized>(pub(super) NonNull<T>);

// SAFETY: it owns its value as a box does.
unsafe impl<T: ?Sized + Send> Send for Loose<T> {}
// SAFETY: as a box.
unsafe impl<T: ?Sized + Sync> Sync for Loose<T> {}

impl<T> Loose<T> {
    /// `value` at an address of its own.
    pub(super) fn new(value: T) -> Self {
        Self(NonNull::from(Box::leak(Box::new(value))))
    }

    /// The value, moved out.
    pub(super) fn into_inner(self) -> T {
        let at = core::mem::ManuallyDrop::new(self).0;
        // SAFETY: `new` made it from a box, and nobody else owns it.
        *unsafe { Box::from_raw(at.as_ptr()) }
    }
}

impl<T: ?Sized> Drop for Loose<T> {
    fn drop(&mut self) {
        // SAFETY: made from a box, and `into_inner` forgets the value, so it is given back once.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

/// Memory with an earlier end than the operation, and the pins of its blocks, which end first.
pub(super) struct Early<P> {
    // Dropped in this order.
    _pins: P,
    _memory: Loose<dyn Send>,
}

impl<P> Early<P> {
    /// Holds what `memory` owns. The type is forgotten; who keeps the address can make the value of it again.
    pub(super) fn new<U: Send + 'static>(pins: P, memory: Loose<U>) -> Self {
        let at: NonNull<dyn Send> = core::mem::ManuallyDrop::new(memory).0;
        Self { _pins: pins, _memory: Loose(at) }
    }

    /// Ends the pins, and leaves the memory to who still has its address and its type.
    pub(super) fn forget_memory(self) {
        core::mem::forget(self._memory);
    }
}

#[cfg(all(test, loom))]
mod loom_tests;
#[cfg(all(test, not(loom)))]
mod tests;
