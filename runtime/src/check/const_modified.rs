//! PF021, const-modified: C wrote memory that its contract says it only reads.

use super::budget::LONGEST_INPUT;
use super::memory::{self, Place};
use super::quick::{self, Input};
use super::{Finding, Rule};
use crate::desc::{Direction, FnDesc};
use crate::path::Path;
use crate::sys::maps;
use crate::watch::Watched;
use core::fmt;

/// The rule broken by memory that C only reads and that is not what it was. `is_copy`: nobody but C could write it.
pub(crate) fn of(what: &Watched, before: &[u8], after: &[u8], is_copy: bool) -> Option<Rule> {
    if what.direction != Direction::In || before.len() != after.len() || before == after {
        return None;
    }
    // A structure that C follows may be told things through other pointers of the call.
    if !is_copy && !what.is_flat {
        return None;
    }
    let offset = before.iter().zip(after).position(|(before, after)| before != after)?;
    Some(Rule::ConstModified { offset })
}

/// What a short argument held before a call that writes nothing: at level cheap, where there are no copies.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    input: Input,
    // As many bytes of it as `input` has, which is no more than there is room for.
    held: [u8; LONGEST_INPUT],
}

impl fmt::Debug for Before {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Before").field("input", &self.input).field("held", &self.held()).finish()
    }
}

impl Before {
    /// Nothing was looked at.
    pub(super) const NONE: Self = Self { input: Input::NONE, held: [0; LONGEST_INPUT] };

    /// `None` for what is long, for what lies neither in a live block nor on this thread's live stack, and where the function may
    /// write anything.
    #[inline]
    pub(super) fn of(desc: &FnDesc, path: Path, addr: usize, bytes: Option<usize>, place: Place) -> Option<Self> {
        let bytes = bytes.filter(|bytes| *bytes <= LONGEST_INPUT)?;
        let is_known = matches!(place, Place::Heap(_) | Place::Stack { .. });
        let pointers = || desc.params.iter().filter_map(|param| param.pointer.as_ref());
        if !path.is_param() || !is_known || !pointers().all(quick::is_read_only) {
            return None;
        }
        Some(Self::of_input(Input { path, addr, bytes }))
    }

    /// What an argument holds that was found to be right.
    #[inline]
    pub(crate) fn of_input(input: Input) -> Self {
        let mut before = Self::NONE;
        before.look(input);
        before
    }

    /// Looks at what such an argument holds now.
    #[inline]
    pub(super) fn look(&mut self, input: Input) {
        self.input = Input { bytes: input.bytes.min(LONGEST_INPUT), ..input };
        let from = core::ptr::with_exposed_provenance::<u8>(input.addr);
        // SAFETY: there is room for so many, and whoever checked the call has found them in a live block, which the call under way
        // pins, or in a live frame of a caller; a copy of bytes that another thread may be writing is the C library's to make,
        // not the compiler's (memcpy(3)).
        unsafe { libc::memcpy(self.held.as_mut_ptr().cast(), from.cast(), self.input.bytes) };
    }

    /// What it held.
    fn held(&self) -> &[u8] {
        &self.held[..self.input.bytes]
    }

    /// Whether all is as it was.
    #[inline]
    pub(super) fn holds(&self) -> bool {
        let now = core::ptr::with_exposed_provenance(self.input.addr);
        // SAFETY: as in `look`, and so many were written (memcmp(3)).
        unsafe { libc::memcmp(self.held.as_ptr().cast(), now, self.input.bytes) == 0 }
    }

    /// The rule broken by what C did there. With other threads nobody knows who it was.
    pub(super) fn violated(&self) -> Option<Finding> {
        let now = Self::of_input(self.input);
        let offset = self.held().iter().zip(now.held()).position(|(before, now)| before != now)?;
        let Input { path, addr, bytes } = self.input;
        let place = memory::locate_readable(addr);
        let (rule, direction) = (Rule::ConstModified { offset }, Direction::In);
        (maps::threads() == Some(1)).then_some(Finding { rule, path, addr, bytes: Some(bytes), direction, place })
    }
}
