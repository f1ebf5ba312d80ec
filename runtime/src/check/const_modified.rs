//! PF021, const-modified: C wrote memory that its contract says it only reads.

use super::budget::LONGEST_INPUT;
use super::memory::Place;
use super::quick::Input;
use super::{Finding, Rule};
use crate::desc::{Direction, FnDesc, MapKind, PointerDesc};
use crate::path::Path;
use crate::sys::maps;
use crate::watch::Watched;
use core::fmt;
use core::mem::MaybeUninit;

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
    path: Path,
    addr: usize,
    place: Place,
    // No more than there is room for.
    bytes: usize,
    // The first `bytes` of them are written.
    held: [MaybeUninit<u8>; LONGEST_INPUT],
}

impl fmt::Debug for Before {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, addr, place, .. } = self;
        let held = self.held();
        f.debug_struct("Before")
            .field("path", path)
            .field("addr", addr)
            .field("place", place)
            .field("held", &held)
            .finish()
    }
}

impl Before {
    /// `None` for what is long, for what lies neither in a live block nor on this thread's live stack, and where the function may
    /// write anything.
    #[inline]
    pub(super) fn of(desc: &FnDesc, path: Path, addr: usize, bytes: Option<usize>, place: Place) -> Option<Self> {
        let bytes = bytes.filter(|bytes| *bytes <= LONGEST_INPUT)?;
        let is_read = |pointer: &PointerDesc| {
            let is_flat = pointer.map.is_none_or(|map| matches!(map().kind, MapKind::Flat));
            pointer.direction == Direction::In && pointer.flow.is_none() && is_flat
        };
        let is_known = matches!(place, Place::Heap(_) | Place::Stack { .. });
        if !path.is_param() || !is_known || !desc.params.iter().filter_map(|param| param.pointer.as_ref()).all(is_read)
        {
            return None;
        }
        Some(Self::look(path, addr, place, bytes))
    }

    /// What an argument holds that was passed already, of which all of that is known.
    #[inline]
    pub(crate) fn of_input(input: &Input) -> Self {
        Self::look(Path::param(input.index), input.addr, input.place, input.bytes)
    }

    #[inline]
    fn look(path: Path, addr: usize, place: Place, bytes: usize) -> Self {
        let mut held = [const { MaybeUninit::uninit() }; LONGEST_INPUT];
        let bytes = bytes.min(LONGEST_INPUT);
        let from = core::ptr::with_exposed_provenance::<u8>(addr);
        // SAFETY: there is room for so many, and the walk has found them in a live block, which the call under way pins, or in a
        // live frame of a caller; a copy of bytes that another thread may be writing is the C library's to make, not the
        // compiler's (memcpy(3)).
        unsafe { libc::memcpy(held.as_mut_ptr().cast(), from.cast(), bytes) };
        Self { path, addr, place, bytes, held }
    }

    /// What it held.
    fn held(&self) -> &[u8] {
        // SAFETY: `look` has written so many.
        unsafe { core::slice::from_raw_parts(self.held.as_ptr().cast(), self.bytes) }
    }

    /// Whether all is as it was.
    #[inline]
    pub(super) fn holds(&self) -> bool {
        let now = core::ptr::with_exposed_provenance(self.addr);
        // SAFETY: as in `look`, and so many were written (memcmp(3)).
        unsafe { libc::memcmp(self.held.as_ptr().cast(), now, self.bytes) == 0 }
    }

    /// The rule broken by what C did there. With other threads nobody knows who it was.
    pub(super) fn violated(&self) -> Option<Finding> {
        let now = Self::look(self.path, self.addr, self.place, self.bytes);
        let offset = self.held().iter().zip(now.held()).position(|(before, now)| before != now)?;
        let (path, addr, bytes, place) = (self.path, self.addr, Some(self.bytes), self.place);
        let rule = Rule::ConstModified { offset };
        (maps::threads() == Some(1)).then_some(Finding { rule, path, addr, bytes, direction: Direction::In, place })
    }
}
