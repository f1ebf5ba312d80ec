//! How a call ends: its pins go, and what C did is looked at.

use super::{Call, Rest, quiet_safe_point, safe_point};
use crate::alloc::reentry::Inside;
use crate::check::after::{After, Near};
use crate::learn::Lesson;
use crate::pin::log::CallPins;
use crate::report;
use crate::sys::ErrnoGuard;
use crate::word::{AsWord, Word};
use core::mem::ManuallyDrop;
use core::panic::Location;

impl Call {
    /// Ends the call: its pins go, what they put off is freed, and what allocator hooks found is reported.
    ///
    /// # Panics
    ///
    /// On a violation found during the call, under the policy `panic`.
    #[inline]
    #[track_caller]
    pub fn leave(self) {
        self.end(None);
    }

    /// As [`leave`](Self::leave), and hands the call's result on.
    ///
    /// # Panics
    ///
    /// On a violation found during the call, under the policy `panic`.
    #[inline]
    #[track_caller]
    pub fn leave_with<R>(self, result: R) -> R {
        self.end(None);
        result
    }

    /// As [`leave_with`](Self::leave_with), where the contract speaks of the result.
    ///
    /// # Panics
    ///
    /// On a violation found during the call or in its result, under the policy `panic`.
    #[inline]
    #[track_caller]
    pub fn leave_giving<R: AsWord>(self, result: R) -> R {
        self.leave_telling(result.as_word(), result)
    }

    /// As [`leave_with`](Self::leave_with), where the result may teach something: `word` is what the runtime gets to know of it.
    #[inline]
    #[track_caller]
    pub fn leave_telling<R>(self, word: Word, result: R) -> R {
        self.end(Some(word));
        result
    }

    #[inline]
    #[track_caller]
    fn end(self, result: Option<Word>) {
        // All of it is taken out here: nothing is left to drop.
        let mut call = ManuallyDrop::new(self);
        if call.rest.is_some() || call.after.is_some() {
            return Self::end_looking(call.pins.take(), call.after.take(), call.rest.take(), result);
        }
        if let Some(pins) = call.pins.take() {
            Self::end_pins(pins);
        }
    }

    #[inline]
    #[track_caller]
    fn end_pins(pins: CallPins) {
        drop(pins);
        if crate::alloc::quarantine::has_deferred() || crate::alloc::pending::has_any() {
            Self::settle();
        }
    }

    #[cold]
    #[track_caller]
    fn settle() {
        let _errno = ErrnoGuard::new();
        safe_point();
    }

    #[inline(never)]
    #[track_caller]
    fn end_looking(pins: Option<CallPins>, near: Option<Near>, rest: Option<Box<Rest>>, result: Option<Word>) {
        if rest.is_none()
            && near.as_ref().is_none_or(Near::is_as_before)
            && let Some(pins) = pins
        {
            return Self::end_pins(pins);
        }
        Self::look_back(pins, near, rest, result, Location::caller());
    }

    /// Looks at what C did, and says what is wrong.
    #[inline(never)]
    #[track_caller]
    fn look_back(
        pins: Option<CallPins>,
        near: Option<Near>,
        rest: Option<Box<Rest>>,
        result: Option<Word>,
        location: &'static Location<'static>,
    ) {
        let _errno = ErrnoGuard::new();
        let inside = Inside::at_full();
        let Rest { watch, after, kept, lesson } = rest.map(|rest| *rest).unwrap_or_default();
        if let Some(kept) = kept {
            kept.settle(result);
        }
        let after = near.as_ref().and_then(Near::get).or(after.as_ref());
        let filled = |index: usize| after.and_then(|after| after.filled(index, result));
        let desc = after.and_then(After::desc).or(watch.as_ref().map(|watch| watch.desc()));
        let location = watch.as_ref().map_or(location, |watch| watch.location());
        let mut findings = after.map(|after| after.end(result)).unwrap_or_default();
        findings.extend(watch.map(|watch| watch.end(filled)).unwrap_or_default());
        // C may have written a copy, and what it wrote is carried over only now.
        findings.extend(after.map(After::written).unwrap_or_default());
        let violations = match desc {
            Some(desc) if !findings.is_empty() => report::of_call(desc, &findings, location),
            _ => Vec::new(),
        };
        Lesson::end(lesson, result);
        let had_pins = pins.is_some();
        // From here on the memory may go: what is told was copied.
        drop(pins);
        drop(inside);
        if violations.is_empty() {
            if had_pins {
                safe_point();
            }
        } else {
            quiet_safe_point();
            report::raise(violations);
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if let Some(rest) = self.rest.take() {
            if let Some(watch) = rest.watch {
                // The program's memory is made as C left it; what C did wrong is told, but stops nobody who unwinds.
                let (desc, location) = (watch.desc(), watch.location());
                let _errno = ErrnoGuard::new();
                let findings = watch.end(|_| None);
                report::log(report::of_call(desc, &findings, location));
            }
            Lesson::forget(rest.lesson);
        }
        // Only an unwinding call comes here with pins.
        if self.pins.take().is_some() {
            quiet_safe_point();
        }
    }
}
