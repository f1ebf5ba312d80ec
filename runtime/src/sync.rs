//! The lock that never allocates, and the only place that names atomics; loom swaps them here.

#[cfg(not(loom))]
pub(crate) use core::{cell::UnsafeCell, sync::atomic};
#[cfg(loom)]
pub(crate) use loom::{cell::UnsafeCell, sync::atomic};

use atomic::{AtomicU8, Ordering};
use std::sync::OnceLock;

/// Atomics for statics, which loom's cannot be; what uses them is outside the loom models.
pub(crate) use core::sync::atomic as plain;

/// Turns before a hook gives up: a second or so, where a lock is held for nanoseconds. Whoever holds it may have lost the processor,
/// on a busy machine for a tenth of a second.
#[cfg(not(loom))]
pub(crate) const PATIENCE: u32 = 1 << 13;
/// Turns that only spin, and those before the first that sleeps.
#[cfg(not(loom))]
const SPINS: u32 = 64;
#[cfg(not(loom))]
const YIELDS: u32 = 1 << 10;

/// What a lock is.
const FREE: u8 = 0;
const TAKEN: u8 = 1;
/// Taken by the thread that [forks](forking), and in nobody's use.
const HELD_FOR_FORK: u8 = 2;

#[cfg(not(loom))]
thread_local! {
    // Const-initialised and without Drop: touching it never allocates and never registers a destructor.
    static FORKING: core::cell::Cell<bool> = const { core::cell::Cell::new(false) };
}

/// Whether this thread is between the handlers before and after a fork, and has every lock that is held for it.
#[cfg(not(loom))]
fn is_forking() -> bool {
    FORKING.try_with(core::cell::Cell::get).unwrap_or(false)
}

#[cfg(loom)]
fn is_forking() -> bool {
    false
}

/// This thread forks, and holds the locks for it; or has forked.
#[cfg(not(loom))]
pub(crate) fn forking(is_before: bool) {
    let _ = FORKING.try_with(|forking| forking.set(is_before));
}

/// A test-and-set lock around `T`: usable inside an allocator hook, where a parking lock is not.
///
/// Held for a few dozen instructions only, never across a call into user code or C, and never
/// together with a second lock. Not re-entrant.
pub(crate) struct SpinLock<T> {
    state: AtomicU8,
    value: UnsafeCell<T>,
}

// SAFETY: `with` gives access to one thread at a time, so `T` is only ever moved between threads.
unsafe impl<T: Send> Sync for SpinLock<T> {}
// SAFETY: as for Sync; the lock itself holds nothing tied to a thread.
unsafe impl<T: Send> Send for SpinLock<T> {}

impl<T> SpinLock<T> {
    /// A free lock around `value`.
    #[cfg(not(loom))]
    pub(crate) const fn new(value: T) -> Self {
        Self { state: AtomicU8::new(FREE), value: UnsafeCell::new(value) }
    }

    /// A free lock around `value`.
    #[cfg(loom)]
    pub(crate) fn new(value: T) -> Self {
        Self { state: AtomicU8::new(FREE), value: UnsafeCell::new(value) }
    }

    /// Runs `body` with the value, alone. `body` must not panic: the lock would stay taken.
    pub(crate) fn with<R>(&self, body: impl FnOnce(&mut T) -> R) -> R {
        let mut turn = 0;
        let before = loop {
            if let Some(before) = self.take() {
                break before;
            }
            wait(&mut turn);
        };
        let result = self.access(body);
        self.state.store(before, Ordering::Release);
        result
    }

    /// As [`with`](Self::with), but gives up after a while: for allocator hooks, where the holder may
    /// never come back, as behind a signal handler.
    #[cfg(not(loom))]
    pub(crate) fn with_patience<R>(&self, body: impl FnOnce(&mut T) -> R) -> Option<R> {
        let before = match self.take() {
            Some(before) => before,
            None => self.take_with_patience()?,
        };
        let result = self.access(body);
        self.state.store(before, Ordering::Release);
        Some(result)
    }

    /// Takes the lock, if it is free now, and gives what it is to be again afterwards.
    #[inline]
    fn take(&self) -> Option<u8> {
        match self.state.compare_exchange_weak(FREE, TAKEN, Ordering::Acquire, Ordering::Relaxed) {
            Ok(before) => Some(before),
            Err(held) => self.take_of_fork(held),
        }
    }

    /// What the thread that forks holds is its own to use: handlers of other libraries run between ours.
    #[cold]
    fn take_of_fork(&self, held: u8) -> Option<u8> {
        if held != HELD_FOR_FORK || !is_forking() {
            return None;
        }
        self.state.compare_exchange(HELD_FOR_FORK, TAKEN, Ordering::Acquire, Ordering::Relaxed).ok()
    }

    #[cfg(not(loom))]
    #[cold]
    fn take_with_patience(&self) -> Option<u8> {
        let mut turn = 0;
        while turn < PATIENCE {
            if let Some(before) = self.take() {
                return Some(before);
            }
            wait(&mut turn);
        }
        None
    }

    /// Takes the lock without touching the value, for the time of a fork.
    #[cfg(not(loom))]
    pub(crate) fn hold(&self) {
        let mut turn = 0;
        let hold = || self.state.compare_exchange_weak(FREE, HELD_FOR_FORK, Ordering::Acquire, Ordering::Relaxed);
        while hold().is_err() {
            wait(&mut turn);
        }
    }

    /// Gives back what [`hold`](Self::hold) took, in the parent and in the child.
    #[cfg(not(loom))]
    pub(crate) fn let_go(&self) {
        self.state.store(FREE, Ordering::Release);
    }

    #[cfg(not(loom))]
    fn access<R>(&self, body: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: the lock is TAKEN by this thread, and nobody else's until it is given back: one that is held for a fork becomes
        // TAKEN by the one thread that forks. So no other reference to the value exists.
        body(unsafe { &mut *self.value.get() })
    }

    #[cfg(loom)]
    fn access<R>(&self, body: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: `with` holds the lock, so no other reference to the value exists.
        self.value.with_mut(|value| body(unsafe { &mut *value }))
    }
}

/// Held by who sets the first value of a static.
#[cfg(not(loom))]
static FIRST: SpinLock<()> = SpinLock::new(());

/// The value of a static, which `make` gives at the first time. A forked child never finds it half made, as it might find one
/// of [`OnceLock::get_or_init`]'s: it would wait for the thread that makes it, which it has not.
///
/// `make` must not panic, nor ask for another such value: it would get that only after a while.
#[cfg(not(loom))]
pub(crate) fn first<T>(value: &'static OnceLock<T>, make: impl FnOnce() -> T) -> &'static T {
    if let Some(value) = value.get() {
        return value;
    }
    let before = FIRST.take_with_patience();
    let value = value.get_or_init(make);
    if let Some(before) = before {
        FIRST.state.store(before, Ordering::Release);
    }
    value
}

#[cfg(loom)]
pub(crate) fn first<T>(value: &'static OnceLock<T>, make: impl FnOnce() -> T) -> &'static T {
    value.get_or_init(make)
}

#[cfg(not(loom))]
pub(crate) fn around_fork(is_before: bool) {
    if is_before { FIRST.hold() } else { FIRST.let_go() }
}

/// Waits a little for another thread, and counts the turn.
#[cfg(not(loom))]
pub(crate) fn wait(turn: &mut u32) {
    *turn = turn.saturating_add(1);
    // Calls of the system's that take no memory, and at which no thread is cancelled.
    match *turn {
        ..SPINS => core::hint::spin_loop(),
        SPINS..YIELDS => std::thread::yield_now(),
        _ => {
            let _errno = crate::sys::ErrnoGuard::new();
            crate::sys::nap();
        }
    }
}

#[cfg(loom)]
pub(crate) fn wait(turn: &mut u32) {
    *turn = turn.saturating_add(1);
    loom::thread::yield_now();
}
