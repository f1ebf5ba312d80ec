//! A call in a build without checks: nothing but the call.

use super::Call;
use crate::desc::{FnDesc, KeptDesc, TypeDesc};
use crate::word::{AsWord, RawPointer, Word};
use core::panic::Location;

impl Call {
    /// Does nothing in this build.
    ///
    /// # Safety
    ///
    /// `desc` describes the function that is called next, and `words` are its arguments in order.
    #[inline(always)]
    pub unsafe fn enter(_desc: &'static FnDesc, _words: &[Word], _location: &'static Location<'static>) -> Self {
        Self {}
    }

    /// Does nothing in this build.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline(always)]
    pub unsafe fn glance(_desc: &'static FnDesc, _words: &[Word], _location: &'static Location<'static>) -> Self {
        Self {}
    }

    /// Does nothing in this build.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline(always)]
    pub unsafe fn described(_text: &'static str, _types: &'static [TypeDesc], _words: &[usize]) -> Self {
        Self {}
    }

    /// Does nothing in this build.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline(always)]
    pub unsafe fn told(
        _text: &'static str,
        _types: &'static [TypeDesc],
        _kept: Option<&'static KeptDesc>,
        _words: &[Word],
    ) -> Self {
        Self {}
    }

    /// Does nothing in this build.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline(always)]
    pub unsafe fn glimpsed(
        _text: &'static str,
        _types: &'static [TypeDesc],
        _kept: Option<&'static KeptDesc>,
        _words: &[Word],
    ) -> Self {
        Self {}
    }

    /// The argument.
    #[inline(always)]
    pub fn lend<P: RawPointer>(&self, _index: usize, pointer: P) -> P {
        pointer
    }

    /// The pointer.
    #[inline(always)]
    pub fn found<P: RawPointer>(&self, pointer: P) -> P {
        pointer
    }

    /// Does nothing in this build.
    #[inline(always)]
    pub fn leave(self) {}

    /// Hands the call's result on.
    #[inline(always)]
    pub fn leave_with<R>(self, result: R) -> R {
        result
    }

    /// Hands the call's result on.
    #[inline(always)]
    pub fn leave_giving<R: AsWord>(self, result: R) -> R {
        result
    }

    /// Hands the call's result on.
    #[inline(always)]
    pub fn leave_telling<R>(self, _word: Word, result: R) -> R {
        result
    }
}
