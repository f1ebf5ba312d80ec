//! What runs in signal handlers: code that is async-signal-safe by its type, or that somebody vouches for (signal-safety(7)).

use core::marker::PhantomData;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, AtomicIsize, AtomicU32, AtomicU64, AtomicUsize, Ordering};

/// What a callback may do that C calls in signal handlers, with `thread = signal` in its contract.
///
/// A handler interrupts its thread anywhere, also while it allocates or holds a lock. So neither a closure nor a `fn` item is one:
/// [`on_signal!`](crate::on_signal) makes one that only changes an atomic, and [`AssertSignalSafe`] takes your word for anything
/// else. A panic in one ends the process.
///
/// # Safety
///
/// `run` calls only what signal-safety(7) lists, and takes no lock that the interrupted code may hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may do what no signal handler may: allocate, lock, print, or panic",
    label = "not known to be async-signal-safe",
    note = "write `pinned_ffi::on_signal!(FLAG = true)` or `on_signal!(COUNT += 1)` for a static that is an atomic",
    note = "or vouch for it: `unsafe {{ pinned_ffi::AssertSignalSafe::new(f) }}`"
)]
pub unsafe trait SignalSafe<A>: Copy + Send + Sync + 'static {
    /// Runs it.
    fn run(self, arguments: A);
}

/// A change of an atomic, written down so that nothing of the program's runs in the handler.
#[derive(Clone, Copy, Debug)]
pub struct SignalChange(Change);

/// A static that a signal handler may change.
#[derive(Clone, Copy, Debug)]
pub struct SignalCell<T: 'static>(pub &'static T);

macro_rules! cells {
    ($($name:ident: $atomic:ty, $value:ty, $add:ident;)*) => {
        #[derive(Clone, Copy, Debug)]
        enum Change {
            $($name { cell: &'static $atomic, value: $value, adds: bool },)*
        }

        impl SignalChange {
            #[inline]
            fn make(self) {
                match self.0 {
                    $(
                        Change::$name { cell, value, adds: false } => cell.store(value, Ordering::SeqCst),
                        Change::$name { cell, value, adds: true } => _ = cell.$add(value, Ordering::SeqCst),
                    )*
                }
            }
        }

        $(impl SignalCell<$atomic> {
            /// The value is put there.
            pub const fn put(self, value: $value) -> SignalChange {
                SignalChange(Change::$name { cell: self.0, value, adds: false })
            }

            /// The value is added, wrapping; a `bool` that is true stays so.
            pub const fn add(self, value: $value) -> SignalChange {
                SignalChange(Change::$name { cell: self.0, value, adds: true })
            }
        })*
    };
}

cells! {
    Bool: AtomicBool, bool, fetch_or;
    I32: AtomicI32, i32, fetch_add;
    U32: AtomicU32, u32, fetch_add;
    I64: AtomicI64, i64, fetch_add;
    U64: AtomicU64, u64, fetch_add;
    Isize: AtomicIsize, isize, fetch_add;
    Usize: AtomicUsize, usize, fetch_add;
}

/// What [`on_signal!`](crate::on_signal) writes down: a constant.
pub trait SignalAction: Copy + Send + Sync + 'static {
    /// The change.
    const CHANGE: SignalChange;
}

/// A signal handler that changes an atomic; made by [`on_signal!`](crate::on_signal).
#[derive(Clone, Copy, Debug)]
pub struct OnSignal<S>(PhantomData<S>);

impl<S: SignalAction> OnSignal<S> {
    /// The handler.
    pub const fn new(_action: S) -> Self {
        Self(PhantomData)
    }
}

// SAFETY: one operation on an atomic, without a lock, as all of core's are; the change is a constant.
unsafe impl<S: SignalAction, A> SignalSafe<A> for OnSignal<S> {
    #[inline]
    fn run(self, _arguments: A) {
        const { S::CHANGE }.make();
    }
}

/// A signal handler that changes a static atomic: `on_signal!(FLAG = true)` or `on_signal!(COUNT += 1)`.
///
/// The program looks at the atomic when it has time for it. The value is a constant.
///
/// ```
/// use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
/// static STOP: AtomicBool = AtomicBool::new(false);
/// static HANGUPS: AtomicUsize = AtomicUsize::new(0);
///
/// #[pinned_ffi::pinned_ffi]
/// unsafe extern "C" {
///     // The contract of <signal.h> comes with the crate.
///     safe fn signal(
///         signum: std::ffi::c_int,
///         handler: Option<unsafe extern "C" fn(std::ffi::c_int)>,
///     ) -> Option<unsafe extern "C" fn(std::ffi::c_int)>;
///     safe fn raise(sig: std::ffi::c_int) -> std::ffi::c_int;
/// }
///
/// signal(15, pinned_ffi::on_signal!(STOP = true))?;
/// signal(1, pinned_ffi::on_signal!(HANGUPS += 1))?;
/// raise(15);
/// raise(1);
/// raise(1);
/// assert_eq!((STOP.load(Ordering::SeqCst), HANGUPS.load(Ordering::SeqCst)), (true, 2));
/// # Ok::<(), Option<unsafe extern "C" fn(std::ffi::c_int)>>(())
/// ```
#[macro_export]
macro_rules! on_signal {
    ($($cell:ident)::+ = $value:expr) => {
        $crate::on_signal!(@ put, $($cell)::+, $value)
    };
    ($($cell:ident)::+ += $value:expr) => {
        $crate::on_signal!(@ add, $($cell)::+, $value)
    };
    (@ $change:ident, $cell:path, $value:expr) => {{
        #[derive(Clone, Copy)]
        struct Action;
        impl $crate::private::SignalAction for Action {
            const CHANGE: $crate::private::SignalChange = $crate::private::SignalCell(&$cell).$change($value);
        }
        $crate::private::OnSignal::new(Action)
    }};
}

/// A signal handler that somebody vouches for: a `fn` item, or a closure that captures nothing.
#[derive(Clone, Copy, Debug)]
pub struct AssertSignalSafe<F>(F);

impl<F: Copy + Send + Sync + 'static> AssertSignalSafe<F> {
    /// Takes your word for it.
    ///
    /// # Safety
    ///
    /// As for implementors of [`SignalSafe`].
    pub const unsafe fn new(function: F) -> Self {
        Self(function)
    }
}

macro_rules! asserted {
    ($(($($argument:ident),*);)*) => {$(
        // SAFETY: whoever made it vouches for it.
        unsafe impl<F: Fn($($argument),*) + Copy + Send + Sync + 'static, $($argument),*> SignalSafe<($($argument,)*)> for AssertSignalSafe<F> {
            #[inline]
            #[allow(non_snake_case, reason = "names of types stand for names of values")]
            fn run(self, ($($argument,)*): ($($argument,)*)) {
                (self.0)($($argument),*);
            }
        }
    )*};
}

asserted! {
    ();
    (A);
    (A, B);
    (A, B, C);
}

/// Runs a callback that C calls in a signal handler: nothing of the thread is touched, and `errno` stays as it was.
///
/// # Safety
///
/// A value of the type went through [`item`](super::item).
#[inline]
pub unsafe fn call_in_signal<F: SignalSafe<A>, A>(arguments: A) {
    let _errno = crate::sys::ErrnoGuard::new();
    // SAFETY: the type has no bytes, as `item` has seen, so any aligned address holds one; and a value was there to copy.
    let action: F = unsafe { NonNull::<F>::dangling().read() };
    action.run(arguments);
}
