//! One call from C to Rust: enter, the exported function, leave. Unchecked builds keep nothing of it.

use crate::desc::ExportDesc;
use crate::word::Word;
use core::panic::Location;

#[cfg(any(debug_assertions, feature = "checked"))]
use crate::{
    check::{Walk, Walked, after::After},
    mode::{self, Level},
    report, sample,
    sys::ErrnoGuard,
    unchecked,
};

/// A checked call of an exported function under way. It holds no pins: what C passes the function may free.
#[must_use = "the result is to be looked at"]
#[derive(Debug)]
pub struct Export {
    // Nothing where the call is not checked.
    #[cfg(any(debug_assertions, feature = "checked"))]
    checked: Option<(&'static ExportDesc, &'static Location<'static>, Option<After>)>,
}

#[cfg(any(debug_assertions, feature = "checked"))]
impl Export {
    /// Checks what C passes to the function that `desc` describes and that stands at `location`.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`: the symbol keeps the panic from C.
    ///
    /// # Safety
    ///
    /// `desc` describes the function that is called next, and `words` are its arguments in order:
    /// memory that the contract calls readable is read here, if it is known to be mapped.
    #[inline]
    pub unsafe fn enter(desc: &'static ExportDesc, words: &[Word], location: &'static Location<'static>) -> Self {
        if mode::level() == Level::Off || unchecked::is_active() {
            return Self { checked: None };
        }
        Self::enter_checked(desc, words, location)
    }

    #[inline(never)]
    fn enter_checked(desc: &'static ExportDesc, words: &[Word], location: &'static Location<'static>) -> Self {
        if !sample::is_turn() {
            return Self { checked: None };
        }
        let _errno = ErrnoGuard::new();
        // C's frames lie above this one.
        let frame = core::ptr::from_ref(&_errno).addr();
        crate::exit::arm_exit();
        crate::closure::raise_if_quiet(desc.function.name, location);
        let Walked { findings, cuts, .. } = Walk::run(&desc.function, words, None, frame, location);
        if !findings.is_empty() {
            let mut violations = report::of_export(desc, &findings, location);
            if let (Some(last), Some(note)) = (violations.last_mut(), cuts.note()) {
                last.notes.push(note);
            }
            report::raise(violations);
        }
        Self { checked: Some((desc, location, After::of(&desc.function, words, None))) }
    }

    /// Looks at what the function gives to C; `word` is the result where it is a number or a pointer.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`. C gets no result then.
    #[inline]
    pub fn leave<R>(&self, result: &R, word: Word) {
        if let Some((desc, location, after)) = &self.checked {
            // What the function had on the stack lies below this value, and is gone.
            let frame = core::ptr::from_ref(self).addr();
            let start = core::ptr::from_ref(result).addr();
            Self::look_back(desc, location, after.as_ref(), start, size_of::<R>(), word, frame);
        }
    }

    #[inline(never)]
    fn look_back(
        desc: &'static ExportDesc,
        location: &'static Location<'static>,
        after: Option<&After>,
        start: usize,
        bytes: usize,
        word: Word,
        frame: usize,
    ) {
        let _errno = ErrnoGuard::new();
        let mut findings = after.map(|after| after.end(Some(word))).unwrap_or_default();
        let mut note = None;
        if let Some(result) = &desc.gives {
            let walked = Walk::given(result, desc.is_kept, start, bytes, frame);
            findings.extend(walked.findings);
            note = walked.cuts.note();
        }
        if !findings.is_empty() {
            let mut violations = report::of_export(desc, &findings, location);
            if let (Some(last), Some(note)) = (violations.last_mut(), note) {
                last.notes.push(note);
            }
            report::raise(violations);
        }
        super::safe_point();
    }
}

#[cfg(not(any(debug_assertions, feature = "checked")))]
impl Export {
    /// Does nothing in this build.
    ///
    /// # Safety
    ///
    /// `desc` describes the function that is called next, and `words` are its arguments in order.
    #[inline(always)]
    pub unsafe fn enter(_desc: &'static ExportDesc, _words: &[Word], _location: &'static Location<'static>) -> Self {
        Self {}
    }

    /// Does nothing in this build.
    #[inline(always)]
    pub fn leave<R>(&self, _result: &R, _word: Word) {}
}
