//! Functions of which the contract says that they call nothing of Rust's (`nocallback`), and what is wrong when one does: PF034.

#[cfg(any(debug_assertions, feature = "checked"))]
pub use checked::NoCallback;
#[cfg(any(debug_assertions, feature = "checked"))]
pub(crate) use checked::raise_if_quiet;
#[cfg(any(debug_assertions, feature = "checked"))]
pub(super) use checked::{tell_if_quiet, tell_item_if_quiet};

#[cfg(any(debug_assertions, feature = "checked"))]
mod checked {
    use crate::carry::{Entry, Waiting, carry_last};
    use crate::mode::{self, Level};
    use crate::{report, unchecked};
    use core::cell::Cell;
    use core::panic::Location;

    /// A call that is to run nothing of Rust's.
    type Quiet = (&'static str, &'static Location<'static>);

    thread_local! {
        static QUIET: Cell<Option<Quiet>> = const { Cell::new(None) };
    }

    /// Such a call under way. A report of a callback panics in its wrapper.
    #[must_use = "callbacks are told until it ends"]
    #[derive(Debug)]
    pub struct NoCallback {
        before: Option<Quiet>,
        waiting: Option<Waiting>,
    }

    impl NoCallback {
        /// From here on a callback on this thread is told.
        #[inline]
        pub fn begin(function: &'static str, location: &'static Location<'static>) -> Self {
            Self { before: QUIET.replace(Some((function, location))), waiting: Some(Waiting::begin()) }
        }

        /// The call has returned.
        ///
        /// # Panics
        ///
        /// With what was told of a callback, under the policy `panic`.
        #[inline]
        pub fn end(mut self) {
            let waiting = self.waiting.take();
            drop(self);
            if let Some(waiting) = waiting {
                waiting.end();
            }
        }
    }

    impl Drop for NoCallback {
        fn drop(&mut self) {
            QUIET.set(self.before);
        }
    }

    /// C calls `who` on this thread.
    #[inline]
    pub(in crate::closure) fn tell_if_quiet(who: &'static Entry, given_at: &'static Location<'static>) {
        if let Some(quiet) = QUIET.get() {
            tell(who, Some(given_at), quiet);
        }
    }

    /// The same of one that holds nothing: nobody knows where it was given.
    #[inline]
    pub(in crate::closure) fn tell_item_if_quiet(who: &'static Entry) {
        if let Some(quiet) = QUIET.get() {
            tell(who, None, quiet);
        }
    }

    #[cold]
    fn tell(who: &'static Entry, given_at: Option<&'static Location<'static>>, (function, called_at): Quiet) {
        if mode::level() == Level::Off || unchecked::is_active() {
            return;
        }
        carry_last(who, (), || report::raise(vec![report::of_broken_quiet(who, given_at, function, called_at)]));
    }

    /// C calls an exported function that is checked and stands at `place`.
    ///
    /// # Panics
    ///
    /// Where it must not, under the policy `panic`.
    #[inline]
    pub(crate) fn raise_if_quiet(name: &'static str, place: &'static Location<'static>) {
        if let Some((function, called_at)) = QUIET.get() {
            let who = Entry { function: name, callback: None, given_at: None };
            report::raise(vec![report::of_broken_quiet(&who, Some(place), function, called_at)]);
        }
    }
}

#[cfg(not(any(debug_assertions, feature = "checked")))]
pub use bare::NoCallback;
#[cfg(not(any(debug_assertions, feature = "checked")))]
pub(super) use bare::tell_item_if_quiet;

#[cfg(not(any(debug_assertions, feature = "checked")))]
mod bare {
    use crate::carry::Entry;
    use core::panic::Location;

    /// Nothing is told in this build.
    #[inline(always)]
    pub(in crate::closure) fn tell_item_if_quiet(_who: &'static Entry) {}

    /// Nothing in this build.
    #[must_use = "as in checked builds"]
    #[derive(Debug)]
    pub struct NoCallback;

    impl NoCallback {
        /// Does nothing in this build.
        #[inline(always)]
        pub fn begin(_function: &'static str, _location: &'static Location<'static>) -> Self {
            Self
        }

        /// Does nothing in this build.
        #[inline(always)]
        pub fn end(self) {}
    }
}
